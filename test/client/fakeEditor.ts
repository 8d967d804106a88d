import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { activateWith } from '../../client/src/activate.ts';
import { root } from '../../scripts/ensure.mjs';

/** An open document as far as the client looks at it. */
export interface FakeDocument {
  readonly uri: { readonly scheme: string; readonly path: string; toString(): string };
  readonly languageId: string;
  readonly version: number;
}

export function document(scheme: string, path: string, languageId: string): FakeDocument {
  return { uri: { scheme, path, toString: () => `${scheme}:${path}` }, languageId, version: 1 };
}

/** As much of a `WorkspaceEdit` as the client uses. */
export class FakeEdit {
  readonly replaced: { readonly uri: unknown; readonly range: unknown; readonly newText: string }[] = [];
  replace(uri: unknown, range: unknown, newText: string) {
    this.replaced.push({ uri, range, newText });
  }
  entries() {
    return this.replaced.map(({ uri, range, newText }) => [uri, [{ range, newText }]]);
  }
}

/** A connection to a server that is not there: counts what is asked of it. */
export interface FakeClient {
  readonly options: { readonly middleware: Record<string, (...args: unknown[]) => unknown> } & Record<string, unknown>;
  readonly requests: { readonly method: string; readonly params: unknown }[];
  starts: number;
  disposals: number;
}

/**
 * The client's own code, bundled as it ships, in an editor of our own: what VS Code would register, open and show is in the
 * answer. Real VS Code runs in test/host; this one can fail on command.
 *
 * @param startFails says for each start, counted from 1, whether it fails.
 * @param pick chooses from a list; undefined leaves it with Escape.
 * @param reason what is typed when a reason is asked for; undefined leaves the input with Escape.
 */
export async function openFakeEditor({
  documents = [] as FakeDocument[],
  settings = {} as Record<string, unknown>,
  startFails = (_count: number): boolean => false,
  answer = (_method: string): unknown => undefined,
  reason = undefined as string | undefined,
  pick = (_items: readonly { readonly label: string }[]): unknown => undefined,
} = {}) {
  const commands = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  const messages: string[] = [];
  const clients: FakeClient[] = [];
  const applied: FakeEdit[] = [];
  const opened = emitter<FakeDocument>();
  const open = [...documents];

  const vscode: Record<string, unknown> = {
    ...placeholders(),
    EventEmitter: class {
      readonly own = emitter<unknown>();
      readonly event = this.own.event;
      fire = this.own.fire;
      dispose() {}
    },
    CodeActionKind: { QuickFix: kind('quickfix'), SourceFixAll: kind('source.fixAll') },
    Uri: {
      parse: (text: string) => ({ toString: () => text }),
      joinPath: (base: unknown, ...parts: string[]) => ({ path: [base, ...parts].join('/'), fsPath: '' }),
    },
    WorkspaceEdit: FakeEdit,
    l10n: { t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_, at) => String(values[at])) },
    ProgressLocation: { Notification: 15 },
    StatusBarAlignment: { Left: 1 },
    commands: {
      registerCommand(name: string, run: (...args: unknown[]) => Promise<unknown>) {
        if (commands.has(name)) throw new Error(`${name} is registered twice`);
        commands.set(name, run);
        return disposable;
      },
      executeCommand: async () => undefined,
    },
    languages: {
      createLanguageStatusItem: () => ({ dispose() {} }),
      match: (selector: { scheme: string; language?: string }[], { uri, languageId }: FakeDocument) =>
        selector.some(({ scheme, language }) => scheme === uri.scheme && language === languageId) ? 10 : 0,
    },
    window: {
      createOutputChannel: () => ({ error() {}, info() {}, debug() {}, show() {}, dispose() {} }),
      onDidChangeActiveTextEditor: () => disposable,
      onDidChangeActiveNotebookEditor: () => disposable,
      createStatusBarItem: () => ({ show() {}, hide() {}, dispose() {} }),
      createTreeView: () => ({ onDidChangeVisibility: () => disposable, dispose() {} }),
      showErrorMessage: async (message: string) => void messages.push(message),
      showInformationMessage: async (message: string) => void messages.push(message),
      showQuickPick: async (items: readonly { readonly label: string }[]) => pick(items),
      createInputBox: () => fakeInput(reason),
      withProgress: (_options: unknown, task: (progress: object, token: object) => unknown) =>
        task({ report() {} }, {}),
    },
    workspace: {
      get textDocuments() {
        return open;
      },
      notebookDocuments: [],
      getConfiguration: () => ({ get: (name: string, other: unknown) => settings[name] ?? other }),
      onDidOpenTextDocument: opened.event,
      onDidOpenNotebookDocument: () => disposable,
      onDidChangeConfiguration: () => disposable,
      onDidCloseTextDocument: () => disposable,
      onDidCloseNotebookDocument: () => disposable,
      openTextDocument: async () => open[0],
      applyEdit: async (edit: FakeEdit) => applied.push(edit),
      registerTextDocumentContentProvider: () => disposable,
    },
  };

  const client = await load<{ activateWith: typeof activateWith }>('client/src/activate.ts', vscode);
  client.activateWith({ extensionUri: 'extension', subscriptions: [] } as never, (options) => {
    const own: FakeClient = { options: options as never, requests: [], starts: 0, disposals: 0 };
    clients.push(own);
    const fake = {
      onDidChangeState() {},
      onNotification() {},
      onProgress: () => disposable,
      async start() {
        own.starts++;
        if (startFails(clients.length)) throw new Error('no server');
      },
      async dispose() {
        own.disposals++;
      },
      async sendRequest(method: string, params: unknown) {
        own.requests.push({ method, params });
        return answer(method);
      },
    };
    return fake as never;
  });

  return {
    commands: [...commands.keys()],
    run: (name: string, ...args: unknown[]) => commands.get(`guidelint.${name}`)?.(...args),
    clients,
    /** Notifications shown so far. */
    messages,
    /** Edits made so far. */
    applied,
    openDocument(document: FakeDocument) {
      open.push(document);
      opened.fire(document);
    },
  };
}

