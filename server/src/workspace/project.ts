import { BASELINE_PATH, type Baseline, parseBaseline } from '../engine/baseline.ts';
import {
  baseOf,
  CONFIG_NAMES,
  type Config,
  type ConfigProblem,
  DEFAULT_CONFIG,
  parseConfig,
} from '../engine/config.ts';
import type { Kind } from '../engine/kind.ts';
import type { Rule } from '../engine/rule.ts';
import type { SourceFile } from '../engine/sourceFile.ts';
import { type HubPin, type HubPins, hubPins } from '../languages/hubPins.ts';
import { NPM_LOCKS, type NpmLock, npmLock } from '../languages/packages/npmLocks.ts';
import {
  isManifestName,
  isScript,
  type Manifest,
  NO_PACKAGES,
  nearestFirst,
  type Packages,
  packagesFrom,
} from '../languages/packages/packages.ts';
import { readIncludes } from '../languages/packages/requirements.ts';
import type { Modules } from '../languages/python/program.ts';
import type { Entry, Files } from './files.ts';
import { readDownload, readHubPins } from './hubPins.ts';
import { openModules } from './modules.ts';
import { foldersUp, isBelow, join, parent, relativePath } from './paths.ts';
import { type Exclusions, openExclusions } from './walk.ts';

const MAX_MANIFEST = 10 * 1024 * 1024;
/** Files that are read for one folder. */
const MAX_MANIFESTS = 64;
/** Files that configure MCP servers. */
const STARTS_SERVERS: ReadonlySet<Kind> = new Set(['mcp', 'assistant-settings', 'prompt']);
/** A file without one of these takes nothing from the Hub by a name. */
const LOADS_FROM_HUB =
  /from_pretrained|load_dataset|hf_hub_|snapshot_download|SentenceTransformer|CrossEncoder|WhisperModel|pipeline\(|vllm|get_kernel|hf[-_]hub:|\/resolve\/(?:main|master)\//;
const LOADS: ReadonlySet<Kind> = new Set(['python', 'notebook', 'model-card', 'data-card']);
const MAX_DOWNLOADS = 8;
const MAX_BASELINE = 50 * 1024 * 1024;

/** The configuration in force for some folder, with what is wrong in it. */
export interface ConfigInForce {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** What stands around a document and decides how it is checked; read once per folder until `forget` is called. */
export interface Project {
  configFor(uri: string): Promise<ConfigInForce>;
  packagesFor(uri: string): Promise<Packages>;
  /** The nearest lock file of npm, pnpm or Yarn, for a file that starts npm's packages; undefined for others. */
  npmFor(file: SourceFile): Promise<NpmLock | undefined>;
  /** Commits that the workspace names for what is on the Hub, for a file that loads from there; undefined where none is known. */
  pinsFor(file: SourceFile): Promise<HubPins | undefined>;
  /** What the imports of a Python file or notebook lead to in the workspace folder; undefined for other files. */
  modulesFor(file: SourceFile): Promise<Modules | undefined>;
  /** Python files changed, or came and went (`moved`); tells whether what others import may be another now. */
  modulesChanged(uris: readonly string[], moved: boolean): boolean;
  readonly exclusions: Exclusions;
  /** What was known when the project's baseline was written; a text says why it cannot be used. */
  baseline(): Promise<Baseline | { readonly problem: string } | undefined>;
  /** Called when a configuration file, manifest or lock file has changed. */
  forget(): void;
}

/**
 * Looks upward from a document to the workspace folder: the nearest `.guidelint.yaml` wins whole. Of the folders that name a
 * library the nearest tells its version (as in a monorepo); for that the folders above the workspace folder count too, up to
 * the top of the git work tree, so that a part of a project is checked like the whole.
 *
 * @param fixed a configuration that is used everywhere instead (`--config`).
 * @param openText text of a document as an editor holds it.
 */
export function openProject(
  files: Files,
  root: string,
  rules: readonly Rule[],
  fixed?: ConfigInForce,
  openText?: (uri: string) => string | undefined,
): Project {
  const modules = openModules(files, root, openText);
  const configs = new Map<string, Promise<ConfigInForce | undefined>>();
  const packages = new Map<string, Promise<Packages | undefined>>();
  /** Answers by the folder as it is written in the URIs of its files. */
  const configsInForce = new Map<string, Promise<ConfigInForce>>();
  const packagesInForce = new Map<string, Promise<Packages>>();
  const scripts = new Map<string, Promise<Packages | undefined>>();
  const npm = new Map<string, Promise<NpmLock | undefined>>();
  const pins = new Map<string, Promise<readonly HubPin[] | undefined>>();
  const downloads = new Map<string, Promise<HubPin | undefined>>();

  async function readConfig(folder: string): Promise<ConfigInForce | undefined> {
    for (const name of CONFIG_NAMES) {
      const uri = join(folder, name);
      const read = await files.readText(uri, 1_000_000);
      const path = relativePath(root, uri);
      if ('text' in read) return parseConfig(read.text, rules, path);
      // A configuration that is there and cannot be read must not pass for none.
      if (await files.stat(uri)) {
        const message = `the configuration cannot be read (${read.detail}); nothing in it applies`;
        return { config: { ...DEFAULT_CONFIG, path }, problems: [{ span: { start: 0, end: 0 }, message }] };
      }
    }
    return undefined;
  }

  /** Manifests and lock files of a folder, and what its scripts install; undefined where it has scripts at most. */
  async function readPackages(folder: string): Promise<Packages | undefined> {
    const manifests = await manifestsIn(folder);
    return manifests.every(isScript) ? undefined : packagesFrom(await withIncludes(manifests));
  }

  async function readNpmLock(folder: string): Promise<NpmLock | undefined> {
    for (const name of NPM_LOCKS) {
      const uri = join(folder, name);
      const read = await files.readText(uri, MAX_MANIFEST);
      if ('text' in read) return npmLock(relativePath(root, uri), read.text);
    }
    return undefined;
  }

  async function readScripts(folder: string): Promise<Packages | undefined> {
    const manifests = await manifestsIn(folder);
    return manifests.length > 0 ? packagesFrom(manifests) : undefined;
  }

  async function manifestsIn(folder: string): Promise<Manifest[]> {
    const entries = (await files.list(folder)) ?? [];
    const names = entries.filter(({ name, type }) => type !== 'folder' && isManifestName(name)).map(({ name }) => name);
    const found = await Promise.all(
      names.map(async (name) => {
        const uri = join(folder, name);
        const read = await files.readText(uri, MAX_MANIFEST);
        return 'text' in read ? [{ path: pathFrom(root, uri), text: read.text }] : [];
      }),
    );
    return [...found.flat(), ...(await workflowsIn(folder, entries))];
  }

  /** Adds what requirements files name with `-r` and `-c`, inside the workspace folder, each file once. */
  async function withIncludes(manifests: readonly Manifest[]): Promise<Manifest[]> {
    const found = [...manifests];
    const known = new Set(found.map(({ path }) => path));
    for (let at = 0; at < found.length && found.length < MAX_MANIFESTS; at++) {
      const { path, text, as } = found[at] as Manifest;
      if (as === 'workflow' || !(as || /\.(?:txt|in)$/.test(path))) continue;
      for (const include of readIncludes(text)) {
        const target = insideOf(path, include.path);
        if (target === undefined || known.has(target)) continue;
        known.add(target);
        const read = await files.readText(join(root, target), MAX_MANIFEST);
        if ('text' in read) found.push({ path: target, text: read.text, as: include.as });
      }
    }
    return found;
  }

  /** What the workflows of GitHub install, for a folder that has some. */
  async function workflowsIn(folder: string, entries: readonly Entry[]): Promise<Manifest[]> {
    if (!entries.some(({ name, type }) => name === '.github' && type === 'folder')) return [];
    const place = join(folder, '.github', 'workflows');
    const names = ((await files.list(place)) ?? []).filter(
      ({ name, type }) => type === 'file' && /\.ya?ml$/.test(name),
    );
    const found: Manifest[] = [];
    for (const { name } of names.slice(0, MAX_MANIFESTS)) {
      const uri = join(place, name);
      const read = await files.readText(uri, MAX_MANIFEST);
      if ('text' in read) found.push({ path: pathFrom(root, uri), text: read.text, as: 'workflow' });
    }
    return found;
  }

  async function readConfigFor(uri: string): Promise<ConfigInForce> {
    if (fixed) return fixed;
    return (await nearest(configs, foldersUp(root, uri), readConfig)) ?? { config: DEFAULT_CONFIG, problems: [] };
  }

  const configFor = (uri: string) => onceByFolder(configsInForce, uri, readConfigFor);

  const newExclusions = () =>
    openExclusions(files, root, async (folder) => {
      // The configuration of a folder is looked up from a file in it.
      const { config } = await configFor(`${folder.replace(/\/$/, '')}/.`);
      return { base: baseOf(config), patterns: config.exclude };
    });
  let exclusions = newExclusions();
  let baseline: ReturnType<Project['baseline']> | undefined;
  let outer: Promise<readonly string[]> | undefined;

  async function readBaseline(): ReturnType<Project['baseline']> {
    const uri = join(root, BASELINE_PATH);
    const read = await files.readText(uri, MAX_BASELINE);
    if ('text' in read) return parseBaseline(read.text);
    return (await files.stat(uri)) && { problem: `cannot be read (${read.detail})` };
  }

  return {
    configFor,
    async modulesFor({ uri, kind, text }) {
      if (kind !== 'python' && kind !== 'notebook') return undefined;
      return modules.modulesFor(uri, text.replace(/^\uFEFF/, '\n'));
    },
    modulesChanged: modules.changed,
    get exclusions() {
      return exclusions;
    },
    packagesFor: (uri) =>
      onceByFolder(packagesInForce, uri, async () => {
        outer ??= foldersAbove(files, root);
        const folders = [...foldersUp(root, uri), ...(await outer)];
        const layers: Packages[] = [];
        for (const folder of folders) {
          const found = await nearest(packages, [folder], readPackages);
          if (found) layers.push(found);
        }
        const installed = await nearest(scripts, folders, readScripts);
        if (installed && !layers.includes(installed)) layers.push(installed);
        return layers.length > 0 ? nearestFirst(layers) : NO_PACKAGES;
      }),
    async npmFor({ uri, kind, text }) {
      if (!STARTS_SERVERS.has(kind) || !/\b(?:npx|bunx|dlx|npm|bun)\b/.test(text)) return undefined;
      return nearest(npm, foldersUp(root, uri), readNpmLock);
    },
    async pinsFor({ uri, path, kind, text }) {
      if (!LOADS.has(kind) || !LOADS_FROM_HUB.test(text)) return undefined;
      const layers: (readonly HubPin[])[] = [];
      for (const folder of foldersUp(root, uri)) {
        const found = await nearest(pins, [folder], (each) => readHubPins(files, root, each));
        if (found && found.length > 0) layers.push(found);
      }
      for (const target of localFolders(path, text)) {
        const found = await nearest(downloads, [target], (each) => readDownload(files, root, each));
        if (found) layers.push([found]);
      }
      return layers.length > 0 ? hubPins(layers) : undefined;
    },
    baseline() {
      baseline ??= readBaseline();
      return baseline;
    },
    forget() {
      baseline = undefined;
      outer = undefined;
      for (const known of [configs, packages, scripts, npm, pins, downloads, configsInForce, packagesInForce])
        known.clear();
      modules.forget();
      exclusions = newExclusions();
    },
  };
}

/** Folders above a project that are looked through for manifests. */
const MAX_ABOVE = 12;

/** Folders above a project up to the top of the git work tree that it is a part of, nearest first; none where it is none. */
async function foldersAbove(files: Files, root: string): Promise<readonly string[]> {
  const found: string[] = [];
  let folder = root.replace(/\/$/, '');
  while (found.length <= MAX_ABOVE) {
    if (await files.stat(join(folder, '.git'))) return found;
    const above = parent(folder);
    if (above === folder) break;
    folder = above;
    found.push(folder);
  }
  return [];
}

/** The path of a file in the project or in a folder above it: `app/requirements.txt`, `../pyproject.toml`. */
function pathFrom(root: string, uri: string): string {
  let path = '';
  let folder = root;
  for (let level = 0; level <= MAX_ABOVE && !isBelow(folder, uri); level++) {
    path += '../';
    folder = parent(folder);
  }
  return path + relativePath(folder, uri);
}

function onceByFolder<T>(known: Map<string, Promise<T>>, uri: string, read: (uri: string) => Promise<T>): Promise<T> {
  const folder = uri.slice(0, uri.lastIndexOf('/'));
  const found = known.get(folder) ?? read(uri);
  known.set(folder, found);
  return found;
}

/** Folders of the workspace that a program downloads into (`local_dir`), from the workspace folder and from its own. */
function localFolders(path: string, text: string): string[] {
  const written = [...text.matchAll(/\blocal_dir\s{0,8}=\s{0,8}["']([^"'\n]{1,200})["']/g)].slice(0, MAX_DOWNLOADS);
  const found = written.flatMap(([, name = '']) => [insideOf('', name), insideOf(path, name)]);
  return [...new Set(found.filter((each) => each !== undefined))];
}

/** A path named in a file, relative to the workspace folder; undefined where it leads out of it. */
function insideOf(path: string, written: string): string | undefined {
  if (/^(?:[A-Za-z]:)?\//.test(written) || /[\\~$]/.test(written)) return undefined;
  const segments = path.split('/').slice(0, -1);
  for (const segment of written.split('/')) {
    if (segment === '..') {
      const last = segments.pop();
      if (last === undefined || last === '..') return undefined;
    } else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

/** The first folder that has something, each read at most once. */
async function nearest<T>(
  cache: Map<string, Promise<T | undefined>>,
  folders: readonly string[],
  read: (folder: string) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const folder of folders) {
    let pending = cache.get(folder);
    if (!pending) {
      pending = read(folder);
      cache.set(folder, pending);
    }
    const found = await pending;
    if (found) return found;
  }
  return undefined;
}
