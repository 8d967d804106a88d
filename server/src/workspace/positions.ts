import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../engine/finding.ts';
import type { ScannedFile } from './scan.ts';

/** Zero-based line and character of findings in the files as they are on disk; each file's lines are counted once. */
export function positionsIn(files: readonly ScannedFile[]): (finding: Finding) => { line: number; character: number } {
  const byUri = new Map(files.map((file) => [file.uri, file]));
  const documents = new Map<string, TextDocument>();
  return ({ uri, span, onDisk }) => {
    const file = byUri.get(uri);
    if (!file) return { line: 0, character: 0 };
    const document = documents.get(uri) ?? TextDocument.create(uri, '', 0, file.raw);
    documents.set(uri, document);
    return document.positionAt(onDisk?.start ?? file.file.notebook?.toRaw(span.start) ?? span.start);
  };
}
