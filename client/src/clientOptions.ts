import {
  type CodeAction,
  CodeActionKind,
  extensions,
  type LogOutputChannel,
  type NotebookCell,
  Uri,
  workspace,
} from 'vscode';
import {
  DiagnosticPullMode,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  vsdiag,
} from 'vscode-languageclient';
import type { InitializationOptions } from '../../server/src/lsp/protocol.ts';
import { askForReason, isAskingForReason } from './disable.ts';
import { documentSelector } from './selector.ts';

/** `source` of our diagnostics. */
const SOURCE = 'guidelint';

/** What is synchronised, pulled and filtered: all of it is here. */
export function createClientOptions(log: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: SOURCE,
    diagnosticPullOptions: {
      onChange: true,
      onSave: true,
      // True leaves it out. The modes are named like the values of the setting.
      filter: ({ uri }, mode) => mode !== DiagnosticPullMode.onFocus && mode.toString() !== runsOn(uri),
    },
    // Links in hovers may run what opens a page, and nothing else.
    markdown: { isTrusted: { enabledCommands: ['guidelint.explainRule', 'guidelint.openGuideline'] } },
    initializationOptions: (): InitializationOptions => ({ schemaLanguages: schemaLanguages() }),
    middleware: createMiddleware(),
  };
}

/** VS Code applies schemas to JSON by itself, and to YAML with its extension for that. */
function schemaLanguages(): readonly string[] {
  return ['json', 'jsonc', ...(extensions.getExtension('redhat.vscode-yaml') ? ['yaml'] : [])];
}

function createMiddleware(): Middleware {
  return {
    provideDiagnostics(document, previousResultId, token, next) {
      const uri = document instanceof Uri ? document : document.uri;
      // The library asks no filter about cells of notebooks.
      if (!previousResultId || !waitsForSave(uri)) return next(document, previousResultId, token);
      return { kind: vsdiag.DocumentDiagnosticReportKind.unChanged, resultId: previousResultId };
    },
    async provideCodeActions(document, range, context, token, next) {
      const diagnostics = context.diagnostics.filter(({ source }) => source === SOURCE);
      // VS Code asks wherever the cursor goes. Without a finding there is nothing to repair, unless a whole file is meant.
      if (diagnostics.length === 0 && (!context.only || CodeActionKind.QuickFix.contains(context.only))) return [];
      const actions = await next(document, range, { ...context, diagnostics }, token);
      return actions?.map((action) => (isCodeAction(action) ? askForReason(action, document) : action));
    },
    resolveCodeAction: (action, token, next) => (isAskingForReason(action) ? action : next(action, token)),
  };
}

function isCodeAction(action: object): action is CodeAction {
  return !('command' in action && typeof action.command === 'string');
}

function runsOn(uri: Uri): 'onType' | 'onSave' {
  return workspace.getConfiguration('guidelint', uri).get('run', 'onType');
}

/** A cell of a notebook that is to be checked when it is saved, and has changed since. */
function waitsForSave(uri: Uri): boolean {
  if (uri.scheme !== 'vscode-notebook-cell' || runsOn(uri) === 'onType') return false;
  const isCell = ({ document }: NotebookCell) => document.uri.toString() === uri.toString();
  return workspace.notebookDocuments.some((notebook) => notebook.isDirty && notebook.getCells().some(isCell));
}
