import { commands, type Disposable, languages, Selection, type TextDocument, Uri, window, workspace } from 'vscode';
import type { Server } from './server.ts';

/** URI of the sample while it is open. */
let sample: string | undefined;

/** Opens the walkthrough's sample as an untitled document, so that nothing is written anywhere; again, goes to a finding. */
export async function openSample(extension: Uri): Promise<void> {
  const known = workspace.textDocuments.find(({ uri, isClosed }) => uri.toString() === sample && !isClosed);
  const document = known ?? (await newSample(extension));
  sample = document.uri.toString();
  const editor = await window.showTextDocument(document);
  const [finding] = languages.getDiagnostics(document.uri);
  if (!finding) return;
  const { start } = finding.range;
  editor.selection = new Selection(start, start);
  editor.revealRange(finding.range);
}

async function newSample(extension: Uri): Promise<TextDocument> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extension, 'docs', 'walkthrough', 'sample.py'));
  return workspace.openTextDocument({ language: 'python', content: new TextDecoder().decode(bytes) });
}

/** The walkthrough's second step is done when the sample has fewer findings than before. */
export function watchSample({ onDidCheck }: Server): Disposable {
  let before = 0;
  return onDidCheck(({ uri, findings }) => {
    if (uri !== sample) return;
    if (findings < before) void commands.executeCommand('setContext', 'guidelint.sampleFixed', true);
    before = findings;
  });
}
