import { l10n, Position, ProgressLocation, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import {
  CARD_TEMPLATES_LIST,
  type CardTemplatesReply,
  NEW_CARD,
  type NewCardParams,
  type NewCardReply,
} from '../../server/src/lsp/protocol.ts';
import { requestWithProgress } from './progress.ts';
import type { Server } from './server.ts';

/**
 * Opens the draft of a card, AI-BOM or Croissant file beside the document in front, or in a folder of the workspace. It is on
 * disk only once it is saved.
 *
 * @param template id of the template of a card, or `default` for one with every section; the user is asked where it is missing.
 */
export async function newCard(server: Server, type: NewCardParams['type'], template?: unknown): Promise<void> {
  const folder = await cardFolder();
  if (folder === 'cancelled') return;
  if (!folder && (type === 'bom' || type === 'croissant')) {
    void window.showInformationMessage(l10n.t('Open the folder of the model or the data first.'));
    return;
  }
  await server.running();
  const chosen = await templateFor(server, type, template);
  if (chosen === 'cancelled') return;
  const params: NewCardParams = { type, folderUri: folder?.toString() ?? '', ...(chosen && { template: chosen }) };
  const title = l10n.t('Guidelint: Drafting from the workspace');
  const reply = await requestWithProgress<NewCardReply>(server, NEW_CARD, title, ProgressLocation.Notification, params);
  const { fileName, text } = reply;
  if (text === undefined) return;
  if (!folder) {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content: text }));
    return;
  }
  // An untitled document with a path: saving it needs no dialog.
  const uri = Uri.joinPath(folder, fileName).with({ scheme: 'untitled' });
  const document = await workspace.openTextDocument(uri);
  if (document.getText() === '') {
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), text);
    await workspace.applyEdit(edit);
  }
  await window.showTextDocument(document);
}

/** The id of a template; undefined for a card with every section that the guidelines ask for. */
async function templateFor(
  server: Server,
  type: NewCardParams['type'],
  given: unknown,
): Promise<string | undefined | 'cancelled'> {
  if (type === 'bom' || type === 'croissant' || given === 'default') return undefined;
  if (typeof given === 'string') return given;
  const client = await server.running();
  const { templates } = await client.sendRequest<CardTemplatesReply>(CARD_TEMPLATES_LIST);
  const own = {
    label: type === 'model' ? l10n.t('Model card') : l10n.t('Data card'),
    description: type === 'model' ? 'MODEL_CARD.md' : 'DATA_CARD.md',
    detail: l10n.t('Every section the guidelines ask for, filled with what the workspace says.'),
    id: undefined,
  };
  const others = templates
    .filter((each) => each.type === type)
    .map(({ id, label, help, file }) => ({ label, description: file, detail: help, id }));
  const picked = await window.showQuickPick([own, ...others], {
    title:
      type === 'model' ? l10n.t('New model card with which headings?') : l10n.t('New data card with which headings?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked ? picked.id : 'cancelled';
}

/** The folder of the file in front, else the only or the chosen folder of the workspace; undefined when none is open. */
async function cardFolder(): Promise<Uri | undefined | 'cancelled'> {
  const front = window.activeTextEditor?.document.uri;
  if (front?.scheme === 'file' && workspace.getWorkspaceFolder(front)) return Uri.joinPath(front, '..');
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length < 2) return folders[0]?.uri;
  return (await window.showWorkspaceFolderPick())?.uri ?? 'cancelled';
}
