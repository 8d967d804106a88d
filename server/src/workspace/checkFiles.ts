import type { SourceFile } from '../engine/sourceFile.ts';
import { type NotChecked, type Outcome, openFileCheck } from './checkFile.ts';
import { type Lane, openLanes } from './lanes.ts';
import { openFile } from './open.ts';
import type { Project } from './project.ts';
import type { ScannedFile, ScanOptions } from './scan.ts';
import type { ScanWorker } from './scanWorkers.ts';
import type { WalkedFile } from './walk.ts';

/** Files read at the same time. */
const CONCURRENCY = 16;
/** With workers: what is begun here no other thread can take over. */
const CONCURRENCY_WITH_WORKERS = 2;
/** Files that a worker is given at a time: few, so that nobody waits long for the last. */
const PIECE = 4;
/** Pieces on their way to one worker: it goes on with the next while this thread is busy. */
const PIECES = 2;

/**
 * Checks files in this thread, and in workers where there are any. What a worker has not answered when it ends is checked
 * here, so a thread that runs out of memory costs time and no file.
 *
 * @returns files with a kind, in the order of the list; less when the scan is stopped.
 */
export async function checkFiles(
  entries: readonly WalkedFile[],
  options: ScanOptions,
  project: Project,
): Promise<{ scanned: ScannedFile[]; notChecked: { path: string; reason: string }[] }> {
  const { signal, rules, cache, today } = options;
  const scanned = new Map<string, ScannedFile>();
  const notChecked: { path: string; reason: string }[] = [];
  const checkHere = openFileCheck({ ...options, project });
  let done = 0;

  async function settle(
    { uri, path }: WalkedFile,
    outcome: (Outcome & { readonly file?: SourceFile }) | NotChecked,
  ): Promise<void> {
    options.onProgress?.(++done, entries.length, path);
    if ('reason' in outcome) {
      notChecked.push({ path, reason: outcome.reason });
      return;
    }
    const { kind, raw, name, findings } = outcome;
    if (kind === 'other') return;
    const { config } = await project.configFor(uri);
    const off = rules.filter(({ meta }) => config.severities.get(meta.id) === 'off').map(({ meta }) => meta.id);
    const file = outcome.file ?? openFile({ uri, path, text: raw, config, kind, today });
    if (name && findings) cache?.set(name, findings);
    const known = findings ?? cache?.get(name ?? '') ?? [];
    scanned.set(uri, { path, uri, kind, off, raw, file, findings: known });
  }

  async function workHere(lane: Lane<WalkedFile>): Promise<void> {
    for (;;) {
      const [entry] = signal?.aborted ? [] : lane.take(1);
      if (!entry) return;
      await settle(entry, await checkHere(entry));
      await options.pause?.();
    }
  }

  /** @returns what it was given and has not answered. */
  async function workThere(worker: ScanWorker, lane: Lane<WalkedFile>): Promise<readonly WalkedFile[]> {
    for (;;) {
      const piece = signal?.aborted ? [] : lane.take(PIECE);
      if (piece.length === 0) return [];
      try {
        const outcomes = await worker.check(piece);
        for (const [index, entry] of piece.entries())
          await settle(entry, outcomes[index] ?? { reason: 'was not checked' });
      } catch {
        return piece;
      }
    }
  }

  const workers = options.workers?.(entries.length) ?? [];
  try {
    const [own, ...others] = openLanes(entries, 1 + workers.length) as [Lane<WalkedFile>, ...Lane<WalkedFile>[]];
    const concurrency = workers.length > 0 ? CONCURRENCY_WITH_WORKERS : CONCURRENCY;
    const here = times(concurrency, () => workHere(own));
    const there = others.flatMap((lane, index) => times(PIECES, () => workThere(workers[index] as ScanWorker, lane)));
    await Promise.all(here);
    const [left] = openLanes((await Promise.all(there)).flat(), 1) as [Lane<WalkedFile>];
    await Promise.all(times(CONCURRENCY, () => workHere(left)));
  } finally {
    for (const worker of workers) worker.stop();
  }
  return { scanned: entries.flatMap(({ uri }) => scanned.get(uri) ?? []), notChecked };
}

function times<T>(count: number, start: () => T): T[] {
  return Array.from({ length: count }, start);
}
