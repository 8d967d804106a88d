// What a test in the extension host needs: a document, what the editor shows for it, and a way to wait.
// Everything goes through the editor's own commands, so a test sees what a person would.
import * as vscode from 'vscode';

/**
 * Asks again and again until the answer is there.
 * @param ask undefined, false, null, 0 and '' mean "not yet"; what it throws also does, and is told at the end
 * @param what completes the sentence "waited in vain for …"
 * @param timeout milliseconds
 */
export async function waitFor<T>(ask: () => T | Promise<T>, what: string, timeout = 10_000): Promise<NonNullable<T>> {
  const end = performance.now() + timeout;
  let last: unknown;
  while (performance.now() < end) {
    try {
      last = await ask();
      if (last) return last as NonNullable<T>;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`waited ${timeout} ms in vain for ${what}; last answer: ${describe(last)}`);
}

function describe(value: unknown): string {
  return value instanceof Error ? value.message : (JSON.stringify(value) ?? String(value));
}

/** The folder opened for the suite: a copy of examples/ that tests may change. */
export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return folder.uri;
}

/** @param path relative to the workspace folder, with forward slashes */
export function inWorkspace(path: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), path);
}

/** Opens a file of the workspace in an editor; with `text`, writes it first. */
export async function open(
  path: string,
  text?: string,
  how: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextDocument> {
  const uri = inWorkspace(path);
  if (text !== undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, how);
  return document;
}

/** Replaces the whole text, as one edit, without saving. */
export async function retype(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${document.uri.path} could not be edited`);
}

/** Our own findings in a document, in the order of the text. */
export function findingsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === 'guidelint')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** The rule's id, such as GL301, whether or not the code carries a link. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/**
 * Waits for a finding.
 * @param rule any, unless its id is given
 */
export function finding(uri: vscode.Uri, rule?: string): Promise<vscode.Diagnostic> {
  const matches = () => findingsOf(uri).find((diagnostic) => rule === undefined || ruleOf(diagnostic) === rule);
  return waitFor(matches, `a finding ${rule ?? ''} in ${uri.path}`);
}

/** Waits until a document has no finding of a rule, or none at all. Only means something after one was there. */
export async function noFinding(uri: vscode.Uri, rule?: string): Promise<void> {
  const gone = () => !findingsOf(uri).some((diagnostic) => rule === undefined || ruleOf(diagnostic) === rule);
  await waitFor(gone, `no finding ${rule ?? ''} in ${uri.path}`);
}

/**
 * The code actions the editor offers at a range, resolved so that their edits are there.
 * @param kind such as `vscode.CodeActionKind.QuickFix`; all when left out
 */
export async function codeActionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind?.value,
    100,
  );
  return actions ?? [];
}

/** Waits for the one action whose title contains `title`. */
export function codeAction(uri: vscode.Uri, range: vscode.Range, title: string): Promise<vscode.CodeAction> {
  const matching = async () => (await codeActionsAt(uri, range)).find((action) => action.title.includes(title));
  return waitFor(matching, `the action "${title}" in ${uri.path}`);
}

/** Does what choosing the action in the light bulb's menu does: its edit, then its command. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  if (!action.edit && !action.command) throw new Error(`"${action.title}" has neither edit nor command`);
  if (action.edit && !(await vscode.workspace.applyEdit(action.edit))) throw new Error(`"${action.title}" failed`);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** The text of all hovers at a position, Markdown as written; empty when there is none. */
export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return (hovers ?? [])
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n\n');
}

/** The labels that completion offers at a position. */
export async function completionsAt(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return (list?.items ?? []).map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** The extension under test, from its manifest's publisher and name. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('guidelint.guidelint');
  if (!found) throw new Error('the extension is not installed in this editor');
  return found;
}
