import type { Files } from './files.ts';
import { foldersUp, join } from './paths.ts';

/** Heads and refs are a line; packed refs may name many. In bytes. */
const MAX_HEAD = 4096;
const MAX_REFS = 20_000_000;

/**
 * The commit that is checked out where the folder lies, read from git's own files; undefined where there is none. No program
 * is run. What a file says is only taken if it is a commit's name, so that a forged one can tell nothing else.
 *
 * @param folder URI.
 */
export async function readCommit(files: Files, folder: string): Promise<string | undefined> {
  const text = async (uri: string, max = MAX_HEAD) => {
    const read = await files.readText(uri, max);
    return 'text' in read ? read.text.trim() : undefined;
  };
  for (const candidate of foldersUp('file:///', `${folder.replace(/\/$/, '')}/.`)) {
    const dot = join(candidate, '.git');
    // In a linked work tree and in a submodule `.git` is a file that says where the folder is.
    const link = /^gitdir: (.+)$/.exec((await text(dot)) ?? '')?.[1];
    const gitFolder = link === undefined ? dot : resolve(candidate, link);
    const head = await text(join(gitFolder, 'HEAD'));
    if (head === undefined) continue;
    if (isCommit(head)) return head;
    const ref = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
    if (!ref || ref.split('/').includes('..')) return undefined;
    const common = await text(join(gitFolder, 'commondir'));
    const top = common === undefined ? gitFolder : resolve(gitFolder, common);
    const loose = await text(join(top, ref));
    if (loose !== undefined && isCommit(loose)) return loose;
    const packed = (await text(join(top, 'packed-refs'), MAX_REFS)) ?? '';
    const name = packed
      .split('\n')
      .find((line) => line.endsWith(` ${ref}`))
      ?.split(' ')[0];
    return name !== undefined && isCommit(name) ? name : undefined;
  }
  return undefined;
}

/** SHA-1, or SHA-256 in repositories that use it. */
function isCommit(name: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name);
}

function resolve(folder: string, path: string): string {
  if (/^[A-Za-z]:[\\/]/.test(path)) return join(`file:///${path[0]}:/`, path.slice(3).replaceAll('\\', '/'));
  return path.startsWith('/') ? join('file:///', path) : join(folder, path);
}
