import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CONFIG_NAMES } from '../engine/config.ts';
import { UsageError } from './context.ts';

/** What a command looks at, as absolute paths. */
export interface Targets {
  /** The project: the folder that reports are relative to and up to which configuration is looked for. */
  readonly folder: string;
  /** Files and folders to check. */
  readonly only: readonly string[];
}

/**
 * Reads the paths of a command line, default the current folder. The project is the current folder, so that a call says
 * what an editor says that has this folder open. For paths elsewhere it is the folder that is named, or what holds them.
 *
 * @throws UsageError when a path does not exist.
 */
export function findTargets(paths: readonly string[], cwd: string): Targets {
  const only = paths.length > 0 ? paths.map((path) => resolve(cwd, path)) : [cwd];
  const folders = only.map((path, index) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`there is no file or folder ${paths[index]}`);
    return stat.isDirectory() ? path : dirname(path);
  });
  const [first = cwd] = folders;
  const isOneFolder = folders.length === 1 && first === only[0];
  return { folder: projectOf(folders, cwd, isOneFolder), only };
}

/** The project of a file that may not exist yet. */
export function findTarget(path: string, cwd: string): Targets {
  const file = resolve(cwd, path);
  return { folder: projectOf([dirname(file)], cwd, false), only: [file] };
}

function projectOf(folders: readonly string[], cwd: string, isOneFolder: boolean): string {
  if (folders.every((folder) => isInside(cwd, folder))) return cwd;
  const common = commonFolder(folders);
  if (isOneFolder) return common;
  return (
    foldersUp(common).find((folder) => existsSync(join(folder, '.git'))) ??
    foldersUp(common).find((folder) => configIn(folder) !== undefined) ??
    common
  );
}

/** A configuration that somebody may expect to be in force: one above the project in the same git work tree. */
export function configAbove(project: string): string | undefined {
  const folders = foldersUp(project);
  const top = folders.findIndex((folder) => existsSync(join(folder, '.git')));
  return folders.slice(1, top + 1).flatMap((folder) => configIn(folder) ?? [])[0];
}

function configIn(folder: string): string | undefined {
  return CONFIG_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** The innermost folder that holds all of these. */
function commonFolder(folders: readonly string[]): string {
  const [first = '', ...rest] = folders;
  const common = foldersUp(first).find((candidate) => rest.every((folder) => isInside(candidate, folder)));
  if (common === undefined) throw new UsageError('the paths lie on different drives; check one drive at a time');
  return common;
}

/** Whether `path` is `folder` or lies below it. */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function foldersUp(folder: string): string[] {
  const folders = [folder];
  for (let current = folder; dirname(current) !== current; current = dirname(current)) folders.push(dirname(current));
  return folders;
}
