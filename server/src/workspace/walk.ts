import ignore, { type Ignore } from 'ignore';
import type { AbortSignalLike, Files } from './files.ts';
import { join } from './paths.ts';

/** Folders of dependencies, version control, builds and caches: what is in them is not the user's to repair. */
export const DEFAULT_EXCLUDES = [
  '.git/',
  '.hg/',
  '.svn/',
  'node_modules/',
  'bower_components/',
  '.venv/',
  'venv/',
  '.env/bin/',
  'site-packages/',
  'dist-packages/',
  '__pycache__/',
  '.tox/',
  '.nox/',
  '.eggs/',
  '*.egg-info/',
  '.mypy_cache/',
  '.ruff_cache/',
  '.pytest_cache/',
  '.ipynb_checkpoints/',
  '.cache/',
  'vendor/',
  'third_party/',
  'third-party/',
  'dist/',
  'build/',
  'out/',
  'target/',
  '.next/',
  '.vscode-test/',
];

export interface WalkedFile {
  readonly uri: string;
  /** Relative to the folder the walk began in. */
  readonly path: string;
}

interface Layer {
  /** Path of the folder the patterns stand in, relative to the root, with a closing slash unless empty. */
  readonly base: string;
  readonly patterns: Ignore;
}

export interface WalkOptions {
  readonly files: Files;
  /** URI of the folder that paths are relative to, and above which nothing is looked at. */
  readonly root: string;
  /** Decides by configuration and `.gitignore`; made by `openProject`. */
  readonly exclusions: Exclusions;
  /** Where to begin, below the root, with a closing slash; default: at the root. */
  readonly start?: string;
  readonly signal?: AbortSignalLike;
  /** Told of a folder that cannot be listed, so that its files do not count as checked. */
  readonly onUnlisted?: (path: string) => void;
}

/** What is left out in a folder: the patterns of the folders from the root down to it. */
export interface Exclusions {
  /** @param folder path relative to the root, with a closing slash unless it is the root. */
  layersFor(folder: string): Promise<readonly Layer[]>;
}

const DEFAULTS: Layer = { base: '', patterns: ignore().add(DEFAULT_EXCLUDES) };

/**
 * Reads the patterns of each folder once.
 *
 * @param excludeOf `exclude` of the configuration in force for a folder, and the folder that it stands in.
 */
export function openExclusions(
  files: Files,
  root: string,
  excludeOf: (folderUri: string) => Promise<{ readonly base: string; readonly patterns: readonly string[] }>,
): Exclusions {
  const known = new Map<string, Promise<readonly Layer[]>>();

  async function read(folder: string): Promise<readonly Layer[]> {
    const above = folder === '' ? [] : await gitLayers(folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1));
    const gitignore = await files.readText(join(root, folder, '.gitignore'), 1_000_000);
    return 'text' in gitignore ? [...above, { base: folder, patterns: ignore().add(gitignore.text) }] : above;
  }

  function gitLayers(folder: string): Promise<readonly Layer[]> {
    const pending = known.get(folder) ?? read(folder);
    known.set(folder, pending);
    return pending;
  }

  return {
    async layersFor(folder) {
      const { base, patterns } = await excludeOf(join(root, folder));
      const own = patterns.length > 0 ? [{ base, patterns: ignore().add([...patterns]) }] : [];
      // Nearer ones stand later and decide first; what the user excludes no .gitignore brings back.
      return [DEFAULTS, ...(await gitLayers(folder)), ...own];
    },
  };
}

/**
 * Files below a folder in code unit order, depth first, without what is excluded by default, by configuration or by the
 * `.gitignore` files on the way. Links are not followed, so the walk ends and stays inside.
 */
export function walk(options: WalkOptions): AsyncGenerator<WalkedFile> {
  return walkFolder(options, options.start ?? '');
}

/** A name that stands in a URI as it is. */
const PLAIN = /^\w[\w.-]*$/;

async function* walkFolder(options: WalkOptions, folder: string): AsyncGenerator<WalkedFile> {
  const { files, root, exclusions, signal } = options;
  const uri = folder === '' ? root : join(root, folder);
  const entries = await files.list(uri);
  if (!entries) options.onUnlisted?.(folder);
  const layers = await exclusions.layersFor(folder);
  const base = join(uri, '.').replace(/\/$/, '');
  for (const { name, type } of entries ?? []) {
    if (signal?.aborted) return;
    const path = folder + name;
    if (type === 'file' && !isIgnored(path, layers)) {
      yield { uri: PLAIN.test(name) ? `${base}/${name}` : join(uri, name), path };
    }
    if (type === 'folder' && !isIgnored(`${path}/`, layers)) yield* walkFolder(options, `${path}/`);
  }
}

/** The nearest file with an opinion decides, as in git. */
function isIgnored(path: string, layers: readonly Layer[]): boolean {
  for (let index = layers.length - 1; index >= 0; index--) {
    const layer = layers[index];
    const inside = layer && path.startsWith(layer.base) ? path.slice(layer.base.length) : '';
    if (!layer || inside === '') continue;
    const { ignored, unignored } = layer.patterns.test(inside);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** Whether a walk from the root would leave this file out: for documents that an editor opens. */
export async function isExcluded(exclusions: Exclusions, path: string): Promise<boolean> {
  const segments = path.split('/');
  for (let depth = 1; depth <= segments.length; depth++) {
    const folder = segments
      .slice(0, depth - 1)
      .map((segment) => `${segment}/`)
      .join('');
    const child = segments.slice(0, depth).join('/') + (depth < segments.length ? '/' : '');
    if (isIgnored(child, await exclusions.layersFor(folder))) return true;
  }
  return false;
}
