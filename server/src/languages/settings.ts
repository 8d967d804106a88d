import type { Span } from '../engine/span.ts';
import { entries, items, type JsonDocument, type JsonNode, spanOf, valueAt } from './json.ts';

/** One value of a settings file. */
export interface Setting {
  /** Keys and list positions from the top; a key with dots, as VS Code has them, is one element. */
  readonly path: readonly string[];
  /** A scalar; undefined for lists and mappings. */
  readonly value: string | number | boolean | null | undefined;
  /** The value as written; of a JSON string its content without the quotes. */
  readonly span: Span;
  /** The value with its quotes, for a replacement. */
  readonly whole: Span;
  /** The key, or of a list's item the item. */
  readonly keySpan: Span;
}

/** A settings file of an assistant. */
export interface Settings {
  /** Values under a path, in the order of the text; `*` stands for any one key or position. */
  find(...path: readonly string[]): Setting[];
}

/** @param json the file as a tree, whatever its language. */
export function readSettings(file: { readonly path: string; readonly json: JsonDocument }): Settings {
  const top = settingsRoot(file);
  return { find: (...path) => (top ? find(top, path, []) : []) };
}

/** Where settings stand: a multi-root workspace file holds them under a key of its own. */
export function settingsRoot({
  path,
  json,
}: {
  readonly path: string;
  readonly json: JsonDocument;
}): JsonNode | undefined {
  return /\.code-workspace$/i.test(path) ? valueAt(json.root, 'settings') : json.root;
}

function find(node: JsonNode, pattern: readonly string[], above: readonly string[], key?: JsonNode): Setting[] {
  const [name, ...rest] = pattern;
  if (name === undefined) {
    const scalar = ['string', 'number', 'boolean', 'null'].includes(node.type);
    const whole = { start: node.offset, end: node.offset + node.length };
    const value: Setting['value'] = scalar ? node.value : undefined;
    return [{ path: above, value, span: spanOf(node), whole, keySpan: spanOf(key ?? node) }];
  }
  if (node.type === 'array') {
    return items(node).flatMap((item, index) =>
      name === '*' || name === String(index) ? find(item, rest, [...above, String(index)]) : [],
    );
  }
  return entries(node).flatMap((entry) => {
    const own = String(entry.key.value);
    return name === '*' || name === own ? find(entry.value, rest, [...above, own], entry.key) : [];
  });
}
