import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Settings of the repository that would make git start programs of its choice are overruled. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=', '-c', 'diff.external=', '--no-pager'];

/**
 * An object that is missing here is not fetched: neither by git's own choice nor through a transport that the repository
 * names. Nothing is asked, nothing is locked.
 */
const OFFLINE = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
};

export interface GitOptions {
  /** Of the output, in bytes. */
  readonly maxBytes: number;
  /** In milliseconds; absent: as long as it takes. */
  readonly timeout?: number;
  /** Settings that overrule those of the repository. Git before 2.31 does not see them. */
  readonly config?: readonly (readonly [key: string, value: string])[];
}

/**
 * What a git command prints, as bytes.
 *
 * @throws the error of `execFile`: `code` is `ENOENT` where git is missing, `stderr` says what git says.
 */
export async function git(args: readonly string[], folder: string, options: GitOptions): Promise<Buffer> {
  const { maxBytes, timeout, config = [] } = options;
  const settings = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  const { stdout } = await exec('git', ['-C', folder, ...HARMLESS, ...args], {
    // Windows looks for a program in the folder it is started in first, and that may hold a `git.exe` of anybody's.
    cwd: dirname(process.execPath),
    env: {
      ...process.env,
      ...OFFLINE,
      ...Object.fromEntries(settings),
      ...(config.length > 0 && { GIT_CONFIG_COUNT: String(config.length) }),
    },
    encoding: 'buffer',
    maxBuffer: maxBytes,
    windowsHide: true,
    ...(timeout && { timeout }),
  });
  return stdout;
}
