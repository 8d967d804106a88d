import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Brings generated files up to date, and removes what nobody generates any more.
 *
 * @param files path from the repository's root (with `/`) to content.
 * @param folders folders that hold generated files only: any other file in them is stale.
 * @param check only look, change nothing.
 * @returns the paths that are, or were, not up to date.
 */
export function writeGenerated(
  files: ReadonlyMap<string, string>,
  folders: readonly string[],
  { check = false, root = ROOT } = {},
): string[] {
  const changed = [...files].filter(([path, content]) => read(join(root, path)) !== content);
  const stale = folders.flatMap((folder) => listFiles(root, folder)).filter((path) => !files.has(path));
  if (!check) {
    for (const [path, content] of changed) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    for (const path of stale) rmSync(join(root, path));
  }
  return [...changed.map(([path]) => path), ...stale].sort();
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : undefined;
}

function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}
