import { cachedRepository, downloadedCommit, type HubPin, isCommit, isPinFile, pinsIn } from '../languages/hubPins.ts';
import type { Entry, Files } from './files.ts';
import { join, relativePath } from './paths.ts';

/** In bytes. A lock of that size is none. */
const MAX_TEXT = 1_000_000;
const MAX_FILES = 64;
/** Folders that are looked into from one folder, and how deep. */
const MAX_FOLDERS = 48;
const MAX_DEPTH = 3;
/** Where projects keep caches, models and data. What else a repository holds is not gone through. */
const KEEPS =
  /^\.?(?:(?:hf|hugging_?face|model|data)[\w-]*|cache|hub|weights|checkpoints?|pretrained|artifacts|adapters?)$/i;

/** What a folder says about commits of the Hub: lock files, and caches in it and in the folders that usually hold them. */
export async function readHubPins(files: Files, root: string, folder: string): Promise<readonly HubPin[]> {
  const found: HubPin[] = [];
  const waiting = [{ uri: folder, depth: 0 }];
  for (let at = 0; at < waiting.length && at < MAX_FOLDERS; at++) {
    const { uri, depth } = waiting[at] as (typeof waiting)[number];
    const entries = (await files.list(uri)) ?? [];
    const locks = entries.filter(({ name, type }) => type === 'file' && isPinFile(name)).slice(0, MAX_FILES);
    for (const { name } of locks) {
      const read = await files.readText(join(uri, name), MAX_TEXT);
      if ('text' in read) found.push(...pinsIn(relativePath(root, join(uri, name)), read.text));
    }
    const folders = entries.filter(({ type }) => type === 'folder');
    for (const { name } of folders.slice(0, 5 * MAX_FILES)) {
      const inside = join(uri, name);
      const repository = cachedRepository(name);
      if (repository) {
        for (const pin of await cached(files, inside))
          found.push({ ...repository, ...pin, path: relativePath(root, join(inside, pin.path)) });
      } else if (depth < MAX_DEPTH && KEEPS.test(name)) waiting.push({ uri: inside, depth: depth + 1 });
    }
  }
  return found;
}

/** Commits of a repository in the cache: by branch or tag, else the only one that was ever downloaded. */
async function cached(files: Files, folder: string): Promise<Pick<HubPin, 'revision' | 'commit' | 'path'>[]> {
  const inside = namesOf(await files.list(folder), 'folder');
  const named: { revision: string; commit: string; path: string }[] = [];
  const refs = inside.includes('refs') ? await files.list(join(folder, 'refs')) : [];
  for (const name of namesOf(refs, 'file').slice(0, MAX_FILES)) {
    const read = await files.readText(join(folder, 'refs', name), 200);
    const commit = 'text' in read ? read.text.trim() : '';
    if (isCommit(commit)) named.push({ revision: name, commit, path: `refs/${name}` });
  }
  if (named.length > 0) return named;
  const snapshots = inside.includes('snapshots') ? await files.list(join(folder, 'snapshots')) : [];
  const commits = namesOf(snapshots, 'folder').filter(isCommit);
  const [only, other] = commits;
  return only && !other ? [{ commit: only, path: `snapshots/${only}` }] : [];
}

/** Where huggingface_hub notes what it put into a folder: since 0.24, and before. */
const NOTES = ['.cache/huggingface/download', '.huggingface/download'];

/** The commit of what was downloaded into a folder of the workspace. @param path relative to the root. */
export async function readDownload(files: Files, root: string, path: string): Promise<HubPin | undefined> {
  for (const notes of NOTES) {
    const place = join(root, path, notes);
    const texts: string[] = [];
    const entries = (await isFolder(files, root, `${path}/${notes}`)) ? await files.list(place) : [];
    const names = namesOf(entries, 'file').filter((name) => name.endsWith('.metadata'));
    for (const name of names.slice(0, MAX_FILES)) {
      const read = await files.readText(join(place, name), MAX_TEXT);
      if ('text' in read) texts.push(read.text);
    }
    const commit = downloadedCommit(texts);
    if (commit) return { kind: 'folder', id: path, commit, path: relativePath(root, place) };
  }
  return undefined;
}

/** Whether a path leads to a folder without following a link, which may lead anywhere. */
async function isFolder(files: Files, root: string, path: string): Promise<boolean> {
  let uri = root;
  for (const name of path.split('/')) {
    if (!namesOf(await files.list(uri), 'folder').includes(name)) return false;
    uri = join(uri, name);
  }
  return true;
}

function namesOf(entries: readonly Entry[] | undefined, type: Entry['type']): string[] {
  return (entries ?? []).filter((entry) => entry.type === type).map(({ name }) => name);
}
