import { l10n, Position, Range, Selection, TextEditorRevealType, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { EVIDENCE, type EvidenceParams, type EvidenceReply } from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

/**
 * Opens the evidence register of a folder, with an entry to confirm for each file that the user picks among those that may
 * be evidence. Nothing is on disk until it is saved, and nothing counts until its placeholders are filled in.
 *
 * @param item guideline item to go to instead: its entry, or a new one.
 */
export async function addEvidence(server: Server, item?: unknown): Promise<void> {
  const folders = workspace.workspaceFolders ?? [];
  const folder = folders.length < 2 ? folders[0] : await window.showWorkspaceFolderPick();
  if (!folder) {
    if (folders.length === 0) throw new Error(l10n.t('open a folder first: the register belongs to a project'));
    return;
  }
  const client = await server.running();
  const ask = (params: EvidenceParams) => client.sendRequest<EvidenceReply>(EVIDENCE, params);
  const folderUri = folder.uri.toString();
  if (typeof item === 'string') return openWith(await ask({ folderUri, item }));
  let reply = await ask({ folderUri });
  if (reply.candidates.length > 0) {
    const chosen = await window.showQuickPick(
      reply.candidates.map(({ what, file, items }) => ({ label: file, description: what, detail: items.join(', ') })),
      { canPickMany: true, title: l10n.t('Files that may be evidence: which do you want to enter and confirm?') },
    );
    if (!chosen) return;
    reply = await ask({ folderUri, add: chosen.map(({ label }) => label) });
  }
  await openWith(reply);
}

async function openWith({ uri, exists, text, line }: EvidenceReply): Promise<void> {
  const target = Uri.parse(uri);
  // An untitled document with a path: saving it needs no dialog.
  const document = await workspace.openTextDocument(exists ? target : target.with({ scheme: 'untitled' }));
  const before = document.getText();
  if (before !== text && (exists || before === '')) {
    const edit = new WorkspaceEdit();
    const start = text.startsWith(before) ? before.length : 0;
    const range = new Range(document.positionAt(start), document.positionAt(before.length));
    edit.replace(document.uri, range, text.slice(start));
    await workspace.applyEdit(edit);
  }
  const place = line === undefined ? document.positionAt(text.length) : new Position(line, 0);
  const editor = await window.showTextDocument(document);
  editor.selection = new Selection(place, place);
  editor.revealRange(new Range(place, place), TextEditorRevealType.InCenterIfOutsideViewport);
}
