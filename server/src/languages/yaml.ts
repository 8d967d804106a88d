import { type Document, isMap, isPair, isScalar, isSeq, type Pair, parseDocument } from 'yaml';
import type { Span } from '../engine/span.ts';
import type { JsonNode } from './json.ts';

/** A plain value read from YAML. Aliases are not followed and read as `null`. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

export interface YamlEntry {
  readonly value: YamlValue;
  /** A scalar as it means when it is text (`1.0` stays `1.0`, quotes are gone); empty for lists and mappings. */
  readonly text: string;
  /** The value; for an empty one the place behind its key. */
  readonly span: Span;
  /** The key the value stands under; absent for items of a list. */
  readonly keySpan?: Span;
}

export interface YamlProblem {
  readonly span: Span;
  readonly message: string;
}

/** A YAML text with the places of its values. What is broken is a problem, what is not can still be read. */
export interface YamlDocument {
  readonly root: 'map' | 'list' | 'scalar' | 'empty';
  readonly problems: readonly YamlProblem[];
  /** Value under keys and list positions: `get('model-index', 0, 'name')`. */
  get(...path: readonly (string | number)[]): YamlEntry | undefined;
  /** Keys of the top level, in order. */
  keys(): readonly YamlEntry[];
  /** Items of the list at the path; a scalar counts as a list of one, as the Hub reads it. */
  items(...path: readonly (string | number)[]): readonly YamlEntry[];
}

/**
 * The `yaml` package composes by recursion. Past the stack it mostly recovers, but a regular expression that V8 compiles
 * with the stack nearly used up aborts the whole process, so deeper texts are not given to it. People nest less than ten
 * levels.
 */
const MAX_DEPTH = 60;
/** In UTF-16 code units. The parser reads about half a megabyte a second. */
const MAX_LENGTH = 400_000;
const MAX_PROBLEMS = 20;
const MAX_STRAYS = 1000;
const MAX_QUOTES = 5000;

/**
 * Reads one YAML document. Never throws, follows no alias (an "alias bomb" is read as it is written), resolves no tag.
 *
 * @param offset added to all offsets, for a YAML text inside another text.
 */
export function readYaml(text: string, offset = 0): YamlDocument {
  const refusal = refuseYaml(text);
  if (refusal) return empty([{ span: { start: offset, end: offset }, message: refusal }]);
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false, strict: false });
  } catch (error) {
    return empty([{ span: { start: offset, end: offset }, message: `not valid YAML: ${String(error)}` }]);
  }
  const at = (range: readonly [number, number, ...number[]]): Span => ({
    start: range[0] + offset,
    end: range[1] + offset,
  });
  const problems = document.errors.slice(0, MAX_PROBLEMS).map((error) => ({
    span: at(error.pos),
    message: `not valid YAML: ${error.message.split('\n')[0]}`,
  }));
  const root = document.contents as unknown;

  const entry = (node: unknown, key: unknown, fallback: number): YamlEntry => {
    const keySpan = isScalar(key) && key.range ? at(key.range) : undefined;
    const range = (node as { range?: [number, number, number] | null } | null)?.range;
    const empty = keySpan ? keySpan.end : fallback;
    return {
      // Most entries are asked for their text and place only, and a value may be a large tree.
      get value() {
        return plain(node);
      },
      text: textOf(node),
      span: range ? at(range) : { start: empty, end: empty },
      ...(keySpan && { keySpan }),
    };
  };
  // Rules ask a card for dozens of keys, most of which it does not have.
  let top: Map<string | undefined, Pair> | undefined;
  const step = (node: unknown, part: string | number): { node: unknown; key?: unknown } | undefined => {
    if (isMap(node)) {
      if (node === root) top ??= new Map([...node.items].reverse().map((item) => [keyOf(item), item]));
      const pair = node === root ? top?.get(String(part)) : node.items.find((item) => keyOf(item) === String(part));
      return pair ? { node: pair.value, key: pair.key } : undefined;
    }
    if (isSeq(node) && typeof part === 'number' && part < node.items.length) return { node: node.items[part] };
    return undefined;
  };
  const find = (path: readonly (string | number)[]) => {
    let found: { node: unknown; key?: unknown } | undefined = { node: root };
    for (const part of path) {
      found = step(found.node, part);
      if (!found) return undefined;
    }
    return found;
  };
  return {
    root: isMap(root) ? 'map' : isSeq(root) ? 'list' : isScalar(root) && root.value !== null ? 'scalar' : 'empty',
    problems,
    get: (...path) => {
      const found = find(path);
      return found && entry(found.node, found.key, offset);
    },
    keys: () => (isMap(root) ? root.items.map((pair) => entry(pair.key, undefined, offset)) : []),
    items: (...path) => {
      const found = find(path);
      if (!found) return [];
      if (isSeq(found.node)) return found.node.items.map((item) => entry(item, undefined, offset));
      return isScalar(found.node) && found.node.value !== null ? [entry(found.node, found.key, offset)] : [];
    },
  };
}

