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

/** A statement or clause that binds names. It is only looked into when one of them is looked up. */
export interface Binder extends Span {
  readonly type: string;
  readonly block: Block | undefined;
  readonly scope: Scope;
}

export interface Scope extends Span {
  readonly kind: 'module' | 'class' | 'function' | 'lambda' | 'comprehension';
  parent: Scope | undefined;
  /** The definition, lambda or comprehension, and the type of its node. */
  readonly owner: Span;
  readonly type: string;
  /** By the only name they bind, dotted for attributes; under `''` those that take a closer look to tell. */
  readonly binders: Map<string, Binder[]>;
  /** Names that `global` or `nonlocal` sends elsewhere. */
  readonly elsewhere: Map<string, 'global' | 'nonlocal'>;
}

/** What one pass over the tree tells: the scopes, the calls by last name, and renamings. */
export interface Outline {
  /** By start, parents before their children; the first is the module. */
  readonly scopes: readonly Scope[];
  /** Classes by the offset of their definition. */
  readonly classes: ReadonlyMap<number, Scope>;
  /** Offset of the `(` of every argument list, in source order: calls, decorators, bases of classes. */
  readonly calls: readonly number[];
  /** The same by the last segment of the called name; `''` holds calls of anything but a name. */
  readonly callsByName: ReadonlyMap<string, readonly number[]>;
  /** Statements that assign to an attribute, by the path after the object: `x` for `self.x = …`. */
  readonly members: ReadonlyMap<string, readonly Binder[]>;
  /** Bodies of loops, by start. */
  readonly loops: readonly Block[];
  /** From a last segment to the names it may also go by: `load` to `pload` for `from pickle import load as pload`. */
  readonly renamed: ReadonlyMap<string, ReadonlySet<string>>;
}

