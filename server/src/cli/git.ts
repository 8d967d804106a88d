import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from './context.ts';

const exec = promisify(execFile);

/** Settings of the repository that would make git start programs of its choice are overruled. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=', '-c', 'diff.external=', '--no-pager'];
const MAX_OUTPUT = 256 * 1024 * 1024;

/**
 * Absolute paths of the files that differ between a git revision and the working tree, untracked ones included, deleted
 * ones left out. What is on the other side since the branches parted does not count, as in a pull request.
 *
 * @throws UsageError when the folder is no git work tree, git is missing, or there is no such revision.
 */
export async function changedSince(revision: string, folder: string): Promise<ReadonlySet<string>> {
  const top = (await git(['rev-parse', '--show-toplevel'], folder)).replace(/\r?\n$/, '');
  const found = await git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    folder,
  ).catch(() => {
    throw new UsageError(`git knows no revision ${revision} here`);
  });
  const commit = found.trim();
  const base = await git(['merge-base', commit, 'HEAD'], folder).then(
    (text) => text.trim(),
    () => commit,
  );
  const changed = ['diff', '--name-only', '-z', '--no-renames', '--diff-filter=d', '--no-ext-diff', '--no-textconv'];
  const names = [
    await git([...changed, base, '--'], top),
    await git(['ls-files', '--others', '--exclude-standard', '-z'], top),
  ];
  return new Set(
    names
      .flatMap((text) => text.split('\0'))
      .filter(Boolean)
      .map((name) => resolve(top, name)),
  );
}

async function git(args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await exec('git', [...HARMLESS, ...args], { cwd, maxBuffer: MAX_OUTPUT, windowsHide: true });
    return stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new UsageError('--since needs the git command, which is not on the PATH');
    const [line = 'git failed'] = (stderr ?? '').trim().split('\n');
    throw new UsageError(`--since: ${line.replace(/^fatal: /, '')}`);
  }
}
