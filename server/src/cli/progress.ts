import { SingleBar } from 'cli-progress';
import { printable } from '../reports/printable.ts';
import type { Context } from './context.ts';

/** Shorter scans show nothing. In milliseconds. */
const PATIENCE = 500;

export interface Progress {
  update(done: number, total: number, path: string): void;
  /** Removes the bar; nothing of it stays on the screen. */
  stop(): void;
}

/** A bar on a terminal, shown once a scan takes long. Elsewhere (a pipe, a log of a build server) there is none. */
export function showProgress({ stderr, env }: Context, patience = PATIENCE): Progress {
  if (!stderr.isTTY || env.CI || env.TERM === 'dumb') return { update() {}, stop() {} };
  const started = Date.now();
  let bar: SingleBar | undefined;
  return {
    update(done, total, path) {
      if (!bar && total > 0 && Date.now() - started > patience) {
        bar = new SingleBar({
          format: 'Checking {bar} {value}/{total}  {file}',
          stream: stderr as unknown as NodeJS.WritableStream,
          barsize: 24,
          barCompleteChar: '=',
          barIncompleteChar: ' ',
          clearOnComplete: true,
          hideCursor: true,
          // Signals are the caller's business: a handler of the bar's own would keep SIGTERM from ending us.
          gracefulExit: false,
          linewrap: false,
          fps: 10,
        });
        bar.start(total, done, { file: '' });
      }
      bar?.update(done, { file: shorten(printable(path), 40) });
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}

/** The end of a path says more than its beginning. */
function shorten(path: string, length: number): string {
  return path.length > length ? `…${path.slice(1 - length)}` : path;
}
