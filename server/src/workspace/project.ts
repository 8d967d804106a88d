import { BASELINE_PATH, type Baseline, parseBaseline } from '../engine/baseline.ts';
import {
  baseOf,
  CONFIG_NAMES,
  type Config,
  type ConfigProblem,
  DEFAULT_CONFIG,
  parseConfig,
} from '../engine/config.ts';
import type { Rule } from '../engine/rule.ts';
import { isManifestName, NO_PACKAGES, type Packages, packagesFrom } from '../languages/packages/packages.ts';
import type { Files } from './files.ts';
import { foldersUp, join, relativePath } from './paths.ts';
import { type Exclusions, openExclusions } from './walk.ts';

const MAX_MANIFEST = 10 * 1024 * 1024;
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
  readonly exclusions: Exclusions;
  /** What was known when the project's baseline was written; a text says why it cannot be used. */
  baseline(): Promise<Baseline | { readonly problem: string } | undefined>;
  /** Called when a configuration file, manifest or lock file has changed. */
  forget(): void;
}

/**
 * Looks upward from a document to the workspace folder: the nearest `.guidelint.yaml` wins whole, and so does the nearest
 * folder that names library versions (as in a monorepo).
 *
 * @param fixed a configuration that is used everywhere instead (`--config`).
 */
export function openProject(files: Files, root: string, rules: readonly Rule[], fixed?: ConfigInForce): Project {
  const configs = new Map<string, Promise<ConfigInForce | undefined>>();
  const packages = new Map<string, Promise<Packages | undefined>>();
  /** Answers by the folder as it is written in the URIs of its files. */
  const configsInForce = new Map<string, Promise<ConfigInForce>>();
  const packagesInForce = new Map<string, Promise<Packages>>();

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

  async function readPackages(folder: string): Promise<Packages | undefined> {
    const entries = (await files.list(folder)) ?? [];
    const names = entries.filter(({ name, type }) => type !== 'folder' && isManifestName(name)).map(({ name }) => name);
    const manifests = await Promise.all(
      names.map(async (name) => {
        const uri = join(folder, name);
        const read = await files.readText(uri, MAX_MANIFEST);
        return 'text' in read ? [{ path: relativePath(root, uri), text: read.text }] : [];
      }),
    );
    return manifests.length > 0 ? packagesFrom(manifests.flat()) : undefined;
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

  async function readBaseline(): ReturnType<Project['baseline']> {
    const uri = join(root, BASELINE_PATH);
    const read = await files.readText(uri, MAX_BASELINE);
    if ('text' in read) return parseBaseline(read.text);
    return (await files.stat(uri)) && { problem: `cannot be read (${read.detail})` };
  }

  return {
    configFor,
    get exclusions() {
      return exclusions;
    },
    packagesFor: (uri) =>
      onceByFolder(
        packagesInForce,
        uri,
        async () => (await nearest(packages, foldersUp(root, uri), readPackages)) ?? NO_PACKAGES,
      ),
    baseline() {
      baseline ??= readBaseline();
      return baseline;
    },
    forget() {
      baseline = undefined;
      for (const known of [configs, packages, configsInForce, packagesInForce]) known.clear();
      exclusions = newExclusions();
    },
  };
}

function onceByFolder<T>(known: Map<string, Promise<T>>, uri: string, read: (uri: string) => Promise<T>): Promise<T> {
  const folder = uri.slice(0, uri.lastIndexOf('/'));
  const found = known.get(folder) ?? read(uri);
  known.set(folder, found);
  return found;
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
