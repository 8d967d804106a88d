import type { SourceFile } from '../engine/sourceFile.ts';
import { type Edit, lineAt } from '../engine/span.ts';
import { documentType } from '../inventory/statements.ts';
import type { Card } from '../languages/card/card.ts';
import { impossibleDigests, statedDigests } from '../languages/card/digests.ts';
import { fieldsOf } from '../languages/card/fields.ts';
import { insertSection, placeholderFor } from '../languages/card/insertion.ts';
import { answerOf } from '../languages/card/placeholders.ts';
import { plainText, type Table } from '../languages/markdown.ts';
import { listOf, type TreeNode, under } from '../languages/tree.ts';

/** Path of a file, relative to the document, to its SHA-256 in lower-case hex. */
export type Digests = ReadonlyMap<string, string>;

/**
 * The edits that make a card, AI-BOM or Croissant file state these digests: wrong ones are replaced, missing ones added to
 * the list that is there, or to a new one. None where all is stated already.
 */
export function digestEdits(file: SourceFile, digests: Digests): Edit[] {
  switch (documentType(file)) {
    case 'card':
      return inCard(file.card, digests);
    case 'bom':
      return inBom(file, digests);
    case 'croissant':
      return inCroissant(file, digests);
    default:
      return [];
  }
}

function inCard(card: Card, digests: Digests): Edit[] {
  const edits: Edit[] = [];
  const open = new Map(digests);
  for (const { algorithm, file, hex, span } of [...statedDigests(card), ...impossibleDigests(card)]) {
    const actual = algorithm === 'sha256' && file !== undefined ? digests.get(file) : undefined;
    if (file === undefined || actual === undefined) continue;
    open.delete(file);
    if (hex.toLowerCase() !== actual) edits.push({ ...span, text: actual });
  }
  const table = card.markdown.tables.find(({ header }) => columnOf({ header }) >= 0);
  if (table) edits.push(...emptyCells(table, open));
  if (open.size === 0) return edits;
  return [...edits, table ? appendRows(card, table, open) : newTable(card, open)];
}

function columnOf({ header }: Pick<Table, 'header'>): number {
  return header.findIndex(({ text }) => /sha-?256/i.test(text));
}

/** Fills the cells that wait for a digest, and takes their files off the list. */
function emptyCells(table: Table, open: Map<string, string>): Edit[] {
  const column = columnOf(table);
  return table.rows.flatMap((row) => {
    const cell = row[column];
    const file = row
      .map(({ text }) => plainText(text.replace(/`/g, '')).replace(/^\.\//, ''))
      .find((name) => open.has(name));
    if (!cell || file === undefined || answerOf(cell.text) === 'filled') return [];
    const text = open.get(file) ?? '';
    open.delete(file);
    return [{ ...cell.span, text: cell.span.start === cell.span.end ? ` ${text} ` : text }];
  });
}

/** Rows in the columns of the table: the file in the first column but the digest's, the rest left empty. */
function appendRows({ text }: Card, table: Table, open: Digests): Edit {
  const { header, span } = table;
  const column = columnOf(table);
  const named = header.findIndex((_, index) => index !== column);
  const end = lineAt(text, Math.max(span.start, span.end - 1)).end;
  const rows = [...open].map(([file, hex]) => {
    const cells = header.map((_, index) => (index === column ? hex : index === named ? `\`${file}\`` : ''));
    return `| ${cells.join(' | ')} |`;
  });
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { start: end, end, text: eol + rows.join(eol) };
}

/** In the section about integrity, in place of its placeholder; in a new section where there is none. */
function newTable(card: Card, open: Digests): Edit {
  const { text } = card;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const rows = [...open].map(([file, hex]) => `| \`${file}\` | ${hex} |`);
  const table = ['| File | sha256 |', '|---|---|', ...rows].join(eol);
  const spec = fieldsOf(card.type).find(({ id }) => id === 'integrity');
  const heading = spec && card.placesOf(spec).headings[0];
  if (spec && heading) {
    const { start, end } = heading.content;
    const inside = text.slice(start, end);
    const mark = /\[TODO: [^\]\n]{0,300}\]/.exec(inside);
    if (mark) return { start: start + mark.index, end: start + mark.index + mark[0].length, text: table };
    const at = start + inside.trimEnd().length;
    return { start: at, end: at, text: `${eol}${eol}${table}` };
  }
  if (!spec) return { start: text.length, end: text.length, text: `${eol}${table}${eol}` };
  const section = insertSection(card, spec);
  return { ...section, text: section.text.replace(placeholderFor(spec), () => table) };
}

