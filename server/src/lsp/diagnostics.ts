import { type Connection, type Diagnostic, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import type { Checked, Checker } from './checker.ts';
import { type Place, toDiagnostic } from './convert.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import type { Settings } from './protocol.ts';

/** Wait after the last change before a client without pull is sent findings. In milliseconds. */
const PUSH_DELAY = 200;

/** Findings of a document that are shown, by the document or cell they stand in. */
function diagnosticsByUri(checked: Checked, settings: Settings): Map<string, Diagnostic[]> {
  const byUri = new Map<string, Diagnostic[]>();
  for (const finding of checked.findings) {
    const place: Place | undefined = finding.suppression ? undefined : checked.placeOf(finding.span);
    const diagnostic = place && toDiagnostic(finding, place, checked.placeOf, settings);
    if (diagnostic && place) byUri.set(place.uri, [...(byUri.get(place.uri) ?? []), diagnostic]);
  }
  return byUri;
}

export interface DiagnosticsFeature {
  /** Something beside the documents changed: all findings are to be asked for (or sent) again. */
  refresh(): void;
}

/**
 * Pull diagnostics where the client can, push where it cannot; never both, because VS Code would show each finding twice.
 */
export function offerDiagnostics(options: {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly checker: Checker;
  readonly pulls: () => boolean;
  readonly refreshes: () => boolean;
}): DiagnosticsFeature {
  const { connection, documents, folders, checker } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  /** What each cell was last answered, to notice that an edit of one cell changed another. */
  const answered = new Map<string, string>();
  let refreshing: NodeJS.Timeout | undefined;

  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    const checked = await checker.check(uri);
    if (token.isCancellationRequested || !checked) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const items = diagnosticsByUri(checked, await folders.settings(uri)).get(uri) ?? [];
    answered.set(uri, JSON.stringify(items));
    if (previousResultId === checked.resultId)
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: checked.resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId: checked.resultId, items };
  });

  async function push(uri: string): Promise<void> {
    const version = documents.texts.get(uri)?.version;
    const checked = await checker.check(uri);
    if (version !== documents.texts.get(uri)?.version) return;
    const settings = await folders.settings(uri);
    const byUri = checked ? diagnosticsByUri(checked, settings) : new Map<string, Diagnostic[]>();
    const notebook = documents.notebookOf(uri) ?? documents.notebooks.getNotebookDocument(uri);
    for (const target of notebook?.cells.map(({ document }) => document) ?? [uri]) {
      await connection.sendDiagnostics({
        uri: target,
        diagnostics: byUri.get(target) ?? [],
        ...(version !== undefined && { version }),
      });
    }
  }

  function soon(uri: string): void {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => void push(uri), PUSH_DELAY),
    );
  }

  documents.texts.onDidChangeContent(({ document }) => {
    if (!options.pulls()) soon(document.uri);
  });
  documents.texts.onDidClose(({ document: { uri } }) => {
    checker.forget(uri);
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    if (!options.pulls()) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  documents.notebooks.onDidOpen(({ uri }) => {
    if (!options.pulls()) soon(uri);
  });
  documents.notebooks.onDidChange(({ notebookDocument }) => {
    if (options.pulls()) void refreshNeighbours(notebookDocument.uri);
    else soon(notebookDocument.uri);
  });
  documents.notebooks.onDidClose(({ uri, cells }) => {
    checker.forget(uri);
    for (const { document } of cells) answered.delete(document);
  });

  /** The client asks again for the cell that was edited only; if others changed too, all are to be asked for. */
  async function refreshNeighbours(uri: string): Promise<void> {
    const checked = await checker.check(uri);
    if (!checked) return;
    const byUri = diagnosticsByUri(checked, await folders.settings(uri));
    const notebook = documents.notebooks.getNotebookDocument(uri);
    const changed = notebook?.cells.some(
      ({ document }) => answered.has(document) && answered.get(document) !== JSON.stringify(byUri.get(document) ?? []),
    );
    if (changed) refresh();
  }

  function refresh(): void {
    clearTimeout(refreshing);
    refreshing = setTimeout(() => {
      if (options.pulls()) {
        if (options.refreshes()) void connection.languages.diagnostics.refresh();
      } else for (const { uri } of documents.texts.all()) void push(uri);
    }, 50);
  }

  return { refresh };
}