function empty(problems: readonly YamlProblem[]): YamlDocument {
  return { root: 'empty', problems, get: () => undefined, keys: () => [], items: () => [] };
}

/** Why a text is not given to the parser. Counts brackets in strings too: good enough to refuse what no person writes. */
export function refuseYaml(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `larger than ${MAX_LENGTH / 1000} kB`;
  let depth = 0;
  let deepest = 0;
  let strays = 0;
  const indents: number[] = [];
  for (const line of text.split('\n')) {
    // Block nesting: one level per deeper indentation, and per `- ` or `? ` in front of the line's content.
    const [lead = ''] = /^ {0,2000}(?:[-?:] {1,8}){0,2000}/.exec(line) ?? [];
    const indent = lead.length - lead.trimStart().length;
    if (lead.length < line.length) {
      while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
      indents.push(indent);
    }
    const marks = lead.length - lead.replace(/[-?:]/g, '').length;
    deepest = Math.max(deepest, indents.length + marks);
    let quotes = 0;
    for (let index = lead.length; index < line.length; index++) {
      const code = line.charCodeAt(index);
      if (code === 0x22 || code === 0x27) quotes++;
      if (depth === 0 && (code === 0x5d || code === 0x7d)) strays++;
      if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
      else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
    }
    if (deepest > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`;
    // The parser takes quadratic time over these.
    if (strays > MAX_STRAYS) return 'too many brackets that close nothing';
    if (quotes > MAX_QUOTES) return 'too many quotes on one line';
  }
  return undefined;
}

function keyOf(pair: unknown): string | undefined {
  const key = isPair(pair) ? (pair as Pair).key : undefined;
  return isScalar(key) ? String(key.value) : undefined;
}

function textOf(node: unknown): string {
  if (!isScalar(node) || node.value === null) return '';
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function plain(node: unknown): YamlValue {
  if (isScalar(node)) {
    const { value } = node;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : textOf(node) || null;
  }
  if (isSeq(node)) return node.items.map(plain);
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [keyOf(pair) ?? '', plain(pair.value)]));
  return null;
}

/** Deeper is no configuration that a rule looks at. */
const MAX_TREE_DEPTH = 8;
const MAX_TREE_WIDTH = 200;

/** The value at the path as a tree like that of JSON; of places only those of texts and other scalars are exact. */
export function yamlTree(yaml: Pick<YamlDocument, 'get'>, ...path: readonly (string | number)[]): JsonNode | undefined {
  const entry = yaml.get(...path);
  if (!entry || path.length > MAX_TREE_DEPTH) return undefined;
  const { value, span } = entry;
  const place = { offset: span.start, length: span.end - span.start };
  const child = (key: string | number) => yamlTree(yaml, ...path, key);
  if (Array.isArray(value))
    return {
      type: 'array',
      ...place,
      children: value.slice(0, MAX_TREE_WIDTH).flatMap((_, index) => child(index) ?? []),
    };
  if (typeof value === 'object' && value !== null) {
    const children = Object.keys(value)
      .slice(0, MAX_TREE_WIDTH)
      .flatMap((key): JsonNode[] => {
        const node = child(key);
        const keySpan = yaml.get(...path, key)?.keySpan ?? span;
        const name: JsonNode = {
          type: 'string',
          value: key,
          offset: keySpan.start,
          length: key.length,
          content: keySpan,
        };
        return node ? [{ type: 'property', offset: keySpan.start, length: 0, children: [name, node] }] : [];
      });
    return { type: 'object', ...place, children };
  }
  if (typeof value !== 'string') return { type: typeof value === 'number' ? 'number' : 'boolean', value, ...place };
  // Quotes are part of the span exactly where the content is shorter by them.
  const quotes = place.length >= entry.text.length + 2 ? 1 : 0;
  return { type: 'string', value, ...place, content: { start: span.start + quotes, end: span.end - quotes } };
}