const disposable = { dispose() {} };

function emitter<T>() {
  const listeners = new Set<(value: T) => void>();
  return {
    event(listener: (value: T) => void) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    fire(value: T) {
      for (const listener of [...listeners]) listener(value);
    },
  };
}

/** Types the text and presses Enter; an input that does not accept it is left with Escape. */
function fakeInput(text: string | undefined) {
  const listeners = { change: (_: string) => {}, accept: () => {}, hide: () => {} };
  const input = {
    value: '',
    onDidChangeValue: (listener: (text: string) => void) => (listeners.change = listener),
    onDidAccept: (listener: () => void) => (listeners.accept = listener),
    onDidHide: (listener: () => void) => (listeners.hide = listener),
    show() {
      if (text !== undefined) {
        input.value = text;
        listeners.change(text);
        listeners.accept();
      }
      listeners.hide();
    },
    dispose() {},
  };
  return input;
}

function kind(value: string): object {
  return { value, contains: (other: { value: string }) => `${other.value}.`.startsWith(`${value}.`) };
}

/** A class for every name the editor's interface exports: the library extends some of them as it loads. */
function placeholders(): Record<string, unknown> {
  const types = readFileSync(join(root, 'node_modules', '@types', 'vscode', 'index.d.ts'), 'utf8');
  const names = [...types.matchAll(/^\texport (?:abstract )?(?:class|enum|namespace|const|function) (\w+)/gm)];
  return Object.fromEntries(names.map(([, name]) => [name, class {}]));
}

async function load<T>(entry: string, vscode: object): Promise<T> {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode'],
  });
  const module = { exports: {} as T };
  const require = createRequire(import.meta.url);
  const evaluate = new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '');
  evaluate(module, module.exports, (name: string) => (name === 'vscode' ? vscode : require(name)));
  return module.exports;
}
