import type { Connection } from 'vscode-languageserver';
import { appendEntry, candidateEntry, itemEntry, NEW_REGISTER, openCandidates } from '../engine/evidence/candidates.ts';
import { readRegister } from '../engine/evidence/register.ts';
import { EVIDENCE_NAMES } from '../engine/evidence/schema.ts';
import { applyEdits } from '../engine/fixes.ts';
import { items } from '../guidelines/catalogue.ts';
import { type Files, MAX_BYTES } from '../workspace/files.ts';
import { join } from '../workspace/paths.ts';
import { walk } from '../workspace/walk.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import { EVIDENCE, type EvidenceParams, type EvidenceReply } from './protocol.ts';

/** What a folder's register could be told of: files recognised by name, and the register with entries for those chosen. */
export function offerEvidenceEntries(
  connection: Connection,
  documents: Documents,
  folders: Folders,
  files: Files,
): void {
  connection.onRequest(EVIDENCE, async ({ folderUri, add = [], item }: EvidenceParams): Promise<EvidenceReply> => {
    const { uri, text, exists } = await registerOf(folderUri);
    if (item !== undefined) return { uri, exists, candidates: [], ...withItem(exists ? text : NEW_REGISTER, item) };
    const project = folders.project(folders.of(folderUri));
    const paths: string[] = [];
    for await (const { path } of walk({ files, root: folderUri, exclusions: project.exclusions })) paths.push(path);
    const open = openCandidates(readRegister(text), paths);
    let after = exists ? text : NEW_REGISTER;
    for (const candidate of open.filter(({ files }) => add.includes(files[0] ?? ''))) {
      const edit = appendEntry(after, candidateEntry(candidate));
      if (edit) after = applyEdits(after, [edit]);
    }
    const candidates = open.map(({ what, files, items }) => ({ what, file: files[0] ?? '', items }));
    return { uri, exists, candidates, text: after };
  });

  async function registerOf(folder: string): Promise<{ uri: string; text: string; exists: boolean }> {
    for (const name of EVIDENCE_NAMES) {
      const uri = join(folder, name);
      const open = documents.texts.get(uri)?.getText();
      if (open !== undefined) return { uri, text: open, exists: true };
      const read = await files.readText(uri, MAX_BYTES);
      if ('text' in read) return { uri, text: read.text, exists: true };
    }
    return { uri: join(folder, EVIDENCE_NAMES[0]), text: '', exists: false };
  }
}

/** The register with an entry for the item, and that entry's line: the one it has, or a new one full of placeholders. */
function withItem(text: string, wanted: string): { readonly text: string; readonly line?: number } {
  const item = items().find(({ id }) => id === wanted);
  if (!item) return { text };
  const entry = readRegister(text).entries.find((one) => one.items.some(({ id }) => id === item.id));
  if (entry) return { text, line: lineOf(text, entry.span.start) };
  const edit = appendEntry(text, itemEntry(item.id));
  if (!edit) return { text };
  const after = applyEdits(text, [edit]);
  return { text: after, line: lineOf(after, after.lastIndexOf(item.id)) };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}
