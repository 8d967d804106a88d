import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { LoadBomWriter } from '../drafts/draft.ts';
import { BASELINE_PATH } from '../engine/baseline.ts';
import { CONFIG_NAMES } from '../engine/config.ts';
import { EVIDENCE_NAMES } from '../engine/evidence/schema.ts';
import { lint } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { notesCommit, PIN_PATTERNS } from '../languages/hubPins.ts';
import { NPM_LOCKS } from '../languages/packages/npmLocks.ts';
import { isManifestName, MANIFEST_NAMES } from '../languages/packages/packages.ts';
import type { Files } from '../workspace/files.ts';
import { openFile } from '../workspace/open.ts';
import { baseName, normalise } from '../workspace/paths.ts';
import { offerCardFields } from './cardFields.ts';
import { openChecker } from './checker.ts';
import { FIX_ALL, NOTEBOOK_FIX_ALL, offerCodeActions } from './codeActions.ts';
import { openCommittedTexts } from './committed.ts';
import { offerCompletion } from './completion.ts';
import { offerDiagnostics } from './diagnostics.ts';
import { offerDigests } from './digests.ts';
import { openDocuments } from './documents.ts';
import { offerEvidenceEntries } from './evidenceEntries.ts';
import { openFolders } from './folders.ts';
import { offerHover } from './hover.ts';
import { offerNewCard } from './newCard.ts';
import { offerNewPrompts } from './newPrompt.ts';
import { offerOutline } from './outline.ts';
import { offerPages } from './pages.ts';
import { type InitializationOptions, STATUS, type StatusParams } from './protocol.ts';
import { openSavedNotebooks } from './savedNotebooks.ts';
import { offerSavedReports } from './savedReport.ts';
import { isExplainedBySchema } from './schemaFiles.ts';
import { openSystemFindings } from './system.ts';
import { offerWorkspaceScan, type Workers } from './workspaceScan.ts';

/** Files besides documents that decide what is found. */
const WATCHED = [...CONFIG_NAMES, '.gitignore', BASELINE_PATH, ...MANIFEST_NAMES, ...NPM_LOCKS, ...PIN_PATTERNS].map(
  (name) => `**/${name}`,
);
/** Git writes a line to it whenever another commit is checked out or made. */
const HEAD_LOG = '.git/logs/HEAD';
/** Wait after the last edit of a module before the documents that import it are judged anew. In milliseconds. */
const PASS_ON_DELAY = 300;
/** Files whose own findings may be shown while they are closed, and weights that a card states a digest of. */
const CONTENT = '**/*.{md,mdc,py,ipynb,json,yaml,yml,prompt,prompty,baml,txt,safetensors,gguf,onnx,pt,pth,bin}';

/**
 * Serves one client over an open connection. All state lives in this call; the parts below are handed what they need.
 *
 * @param rules what to check, in order.
 * @param version of Guidelint, for the client and the reports.
 * @param loadBomWriter loads what writes an AI-BOM, which is large and seldom needed.
 * @param workers starts threads that help with a scan, `most` at a time; undefined: there are none.
 */
