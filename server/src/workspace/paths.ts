import { URI, Utils } from 'vscode-uri';

/** Whether `uri` is the folder or lies in it. */
export function isBelow(folder: string, uri: string): boolean {
  const base = URI.parse(folder).path.replace(/\/?$/, '/');
  const path = `${URI.parse(uri).path}/`;
  // Drive letters come in both cases.
  return path.startsWith(base) || path.toLowerCase().startsWith(base.toLowerCase());
}

/** Path of `uri` below `folder`, with forward slashes and decoded; empty for the folder itself, the last segment elsewhere. */
export function relativePath(folder: string, uri: string): string {
  const base = URI.parse(folder).path.replace(/\/?$/, '/');
  const { path } = URI.parse(uri);
  return isBelow(folder, uri) ? path.slice(base.length) : path.slice(path.lastIndexOf('/') + 1);
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
