/**
 * A path as a document writes it, relative to the workspace folder.
 *
 * @param documentPath path of the document, relative to the workspace folder, forward slashes.
 * @param written relative to the folder of the document; `..` above the workspace folder stays at it.
 */
export function besides(documentPath: string, written: string): string {
  const segments = documentPath.split('/').slice(0, -1);
  for (const segment of written.split(/[\\/]/)) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}
