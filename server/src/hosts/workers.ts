import { Worker } from 'node:worker_threads';
import type { NotChecked, Outcome } from '../workspace/checkFile.ts';
import type { ScanWorker, StartWorkers, WorkerLink } from '../workspace/scanWorkers.ts';
import type { WalkedFile } from '../workspace/walk.ts';

/** How often a thread looks whether the scan was stopped. In milliseconds. */
const LOOK_EVERY = 50;

/** To a worker. */
export interface Piece {
  readonly id: number;
  readonly entries: readonly WalkedFile[];
}

/** From a worker. */
export type Message =
  | { readonly id: number; readonly outcomes: readonly (Outcome | NotChecked)[] }
  | { readonly log: string };

/** Tells a thread that is a worker from one in which somebody else runs our program. */
export const WORKER = 'guidelint worker';

/**
 * Threads that run this program itself, so that no second copy of it has to be shipped. Run from its sources the program
 * has no such file, and everything is checked in one thread.
 */
export const startWorkers: StartWorkers | undefined =
  typeof __filename === 'string' && __filename.endsWith('.js')
    ? (count, link) => startThreads(__filename, count, link)
    : undefined;

/**
 * Fewer threads, or none, where the system gives no more: the scan takes longer and finds the same.
 *
 * @param script of a program that asks for `workerTask` before all else.
 */
export function startThreads(script: string, count: number, link: WorkerLink): ScanWorker[] {
  const workers: ScanWorker[] = [];
  try {
    while (workers.length < count) workers.push(startThread(script, link));
  } catch (error) {
    link.log(`No further thread can be started: ${error instanceof Error ? error.message : error}`);
  }
  return workers;
}

function startThread(script: string, { task, signal, log }: WorkerLink): ScanWorker {
  const worker = new Worker(script, { workerData: { [WORKER]: task } });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: Error | undefined;

  function end(reason: Error): void {
    ended ??= reason;
    clearInterval(timer);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    void worker.terminate();
  }

  // A thread in the middle of a file hears nothing: it is not asked to stop but ended.
  const timer = setInterval(() => {
    if (signal.aborted) end(new Error('stopped'));
  }, LOOK_EVERY);
  worker.on('message', (message: Message) => {
    if ('log' in message) return log(message.log);
    waiting.get(message.id)?.resolve(message.outcomes);
    waiting.delete(message.id);
  });
  for (const event of ['error', 'messageerror'] as const) {
    worker.on(event, (error: Error) => {
      // What it was to check is checked by the others; yet nobody should have to guess why a scan is slow.
      if (!ended) log(`A thread of the scan has failed: ${error.message}`);
      end(error);
    });
  }
  worker.on('exit', (code) => end(new Error(`ended with ${code}`)));

  return {
    check(entries) {
      return new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, entries } satisfies Piece);
      });
    },
    stop: () => end(new Error('stopped')),
  };
}

interface Waiting {
  resolve(outcomes: readonly (Outcome | NotChecked)[]): void;
  reject(reason: Error): void;
}