function inBom(file: SourceFile, digests: Digests): Edit[] {
  const [root] = file.tree;
  const components = under(root, 'components');
  const main = under(root, 'metadata', 'component');
  const edits: Edit[] = [];
  const open = new Map(digests);
  for (const node of [...(main ? [main] : []), ...listOf(under(main, 'components')), ...listOf(components)]) {
    const name = fileName(under(node, 'name'));
    const actual = digests.get(name);
    if (!actual) continue;
    open.delete(name);
    const hashes = under(node, 'hashes');
    const known = listOf(hashes).find((hash) => under(hash, 'alg')?.text === 'SHA-256');
    const content = under(known, 'content');
    const hash = { alg: 'SHA-256', content: actual };
    if (content && content.text.toLowerCase() !== actual) edits.push({ ...content.span, text: actual });
    if (!content && hashes?.kind === 'list') edits.push(...appendItems(file.text, hashes, [hash]));
    if (!content && !hashes) edits.push(...addProperty(file.text, node, 'hashes', [hash]));
  }
  const added = [...open].map(([name, content]) => ({ type: 'file', name, hashes: [{ alg: 'SHA-256', content }] }));
  if (added.length === 0) return edits;
  if (components?.kind === 'list') {
    // Behind a last component that gets a digest itself there is one place for both.
    const last = components.items.at(-1)?.whole;
    const isFree = !last || edits.every(({ end }) => end <= last.start || end < last.end);
    return isFree ? [...edits, ...appendItems(file.text, components, added)] : edits;
  }
  return components ? edits : [...edits, ...addProperty(file.text, root, 'components', added)];
}

function fileName(node: TreeNode | undefined): string {
  return (node?.text ?? '').replace(/^\.\//, '');
}

function inCroissant(file: SourceFile, digests: Digests): Edit[] {
  return listOf(under(file.tree[0], 'distribution')).flatMap((node) => {
    const actual = digests.get(fileName(under(node, 'contentUrl')));
    const known = under(node, 'sha256');
    if (!actual || known?.text.toLowerCase() === actual) return [];
    return known ? [{ ...known.span, text: actual }] : addProperty(file.text, node, 'sha256', actual);
  });
}

/** Items behind the last one of a list, in the list's own indentation. */
function appendItems(text: string, list: TreeNode, added: readonly object[]): Edit[] {
  const last = list.items.at(-1);
  const lead = indentationAt(text, list.whole.start);
  const unit = lead.includes('\t') ? '\t' : '  ';
  const items = added.map((item) => jsonText(item, lead + unit, unit));
  if (last) return [insertion(last.whole.end, items.map((item) => `,\n${lead}${unit}${item}`).join(''))];
  const body = items.map((item) => `\n${lead}${unit}${item}`).join(',');
  return [{ start: list.whole.start, end: list.whole.end, text: `[${body}\n${lead}]` }];
}

/** A property behind the last one of an object, on a line of its own where that one has one. */
function addProperty(text: string, map: TreeNode | undefined, key: string, value: unknown): Edit[] {
  const last = map?.entries.at(-1);
  if (!map || !last) return [];
  const lead = indentationAt(text, last.keySpan.start);
  const isAlone = text.slice(lineAt(text, last.keySpan.start).start, last.keySpan.start - 1).trim() === '';
  const unit = lead.includes('\t') ? '\t' : '  ';
  const written = isAlone ? jsonText(value, lead, unit) : JSON.stringify(value);
  return [insertion(last.node.whole.end, `,${isAlone ? `\n${lead}` : ' '}"${key}": ${written}`)];
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineAt(text, offset).start, offset))?.[0] ?? '';
}

/** JSON whose further lines stand under `lead`. */
function jsonText(value: unknown, lead: string, unit: string): string {
  return JSON.stringify(value, null, unit).split('\n').join(`\n${lead}`);
}
