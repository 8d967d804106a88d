import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Finding } from '../engine/finding.ts';
import type { FindingStore } from '../workspace/scan.ts';
import { replaceFile } from './writeFile.ts';

/** Files remembered per project, those of the last run first. */
const MAX_ENTRIES = 20_000;
/** A larger cache is neither read nor written. In UTF-16 code units, about bytes. */
const MAX_SIZE = 64 * 1024 * 1024;
/** A project's cache that was not used for so long is deleted. In milliseconds. */
const MAX_AGE = 30 * 24 * 60 * 60 * 1000;

export interface DiskCache extends FindingStore {
  /** Names of all it holds, for threads that check along. */
  names(): ReadonlySet<string>;
  /** Writes what is new; what goes wrong is of no consequence. */
  save(): Promise<void>;
}

/** Where this operating system wants caches: XDG base directories, Apple's and Microsoft's guidelines. */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'guidelint', 'cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'guidelint');
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.cache'), 'guidelint');
}

/**
 * Findings of earlier runs over the same project. A cache that is missing, damaged or of another build is an empty one.
 *
 * @param project absolute path, tells one project from another.
 * @param build of the program: findings of another build are not used.
 */
export async function openCache(folder: string, project: string, build: string): Promise<DiskCache> {
  const path = join(folder, `${hash(project).slice(0, 16)}.json`);
  const known = await readEntries(path, build);
  const used = new Map<string, readonly Finding[]>();
  let changed = false;
  return {
    nameOf: hash,
    names: () => new Set([...used.keys(), ...known.keys()]),
    has: (name) => used.has(name) || known.has(name),
    get(name) {
      const findings = used.get(name) ?? known.get(name);
      if (findings) used.set(name, findings);
      return findings;
    },
    set(name, findings) {
      used.set(name, findings);
      changed = true;
    },
    async save() {
      if (!changed) return;
      const entries = [...new Map([...used, ...known])].slice(0, MAX_ENTRIES);
      const body = JSON.stringify({ build, entries });
      if (body.length > MAX_SIZE) return;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await replaceFile(path, `${hash(body)}\n${body}`);
        await removeOld(folder);
      } catch {
        // A read-only or full disk: the next run is as slow as this one.
      }
    },
  };
}

/** The checksum tells damage of any kind before anything is made of the content. */
async function readEntries(path: string, build: string): Promise<Map<string, readonly Finding[]>> {
  try {
    if ((await stat(path)).size > MAX_SIZE) return new Map();
    const text = await readFile(path, 'utf8');
    const newline = text.indexOf('\n');
    const body = text.slice(newline + 1);
    if (text.slice(0, newline) !== hash(body)) return new Map();
    const data = JSON.parse(body) as { build: string; entries: [string, Finding[]][] };
    return data.build === build ? new Map(data.entries) : new Map();
  } catch {
    return new Map();
  }
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^[0-9a-f]{16}\.json$/.test(name)) continue;
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs < Date.now() - MAX_AGE) await rm(path, { force: true });
  }
}

/** Name of what depends on a text. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
