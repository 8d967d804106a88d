import { type NodeType, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Span } from '../engine/span.ts';

/** A value, key or pair of a text in JSON, or in TOML or YAML read into the same tree. */
export interface JsonNode {
  readonly type: NodeType;
  // biome-ignore lint/suspicious/noExplicitAny: as the parser declares it
  readonly value?: any;
  readonly offset: number;
  readonly length: number;
  readonly children?: readonly JsonNode[];
  /** What of a text or key is its content, where that is not all between one pair of quotes. */
  readonly content?: Span;
}

/** A JSON text, comments and trailing commas allowed, with the places of its values. Broken parts are left out. */
export interface JsonDocument {
  readonly root: JsonNode | undefined;
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
}

/** Deeper nesting is hostile or generated; the parser is recursive and is not given it. */
const MAX_DEPTH = 500;
const MAX_PROBLEMS = 20;

/**
 * Reads JSON as VS Code does. Never throws.
 *
 * @param strict comments and trailing commas are read over, but are problems.
 */
export function readJson(text: string, { strict = false }: { readonly strict?: boolean } = {}): JsonDocument {
  if (depthExceeds(text, MAX_DEPTH)) {
    return {
      root: undefined,
      problems: [{ span: { start: 0, end: 0 }, message: `nested deeper than ${MAX_DEPTH} levels` }],
    };
  }
  const errors: ParseError[] = [];
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const root = parseTree(body, errors, {
    allowTrailingComma: !strict,
    allowEmptyContent: true,
    disallowComments: strict,
  });
  return {
    root,
    problems: errors.slice(0, MAX_PROBLEMS).map(({ error, offset, length }) => ({
      span: { start: offset, end: offset + length },
      message: `not valid JSON: ${sentence(printParseErrorCode(error))}`,
    })),
  };
}

/** `PropertyNameExpected` -> `property name expected`. */
function sentence(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** A rough count that also counts brackets in strings: good enough to refuse what no person writes. */
function depthExceeds(text: string, limit: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x5b || code === 0x7b) {
      if (++depth > limit) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

/** Key and value nodes of an object's properties; none for anything else. */
export function entries(node: JsonNode | undefined): { readonly key: JsonNode; readonly value: JsonNode }[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [{ key, value }] : [];
  });
}

/** Value under a path of keys; a key that holds a dot is one element. */
export function valueAt(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let current = node;
  for (const name of path) current = entries(current).find(({ key }) => key.value === name)?.value;
  return current;
}

export function items(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** Span of a node; of a string its content without the quotes. */
export function spanOf(node: JsonNode): Span {
  if (node.content) return node.content;
  const quotes = node.type === 'string' && node.length >= 2 ? 1 : 0;
  return { start: node.offset + quotes, end: node.offset + node.length - quotes };
}

/**
 * The edit that takes an item or property out of its list with the comma that belonged to it, and with its line where it
 * stood alone on one.
 *
 * @param item from its key, if it has one, to the end of its value, quotes included.
 */
export function removeFrom(text: string, item: Span): Span & { readonly text: '' } {
  const after = /^[ \t]*,/.exec(text.slice(item.end, item.end + 200))?.[0].length ?? 0;
  const end = item.end + after;
  if (after > 0) {
    const gap = /^[ \t]*(?:\r?\n[ \t]*)?/.exec(text.slice(end, end + 500))?.[0].length ?? 0;
    return { start: item.start, end: end + gap, text: '' };
  }
  const before = /,\s*$/.exec(text.slice(Math.max(0, item.start - 500), item.start))?.[0].length ?? 0;
  return { start: item.start - before, end, text: '' };
}
