import type { LoadBomWriter } from '../drafts/draft.ts';
import type { Rule } from '../engine/rule.ts';
import type { Files } from '../workspace/files.ts';
import type { StartWorkers } from '../workspace/scanWorkers.ts';

/** Exit codes of every command. A scan that Ctrl-C stopped ends with 130, as shells expect. */
export const EXIT = { clean: 0, findings: 1, usage: 2, internal: 3, interrupted: 130 } as const;

/** A mistake in the call, such as a path that does not exist. Printed without a stack; the exit code is 2. */
export class UsageError extends Error {}

/** Where a command's output goes. `columns` and `isTTY` are set where it is a terminal. */
export interface Output {
  write(text: string): void;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Everything a command touches outside its arguments, so that a test can be the process. */
export interface Context {
  readonly version: string;
  readonly homepage?: string;
  readonly loadRules: () => Promise<readonly Rule[]>;
  /** Absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly files: Files;
  /** All of standard input, read like a file. */
  readonly readStdin: () => ReturnType<Files['readText']>;
  /** Starts the language server on stdin and stdout; settles when the client has gone. */
  readonly startServer: () => Promise<void>;
  /** Loads what writes an AI-BOM. */
  readonly loadBomWriter: LoadBomWriter;
  /** Calls back on Ctrl-C until the returned function is called. */
  readonly onInterrupt: (callback: () => void) => () => void;
  /** Differs when the program does, so that findings of another one are not used; absent: no cache. */
  readonly build?: () => string;
  /** Absent: everything is checked in one thread. */
  readonly startWorkers?: StartWorkers | undefined;
}

/** Whether to colour what is written there: NO_COLOR and FORCE_COLOR as in no-color.org and force-color.org, else a terminal. */
export function usesColor({ env }: Context, output: Output): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return output.isTTY === true && env.TERM !== 'dumb';
}

/** ISO date in the user's own time zone: what "until 2027-01-31" means to the person who wrote it. */
export function today(now = new Date()): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
