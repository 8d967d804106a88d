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

/**
 * Files below a folder in code unit order, depth first, without what is excluded by default, by `exclude` (patterns as in
 * `.gitignore`) or by the `.gitignore` files on the way. Links are not followed, so the walk ends and stays inside.
 */
export async function* walk(
  files: Files,
  root: string,
  exclude: readonly string[],
  signal?: AbortSignalLike,
): AsyncGenerator<WalkedFile> {
  const top: Layer = {
    base: '',
    patterns: ignore()
      .add(DEFAULT_EXCLUDES)
      .add([...exclude]),
  };
  yield* walkFolder(files, root, '', [top], signal);
}

async function* walkFolder(
  files: Files,
  uri: string,
  path: string,
  layers: readonly Layer[],
  signal: AbortSignalLike | undefined,
): AsyncGenerator<WalkedFile> {
  const entries = (await files.list(uri)) ?? [];
  if (entries.some(({ name, type }) => name === '.gitignore' && type === 'file')) {
    const read = await files.readText(join(uri, '.gitignore'), 1_000_000);
    if ('text' in read) layers = [...layers, { base: path, patterns: ignore().add(read.text) }];
  }
  for (const { name, type } of entries) {
    if (signal?.aborted) return;
    const child = path + name;
    if (type === 'file' && !isIgnored(child, layers)) yield { uri: join(uri, name), path: child };
    if (type === 'folder' && !isIgnored(`${child}/`, layers)) {
      yield* walkFolder(files, join(uri, name), `${child}/`, layers, signal);
    }
  }
}

/** The nearest file with an opinion decides, as in git. */
function isIgnored(path: string, layers: readonly Layer[]): boolean {
  for (let index = layers.length - 1; index >= 0; index--) {
    const layer = layers[index];
    if (!layer) continue;
    const { ignored, unignored } = layer.patterns.test(path.slice(layer.base.length));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** Whether a walk from `root` would leave this file out: for documents that an editor opens. Reads the `.gitignore`s above it. */
export async function isExcluded(
  files: Files,
  root: string,
  path: string,
  exclude: readonly string[],
): Promise<boolean> {
  const layers: Layer[] = [
    {
      base: '',
      patterns: ignore()
        .add(DEFAULT_EXCLUDES)
        .add([...exclude]),
    },
  ];
  const segments = path.split('/');
  for (let depth = 0; depth < segments.length; depth++) {
    const base = segments
      .slice(0, depth)
      .map((segment) => `${segment}/`)
      .join('');
    if (depth > 0 && isIgnored(base, layers)) return true;
    const read = await files.readText(join(root, ...segments.slice(0, depth), '.gitignore'), 1_000_000);
    if ('text' in read) layers.push({ base, patterns: ignore().add(read.text) });
  }
  return isIgnored(path, layers);
}