const NAME = String.raw`([A-Za-z_][\w.]*)`;
/** Statements that bind, with a pattern that finds the name where there is only one. */
const BINDERS = new Map<string, RegExp | undefined>([
  ['UpdateStatement', new RegExp(`${NAME}\\s*\\W`, 'y')],
  ['ForStatement', /(?:async\s+)?for\s+([A-Za-z_]\w*)\s+in\b/y],
  ['FunctionDefinition', /(?:async\s+)?def\s+([A-Za-z_]\w*)\s*[([]/y],
  ['ClassDefinition', /class\s+([A-Za-z_]\w*)\s*[([:]/y],
  ['ImportStatement', undefined],
  ['WithStatement', undefined],
  ['TryStatement', undefined],
  ['DeleteStatement', undefined],
  ['CapturePattern', undefined],
  ['AsPattern', undefined],
  ['TypeDefinition', /type\s+([A-Za-z_]\w*)\s*[[=]/y],
]);
/** Calls of methods that put an argument into the object. */
const ADDITION = new RegExp(
  `${NAME}\\.(?:append|appendleft|extend|insert|add|update|write|writelines|setdefault|put|put_nowait|pop|popitem|clear)\\s*\\(`,
  'y',
);
/** An assignment to one name or attribute, or to an item of it. */
const TARGET = new RegExp(`^${NAME}\\s*(?:\\[|$)`);
const MEMBER = /[A-Za-z_]\w*\.([A-Za-z_][\w.]*)/g;
const COMPOUNDS = new Set(['IfStatement', 'ForStatement', 'WhileStatement', 'TryStatement', 'MatchStatement']);
/** Node types that `enter` looks at, by id: nine nodes of ten are none of them. */
const WANTED = parser.nodeSet.types.map(
  ({ name }) =>
    BINDERS.has(name) ||
    COMPOUNDS.has(name) ||
    `ArgList Body for LambdaExpression NamedExpression ScopeStatement AssignStatement ExpressionStatement`
      .split(' ')
      .includes(name),
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
const WRAPPERS = [
  ...['partial', 'partialmethod', 'staticmethod', 'classmethod', 'getattr'],
  ...['import_module', '__import__', 'importorskip', 'lazy_module'],
];
const CALLEE = /^(?:\w+\.){0,4}(\w+)\s*\(/;
const WORD = /[A-Za-z_]\w*/g;
const AS = /([A-Za-z_]\w*)\s+as\s+([A-Za-z_]\w*)/g;

/**
 * Reads the outline in one walk, without recursion and without building nodes.
 *
 * @param parts what of the tree to look at, ascending; default: all of it.
 */
export function readOutline(
  tree: Tree,
  text: string,
  parts?: readonly { readonly from: number; readonly to: number }[],
): Outline {
  const whole = { start: 0, end: text.length };
  const module: Scope = {
    kind: 'module',
    ...whole,
    parent: undefined,
    owner: whole,
    type: 'Script',
    binders: new Map(),
    elsewhere: new Map(),
  };
  const scopes = [module];
  const classes = new Map<number, Scope>();
  const calls: number[] = [];
  const callsByName = new Map<string, number[]>();
  const renamed = new Map<string, Set<string>>();
  const members = new Map<string, Binder[]>();
  const loops: Block[] = [];
  const wrappers = new Set(WRAPPERS);
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
    scope = { kind, start, end, parent: scope, owner, type, binders: new Map(), elsewhere: new Map() };
    scopes.push(scope);
    if (kind === 'class') classes.set(owner.start, scope);
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
    addTo(callsByName, name, at);
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
    if (block.loop) loops.push(block);
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

  function addBinder(home: Scope, type: string, cursor: TreeCursor, name: string, attributes: readonly string[]): void {
    const binder: Binder = { type, start: cursor.from, end: cursor.to, block, scope: home };
    addTo(home.binders, name, binder);
    for (const attribute of attributes) addTo(members, attribute, binder);
  }

  /** A binder whose name shows in the text. */
  function noteBinder(cursor: TreeCursor, pattern: RegExp | undefined): void {
    let name = '';
    if (pattern) {
      pattern.lastIndex = cursor.from;
      name = pattern.exec(text)?.[1] ?? '';
    }
    const dot = name.indexOf('.');
    addBinder(scope, cursor.name, cursor, name, dot === -1 ? [] : [name.slice(dot + 1)]);
  }

  function enterAssign(cursor: TreeCursor): void {
    const start = cursor.from;
    let end = 0;
    let typed = false;
    let value = { name: '', from: 0, to: 0 };
    if (!cursor.firstChild()) return;
    do {
      const { name, from, to } = cursor;
      if (name === 'TypeDef') typed = true;
      // The targets end at the last `=`, or at the annotation of the only one.
      if (name === 'TypeDef' || (name === 'AssignOp' && !typed)) end = from;
      value = { name, from, to };
    } while (cursor.nextSibling());
    cursor.parent();
    const targets = text.slice(start, end).trimEnd();
    const name = TARGET.exec(targets)?.[1] ?? '';
    const attributes = targets.includes('.')
      ? [...targets.matchAll(MEMBER)].map(([, attribute]) => attribute ?? '')
      : [];
    addBinder(scope, cursor.name, cursor, name, attributes);
    noteRenaming(value, targets);
  }

  /** Remembers that a call under a target's name may be a call of something the value names. */
  function noteRenaming(value: { name: string; from: number; to: number }, targets: string): void {
    if (value.to - value.from > 300) return;
    const isName = NAME_VALUES.has(value.name);
    if (!isName && value.name !== 'CallExpression') return;
    const source = text.slice(value.from, value.to);
    if (!isName && !wrappers.has(CALLEE.exec(source)?.[1] ?? '')) return;
    if (value.name === 'BinaryExpression' && !/\b(?:or|and)\b/.test(source)) return;
    renameAll(source, targets);
  }

  function renameAll(source: string, targets: string): void {
    const words = source.match(WORD) ?? [];
    for (const target of targets.match(WORD) ?? []) for (const word of words) rename(word, target);
  }

  function noteAliases(statement: string): void {
    if (!statement.includes(' as ')) return;
    for (const [, from, to] of statement.matchAll(AS)) rename(from ?? '', to ?? '');
  }

  function rename(from: string, to: string): void {
    if (from === to) return;
    if (wrappers.has(from)) wrappers.add(to);
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
    if (BINDERS.has(name)) noteBinder(cursor, BINDERS.get(name));
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
        enterAssign(cursor);
        break;
      case 'ExpressionStatement':
        ADDITION.lastIndex = cursor.from;
        if (ADDITION.test(text)) noteBinder(cursor, ADDITION);
        break;
      case 'ImportStatement':
        noteAliases(text.slice(cursor.from, cursor.to));
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
      case 'ForStatement': {
        // `for load in (torch.load, pickle.load)`
        const head = text.slice(cursor.from, Math.min(cursor.to, cursor.from + 300)).split(':', 1)[0] ?? '';
        const [targets = '', items = ''] = head.split(/\sin\s/, 2);
        if (/^\s*[([{]/.test(items)) renameAll(items, targets);
        break;
      }
      case 'TypeDefinition': {
        const [target = '', value = ''] = text.slice(cursor.from, Math.min(cursor.to, cursor.from + 300)).split('=', 2);
        renameAll(value, target);
        break;
      }
      case 'NamedExpression': {
        // A walrus inside a comprehension binds in the function around it.
        let home = scope;
        while (home.kind === 'comprehension' && home.parent) home = home.parent;
        addBinder(home, name, cursor, '', []);
        const [target = '', value = ''] = text
          .slice(cursor.from, Math.min(cursor.to, cursor.from + 300))
          .split(':=', 2);
        for (const word of value.match(WORD) ?? []) rename(word, target.trim());
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
  if (parts) walkParts(cursor, parts, enter);
  else {
    do if (WANTED[cursor.type.id]) enter(cursor);
    while (cursor.next());
  }
  scopes.sort((a, b) => a.start - b.start || b.end - a.end);
  return { scopes, classes, calls, callsByName, members, loops, renamed };
}

/** Passes over what lies between the parts without going into it. */
function walkParts(
  cursor: TreeCursor,
  parts: readonly { readonly from: number; readonly to: number }[],
  enter: (cursor: TreeCursor) => void,
): void {
  let part = 0;
  let inside = true;
  do {
    while (part < parts.length && (parts[part]?.to ?? 0) <= cursor.from) part++;
    inside = cursor.to > (parts[part]?.from ?? Number.POSITIVE_INFINITY);
    if (inside && WANTED[cursor.type.id]) enter(cursor);
  } while (cursor.next(inside));
}

function addTo<T>(table: Map<string, T[]>, key: string, item: T): void {
  const known = table.get(key);
  if (known) known.push(item);
  else table.set(key, [item]);
}

/** The innermost scope around an offset. */
export function scopeAt(outline: Outline, offset: number): Scope {
  let scope = outline.scopes[lastBefore(outline.scopes, offset, startOf)] as Scope;
  while (scope.parent && scope.end <= offset) scope = scope.parent;
  return scope;
}

/** Index of the last of some items, which are in order of their position, that stands at or before `offset`; -1 for none. */
export function lastBefore<T>(items: readonly T[], offset: number, positionOf: (item: T) => number): number {
  let low = -1;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (positionOf(items[middle] as T) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Position of a span, for `lastBefore`. */
export function startOf({ start }: Span): number {
  return start;
}
