/** Lock files of npm, pnpm and Yarn, in the order in which one beats the other. */
export const NPM_LOCKS = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'] as const;

/** What a lock file of npm, pnpm or Yarn says. */
export interface NpmLock {
  /** Relative to the workspace folder, forward slashes. */
  readonly path: string;
  /** Equal for equal texts: part of the key under which findings are kept. */
  readonly key: string;
  /** The version that is locked; undefined where there is none, or more than one. */
  version(name: string): string | undefined;
}

const VERSION = /^\d+\.\d+\.\d+[\w.+-]*$/;

/** Reads a lock file when it is first asked. Never throws; what cannot be read says nothing. */
export function npmLock(path: string, text: string): NpmLock {
  let versions: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  return {
    path,
    key: `${path}:${text.length}:${digest(text)}`,
    version(name) {
      versions ??= readVersions(path, text);
      const [only, other] = versions.get(name) ?? [];
      return other === undefined ? only : undefined;
    },
  };
}

function readVersions(path: string, text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const pairs = /\.json$/.test(path) ? fromNpm(text) : /\.yaml$/.test(path) ? fromPnpm(text) : fromYarn(text);
  for (const [name, version] of pairs) {
    if (VERSION.test(version)) found.set(name, (found.get(name) ?? new Set()).add(version));
  }
  return found;
}

/** `packages` since npm 7, by folder; `dependencies` before. Only what lies at the top is started by its name. */
function* fromNpm(text: string): Iterable<[string, string]> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return;
  }
  const { packages, dependencies } = (root ?? {}) as Record<string, unknown>;
  for (const [key, value] of Object.entries(packages ?? dependencies ?? {})) {
    const version: unknown = (value as { version?: unknown } | null)?.version;
    const name = packages ? /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(key)?.[1] : key;
    if (name && typeof version === 'string') yield [name, version];
  }
}

/** Keys such as `/name@1.2.3(peer@1.0.0):`, in quotes where there is a scope; before version 6 `/name/1.2.3:`. */
function* fromPnpm(text: string): Iterable<[string, string]> {
  const key = /^ {2}'?\/?((?:@[\w.-]+\/)?[\w.-]+)[@/](\d[\w.+-]*)[^\n:]*'?:[ \t]*\r?$/gm;
  for (const [, name = '', version = ''] of text.matchAll(key)) yield [name, version];
}

/** A line of names with ranges, then `version "1.2.3"` (Yarn 1) or `version: 1.2.3`. */
function* fromYarn(text: string): Iterable<[string, string]> {
  let name: string | undefined;
  for (const line of text.split('\n')) {
    const head = /^"?((?:@[^@/\s"]+\/)?[^@/\s"]+)@/.exec(line)?.[1];
    if (head) name = head;
    const version = /^ {2}version:? "?([\w.+-]+)"?\s*$/.exec(line)?.[1];
    if (name && version) yield [name, version];
    if (version) name = undefined;
  }
}

/** FNV-1a: it need not keep anybody from making two texts equal, only tell an edited lock file from the one before. */
function digest(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