export function startServer(
  connection: Connection,
  files: Files,
  rules: readonly Rule[],
  version: string,
  loadBomWriter: LoadBomWriter,
  workers?: Workers,
): void {
  const log = (message: string) => connection.console.info(message);
  const today = () => new Date().toISOString().slice(0, 10);
  let client: InitializeParams['capabilities'] = {};
  let schemaLanguages: readonly string[] = [];

  /** @param uri as our own code writes it, which need not be the client's way. */
  const openText = (uri: string) =>
    (documents.texts.get(uri) ?? documents.texts.all().find((each) => normalise(each.uri) === uri))?.getText();
  const folders = openFolders(connection, files, rules, () => client.workspace?.configuration === true, log, openText);
  const documents = openDocuments(connection);
  const system = openSystemFindings(files, () => news());
  const committed = openCommittedTexts(files, () => news());
  const checker = openChecker({
    documents,
    folders,
    rules,
    system,
    saved: openSavedNotebooks(files),
    committed,
    today,
    log,
    onChecked(checked) {
      const status: StatusParams = {
        uri: checked.uri,
        kind: checked.file.kind,
        findings: checked.findings.filter(({ suppression }) => !suppression).length,
        millis: checked.millis,
        configProblems: checked.configProblems,
        ...(checked.configPath && { config: checked.configPath }),
      };
      void connection.sendNotification(STATUS, status);
    },
  });
  const diagnostics = offerDiagnostics({
    connection,
    documents,
    folders,
    checker,
    pulls: () => client.textDocument?.diagnostic !== undefined,
    refreshes: () => client.workspace?.diagnostics?.refreshSupport === true,
  });
  const workspaceScan = offerWorkspaceScan({
    connection,
    documents,
    folders,
    files,
    rules,
    system,
    version,
    today,
    log,
    onNews: () => news(),
    ...(workers && { workers }),
  });
  offerCodeActions({
    connection,
    digests: offerDigests({ connection, checker, folders, files }),
    checker,
    folders,
    async relint({ file, uri }) {
      const { config } = await folders.project(folders.of(normalise(uri))).configFor(uri);
      const { path, packages, kind } = file;
      return (text) => {
        const again = openFile({
          uri,
          path,
          text,
          config: { ...config, kinds: { [kind]: ['**'] } },
          packages,
          today: today(),
        });
        return lint(again.with({ ...(file.modules && { modules: file.modules }) }), { rules, config });
      };
    },
  });
  const bySchema = (path: string, languageId: string) => isExplainedBySchema(path, languageId, schemaLanguages);
  offerHover(connection, documents, folders, checker, rules, bySchema);
  offerCompletion(connection, documents, folders, checker, rules, bySchema);
  offerOutline(connection, documents, folders, checker);
  offerCardFields(connection, documents, folders, checker, rules);
  offerPages(connection, rules);
  offerNewCard({ connection, files, folders, rules, version, today, openText, loadBomWriter });
  offerNewPrompts(connection, files);
  offerEvidenceEntries(connection, documents, folders, files);
  offerSavedReports(connection, files);

  /** Edits of a module are passed on to the documents that import it once the typing pauses. */
  const edited = new Set<string>();
  let pending: NodeJS.Timeout | undefined;
  const onEdit = ({ document }: { document: { uri: string; languageId: string } }) => {
    if (document.languageId !== 'python') return;
    edited.add(normalise(document.uri));
    clearTimeout(pending);
    pending = setTimeout(() => {
      void passOn([...edited], false);
      edited.clear();
    }, PASS_ON_DELAY);
  };
  documents.texts.onDidChangeContent(onEdit);
  // What was not saved is gone.
  documents.texts.onDidClose(onEdit);

  async function passOn(uris: readonly string[], moved: boolean): Promise<void> {
    const isUsed = moved || (await checker.importsAny(uris));
    if (folders.modulesChanged(uris, moved) && isUsed) news();
  }

  /** What surrounds the documents changed: everything is judged anew. */
  function news(): void {
    checker.invalidate();
    diagnostics.refresh();
    if (client.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type);
  }

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    const options = params.initializationOptions as InitializationOptions | undefined;
    schemaLanguages = Array.isArray(options?.schemaLanguages) ? options.schemaLanguages : [];
    folders.setFolders(params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri, name: '' }] : []));
    return {
      serverInfo: { name: 'Guidelint', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        notebookDocumentSync: {
          notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook' }, cells: [{ language: 'python' }] }],
          // Tells clients to ask for cells again after a save: with `guidelint.run: onSave` they wait for it.
          save: true,
        },
        // Cells answer from one result for the whole notebook, and ask for a refresh themselves.
        diagnosticProvider: { identifier: 'guidelint', interFileDependencies: false, workspaceDiagnostics: false },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL, NOTEBOOK_FIX_ALL],
          resolveProvider: true,
        },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [':', ' ', '-', '#', '<'] },
        documentSymbolProvider: { label: 'Guidelint' },
        codeLensProvider: {},
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(async () => {
    if (client.workspace?.configuration && client.workspace.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'guidelint' });
    }
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [...WATCHED, CONTENT, `**/${HEAD_LOG}`].map((globPattern) => ({ globPattern })),
      });
    }
    if (client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        folders.change(added, removed);
        news();
      });
    }
  });

  connection.onDidChangeConfiguration(() => {
    folders.forgetSettings();
    news();
  });

  // What a notebook has shown is known from its file.
  documents.notebooks.onDidSave(() => news());

  const decides = (name: string) =>
    isManifestName(name) ||
    NPM_LOCKS.some((lock) => lock === name) ||
    name === '.gitignore' ||
    name === baseName(BASELINE_PATH) ||
    CONFIG_NAMES.some((config) => config === name);
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(({ uri }) => normalise(uri));
    const surroundings = uris.some((uri) => decides(baseName(uri)) || notesCommit(uri));
    if (surroundings) folders.forgetFiles();
    const weights = uris.some((uri) => /\.(?:safetensors|gguf|onnx|pt|pth|bin)$/.test(uri));
    if (weights) system.forget();
    // A register may name the file that came or went.
    const registers = documents.texts.all().some(({ uri }) => EVIDENCE_NAMES.some((name) => uri.endsWith(name)));
    const cameOrWent = registers && changes.some(({ type }) => type !== FileChangeType.Changed);
    const otherCommit = uris.some((uri) => uri.endsWith(`/${HEAD_LOG}`));
    if (otherCommit) committed.expire();
    if (surroundings || weights || cameOrWent || otherCommit) news();
    const python = changes.filter(({ uri }) => uri.endsWith('.py'));
    const moved = python.some(({ type }) => type !== FileChangeType.Changed);
    if (python.length > 0)
      void passOn(
        python.map(({ uri }) => normalise(uri)),
        moved,
      );
    void workspaceScan.changedOnDisk(uris);
  });

  connection.listen();
}
