import { l10n, SnippetString, Uri, window, workspace } from 'vscode';
import { NEW_PROMPTS, type NewPromptsParams, type NewPromptsReply } from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

/**
 * Opens a new prompt, instruction or agent file in a format the user picks, where its product looks for it. It is on disk
 * only once it is saved.
 *
 * @param format id of the format; the user is asked where it is missing.
 */
export async function newPromptFile(server: Server, format?: unknown): Promise<void> {
  const front = window.activeTextEditor?.document.uri;
  const folders = workspace.workspaceFolders ?? [];
  const inFront = front?.scheme === 'file' ? workspace.getWorkspaceFolder(front) : undefined;
  const root = inFront ?? (folders.length < 2 ? folders[0] : await window.showWorkspaceFolderPick());
  if (!root && folders.length > 1) return;
  const beside = inFront && front ? Uri.joinPath(front, '..') : root?.uri;
  const client = await server.running();
  const params: NewPromptsParams = {
    rootUri: root?.uri.toString() ?? '',
    besideUri: beside?.toString() ?? '',
  };
  const { formats } = await client.sendRequest<NewPromptsReply>(NEW_PROMPTS, params);
  const items = formats.map((format) => ({
    label: format.label,
    description: format.exists ? l10n.t('{0} (open it)', format.path) : format.path,
    detail: format.help,
    format,
  }));
  const chosen =
    formats.find(({ id }) => id === format) ??
    (
      await window.showQuickPick(items, {
        title: l10n.t('New prompt file in which format?'),
        matchOnDescription: true,
        matchOnDetail: true,
      })
    )?.format;
  if (!chosen) return;
  const { uri, language, snippet, exists } = chosen;
  // An untitled document with a path: saving it needs no dialog.
  const document = await (root
    ? workspace.openTextDocument(exists ? Uri.parse(uri) : Uri.parse(uri).with({ scheme: 'untitled' }))
    : workspace.openTextDocument({ language, content: '' }));
  const editor = await window.showTextDocument(document);
  if (document.getText() === '') await editor.insertSnippet(new SnippetString(snippet));
}
