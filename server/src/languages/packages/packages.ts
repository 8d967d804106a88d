import { readCondaEnvironment } from './conda.ts';
import { readLock } from './locks.ts';
import { readPipfile, readPipfileLock } from './pipfile.ts';
import { readPyproject } from './pyproject.ts';
import type { Requirement } from './requirement.ts';
import { readRequirements, readSetupCfg } from './requirements.ts';
import { isBelowVersion, lowestOf } from './specifier.ts';

/** Which versions of a package the project may be used with, and the file that says so. */
export interface PackageVersion {
  /** Normalised as in PEP 503. */
  readonly name: string;
  readonly specifier: string;
  /** The lowest version allowed; for a pin the version itself. Missing when there is no lower bound. */
  readonly lowest?: string;
  readonly source: { readonly path: string; readonly line: number };
}

/** Versions of the libraries that some code is used with. */
export interface Packages {
  /** @param name in any spelling that PEP 503 takes for the same. */
  get(name: string): PackageVersion | undefined;
  /** Equal for equal versions and places: part of the key under which findings are kept. */
  readonly key: string;
}

export interface Manifest {
  /** Relative to the workspace folder, forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** For code beside which no manifest was found. */
export const NO_PACKAGES: Packages = { get: () => undefined, key: '' };

interface Reader {
  readonly names: RegExp;
  /** A lock file knows the version; a manifest only what is allowed. */
  readonly lock: boolean;
  read(text: string): readonly Requirement[];
}

const READERS: readonly Reader[] = [
  { names: /^(?:uv|poetry|pdm)\.lock$/, lock: true, read: readLock },
  { names: /^Pipfile\.lock$/, lock: true, read: readPipfileLock },
  { names: /^[\w.-]*requirements[\w.-]*\.(?:txt|in)$/i, lock: false, read: readRequirements },
  { names: /^constraints[\w.-]*\.txt$/i, lock: false, read: readRequirements },
  { names: /^pyproject\.toml$/, lock: false, read: readPyproject },
  { names: /^setup\.cfg$/, lock: false, read: readSetupCfg },
  { names: /^Pipfile$/, lock: false, read: readPipfile },
  { names: /^(?:[\w.-]*environment|conda)[\w.-]*\.ya?ml$/i, lock: false, read: readCondaEnvironment },
];

/** Globs of the files that `packagesFrom` understands, for watching them. */
export const MANIFEST_NAMES = [
  '*requirements*.{txt,in}',
  'constraints*.txt',
  'pyproject.toml',
  'setup.cfg',
  'Pipfile',
  'Pipfile.lock',
  '{uv,poetry,pdm}.lock',
  '{*environment*,conda*}.{yml,yaml}',
] as const;

/** @param name file name without folders. */
export function isManifestName(name: string): boolean {
  return READERS.some(({ names }) => names.test(name));
}

/**
 * Reads manifests and lock files that belong together. A lock file beats a manifest; where several files of one sort name a
 * package, the lowest version any of them allows counts. A file that cannot be read says nothing.
 */
export function packagesFrom(manifests: readonly Manifest[]): Packages {
  const known = new Map<string, PackageVersion & { readonly lock: boolean }>();
  for (const { path, text } of manifests) {
    const file = path.slice(path.lastIndexOf('/') + 1);
    const reader = READERS.find(({ names }) => names.test(file));
    for (const { name, specifier, line } of reader ? readSafely(reader, text) : []) {
      const key = normaliseName(name);
      const lowest = lowestOf(specifier);
      const found = {
        name: key,
        specifier,
        source: { path, line },
        lock: reader?.lock ?? false,
        ...(lowest ? { lowest } : {}),
      };
      const earlier = known.get(key);
      if (!earlier || beats(found, earlier)) known.set(key, found);
    }
  }
  const key = JSON.stringify([...known.values()]);
  return { key, get: (name) => known.get(normaliseName(name)) };
}

/**
 * Whether a project may run with a version of a package that is older than `version`.
 *
 * @returns `unknown` when nothing is said about the package, or no lower bound.
 */
export function isBelow(found: PackageVersion | undefined, version: string): 'yes' | 'no' | 'unknown' {
  return found ? isBelowVersion(found.specifier, version) : 'unknown';
}

/** `Torch_Geometric` and `torch-geometric` are one package (PEP 503). */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function readSafely(reader: Reader, text: string): readonly Requirement[] {
  try {
    return reader.read(text.replace(/^\uFEFF/, ''));
  } catch {
    return [];
  }
}

type Known = PackageVersion & { readonly lock: boolean };

function beats(found: Known, earlier: Known): boolean {
  if (found.lock !== earlier.lock) return found.lock;
  if (!earlier.lowest) return Boolean(found.lowest || (found.specifier && !earlier.specifier));
  return Boolean(found.lowest) && isBelowVersion(found.specifier, earlier.lowest) === 'yes';
}
