import type { Tree, TreeCursor } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Span } from '../../engine/span.ts';
import { lastSegment, spanOf } from './tree.ts';

/** A suite that may not run, or not exactly once: the body of `if`, `for`, `while`, `try`, `case`. */
export interface Block extends Span {
  readonly parent: Block | undefined;
  /** The whole compound statement. */
  readonly owner: Span;
  readonly loop: boolean;
  /** The other suites of the same statement cannot have run before this one. */
  readonly exclusive: boolean;
}

/** A statement or clause that may bind names. It is only looked into when a name of its scope is looked up. */
export interface Binder extends Span {
  readonly type: string;
  readonly block: Block | undefined;
}

export interface Scope extends Span {
  readonly kind: 'module' | 'class' | 'function' | 'lambda' | 'comprehension';
  parent: Scope | undefined;
  /** The definition, lambda or comprehension, and the type of its node. */
  readonly owner: Span;
  readonly type: string;
  readonly binders: Binder[];
  /** Names that `global` or `nonlocal` sends elsewhere. */
  readonly elsewhere: Map<string, 'global' | 'nonlocal'>;
}

/** What one pass over the tree tells: the scopes, the calls by last name, and renamings. */
export interface Outline {
  /** By start, parents before their children; the first is the module. */
  readonly scopes: readonly Scope[];
  /** Offset of the `(` of every argument list, in source order: calls, decorators, bases of classes. */
  readonly calls: readonly number[];
  /** The same by the last segment of the called name; `''` holds calls of anything but a name. */
  readonly callsByName: ReadonlyMap<string, readonly number[]>;
  /** From a last segment to the names it may also go by: `load` to `pload` for `from pickle import load as pload`. */
  readonly renamed: ReadonlyMap<string, ReadonlySet<string>>;
}

