import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { Files } from '../workspace/files.ts';
import { UsageError } from './context.ts';
import { type GitOptions, git } from './gitProcess.ts';

const MAX_BYTES = 256 * 1024 * 1024;
/** Settings of the repository that name programs which would be run on the files compared. */
const FILTERS = '^filter\\..*\\.(clean|smudge|process|required)$';

export interface Changes {
  /** The commit that the working tree is compared with. */
  readonly base: string;
  /** Absolute paths of files, untracked ones included, deleted ones left out. */
  readonly paths: ReadonlySet<string>;
}

/**
 * The files that differ between a git revision and the working tree. What is on the other side since the branches parted
 * does not count, as in a pull request.
 *
 * @throws UsageError when the folder is no git work tree, git is missing, or there is no such revision.
 */
export async function changedSince(revision: string, folder: string): Promise<Changes> {
  const top = (await run(['rev-parse', '--show-toplevel'], folder)).replace(/\r?\n$/, '');
  const found = await run(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    folder,
  ).catch(() => {
    throw new UsageError(`git knows no revision ${revision} here`);
  });
  const commit = found.trim();
  const base = await run(['merge-base', commit, 'HEAD'], folder).then(
    (text) => text.trim(),
    () => commit,
  );
  const filters = await run(['config', '--null', '--name-only', '--get-regexp', FILTERS], top).catch(() => '');
  const config = filters
    .split('\0')
    .filter(Boolean)
    .map((key) => [key, key.endsWith('.required') ? 'false' : ''] as const);
  const changed = [
    ...['diff', '--name-only', '-z', '--no-renames', '--diff-filter=d'],
    ...['--no-ext-diff', '--no-textconv', '--ignore-submodules=all'],
  ];
  const names = [
    await run([...changed, base, '--'], top, config),
    await run(['ls-files', '--others', '--exclude-standard', '-z'], top),
  ];
  const paths = names
    .flatMap((text) => text.split('\0'))
    .filter(Boolean)
    .map((name) => resolve(top, name));
  return { base, paths: new Set(paths) };
}

/** Text that a changed file had in the commit it is compared with. */
export function committedBefore({ base, paths }: Changes, files: Files): (uri: string) => Promise<string | undefined> {
  return async (uri) => (paths.has(resolve(URI.parse(uri).fsPath)) ? files.committed?.(uri, base) : undefined);
}

async function run(args: readonly string[], folder: string, config: GitOptions['config'] = []): Promise<string> {
  try {
    return (await git(args, folder, { maxBytes: MAX_BYTES, config })).toString('utf8');
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: Buffer };
    if (code === 'ENOENT') throw new UsageError('--since needs the git command, which is not on the PATH');
    const [line = 'git failed'] = (stderr?.toString('utf8') ?? '').trim().split('\n');
    throw new UsageError(`--since: ${line.replace(/^fatal: /, '')}`);
  }
}
