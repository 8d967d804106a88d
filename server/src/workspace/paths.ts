import { URI, Utils } from 'vscode-uri';

/** Path of `uri` below `folder`, with forward slashes and decoded; the last segment where it lies elsewhere. */
export function relativePath(folder: string, uri: string): string {
  const base = URI.parse(folder).path.replace(/\/?$/, '/');
  const { path } = URI.parse(uri);
  const inside = path.startsWith(base) || path.toLowerCase().startsWith(base.toLowerCase());
  return inside ? path.slice(base.length) : path.slice(path.lastIndexOf('/') + 1);
}

/** URI of a file or folder named by a relative path below another. */
export function join(folder: string, ...segments: readonly string[]): string {
  return Utils.joinPath(URI.parse(folder), ...segments).toString();
}

export function parent(uri: string): string {
  return Utils.dirname(URI.parse(uri)).toString();
}

export function baseName(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/** The URI as our own code writes it, so that equal places are equal strings whoever wrote them. */
export function normalise(uri: string): string {
  return uri.startsWith('vscode-notebook-cell:') ? uri : URI.parse(uri).toString();
}

/** Folders from the one that holds `uri` up to `root`, nearest first; only its own folder when it lies outside. */
export function foldersUp(root: string, uri: string): string[] {
  const top = URI.parse(root).path.replace(/\/$/, '');
  const folders: string[] = [];
  let folder = parent(uri);
  for (let depth = 0; depth < 100; depth++) {
    folders.push(folder);
    const { path } = URI.parse(folder);
    if (path.replace(/\/$/, '') === top || !path.startsWith(`${top}/`)) break;
    folder = parent(folder);
  }
  return folders;
}
