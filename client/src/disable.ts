import { type CodeAction, l10n, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { REASON_MARK } from '../../server/src/lsp/protocol.ts';
import { reasonProblem } from './reason.ts';

const COMMAND = 'guidelint.disableWithReason';

/** What the server says of an action that disables a rule. */
interface DisableData {
  readonly disable: true;
  readonly message: string;
}

/** The reason still to be asked for. */
interface Pending {
  readonly title: string;
  readonly message: string;
  readonly edit: WorkspaceEdit;
  readonly uri: string;
  readonly version: number;
}

/** An action whose edit leaves a mark for the reason asks for the reason first. Any other action stays as it is. */
export function askForReason(action: CodeAction, document: TextDocument): CodeAction {
  const data = (action as { data?: Partial<DisableData> }).data;
  if (!data?.disable || !action.edit) return action;
  const { title, edit } = action;
  const pending: Pending = {
    title,
    message: data.message ?? '',
    edit,
    uri: document.uri.toString(),
    version: document.version,
  };
  delete action.edit;
  action.command = { title, command: COMMAND, arguments: [pending] };
  return action;
}

export function isAskingForReason(action: CodeAction): boolean {
  return action.command?.command === COMMAND;
}

/** Asks why the finding is acceptable, and disables it with the answer. */
export async function disableWithReason(argument: unknown): Promise<void> {
  const { title, message, edit, uri, version } = argument as Pending;
  const reason = await reasonFor(title, message);
  if (reason === undefined) return;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  if (document.version !== version) throw new Error(l10n.t('the document has changed; choose the action again'));
  await workspace.applyEdit(withReason(edit, reason));
}

/** An input that shows the finding and stays until it holds a reason; undefined when it is left with Escape. */
function reasonFor(title: string, message: string): Promise<string | undefined> {
  const input = window.createInputBox();
  input.title = title;
  input.prompt = message;
  input.placeholder = l10n.t('Why this is acceptable here; to end on a date, add (until 2027-01-31)');
  const problem = () => reasonProblem(input.value, new Date().toISOString().slice(0, 10));
  return new Promise<string | undefined>((resolve) => {
    input.onDidChangeValue((text) => {
      // An empty input is no mistake until Enter is pressed, and the finding can be read meanwhile.
      input.validationMessage = text === '' ? undefined : problem();
    });
    input.onDidAccept(() => {
      input.validationMessage = problem();
      if (!input.validationMessage) resolve(input.value.trim());
    });
    input.onDidHide(() => resolve(undefined));
    input.show();
  }).finally(() => input.dispose());
}

/** The last mark of each edit stands for the reason; an earlier one is somebody's text. */
function withReason(edit: WorkspaceEdit, reason: string): WorkspaceEdit {
  const filled = new WorkspaceEdit();
  for (const [uri, edits] of edit.entries()) {
    for (const { range, newText } of edits) {
      const mark = newText.lastIndexOf(REASON_MARK);
      const text = mark === -1 ? newText : newText.slice(0, mark) + reason + newText.slice(mark + REASON_MARK.length);
      filled.replace(uri, range, text);
    }
  }
  return filled;
}
