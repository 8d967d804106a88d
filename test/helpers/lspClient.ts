import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const SERVER = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

export interface ClientOptions {
  /** URIs of the workspace folders. */
  readonly folders?: readonly string[];
  /** False: a client that waits for published findings, as older ones do. */
  readonly pull?: boolean;
  /** What the client answers for the section `guidelint`. */
  readonly settings?: () => unknown;
  /** How the server is started; default: the bundle over stdio. */
  readonly command?: readonly string[];
}

/** An LSP client without an editor, speaking to the real server process over stdio. */
export interface Client {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly process: ChildProcess;
  /** Findings published so far, by URI, newest last. */
  readonly published: Map<string, Diagnostic[]>;
  /** How often the server asked for findings to be pulled again. */
  readonly refreshes: () => number;
  readonly log: string[];
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, contentChanges: readonly object[]): Promise<void>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** Findings of a pull; fails on an `unchanged` answer. */
  findings(uri: string): Promise<Diagnostic[]>;
  stop(): Promise<void>;
}

export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const [command = process.execPath, ...args] = options.command ?? [process.execPath, SERVER, '--stdio'];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published = new Map<string, Diagnostic[]>();
  const log: string[] = [];
  let refreshes = 0;
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    published.set(uri, diagnostics);
  });
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
  connection.onRequest('workspace/diagnostic/refresh', () => {
    refreshes++;
    return null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => options.settings?.() ?? null),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: options.folders?.[0] ?? null,
    workspaceFolders: (options.folders ?? []).map((uri) => ({ uri, name: uri })),
    capabilities: {
      textDocument: {
        ...(options.pull !== false && { diagnostic: { dynamicRegistration: false } }),
        codeAction: { resolveSupport: { properties: ['edit'] }, dataSupport: true },
      },
      workspace: {
        ...(options.settings && { configuration: true }),
        workspaceFolders: true,
        diagnostics: { refreshSupport: true },
      },
      window: { workDoneProgress: true },
    },
  });
  await connection.sendNotification('initialized', {});

  const pull = (uri: string, previousResultId?: string) =>
    connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
      ...(previousResultId && { previousResultId }),
    });
  return {
    connection,
    initialized,
    process: child,
    published,
    log,
    refreshes: () => refreshes,
    open: (uri, text, languageId = 'markdown') =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, contentChanges) =>
      connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    pull,
    async findings(uri) {
      const report = await pull(uri);
      if (report.kind !== 'full') throw new Error('the server answered `unchanged`');
      return report.items;
    },
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** Waits until `ready` gives a value that is not undefined. @throws Error naming `what` after `timeout` milliseconds. */
export async function until<T>(
  ready: () => T | undefined | Promise<T | undefined>,
  what: string,
  timeout = 10_000,
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const value = await ready();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
