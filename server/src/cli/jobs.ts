import { availableParallelism } from 'node:os';
import { UsageError } from './context.ts';

/** Threads when nobody says how many. Each holds its own trees of the modules it reads, some 200 MB in a large project. */
export const MAX_JOBS = 4;
/** On two processors one thread and the engine's own compiler and collector keep both busy: a second gains nothing. */
const FEW = 2;
/** More than any machine has to spare. */
const LIMIT = 64;
/** @throws UsageError when it is not a number from 1 on. */
export function jobsOf(text: string | undefined): number {
  const processors = availableParallelism();
  if (text === undefined) return processors > FEW ? Math.min(processors, MAX_JOBS) : 1;
  const jobs = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (jobs < 1) throw new UsageError(`--jobs wants a number of threads, such as 2, not ${text}`);
  return Math.min(jobs, LIMIT);
}
