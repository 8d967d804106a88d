import type { Span } from '../../engine/span.ts';
import { type Block, type Markdown, plainText } from '../markdown.ts';

/** A piece of text that answers something: what stands behind a label, in a cell, or a paragraph of its own. */
export interface Value {
  readonly type: Block['type'];
  /** The value without its label and the white space around it. */
  readonly span: Span;
  /** `License` of `**License:** MIT`; in a table of two columns the first cell. */
  readonly label?: { readonly text: string; readonly span: Span };
  /** A cell of a table that is not a list of labels and values. */
  readonly cell?: true;
}

/** A bold start of a line, with the colon inside, outside or missing. */
const BOLD_LABEL =
  /^([ \t>]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?(?:\[[ xX]\][ \t]+)?)(\*\*|__)(?=\S)([^\n]{1,300}?)\2[ \t]*(:|：)?[ \t]*/;
/** `License: MIT` at the start of a line; a URL's colon is none. */
const PLAIN_LABEL =
  /^([ \t>]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?)([\p{L}][\p{L}\p{N} ()/&'-]{1,50}?)[ \t]?:(?=[ \t]|$)[ \t]*/u;
/** In `TODO: who uses it` and `N/A: no tuning` the colon ends a mark, not a label; the whole line is the value. */
const MARK = /^(?:to[- ]?do|fixme|tb[adc]|wip|xxx|n\/a)\W*$/i;
/** An entry of a table of contents repeats a heading and says nothing itself. */
const CONTENTS_ENTRY = /^(?:[-*+]|\d{1,3}[.)])?\s*\[[^\]\n]{1,300}\]\(#[^)\n]{0,300}\)$/;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

/** All values of a document in order; comments in them are blanked out by the reader of `textOf`. */
export function readValues(text: string, { blocks, tables }: Markdown): Value[] {
  const values: Value[] = [];
  for (const { type, span } of blocks) {
    if (type === 'row') continue;
    if (type === 'code') values.push({ type, span });
    else readBlock(text, type, span, values);
  }
  for (const { header, rows } of tables) {
    const listsLabels = header.length === 2;
    for (const row of rows) {
      const [label, value] = row;
      if (listsLabels && label && value) {
        values.push({ type: 'row', span: value.span, label: { text: labelText(label.text), span: label.span } });
      } else values.push(...row.map((cell): Value => ({ type: 'row', span: cell.span, cell: true })));
    }
  }
  return values.sort((a, b) => a.span.start - b.span.start);
}

/** Adds the values of one block. */
function readBlock(text: string, type: Block['type'], span: Span, values: Value[]): void {
  const written = text.slice(span.start, span.end);
  const raw = written.includes('<!--') ? written.replace(COMMENT, (match) => match.replace(/[^\n]/g, ' ')) : written;
  let label: Value['label'];
  let start = 0;
  let offset = 0;
  const close = (end: number) => {
    const value = raw.slice(start, end);
    const said = value.trim();
    if (!label && (said === '' || CONTENTS_ENTRY.test(said))) return;
    const lead = said === '' ? 0 : value.length - value.trimStart().length;
    const from = span.start + start + lead;
    values.push({ type, span: { start: from, end: from + said.length }, ...(label && { label }) });
  };
  for (const line of raw.split('\n')) {
    const match = labelOf(line);
    if (match) {
      close(offset);
      const at = span.start + offset + match.at;
      label = { text: labelText(match.written), span: { start: at, end: at + match.written.length } };
      start = offset + match.length;
    }
    offset += line.length + 1;
  }
  close(raw.length);
}

/** The label that a line starts with, where it stands in the line, and the length up to what stands behind it. */
function labelOf(line: string): { written: string; at: number; length: number } | undefined {
  // Most lines have neither mark, and looking for a character is cheaper than the pattern.
  const found = line.includes('**') || line.includes('__') ? BOLD_LABEL.exec(line) : null;
  const bold = found && !/\]\(|https?:/.test(found[3] ?? '') ? found : null;
  const match = bold ?? (line.includes(':') ? PLAIN_LABEL.exec(line) : null);
  const written = (bold ? match?.[3] : match?.[2]) ?? '';
  if (!match || MARK.test(written)) return undefined;
  return { written, at: (match[1] ?? '').length + (bold ? (match[2] ?? '').length : 0), length: match[0].length };
}

function labelText(written: string): string {
  return plainText(written.slice(0, 300))
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/[\s:：?.]+$/, '');
}
