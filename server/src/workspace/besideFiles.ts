import { isData, isWeights } from '../inventory/places.ts';
import type { AbortSignalLike, Files } from './files.ts';
import { join, parent, relativePath } from './paths.ts';
import { type Exclusions, walk } from './walk.ts';

/** More files than a document lists, and a limit for the walk. */
const MAX_FILES = 200;

/** URIs of model or data files in the folder of a document and below it, by path relative to that folder. */
export async function filesBeside(
  { files, exclusions, signal }: { files: Files; exclusions: Exclusions; signal?: AbortSignalLike },
  root: string,
  documentUri: string,
  what: 'weights' | 'data',
): Promise<Map<string, string>> {
  const folder = relativePath(root, join(parent(documentUri), '.'));
  const start = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`;
  const found = new Map<string, string>();
  const wanted = (path: string) => (what === 'weights' ? isWeights(path) : isData(path));
  // What stands right beside the document counts even where git does not keep it, as is usual for weights.
  for (const { name, type } of (await files.list(parent(documentUri))) ?? []) {
    if (type === 'file' && wanted(name) && found.size < MAX_FILES) found.set(name, join(parent(documentUri), name));
  }
  for await (const { uri, path } of walk({ files, root, exclusions, start, ...(signal && { signal }) })) {
    if (found.size >= MAX_FILES) break;
    if (wanted(path)) found.set(path.slice(start.length), uri);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
