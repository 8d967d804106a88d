import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { hash } from '../cli/cache.ts';
import { committedBefore } from '../cli/git.ts';
import type { rules as allRules } from '../rules/index.ts';
import { openScanWorker, type WorkerTask } from '../workspace/scanWorkers.ts';
import { nodeFiles } from './nodeFiles.ts';
import { type Message, type Piece, WORKER } from './workers.ts';

/** What this thread is to help with; undefined in a thread that is no worker. */
export function workerTask(): WorkerTask | undefined {
  return parentPort ? workerData?.[WORKER] : undefined;
}

/** Checks what the thread that started this one sends, until it ends it. */
export function runWorker(task: WorkerTask, rules: typeof allRules): void {
  const port = parentPort as MessagePort;
  const send = (message: Message) => port.postMessage(message);
  const files = nodeFiles();
  const before = task.since && committedBefore(task.since, files);
  const log = (message: string) => send({ log: message });
  const check = openScanWorker(task, rules, { files, nameOf: hash, log, before });
  port.on('message', async ({ id, entries }: Piece) => send({ id, outcomes: await check(entries) }));
}
