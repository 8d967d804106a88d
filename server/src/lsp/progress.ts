import type { CancellationToken, Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { AbortSignalLike } from '../workspace/files.ts';

/** A running thread is shared with typing: after so long other work is let in. In milliseconds. */
const SLICE = 8;

/** Reports to the client that asked with a token, from the beginning of some work to its end. */
export async function withProgress<T>(
  connection: Connection,
  params: { readonly workDoneToken?: string | number } | undefined,
  title: string,
  work: (progress: WorkDoneProgressReporter | undefined) => Promise<T>,
): Promise<T> {
  const token = params?.workDoneToken;
  const progress = token === undefined ? undefined : connection.window.attachWorkDoneProgress(token);
  progress?.begin(title, 0, undefined, true);
  try {
    return await work(progress);
  } finally {
    progress?.done();
  }
}

export function signalOf(...tokens: readonly CancellationToken[]): AbortSignalLike {
  return {
    get aborted() {
      return tokens.some((token) => token.isCancellationRequested);
    },
  };
}

/** To be awaited between files: lets other work in every few milliseconds. */
export function takeTurns(): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < SLICE) return;
    await new Promise((resolve) => setImmediate(resolve));
    last = Date.now();
  };
}
