import { parseConfig } from '../engine/config.ts';
import type { Rule } from '../engine/rule.ts';
import { type NotChecked, type Outcome, openFileCheck, type Surroundings } from './checkFile.ts';
import type { AbortSignalLike } from './files.ts';
import { openProject } from './project.ts';
import type { Shard } from './shard.ts';
import type { WalkedFile } from './walk.ts';

/**
 * A thread loads and warms up the program for itself, about a second of processor time; with fewer files for it that is lost.
 */
const FILES_PER_WORKER = 200;

/** Another thread that checks files as this one does. */
export interface ScanWorker {
  /** Settles with an outcome for each file, in order; rejects when the thread has ended, whatever the reason. */
  check(entries: readonly WalkedFile[]): Promise<readonly (Outcome | NotChecked)[]>;
  /** Ends the thread; what it has not answered by then it will not. */
  stop(): void;
}

/** What a worker is told at its start: what this thread checks with, as data that can be sent. */
export interface WorkerTask {
  readonly folder: string;
  /** Ids; both threads run the same program and so know the same rules. */
  readonly rules: readonly string[];
  /** ISO date. */
  readonly today: string;
  /** A configuration to use instead of the nearest one. */
  readonly config?: { readonly text: string; readonly path: string } | undefined;
  readonly shard?: Shard | undefined;
  /** Names of what the cache holds; undefined: there is none. */
  readonly cached?: ReadonlySet<string> | undefined;
  /** Texts of documents as an editor holds them, by URI. */
  readonly open?: ReadonlyMap<string, string> | undefined;
  /** The commit that is compared with, and the absolute paths of the files that are. */
  readonly since?: { readonly base: string; readonly paths: ReadonlySet<string> } | undefined;
}

/** What workers need from the thread that has them started. */
export interface WorkerLink {
  readonly task: WorkerTask;
  readonly signal: AbortSignalLike;
  readonly log: (message: string) => void;
}

/** Starts so many threads. */
export type StartWorkers = (count: number, link: WorkerLink) => readonly ScanWorker[];

/** How many threads to start for so many files, of `most` that there may be. */
export function workersFor(files: number, most: number): number {
  return Math.min(most, Math.floor(files / FILES_PER_WORKER));
}

/**
 * The other side: checks what a task asks for. Holds an own picture of the project, because trees cannot be sent.
 *
 * @param all rules that this program knows.
 */
export function openScanWorker(
  { folder, today, config, shard, cached, open, ...task }: WorkerTask,
  all: readonly Rule[],
  { nameOf, ...host }: Pick<Surroundings, 'files' | 'log' | 'before'> & { readonly nameOf: (key: string) => string },
): ScanWorker['check'] {
  const wanted = new Set(task.rules);
  const rules = all.filter(({ meta }) => wanted.has(meta.id));
  if (rules.length !== wanted.size) throw new Error('there are rules that this thread does not know');
  const openText = open && ((uri: string) => open.get(uri));
  const fixed = config && parseConfig(config.text, rules, config.path);
  const project = openProject(host.files, folder, rules, fixed, openText);
  const cache = cached && { nameOf, has: (name: string) => cached.has(name) };
  const check = openFileCheck({ ...host, rules, project, today, shard, cache, openText });

  return async (entries) => {
    const outcomes: (Outcome | NotChecked)[] = [];
    for (const entry of entries) {
      const outcome = await check(entry);
      if ('reason' in outcome) outcomes.push(outcome);
      else {
        const { file, raw, ...rest } = outcome;
        // Nobody asks for the text of what is none of ours.
        outcomes.push({ ...rest, raw: rest.kind === 'other' ? '' : raw });
      }
    }
    return outcomes;
  };
}
