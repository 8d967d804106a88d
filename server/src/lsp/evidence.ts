import { type CompletionItem, CompletionItemKind, type Hover, MarkupKind } from 'vscode-languageserver';
import { DECISIONS, entryKeys, registerKeys } from '../engine/evidence/schema.ts';
import type { SourceFile } from '../engine/sourceFile.ts';
import { lineAt, type Span } from '../engine/span.ts';
import { frameworkOf, type GuidelineItem, items, nameOf } from '../guidelines/catalogue.ts';
import { ROLES } from '../guidelines/schema.ts';

/** Where the cursor stands in a register. */
interface Place {
  /** The key whose value is being written; absent where a key is. */
  readonly key?: string;
  /** Whether it stands in an entry, not at the top level. */
  readonly inEntry: boolean;
  /** What is written of the word so far. */
  readonly typed: Span;
}

const VALUE = /^(\s*)(?:-\s+)?([\w-]+):\s+(?:\[(?:[^\]]*,)?\s*)?["']?([^"',[\]\s]*)$/;
const LIST_ITEM = /^(\s*)-\s+["']?([^"'\s]*)$/;
const KEY = /^(\s*)(?:-\s+)?([\w-]*)$/;
const PARENT = /^(\s*(?:-\s+)?)([\w-]+):\s*(?:#.*)?$/;
/** Lines looked back for the key a list stands under. */
const LOOK_BACK = 600;

function placeAt(text: string, offset: number): Place | undefined {
  const line = lineAt(text, offset);
  const before = text.slice(line.start, offset);
  const typed = (word = '') => ({ start: offset - word.length, end: offset });
  const value = VALUE.exec(before);
  if (value) return { key: value[2] as string, inEntry: isIndented(before), typed: typed(value[3]) };
  const item = LIST_ITEM.exec(before);
  if (item) {
    const parent = parentOf(text, line.start, item[1]?.length ?? 0);
    if (parent === 'evidence') return { inEntry: true, typed: typed(item[2]) };
    return parent ? { key: parent, inEntry: true, typed: typed(item[2]) } : undefined;
  }
  const key = KEY.exec(before);
  return key ? { inEntry: isIndented(before), typed: typed(key[2]) } : undefined;
}

const isIndented = (line: string) => /^(?:\s|-)/.test(line);

/** The key that a list item of this indentation stands under. */
function parentOf(text: string, lineStart: number, indent: number): string | undefined {
  let position = lineStart;
  for (let steps = 0; position > 0 && steps < LOOK_BACK; steps++) {
    const line = lineAt(text, position - 1);
    position = line.start;
    const match = PARENT.exec(text.slice(line.start, line.end));
    if (match && (match[1]?.length ?? 0) <= indent) return match[2];
  }
  return undefined;
}

/** Keys, guideline items with their titles, decisions, roles and dates, as they fit at an offset of a register. */
export function evidenceCompletions(
  file: SourceFile,
  offset: number,
  range: (span: Span) => { start: { line: number; character: number }; end: { line: number; character: number } },
): CompletionItem[] {
  const place = placeAt(file.text, offset);
  if (!place) return [];
  const edit = (newText: string) => ({ textEdit: { range: range(place.typed), newText } });
  const help = (value: string) => ({ documentation: { kind: MarkupKind.Markdown, value } });
  const { key, inEntry } = place;
  if (key === undefined) {
    return (inEntry ? entryKeys() : registerKeys()).map(({ key, help: text }) => ({
      label: key,
      kind: CompletionItemKind.Property,
      ...help(text),
      ...edit(`${key}: `),
    }));
  }
  if (key === 'item') {
    return items().map((item, index) => ({
      label: item.id,
      kind: CompletionItemKind.Reference,
      detail: item.title,
      filterText: `${item.id} ${item.title} ${item.citation}`,
      // In the order of the catalogue.
      sortText: String(index).padStart(4, '0'),
      ...help(itemHelp(item)),
      ...edit(item.id),
    }));
  }
  const values = (list: readonly (readonly [value: string, text?: string])[]) =>
    list.map(([label, text]) => ({
      label,
      kind: CompletionItemKind.EnumMember,
      ...(text && help(text)),
      ...edit(label),
    }));
  if (key === 'decision') return values(Object.entries(DECISIONS));
  if (key === 'roles') return values(ROLES.map((role) => [role]));
  const { today } = file;
  if (key === 'date' && today) return values([[today, 'Today']]);
  if ((key === 'review-by' || key === 'until') && today) {
    return values([
      [`${Number(today.slice(0, 4)) + 1}${today.slice(4).replace('-02-29', '-02-28')}`, 'A year from today'],
    ]);
  }
  return [];
}

/** The guideline item, decision, role or key under the cursor of a register. */
export function evidenceHover(file: SourceFile, offset: number): Hover | null {
  const word = wordAt(file.text, offset);
  const item = items().find(({ id }) => id === word);
  // In a sentence these words mean what they always mean.
  const key = [...registerKeys(), ...entryKeys()].find(({ key }) => `${key}:` === word);
  const { start, end } = lineAt(file.text, offset);
  const decided = /^\s*(?:-\s+)?decision:/.test(file.text.slice(start, end));
  const decision = decided ? DECISIONS[word as keyof typeof DECISIONS] : undefined;
  const value = item ? itemHelp(item) : (decision ?? key?.help);
  return value ? { contents: { kind: MarkupKind.Markdown, value } } : null;
}

function itemHelp(item: GuidelineItem): string {
  const facts = [item.level, item.phase, item.roles.join(', ')].filter(Boolean).join(' · ');
  return [
    `**[${nameOf(item)}](${item.url})** (${frameworkOf(item.id).publisher})`,
    item.summary,
    ...(facts ? [facts] : []),
  ].join('\n\n');
}

function wordAt(text: string, offset: number): string {
  const { start, end } = lineAt(text, offset);
  const before = /[\w.:-]*$/.exec(text.slice(start, offset))?.[0] ?? '';
  const after = /^[\w.:-]*/.exec(text.slice(offset, end))?.[0] ?? '';
  return before + after;
}
