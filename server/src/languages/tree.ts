import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Span } from '../engine/span.ts';
import { items, type JsonDocument, type JsonNode, entries as jsonEntries, readJson, spanOf } from './json.ts';
import { refuseYaml } from './yaml.ts';

/** A value of a YAML or JSON text. */
export interface TreeNode {
  readonly kind: 'map' | 'list' | 'scalar';
  /** A scalar as text, quotes and escapes taken off; empty for maps, lists and nothing. */
  readonly text: string;
  /** A scalar's meaning; undefined for maps, lists and nothing. */
  readonly value: string | number | boolean | undefined;
  readonly entries: readonly TreeEntry[];
  readonly items: readonly TreeNode[];
  /** The value; of a quoted or block scalar what stands inside. */
  readonly span: Span;
  /** With quotes, for a replacement. */
  readonly whole: Span;
  /**
   * What stands in the file between `span`, with every character at its place: the lines of a folded scalar are joined by
   * blanks, as its reader sees them. Undefined where escapes were taken off.
   */
  readonly written: string | undefined;
  /** A tag of YAML that is not one of its own, in full: `tag:yaml.org,2002:python/name:os.system`. */
  readonly tag: string | undefined;
}

export interface TreeEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly node: TreeNode;
}

const MAX_NODES = 100_000;
/** The parsers refuse deeper texts; an own limit keeps the walk from depending on it. */
const MAX_DEPTH = 80;

/** All documents of a YAML text, or the one of a JSON text. Never throws; what is broken is left out. No alias is followed. */
export function readTree(path: string, text: string): readonly TreeNode[] {
  return /\.(?:jsonc?|jsonld|code-workspace)$/i.test(path) ? readJsonTree(readJson(text), text) : readYamlTree(text);
}

/** The tree of a JSON text that has been read. */
export function readJsonTree({ root }: JsonDocument, text: string): readonly TreeNode[] {
  return root ? [fromJson(root, text, 0)] : [];
}

function readYamlTree(text: string): readonly TreeNode[] {
  if (refuseYaml(text)) return [];
  try {
    const options = { prettyErrors: false, logLevel: 'silent', uniqueKeys: false, strict: false } as const;
    const documents = parseAllDocuments(text, options);
    const budget = { left: MAX_NODES };
    return [...documents].flatMap(({ contents }) => (contents ? [fromYaml(contents, text, 0, budget)] : []));
  } catch {
    return [];
  }
}

const NOTHING = { text: '', value: undefined, entries: [], items: [], written: undefined, tag: undefined } as const;

function fromYaml(node: unknown, text: string, depth: number, budget: { left: number }): TreeNode {
  const { range, tag } = node as { range?: [number, number, number] | null; tag?: string };
  const whole = { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
  const place = { span: whole, whole, tag };
  if (depth > MAX_DEPTH || --budget.left < 0) return { ...NOTHING, kind: 'scalar', ...place };
  if (isMap(node)) {
    const entries = node.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || !key.range) return [];
      const keySpan = { start: key.range[0], end: key.range[1] };
      const empty = { ...NOTHING, kind: 'scalar', span: { start: keySpan.end, end: keySpan.end } } as const;
      const child = value ? fromYaml(value, text, depth + 1, budget) : { ...empty, whole: empty.span };
      return [{ key: String(key.value), keySpan, node: child }];
    });
    return { ...NOTHING, kind: 'map', entries, ...place };
  }
  if (isSeq(node)) {
    const list = node.items.map((item) => fromYaml(item, text, depth + 1, budget));
    return { ...NOTHING, kind: 'list', items: list, ...place };
  }
  if (!isScalar(node)) return { ...NOTHING, kind: 'scalar', ...place };
  const { value, type, source } = node;
  const span = insideOf(type, whole, text);
  const raw = text.slice(span.start, span.end);
  const exact = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED' || type === 'PLAIN' || raw === value;
  return {
    ...NOTHING,
    kind: 'scalar',
    ...place,
    text: value === null ? '' : typeof value === 'string' ? value : (source ?? String(value)),
    value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined,
    span,
    written: exact
      ? type === 'BLOCK_LITERAL'
        ? raw
        : raw.replace(/\r?\n/g, (end) => ' '.repeat(end.length))
      : undefined,
  };
}

function insideOf(type: string | undefined, { start, end }: Span, text: string): Span {
  if (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') {
    const line = text.indexOf('\n', start);
    return line === -1 || line >= end ? { start: end, end } : { start: line + 1, end };
  }
  return /^QUOTE/.test(type ?? '') && end - start >= 2 ? { start: start + 1, end: end - 1 } : { start, end };
}

function fromJson(node: JsonNode, text: string, depth: number): TreeNode {
  const whole = { start: node.offset, end: node.offset + node.length };
  const base = { ...NOTHING, span: spanOf(node), whole };
  if (depth > MAX_DEPTH) return { ...base, kind: 'scalar' };
  if (node.type === 'object') {
    const entries = jsonEntries(node).map(({ key, value }) => ({
      key: String(key.value),
      keySpan: spanOf(key),
      node: fromJson(value, text, depth + 1),
    }));
    return { ...base, kind: 'map', entries };
  }
  if (node.type === 'array') {
    return { ...base, kind: 'list', items: items(node).map((item) => fromJson(item, text, depth + 1)) };
  }
  const value: unknown = node.value;
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const raw = text.slice(base.span.start, base.span.end);
  return {
    ...base,
    kind: 'scalar',
    text: known ? String(value) : '',
    value: known ? value : undefined,
    written: raw === value ? raw : undefined,
  };
}

/** The value under a path of keys and list positions. */
export function under(node: TreeNode | undefined, ...path: readonly (string | number)[]): TreeNode | undefined {
  let current = node;
  for (const part of path) {
    current =
      typeof part === 'number' ? current?.items[part] : current?.entries.findLast(({ key }) => key === part)?.node;
  }
  return current;
}

/** A list's items; of a single scalar the scalar. */
export function listOf(node: TreeNode | undefined): readonly TreeNode[] {
  if (!node) return [];
  return node.kind === 'list' ? node.items : node.kind === 'scalar' && node.text ? [node] : [];
}

/** Every entry of every map below a node, in the order of the text. */
export function* allEntries(node: TreeNode): Iterable<TreeEntry> {
  for (const entry of node.entries) {
    yield entry;
    yield* allEntries(entry.node);
  }
  for (const item of node.items) yield* allEntries(item);
}

/** Every node below a node, itself first. */
export function* allNodes(node: TreeNode): Iterable<TreeNode> {
  yield node;
  for (const { node: child } of node.entries) yield* allNodes(child);
  for (const item of node.items) yield* allNodes(item);
}
