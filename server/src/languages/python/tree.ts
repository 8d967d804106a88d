import { type ChangedRange, type NodeType, type SyntaxNode, Tree, type TreeBuffer, TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Span } from '../../engine/span.ts';

/** A parsed Python text that can be carried over edits, so that the next parse only reads what changed. */
export interface PythonTree {
  readonly tree: Tree;
  /** What the next parse may reuse: of this tree, or of the last one before it that was sure to be right. */
  readonly fragments: readonly TreeFragment[];
  /** Where reading stopped because the text took too long; undefined where all of it was read. */
  readonly cut?: number;
}

type Range = { readonly from: number; readonly to: number };

/**
 * The parser's way over errors is not linear for every text: a megabyte of markup in one line would take minutes. So it stops
 * where it crawls, fifty times slower than over any Python, and after a time that five megabytes do not take. In milliseconds,
 * and UTF-16 code units per millisecond.
 */
const PATIENCE = 1000;
const CRAWL = 100;
const MAX_TIME = 15_000;
const STEPS = 64;

function parseInTime(text: string, fragments?: readonly TreeFragment[], ranges?: readonly Range[]) {
  const parse = parser.startParse(text, fragments, ranges);
  const started = Date.now();
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree) return { tree, ...(parse.stoppedAt !== null && { cut: parse.stoppedAt }) };
    if (step % STEPS !== 0 || parse.stoppedAt !== null) continue;
    const time = Date.now() - started;
    if (time > MAX_TIME || (time > PATIENCE && parse.parsedPos < time * CRAWL)) parse.stopAt(parse.parsedPos);
  }
}

/** Up to this length a text with syntax errors is parsed as a whole, in UTF-16 code units: a few milliseconds. */
const MAX_REPARSE = 30_000;

/**
 * Parses `text`, reusing what the edits left untouched of `previous`. Never fails: what is no Python becomes error nodes.
 *
 * How the parser gets over an error depends on what it could reuse. So a text with errors is parsed afresh where that is
 * quick, and of a longer one nothing is reused later: a text without errors has the same tree however it was typed.
 */
export function parsePython(text: string, previous?: PythonTree): PythonTree {
  const { tree, ...cut } = parseInTime(text, previous?.fragments);
  if (!previous || !hasError(tree)) return { tree, fragments: TreeFragment.addTree(tree), ...cut };
  return text.length <= MAX_REPARSE ? parsePython(text) : { tree, fragments: previous.fragments, ...cut };
}

/** Parses some parts of a text, ascending, as if nothing stood between them; offsets are those of the whole text. */
export function parsePythonParts(text: string, parts: readonly Range[]): PythonTree {
  const { tree, ...cut } = parseInTime(text, undefined, parts);
  const { type, children, positions, length } = tree;
  // The parser counts from the beginning of the first part.
  const start = parts[0]?.from ?? 0;
  const moved = new Tree(
    type,
    children,
    positions.map((position) => position + start),
    length + start,
  );
  return { tree: moved, fragments: [], ...cut };
}

/** Subtrees are shared by the trees of all versions, so that after an edit only new ones are looked through. */
const flawed = new WeakMap<Tree | TreeBuffer, boolean>();

function hasError(tree: Tree | TreeBuffer): boolean {
  const known = flawed.get(tree);
  if (known !== undefined) return known;
  const found =
    tree instanceof Tree ? tree.type.isError || tree.children.some(hasError) : hasErrorIn(tree.buffer, tree.set.types);
  flawed.set(tree, found);
  return found;
}

/** A buffer holds four numbers for each node: type, start, end, and where its children end. */
function hasErrorIn(buffer: Uint16Array, types: readonly NodeType[]): boolean {
  for (let at = 0; at < buffer.length; at += 4) if (types[buffer[at] as number]?.isError) return true;
  return false;
}

/**
 * Notes edits of the text, to be called before the text is parsed again. May be called several times in a row.
 *
 * @param changes replaced ranges, ascending: `fromA`/`toA` in the text before, `fromB`/`toB` in the text after. UTF-16 offsets.
 */
export function editPythonTree(tree: PythonTree, changes: readonly ChangedRange[]): PythonTree {
  return { tree: tree.tree, fragments: TreeFragment.applyChanges(tree.fragments, changes) };
}

export function spanOf(node: { readonly from: number; readonly to: number }): Span {
  return { start: node.from, end: node.to };
}

/** Children in source order, punctuation and keywords included. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** The largest node that covers exactly the given range, or the one of the given type; undefined when there is none. */
export function nodeAt(tree: Tree, { start, end }: Span, type?: string): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  let node: SyntaxNode | null = tree.resolveInner(start, 1);
  while (node && node.from === start && node.to <= end) {
    if (node.to === end && (!type || node.name === type)) found = node;
    node = node.parent;
  }
  return found;
}

/** False for punctuation, keywords, operators, comments and error nodes. */
export function isExpression(node: SyntaxNode): boolean {
  const first = node.name.charCodeAt(0);
  return first >= 65 && first <= 90 && !NO_EXPRESSION.has(node.name);
}
const NO_EXPRESSION = new Set([
  'AssignOp',
  'TypeDef',
  'Comment',
  'Body',
  'ArgList',
  'ParamList',
  'UpdateOp',
  'CompareOp',
  'ArithOp',
  'BitOp',
]);

/** Expressions inside a tuple, list, set or pair of parentheses. */
export function elementsOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(isExpression);
}

/** The expression inside any number of parentheses. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === 'ParenthesizedExpression') {
    const next = elementsOf(inner)[0];
    if (!next) break;
    inner = next;
  }
  return inner;
}

/** `a.b.c` for a name or a chain of attributes of a name, else the empty string. */
export function dottedText(node: SyntaxNode, text: string): string {
  let tail = '';
  let at = node;
  for (let depth = 0; depth < 20; depth++) {
    if (at.name === 'VariableName') return text.slice(at.from, at.to) + tail;
    const base = at.firstChild;
    const property = at.lastChild;
    if (at.name !== 'MemberExpression' || !base || property?.name !== 'PropertyName') return '';
    tail = `.${text.slice(property.from, property.to)}${tail}`;
    at = base;
  }
  return '';
}

/** The identifier that ends at `end`, white space before `end` left out; empty when there is none. */
export function lastSegment(text: string, end: number): string {
  let to = end;
  while (to > 0 && isSpace(text.charCodeAt(to - 1))) to--;
  let from = to;
  while (from > 0 && isWord(text.charCodeAt(from - 1))) from--;
  return text.slice(from, to);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13 || code === 92;
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code > 160
  );
}
