import { type Disposable, type Event, EventEmitter, type LogOutputChannel } from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { STATUS, type StatusParams } from '../../server/src/lsp/protocol.ts';
import type { Status } from './status.ts';

/** The language server as the rest of the extension sees it. */
export interface Server extends Disposable {
  /** The client of the running server, which this starts if need be. @throws Error when it cannot be started. */
  running(): Promise<BaseLanguageClient>;
  /** Ends the server and starts a fresh one, also after a start that failed. Requests while one is under way join it. */
  restart(): Promise<void>;
  /** A document was checked. */
  readonly onDidCheck: Event<StatusParams>;
}

export function createServer(create: () => BaseLanguageClient, status: Status, log: LogOutputChannel): Server {
  const checked = new EventEmitter<StatusParams>();
  let client: BaseLanguageClient | undefined;
  let starting: Promise<BaseLanguageClient> | undefined;
  let restarting: Promise<void> | undefined;

  async function start(): Promise<BaseLanguageClient> {
    // A client whose start failed cannot be started again, so every start has its own.
    const own = create();
    client = own;
    own.onDidChangeState(({ newState }) => status.serverIs(newState));
    own.onNotification(STATUS, (params: StatusParams) => {
      status.checked(params);
      checked.fire(params);
    });
    status.serverIs(State.Starting);
    const began = performance.now();
    await own.start();
    const { name, version } = own.initializeResult?.serverInfo ?? { name: 'Server' };
    log.info(`${name} ${version ?? ''} started in ${Math.round(performance.now() - began)} ms`);
    return own;
  }

  async function stop(): Promise<void> {
    const old = client;
    client = undefined;
    starting = undefined;
    try {
      await old?.dispose();
    } catch (error) {
      // A server that never came up or crashed cannot be asked to end; it is gone all the same.
      log.debug('The old server did not end in order:', error);
    }
  }

  function running(): Promise<BaseLanguageClient> {
    if (restarting) return restarting.then(running);
    if (!starting) {
      const attempt = start();
      starting = attempt;
      attempt.catch(() => {
        // The next request tries again.
        if (starting === attempt) starting = undefined;
      });
    }
    return starting;
  }

  return {
    running,
    restart() {
      restarting ??= stop().finally(() => {
        restarting = undefined;
      });
      return restarting.then(async () => void (await running()));
    },
    onDidCheck: checked.event,
    dispose() {
      checked.dispose();
      void stop();
    },
  };
}
