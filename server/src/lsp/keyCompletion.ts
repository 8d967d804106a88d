import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  MarkupKind,
  type Range,
} from 'vscode-languageserver';
import type { Span } from '../engine/span.ts';
import { elementHelp, elementsAt } from '../languages/card/cyclonedxElements.ts';
import { jsonCursor } from '../languages/jsonCursor.ts';
import { explainKey, type KeyHelp, keyAtPath, keysUnder, type ValueHelp } from '../languages/keys.ts';
import { xmlCursor } from '../languages/xmlCursor.ts';
import { yamlCursor } from '../languages/yamlCursor.ts';
import type { Keyed } from './keyed.ts';

/** Languages of VS Code whose heads it completes by itself. */
const VSCODE_PROMPTS = new Set(['prompt', 'instructions', 'chatagent', 'chatmode', 'skill']);

export function isVsCodePrompt(languageId: string): boolean {
  return VSCODE_PROMPTS.has(languageId);
}

/**
 * Keys that a mapping lacks, or values of the key at an offset.
 *
 * @param nativeToo leave out what the editor completes by itself, so that nothing shows twice.
 */
export function keyCompletions(
  text: string,
  keyed: Keyed,
  offset: number,
  range: (span: Span) => Range,
  nativeToo = false,
): CompletionItem[] {
  const { table, span, syntax, present } = keyed;
  if (offset < span.start || offset > span.end) return [];
  if (syntax === 'json') return jsonCompletions(text, keyed, offset, range);
  if (syntax === 'xml') return xmlCompletions(text, keyed, offset, range);
  const { parents, key, typed } = yamlCursor(text, offset, span.start);
  const shown = (row: KeyHelp) => !(nativeToo && row.native);
  if (key !== undefined) {
    const row = keyAtPath(table, [...parents, key]);
    // An item of a list of mappings begins with a key.
    if (row?.keys && !row.values && isItem(text, offset)) return keysOf(row.keys, new Set(), typed, syntax);
    return row && (shown(row) || parents.length > 0) ? (row.values ?? []).map(valueItem) : [];
  }
  const keys = keysUnder(table, parents).filter((row) => shown(row) && !row.old);
  return keysOf(keys, parents.length === 0 ? present : new Set(), typed, syntax);
}

function jsonCompletions(
  text: string,
  { table, prefix }: Keyed,
  offset: number,
  range: (span: Span) => Range,
): CompletionItem[] {
  const { path, isKey, node, hasValue } = jsonCursor(text, offset);
  const names = prefix ? path.map((step) => step.replace(prefix, '')) : path;
  const written = (newText: string) => ({ filterText: newText, textEdit: { range: range(node), newText } });
  if (!isKey) {
    const values = keyAtPath(table, names)?.values ?? [];
    return values.map((value, index) => ({ ...valueItem(value, index), ...written(JSON.stringify(value.value)) }));
  }
  return keysUnder(table, names)
    .filter(({ key, old }) => key !== '*' && !old)
    .map((row) => ({
      label: row.key,
      kind: CompletionItemKind.Property,
      documentation: { kind: MarkupKind.Markdown, value: explainKey(row) },
      ...written(hasValue ? JSON.stringify(row.key) : `${JSON.stringify(row.key)}: `),
    }));
}

/** Values of the element around a place, where the schema lists them, else the elements that fit there. */
function xmlCompletions(
  text: string,
  { table }: Keyed,
  offset: number,
  range: (span: Span) => Range,
): CompletionItem[] {
  const cursor = xmlCursor(text, offset);
  const { path, at, node } = cursor;
  const around = path.at(-1);
  if (at === 'other' || !around) return [];
  const values = at === 'content' ? elementHelp(table, path.slice(0, -1), around.name)?.values : undefined;
  const written = (newText: string) => ({ filterText: newText, textEdit: { range: range(node), newText } });
  if (values) return values.map((value, index) => ({ ...valueItem(value, index), ...written(value.value) }));
  // Text that stands there already is no element to be.
  if (at === 'content' && node.end > node.start) return [];
  const prefix = /^<([\w.-]+:)/.exec(around.tag)?.[1] ?? '';
  const isNew = at === 'name' && !/[\s/>]/.test(text[node.end] ?? '<');
  return elementsAt(cursor).map((name, index) => {
    const help = elementHelp(table, path, name);
    const tag = prefix + name;
    return {
      label: name,
      kind: CompletionItemKind.Property,
      sortText: String(index).padStart(3, '0'),
      ...(help && { documentation: { kind: MarkupKind.Markdown, value: explainKey({ ...help, key: name }) } }),
      ...written(at === 'content' ? `<${tag}></${tag}>` : isNew ? `${tag}></${tag}>` : tag),
    };
  });
}

function isItem(text: string, offset: number): boolean {
  return /^[ \t]*-[ \t][^:\n]*$/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
}

function keysOf(
  keys: readonly KeyHelp[],
  present: ReadonlySet<string>,
  typed: string,
  syntax: Keyed['syntax'],
): CompletionItem[] {
  return keys
    .filter(({ key }) => !present.has(key) || key === typed)
    .map((row, index) => ({
      label: row.key,
      kind: CompletionItemKind.Property,
      insertText: syntax === 'toml' ? `${row.key} = ` : opening(row),
      sortText: String(index).padStart(3, '0'),
      ...(row.required && { labelDetails: { description: 'required' } }),
      documentation: { kind: MarkupKind.Markdown, value: explainKey(row) },
      ...(row.old && { tags: [CompletionItemTag.Deprecated] }),
      ...(row.values && { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } }),
    }));
}

/** What stands behind a key: a list or mapping begins on the next line, if its items are keys themselves. */
function opening({ key, type, keys }: KeyHelp): string {
  if (!keys) return `${key}: `;
  return type === 'list' ? `${key}:\n  - ` : `${key}:\n  `;
}

function valueItem({ value, help }: ValueHelp, index: number): CompletionItem {
  return {
    label: value,
    kind: CompletionItemKind.EnumMember,
    sortText: String(index).padStart(3, '0'),
    ...(help && { detail: help }),
  };
}
