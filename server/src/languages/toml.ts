import type { Span } from '../engine/span.ts';
import type { JsonDocument, JsonNode } from './json.ts';

/** Deeper nesting is hostile; the reader of values is recursive. */
const MAX_DEPTH = 40;
const KEY = /[ \t]*(?:([\w-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*/y;
const BARE = /[^\s,#[\]{}="']+/y;

interface Building {
  type: JsonNode['type'];
  value?: unknown;
  offset: number;
  length: number;
  children?: Building[];
  content?: Span;
}

/**
 * Reads TOML into the same tree as JSON, so that settings are looked at in one way. The library that reads TOML knows no
 * places, and here a broken line must not hide the others: what cannot be read is left out. Linear time, never throws.
 */
export function readToml(text: string): JsonDocument {
  const root: Building = { type: 'object', offset: 0, length: text.length, children: [] };
  const known = new Map<Building, Map<string, Building>>();
  let table = root;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    at = skipSpace(text, at);
    if (at >= text.length) break;
    if (text[at] === '[') {
      const isList = text[at + 1] === '[';
      const header = readKeys(text, at + (isList ? 2 : 1));
      if (header && text[header.end] === ']') table = tableAt(known, root, header.keys, isList);
    } else {
      const left = readKeys(text, at);
      const last = left?.keys.at(-1);
      if (left && last && text[left.end] === '=') {
        const read = readValue(text, skipBlanks(text, left.end + 1), 0);
        if (read.node) {
          put(known, tableAt(known, table, left.keys.slice(0, -1), false), last, read.node);
          // A list that is never closed ends before the line that is none of its items.
          const line = read.broken ? text.lastIndexOf('\n', read.end - 1) + 1 : 0;
          const resumes = line > at;
          at = resumes ? line : read.end;
          if (resumes) continue;
        }
      }
    }
    const end = text.indexOf('\n', at);
    at = end === -1 ? text.length : end + 1;
  }
  return { root, problems: [] };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Behind white space, line breaks and comments. */
function skipSpace(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '#') {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (char !== ' ' && char !== '\t' && char !== '\r' && char !== '\n') break;
  }
  return at;
}

function readKeys(text: string, from: number): { keys: Building[]; end: number } | undefined {
  const keys: Building[] = [];
  for (let at = from; keys.length < MAX_DEPTH; at++) {
    KEY.lastIndex = at;
    const match = KEY.exec(text);
    if (!match) return undefined;
    const [whole, bare, basic, literal] = match;
    const value = bare ?? basic ?? literal ?? '';
    const start = at + whole.length - whole.trimStart().length + (bare === undefined ? 1 : 0);
    const content = { start, end: start + value.length };
    const offset = start - (bare === undefined ? 1 : 0);
    keys.push({ type: 'string', value, offset, length: whole.trim().length, content });
    at += whole.length;
    if (text[at] !== '.') return { keys, end: at };
  }
  return undefined;
}

interface Read {
  readonly node?: Building;
  readonly end: number;
  /** Something in it could not be read; nothing behind `end` was looked at. */
  readonly broken?: boolean;
}

function readValue(text: string, at: number, depth: number): Read {
  const char = text[at];
  if (char === '"' || char === "'") return readString(text, at, char);
  if (char === '[' || char === '{') return depth < MAX_DEPTH ? readList(text, at, depth, char === '{') : { end: at };
  BARE.lastIndex = at;
  const word = BARE.exec(text)?.[0];
  if (word === undefined || word.length > 100) return { end: at };
  const end = at + word.length;
  const place = { offset: at, length: word.length };
  if (word === 'true' || word === 'false') return { node: { type: 'boolean', value: word === 'true', ...place }, end };
  const number = Number(word.replaceAll('_', ''));
  if (!Number.isNaN(number)) return { node: { type: 'number', value: number, ...place }, end };
  // Dates, `inf` and `nan` matter to no rule; another word is no value.
  return /^[\d+-]|^(?:inf|nan)$/.test(word) ? { node: { type: 'null', value: null, ...place }, end } : { end: at };
}

function readString(text: string, at: number, quote: string): Read {
  const triple = quote.repeat(3);
  const mark = text.startsWith(triple, at) ? triple : quote;
  let close = at + mark.length;
  const escapes = quote === '"';
  for (; close < text.length; close++) {
    if (escapes && text[close] === '\\') close++;
    else if (text.startsWith(mark, close)) break;
    else if (mark === quote && text[close] === '\n') return { end: at };
  }
  if (close >= text.length) return { end: at };
  const content = { start: at + mark.length, end: close };
  const written = text.slice(content.start, content.end);
  const value = escapes ? written.replace(/\\(["\\nt])/g, (_, char) => ESCAPES[char] ?? char) : written;
  const end = close + mark.length;
  return { node: { type: 'string', value, offset: at, length: end - at, content }, end };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

/** A list or an inline table; what comes behind its last readable item is not looked at. */
function readList(text: string, from: number, depth: number, isTable: boolean): Read {
  const node: Building = { type: isTable ? 'object' : 'array', offset: from, length: 1, children: [] };
  const close = isTable ? '}' : ']';
  let at = from + 1;
  for (;;) {
    at = skipSpace(text, at);
    if (text[at] === close) return { node: { ...node, length: at + 1 - from }, end: at + 1 };
    const item = isTable ? readPair(text, at, depth) : readValue(text, at, depth + 1);
    if (item.node) node.children?.push(item.node);
    if (!item.node || item.broken) return { node: { ...node, length: item.end - from }, end: item.end, broken: true };
    at = skipSpace(text, item.end);
    if (text[at] === ',') at++;
  }
}

function readPair(text: string, at: number, depth: number): Read {
  const left = readKeys(text, at);
  const key = left?.keys.length === 1 ? left.keys[0] : undefined;
  if (!left || !key || text[left.end] !== '=') return { end: at };
  const read = readValue(text, skipBlanks(text, left.end + 1), depth + 1);
  return read.node ? { ...read, node: pair(key, read.node) } : { end: at };
}

function pair(key: Building, value: Building): Building {
  return {
    type: 'property',
    offset: key.offset,
    length: value.offset + value.length - key.offset,
    children: [key, value],
  };
}

type Known = Map<Building, Map<string, Building>>;

function put(known: Known, table: Building, key: Building, value: Building): void {
  const names = known.get(table) ?? new Map<string, Building>();
  known.set(table, names);
  if (names.has(String(key.value))) return;
  names.set(String(key.value), value);
  table.children?.push(pair(key, value));
}

/** The table under the keys, made where it is missing; of a list of tables the last one. */
function tableAt(known: Known, from: Building, keys: readonly Building[], isList: boolean): Building {
  let table = from;
  keys.forEach((key, index) => {
    const appends = isList && index === keys.length - 1;
    const { offset, length } = key;
    let next = known.get(table)?.get(String(key.value));
    if (!next) {
      next = { type: appends ? 'array' : 'object', offset, length, children: [] };
      put(known, table, key, next);
    }
    if (appends && next.type === 'array') next.children?.push({ type: 'object', offset, length, children: [] });
    if (next.type === 'array') next = next.children?.at(-1) ?? next;
    // A key that already has a value takes no others.
    table = next.type === 'object' ? next : { type: 'object', offset, length, children: [] };
  });
  return table;
}
