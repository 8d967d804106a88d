import { readCondaEnvironment, readCondaLock } from './conda.ts';
import { readLock } from './locks.ts';
import { readPipfile, readPipfileLock } from './pipfile.ts';
import { readPyproject } from './pyproject.ts';
import type { Requirement } from './requirement.ts';
import { readRequirements, readSetupCfg } from './requirements.ts';
import { readPipInstalls } from './scripts.ts';
import { readSetupPy } from './setupPy.ts';
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
  /** What it is where its name does not tell: included with `-r` or `-c`, or a workflow of a CI. */
  readonly as?: 'requirements' | 'constraints' | 'workflow';
}

/** For code beside which no manifest was found. */
export const NO_PACKAGES: Packages = { get: () => undefined, key: '' };

interface Reader {
  readonly names: RegExp;
  /** A lock file knows the version, a manifest what is allowed, a script what was once installed somewhere. */
  readonly rank: Rank;
  /** It only narrows what other files ask for. */
  readonly constrains?: boolean;
  read(text: string): readonly Requirement[];
}

type Rank = 'lock' | 'manifest' | 'script';
/** The strongest evidence last. */
const RANKS: readonly Rank[] = ['script', 'manifest', 'lock'];

const READERS: readonly Reader[] = [
  { names: /^(?:(?:uv|poetry|pdm)\.lock|pylock(?:\.[\w-]+)?\.toml)$/, rank: 'lock', read: readLock },
  { names: /^Pipfile\.lock$/, rank: 'lock', read: readPipfileLock },
  { names: /^(?:[\w.-]*conda-lock)\.ya?ml$/, rank: 'lock', read: readCondaLock },
  { names: /^[\w.-]*requirements[\w.-]*\.(?:txt|in)$/i, rank: 'manifest', read: readRequirements },
  { names: /^constraints[\w.-]*\.txt$/i, rank: 'manifest', constrains: true, read: readRequirements },
  { names: /^pyproject\.toml$/, rank: 'manifest', read: readPyproject },
  { names: /^setup\.cfg$/, rank: 'manifest', read: readSetupCfg },
  { names: /^setup\.py$/, rank: 'manifest', read: readSetupPy },
  { names: /^Pipfile$/, rank: 'manifest', read: readPipfile },
  { names: /^(?:[\w.-]*environment|conda)[\w.-]*\.ya?ml$/i, rank: 'manifest', read: readCondaEnvironment },
  { names: /^(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$/i, rank: 'script', read: readPipInstalls },
  { names: /^(?:\.gitlab-ci|azure-pipelines)\.ya?ml$/, rank: 'script', read: readPipInstalls },
];
const REQUIREMENTS: Reader = { names: /^/, rank: 'manifest', read: readRequirements };
const CONSTRAINTS: Reader = { ...REQUIREMENTS, constrains: true };
const WORKFLOW: Reader = { names: /^/, rank: 'script', read: readPipInstalls };

/** Globs of the files that `packagesFrom` understands, for watching them. */
export const MANIFEST_NAMES = [
  '*requirements*.{txt,in}',
  'constraints*.txt',
  'pyproject.toml',
  'setup.cfg',
  'Pipfile',
  'Pipfile.lock',
  '{uv,poetry,pdm}.lock',
  'pylock*.toml',
  '*conda-lock.{yml,yaml}',
  'setup.py',
  '*{Dockerfile,Containerfile}*',
  '{.gitlab-ci,azure-pipelines}.{yml,yaml}',
  '{*environment*,conda*}.{yml,yaml}',
] as const;

/** @param name file name without folders. */
export function isManifestName(name: string): boolean {
  return READERS.some(({ names }) => names.test(name));
}

/** Whether a file only says what was installed somewhere, which any manifest outweighs. */
export function isScript(manifest: Manifest): boolean {
  return readerOf(manifest)?.rank === 'script';
}

/**
 * Reads manifests and lock files that belong together. A lock file beats a manifest, a manifest what a script installs; where several files of one sort name a
 * package, the lowest version any of them allows counts. A file that cannot be read says nothing.
 */
export function packagesFrom(manifests: readonly Manifest[]): Packages {
  const known = new Map<string, Known>();
  const constraints: Known[] = [];
  for (const manifest of manifests) {
    const { path, text } = manifest;
    const reader = readerOf(manifest);
    for (const { name, specifier, line, constrains } of reader ? readSafely(reader, text) : []) {
      const key = normaliseName(name);
      const lowest = lowestOf(specifier);
      const rank = reader?.rank ?? 'manifest';
      const found = { name: key, specifier, source: { path, line }, rank, ...(lowest ? { lowest } : {}) };
      const earlier = known.get(key);
      if (reader?.constrains || constrains) constraints.push(found);
      else if (!earlier || beats(found, earlier)) known.set(key, found);
    }
  }
  for (const constraint of constraints) {
    const earlier = known.get(constraint.name);
    if (earlier?.rank !== 'lock') known.set(constraint.name, constrained(earlier, constraint));
  }
  const key = JSON.stringify([...known.values()]);
  return { key, get: (name) => known.get(normaliseName(name)) };
}

/** Versions from several folders: for each package those of the first that names it. */
export function nearestFirst(layers: readonly Packages[]): Packages {
  const [only, ...others] = layers;
  if (only && others.length === 0) return only;
  return {
    key: layers.map(({ key }) => key).join('\n'),
    get(name) {
      for (const layer of layers) {
        const found = layer.get(name);
        if (found) return found;
      }
      return undefined;
    },
  };
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
function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function readSafely(reader: Reader, text: string): readonly Requirement[] {
  try {
    return reader.read(text.replace(/^\uFEFF/, ''));
  } catch {
    return [];
  }
}

type Known = PackageVersion & { readonly rank: Rank };

function readerOf({ path, as }: Manifest): Reader | undefined {
  if (as) return { requirements: REQUIREMENTS, constraints: CONSTRAINTS, workflow: WORKFLOW }[as];
  const file = path.slice(path.lastIndexOf('/') + 1);
  return READERS.find(({ names }) => names.test(file));
}

/** Both hold. The file that gives the lower bound is the one to name. */
function constrained(earlier: Known | undefined, constraint: Known): Known {
  if (!earlier || earlier.rank === 'script') return constraint;
  const specifier = [earlier.specifier, constraint.specifier].filter((each) => each !== '').join(',');
  const lowest = lowestOf(specifier);
  const { source } = lowest !== undefined && lowest === constraint.lowest ? constraint : earlier;
  return { ...earlier, specifier, source, ...(lowest ? { lowest } : {}) };
}

function beats(found: Known, earlier: Known): boolean {
  if (found.rank !== earlier.rank) return RANKS.indexOf(found.rank) > RANKS.indexOf(earlier.rank);
  if (!earlier.lowest) return Boolean(found.lowest || (found.specifier && !earlier.specifier));
  return Boolean(found.lowest) && isBelowVersion(found.specifier, earlier.lowest) === 'yes';
}