const BINDERS = new Set([
  'AssignStatement',
  'UpdateStatement',
  'ImportStatement',
  'ExpressionStatement',
  'ForStatement',
  'WithStatement',
  'TryStatement',
  'DeleteStatement',
  'FunctionDefinition',
  'ClassDefinition',
  'CapturePattern',
]);
const COMPOUNDS = new Set(['IfStatement', 'ForStatement', 'WhileStatement', 'TryStatement', 'MatchStatement']);
/** Node types that `enter` looks at, by id: nine nodes of ten are none of them. */
const WANTED = parser.nodeSet.types.map(
  ({ name }) =>
    BINDERS.has(name) ||
    COMPOUNDS.has(name) ||
    ['ArgList', 'Body', 'for', 'LambdaExpression', 'NamedExpression', 'ScopeStatement'].includes(name),
);
/** Values that may hold a function under another name. */
const NAME_VALUES = new Set([
  'VariableName',
  'MemberExpression',
  'ConditionalExpression',
  'BinaryExpression',
  'ParenthesizedExpression',
  'LambdaExpression',
]);
/** Calls that return their argument, or something named in it, in callable form. */
const WRAPPER = /^(?:\w+\.)?(?:partial|partialmethod|staticmethod|classmethod|getattr|import_module|__import__)\s*\(/;
const WORD = /[A-Za-z_]\w*/g;
const AS = /([A-Za-z_]\w*)\s+as\s+([A-Za-z_]\w*)/g;

/** Reads the outline in one walk, without recursion and without building nodes. */
export function readOutline(tree: Tree, text: string): Outline {
  const whole = { start: 0, end: text.length };
  const module: Scope = {
    kind: 'module',
    ...whole,
    parent: undefined,
    owner: whole,
    type: 'Script',
    binders: [],
    elsewhere: new Map(),
  };
  const scopes = [module];
  const calls: number[] = [];
  const callsByName = new Map<string, number[]>();
  const renamed = new Map<string, Set<string>>();
  /** Kind of scope to open when the cursor reaches a body, by start of the body. */
  const bodies = new Map<
    number,
    { readonly kind: 'function' | 'class'; readonly owner: Span; readonly type: string }
  >();
  /** Compound statements that are open at the cursor, innermost last. */
  const compounds: { readonly name: string; readonly owner: Span }[] = [];
  let block: Block | undefined;
  let scope = module;

  function open(kind: Scope['kind'], { start, end }: Span, owner: Span, type: string): void {
    scope = { kind, start, end, parent: scope, owner, type, binders: [], elsewhere: new Map() };
    scopes.push(scope);
  }

  /** Leaves every scope, block and compound that ends before `offset`. */
  function close(offset: number): void {
    while (scope.parent && scope.end <= offset) scope = scope.parent;
    while (block && block.end <= offset) block = block.parent;
    for (let top = compounds.at(-1); top && top.owner.end <= offset; top = compounds.at(-1)) compounds.pop();
  }

  function enterCall(at: number): void {
    calls.push(at);
    const name = lastSegment(text, at);
    const known = callsByName.get(name);
    if (known) known.push(at);
    else callsByName.set(name, [at]);
  }

  function enterBody(body: Span): void {
    const begin = bodies.get(body.start);
    if (begin) {
      open(begin.kind, body, begin.owner, begin.type);
      return;
    }
    const compound = compounds.at(-1);
    // The suite of a `with` always runs: it counts as part of what is around it.
    if (!compound || (block && block.start > compound.owner.start)) return;
    block = {
      start: body.start,
      end: body.end,
      parent: block,
      owner: compound.owner,
      loop: compound.name === 'ForStatement' || compound.name === 'WhileStatement',
      exclusive: compound.name === 'IfStatement' || compound.name === 'MatchStatement',
    };
  }

  /** Opens the scope of a comprehension; for `f(x for x in y)` only its `for` shows that there is one. */
  function enterComprehension(cursor: TreeCursor): void {
    const list = cursor.node.parent;
    if (!list || list.name === 'ForStatement' || (scope.start === list.from && scope.kind === 'comprehension')) return;
    const around = scope;
    open('comprehension', spanOf(list), spanOf(list), list.name);
    for (let at = scopes.length - 2; (scopes[at] as Scope).start >= list.from && at > 0; at--) {
      const inner = scopes[at] as Scope;
      if (inner.parent === around) inner.parent = scope;
    }
  }

  function noteRenaming(cursor: TreeCursor): void {
    const { from } = cursor;
    if (!cursor.lastChild()) return;
    const value = cursor.node;
    cursor.parent();
    if (value.to - value.from > 500) return;
    const source = text.slice(value.from, value.to);
    if (!NAME_VALUES.has(value.name) && !(value.name === 'CallExpression' && WRAPPER.test(source))) return;
    const words = source.match(WORD) ?? [];
    for (const target of text.slice(from, value.from).match(WORD) ?? []) {
      for (const word of words) rename(word, target);
    }
  }

  function rename(from: string, to: string): void {
    if (from === to) return;
    const known = renamed.get(from);
    if (known) known.add(to);
    else renamed.set(from, new Set([to]));
  }

  /** Notes a definition whose body, further on, is a scope. Decorators, defaults and annotations lie outside of it. */
  function expectBody(cursor: TreeCursor, kind: 'function' | 'class'): void {
    const owner = spanOf(cursor);
    const type = cursor.name;
    if (!cursor.lastChild()) return;
    if (cursor.name === 'Body') bodies.set(cursor.from, { kind, owner, type });
    cursor.parent();
  }

  function enter(cursor: TreeCursor): void {
    const { name } = cursor;
    close(cursor.from);
    if (BINDERS.has(name)) scope.binders.push({ type: name, start: cursor.from, end: cursor.to, block });
    if (COMPOUNDS.has(name)) compounds.push({ name, owner: spanOf(cursor) });
    switch (name) {
      case 'ArgList':
        enterCall(cursor.from);
        break;
      case 'Body':
        enterBody(spanOf(cursor));
        break;
      case 'for':
        enterComprehension(cursor);
        break;
      case 'AssignStatement':
        noteRenaming(cursor);
        break;
      case 'ImportStatement':
        for (const [, from, to] of text.slice(cursor.from, cursor.to).matchAll(AS)) rename(from ?? '', to ?? '');
        break;
      case 'FunctionDefinition':
        expectBody(cursor, 'function');
        break;
      case 'ClassDefinition':
        expectBody(cursor, 'class');
        break;
      case 'LambdaExpression':
        open('lambda', spanOf(cursor), spanOf(cursor), name);
        break;
      case 'NamedExpression': {
        // A walrus inside a comprehension binds in the function around it.
        let home = scope;
        while (home.kind === 'comprehension' && home.parent) home = home.parent;
        home.binders.push({ type: name, start: cursor.from, end: cursor.to, block });
        break;
      }
      case 'ScopeStatement': {
        const [word, ...names] = text.slice(cursor.from, cursor.to).match(WORD) ?? [];
        for (const each of names) scope.elsewhere.set(each, word === 'global' ? 'global' : 'nonlocal');
        break;
      }
      default:
    }
  }

  const cursor = tree.cursor();
  do if (WANTED[cursor.type.id]) enter(cursor);
  while (cursor.next());
  scopes.sort((a, b) => a.start - b.start || b.end - a.end);
  return { scopes, calls, callsByName, renamed };
}

/** The innermost scope around an offset. */
export function scopeAt(outline: Outline, offset: number): Scope {
  let low = 0;
  let high = outline.scopes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((outline.scopes[middle] as Scope).start <= offset) low = middle;
    else high = middle - 1;
  }
  let scope = outline.scopes[low] as Scope;
  while (scope.parent && scope.end <= offset) scope = scope.parent;
  return scope;
}
