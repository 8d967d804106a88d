import { l10n, ProgressLocation, Range, WorkspaceEdit, window, workspace } from 'vscode';
import { DIGESTS, type DigestsReply } from '../../server/src/lsp/protocol.ts';
import { requestWithProgress } from './progress.ts';
import type { Server } from './server.ts';

/** States the SHA-256 of the files beside the card, AI-BOM or Croissant file in front. */
export async function insertDigests(server: Server): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document) return;
  const title = l10n.t('Guidelint: Computing digests');
  const params = { uri: document.uri.toString() };
  const reply = await requestWithProgress<DigestsReply>(server, DIGESTS, title, ProgressLocation.Notification, params);
  const { files, version, edits } = reply;
  if (files === 0) {
    void window.showInformationMessage(
      l10n.t('There is no model or data file beside this document, or it is no card, AI-BOM or Croissant file.'),
    );
    return;
  }
  if (edits.length === 0) {
    void window.showInformationMessage(l10n.t('All digests are stated and right.'));
    return;
  }
  if (version !== document.version) {
    void window.showInformationMessage(l10n.t('The document has changed meanwhile; nothing was inserted.'));
    return;
  }
  const edit = new WorkspaceEdit();
  for (const { start, end, text } of edits) {
    edit.replace(document.uri, new Range(start.line, start.character, end.line, end.character), text);
  }
  await workspace.applyEdit(edit);
}
