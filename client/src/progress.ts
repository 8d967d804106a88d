import { ProgressLocation, window } from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient';
import type { Server } from './server.ts';

let lastToken = 0;

/** A notification, or the bar of a view. */
export type ProgressPlace = ProgressLocation | { readonly viewId: string };

/** Sends a request that takes its time, with progress that can be cancelled. The server answers with what it has by then. */
export function requestWithProgress<Reply>(
  server: Server,
  method: string,
  title: string,
  location: ProgressPlace = ProgressLocation.Notification,
  params: object = {},
): Promise<Reply> {
  const options = { location, title, cancellable: true };
  const task = window.withProgress(options, async (progress, cancellation): Promise<Reply> => {
    const client = await server.running();
    const workDoneToken = `guidelint-${++lastToken}`;
    let reached = 0;
    const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind !== 'report') return;
      const increment = (value.percentage ?? reached) - reached;
      reached += increment;
      progress.report({ increment, ...(value.message && { message: value.message }) });
    });
    try {
      return await client.sendRequest<Reply>(method, { ...params, workDoneToken }, cancellation);
    } finally {
      listener.dispose();
    }
  });
  return Promise.resolve(task);
}
