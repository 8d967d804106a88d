import { parse as parseToml } from 'smol-toml';
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

/** A settings file of an assistant, in JSON with comments or in TOML. */
export interface Settings {
  readonly format: 'json' | 'toml';
  /** Values under a path, in the order of the text; `*` stands for any one key or position. */
  find(...path: readonly string[]): Setting[];
}

/** @param json the same text read as JSON; asked for only when the file is. */
export function readSettings(file: {
  readonly path: string;
  readonly text: string;
  readonly json: JsonDocument;
}): Settings {
  if (/\.toml$/i.test(file.path)) {
    const all = readTomlLines(file.text);
    return { format: 'toml', find: (...path) => all.filter((setting) => matches(setting.path, path)) };
  }
  // A multi-root workspace file holds settings under a key of its own.
  const { root } = file.json;
  const top = /\.code-workspace$/i.test(file.path) ? valueAt(root, 'settings') : root;
  return { format: 'json', find: (...path) => (top ? findJson(top, path, []) : []) };
}

function matches(path: readonly string[], pattern: readonly string[]): boolean {
  return path.length === pattern.length && pattern.every((name, index) => name === '*' || name === path[index]);
}

function findJson(node: JsonNode, pattern: readonly string[], above: readonly string[], key?: JsonNode): Setting[] {
  const [name, ...rest] = pattern;
  if (name === undefined) {
    const scalar = ['string', 'number', 'boolean', 'null'].includes(node.type);
    const whole = { start: node.offset, end: node.offset + node.length };
    const value: Setting['value'] = scalar ? node.value : undefined;
    return [{ path: above, value, span: spanOf(node), whole, keySpan: spanOf(key ?? node) }];
  }
  if (node.type === 'array') {
    return items(node).flatMap((item, index) =>
      name === '*' || name === String(index) ? findJson(item, rest, [...above, String(index)]) : [],
    );
  }
  return entries(node).flatMap((entry) => {
    const own = String(entry.key.value);
    return name === '*' || name === own ? findJson(entry.value, rest, [...above, own], entry.key) : [];
  });
}

const TABLE = /^[ \t]*\[\[?([^\]\n]{1,300})\]\]?[ \t]*(?:#.*)?\r?$/;
const PAIR =
  /^([ \t]*)((?:[\w-]+|"[^"\n]{0,300}"|'[^'\n]{0,300}')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]{0,300}"))*)([ \t]*=[ \t]*)([^\n]*)$/;

/** TOML line by line: the library that reads it knows no places, and a broken line must not hide the others. */
function readTomlLines(text: string): Setting[] {
  const found: Setting[] = [];
  let table: readonly string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const header = TABLE.exec(line)?.[1];
    const pair = header === undefined ? PAIR.exec(line) : undefined;
    if (header !== undefined) table = keysOf(header);
    else if (pair) {
      const [, indent = '', key = '', equals = '', rest = ''] = pair;
      const start = offset + indent.length;
      const from = start + key.length + equals.length;
      const written = rest
        .replace(/\r$/, '')
        .replace(/[ \t]+#[^"']*$/, '')
        .trimEnd();
      const whole = { start: from, end: from + written.length };
      const quotes = /^(["']).*\1$/.test(written) && written.length > 1 ? 1 : 0;
      const span = { start: whole.start + quotes, end: whole.end - quotes };
      const keySpan = { start, end: start + key.length };
      found.push(...flatten(tomlValue(written), { path: [...table, ...keysOf(key)], span, whole, keySpan }));
    }
    offset += line.length + 1;
  }
  return found;
}

function flatten(value: unknown, place: Omit<Setting, 'value'>): Setting[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [{ ...place, value }];
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, each]) => flatten(each, { ...place, path: [...place.path, key] }));
  return [{ ...place, value: undefined }, ...inner];
}

function tomlValue(written: string): unknown {
  try {
    return parseToml(`value = ${written}`).value;
  } catch {
    return undefined;
  }
}

function keysOf(dotted: string): string[] {
  return [...dotted.matchAll(/"([^"]*)"|'([^']*)'|([^\s."']+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
}
