import type { SyntaxNode, Tree } from '@lezer/common';
import type { Span } from '../../engine/span.ts';
import type { Binder, Block, Outline, Scope } from './outline.ts';
import { childrenOf, dottedText, elementsOf, isExpression, nodeAt, spanOf } from './tree.ts';

interface BindingBase {
  /** The bound name where it is written. */
  readonly at: Span;
  /** The statement or clause, for evidence. */
  readonly statement: Span;
  readonly block: Block | undefined;
}

/** One place that gives a name a meaning. Spans of values are those of expressions; see `nodeAt`. */
export type Binding = BindingBase &
  (
    | { readonly kind: 'import'; readonly target: string }
    /** `path` leads to the element where a tuple is unpacked; -1 for one that cannot be told. */
    | { readonly kind: 'assign' | 'for' | 'with'; readonly value: Span; readonly path: readonly number[] }
    /**
     * `x += value`, `x[key] = value`, `x.append(value)`: adds to what the name holds. `value` may be an argument list.
     * With `removes` it takes away: `del x[value]`, `x.pop(value)`.
     */
    | { readonly kind: 'add'; readonly value: Span; readonly key?: Span; readonly removes?: true }
    | { readonly kind: 'def' | 'class' }
    /** `index` counts positional parameters, -1 for those given by keyword only and for `*args`, `**kwargs`. */
    | {
        readonly kind: 'parameter';
        readonly name: string;
        readonly index: number;
        readonly type?: Span;
        readonly default?: Span;
        /** The function or lambda. */
        readonly scope: Scope;
      }
    /** `x: type` without a value. */
    | { readonly kind: 'declared'; readonly type: Span }
    /** Bound to what nobody can know from here: `except … as x`, `del x`, patterns. */
    | { readonly kind: 'unknown' }
  );

/** The bindings of one name in one scope. */
export interface Bound {
  /** By the scope itself, in source order. */
  readonly own: readonly Binding[];
  /** By functions inside it, through `global` or `nonlocal`: whenever those are called. */
  readonly foreign: readonly Binding[];
}

/** The meanings of names, worked out name by name when first asked for. */
export interface Bindings {
  /** @param name an identifier, or dotted for an attribute that is assigned to (`config.model`). */
  find(scope: Scope, name: string): Bound | undefined;
  /** What the methods of a class assign to an attribute of `self` or `cls`. */
  findAttribute(scope: Scope, name: string): Bound | undefined;
  /** Name of the first parameter of a method; undefined for any other scope. */
  selfOf(scope: Scope): string | undefined;
  /** The iterable of a comprehension that is evaluated outside of it. */
  outsideOf(scope: Scope): Span | undefined;
  /** Packages of which everything was imported, by `from x import *`. */
  readonly stars: readonly string[];
}

export function bindingsOf(tree: Tree, text: string, outline: Outline): Bindings {
  const names: Table = new Map();
  const attributes: Table = new Map();
  const selves = new Map<Scope, string | undefined>();
  const outside = new Map<Scope, Span>();
  const read = new Set<Binder | Scope>();
  const stars: string[] = [];
  /** Names asked for so far, by scope. */
  const asked = new Map<Scope, Set<string>>();
  /** Functions that write a name into another scope, by `global` or `nonlocal`. */
  const writers = new Map<string, Scope[]>();
  for (const scope of outline.scopes) {
    for (const name of scope.elsewhere.keys()) {
      const known = writers.get(name);
      if (known) known.push(scope);
      else writers.set(name, [scope]);
    }
  }

  const slice = (node: SyntaxNode): string => text.slice(node.from, node.to);

  /** Reads what may bind `name` in a scope. */
  function ensure(scope: Scope, name: string): void {
    if (!read.has(scope)) {
      read.add(scope);
      if (scope.kind === 'function' || scope.kind === 'lambda') bindParameters(scope);
      if (scope.kind === 'comprehension') bindComprehension(scope);
      scope.binders.get('')?.forEach(readBinder);
    }
    scope.binders.get(name)?.forEach(readBinder);
  }

  function readBinder(binder: Binder): void {
    if (read.has(binder)) return;
    read.add(binder);
    const node = nodeAt(tree, binder, binder.type);
    if (node) bindStatement(node, binder, binder.scope);
  }

  function bind(table: Table, scope: Scope, name: string, binding: Binding, foreign = false): void {
    const known = table.get(scope) ?? new Map<string, Entry>();
    table.set(scope, known);
    const bound = known.get(name) ?? { own: [], foreign: [], sorted: 0 };
    known.set(name, bound);
    (foreign ? bound.foreign : bound.own).push(binding);
  }

  /** The scope that an assignment of `name` in `scope` writes to. */
  function homeOf(scope: Scope, name: string): Scope {
    const elsewhere = scope.elsewhere.get(name);
    if (!elsewhere) return scope;
    let home = scope;
    while (home.parent && (elsewhere === 'global' || home === scope || home.kind !== 'function')) home = home.parent;
    return home;
  }

  function bindName(scope: Scope, dotted: string, binding: Binding): void {
    const dot = dotted.indexOf('.');
    if (dot === -1) {
      const home = homeOf(scope, dotted);
      bind(names, home, dotted, binding, home !== scope);
      return;
    }
    const root = dotted.slice(0, dot);
    let method: Scope | undefined = scope;
    while (method && selfOf(method) !== root) method = method.parent;
    if (method?.parent) bind(attributes, method.parent, dotted.slice(dot + 1), binding);
    else bind(names, scope, dotted, binding);
  }

  function selfOf(scope: Scope): string | undefined {
    if (scope.kind !== 'function' || scope.parent?.kind !== 'class') return undefined;
    if (!selves.has(scope)) selves.set(scope, readSelf(scope));
    return selves.get(scope);
  }

  function readSelf(scope: Scope): string | undefined {
    const node = nodeAt(tree, scope.owner, scope.type);
    const first = node?.getChild('ParamList')?.getChild('VariableName');
    const decorators = node?.parent?.getChildren('Decorator') ?? [];
    if (!first || decorators.some((decorator) => slice(decorator).startsWith('@staticmethod'))) return undefined;
    return slice(first);
  }

  function bindParameters(scope: Scope): void {
    const owner = nodeAt(tree, scope.owner, scope.type);
    const params = owner?.getChild('ParamList');
    for (const { firstChild } of owner?.getChild('TypeParamList')?.getChildren('TypeParam') ?? []) {
      if (firstChild?.name !== 'VariableName') continue;
      const base = { at: spanOf(firstChild), statement: scope.owner, block: undefined };
      bind(names, scope, slice(firstChild), { ...base, kind: 'unknown' });
    }
    let index = 0;
    let starred = false;
    for (const child of params ? childrenOf(params) : []) {
      if (child.name === '*' || child.name === '**') starred = true;
      // A name after `=` is a default, not a parameter.
      if (child.name !== 'VariableName' || child.prevSibling?.name === 'AssignOp') continue;
      let next = child.nextSibling;
      const type = next?.name === 'TypeDef' ? next.firstChild?.nextSibling : undefined;
      if (next?.name === 'TypeDef') next = next.nextSibling;
      const given = next?.name === 'AssignOp' ? next.nextSibling : undefined;
      bind(names, scope, slice(child), {
        kind: 'parameter',
        name: slice(child),
        at: spanOf(child),
        statement: spanOf(child),
        block: undefined,
        index: starred ? -1 : index++,
        scope,
        ...(type ? { type: spanOf(type) } : {}),
        ...(given && isExpression(given) ? { default: spanOf(given) } : {}),
      });
    }
  }

  function bindComprehension(scope: Scope): void {
    const node = nodeAt(tree, scope.owner, scope.type);
    const parts = node ? childrenOf(node) : [];
    parts.forEach((part, at) => {
      if (part.name === 'for')
        bindLoop(parts.slice(at), { type: 'for', ...scope.owner, block: undefined, scope }, scope);
    });
  }

  /** `for targets in iterable …` */
  function bindLoop(parts: readonly SyntaxNode[], binder: Binder, scope: Scope): void {
    const middle = parts.findIndex((part) => part.name === 'in');
    const iterable = parts[middle + 1];
    const targets = parts.slice(0, Math.max(middle, 0)).filter(isExpression);
    if (iterable && scope.kind === 'comprehension' && !outside.has(scope)) outside.set(scope, spanOf(iterable));
    if (iterable) bindTargets(targets, targets.length > 1, binder, scope, 'for', spanOf(iterable), []);
  }

  function bindTargets(
    targets: readonly SyntaxNode[],
    unpacked: boolean,
    binder: Binder,
    scope: Scope,
    kind: 'assign' | 'for' | 'with',
    value: Span | undefined,
    path: readonly number[],
  ): void {
    const starred = targets.some((target) => target.prevSibling?.name === '*');
    targets.forEach((target, index) => {
      const at = starred ? -1 : index;
      bindTarget(target, binder, scope, kind, value, unpacked ? [...path, at] : path);
    });
  }

  /** Binds what stands to the left of `=`, between `for` and `in`, or after `as`. */
  function bindTarget(
    target: SyntaxNode,
    binder: Binder,
    scope: Scope,
    kind: 'assign' | 'for' | 'with',
    value: Span | undefined,
    path: readonly number[],
  ): void {
    const base = { at: spanOf(target), statement: spanOfBinder(binder), block: binder.block };
    if (target.name === 'VariableName' || target.name === 'MemberExpression') {
      const dotted = dottedText(target, text);
      if (dotted) {
        bindName(scope, dotted, value ? { ...base, kind, value, path } : { ...base, kind: 'unknown' });
        return;
      }
      const holder = target.firstChild ? dottedText(target.firstChild, text) : '';
      const key = elementsOf(target)[1];
      if (holder && value)
        bindName(scope, holder, { ...base, kind: 'add', value, ...(key ? { key: spanOf(key) } : {}) });
    } else if (/^(?:Parenthesized|Tuple|Array)Expression$/.test(target.name) && path.length < 8) {
      bindTargets(elementsOf(target), target.name !== 'ParenthesizedExpression', binder, scope, kind, value, path);
    }
  }

  function bindAssign(node: SyntaxNode, binder: Binder, scope: Scope): void {
    // `a, b = c = value`: groups of expressions between the `=`; the last group is the value.
    const groups: SyntaxNode[][] = [[]];
    for (const child of childrenOf(node)) {
      if (child.name === 'AssignOp') groups.push([]);
      else if (isExpression(child)) groups.at(-1)?.push(child);
    }
    const values = groups.pop() ?? [];
    const [first] = values;
    const last = values.at(-1);
    if (groups.length === 0) {
      const type = node.getChild('TypeDef')?.firstChild?.nextSibling;
      const dotted = first ? dottedText(first, text) : '';
      if (!first || !type || !dotted) return;
      const base = { at: spanOf(first), statement: spanOf(node), block: binder.block };
      bindName(scope, dotted, { ...base, kind: 'declared', type: spanOf(type) });
      return;
    }
    const value = first && last ? { start: first.from, end: last.to } : undefined;
    for (const targets of groups) {
      const unpacked = targets.length > 1 || targets[0]?.prevSibling?.name === '*';
      if (unpacked && values.length === targets.length) {
        // `a, b = x, y`: each name has its own expression.
        targets.forEach((target, index) => {
          bindTarget(target, binder, scope, 'assign', spanOf(values[index] as SyntaxNode), []);
        });
      } else {
        bindTargets(targets, unpacked, binder, scope, 'assign', value, []);
      }
    }
  }

  function bindImport(node: SyntaxNode, binder: Binder, scope: Scope): void {
    const parts = childrenOf(node).filter((part) => ![',', '(', ')', 'Comment'].includes(part.name));
    const from = parts[0]?.name === 'from';
    const start = from ? parts.findIndex((part) => part.name === 'import') : 0;
    const module = from ? parts.slice(1, start).map(slice).join('') : '';
    if (parts[start + 1]?.name === '*') stars.push(module);
    for (let at = start + 1; parts[at]?.name === 'VariableName'; at++) {
      const first = parts[at] as SyntaxNode;
      let name = slice(first);
      for (; parts[at + 1]?.name === '.'; at += 2)
        name += `.${parts[at + 2] ? slice(parts[at + 2] as SyntaxNode) : ''}`;
      let alias: SyntaxNode | undefined;
      if (parts[at + 1]?.name === 'as') {
        alias = parts[at + 2];
        at += 2;
      }
      const head = slice(first);
      // `import a.b` binds `a`; every other form binds exactly what it names.
      const target = from ? `${module}${module.endsWith('.') ? '' : '.'}${name}` : alias ? name : head;
      const local = alias ? slice(alias) : head;
      const at2 = spanOf(alias ?? first);
      bindName(scope, local, { kind: 'import', target, at: at2, statement: spanOf(node), block: binder.block });
    }
  }

  /** `x.append(value)` and its like; any other expression binds nothing. */
  function bindAddition(node: SyntaxNode, binder: Binder, scope: Scope): void {
    const call = node.firstChild;
    const callee = call?.name === 'CallExpression' ? call.firstChild : undefined;
    const method = callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : undefined;
    const args = call?.getChild('ArgList');
    const holder = callee?.firstChild ? dottedText(callee.firstChild, text) : '';
    if (!callee || !args || !method || !holder) return;
    const base = { at: spanOf(callee), statement: spanOf(node), block: binder.block };
    const removes = /^(?:pop|popitem|clear|remove|discard)$/.test(slice(method));
    bindName(scope, holder, { ...base, kind: 'add', value: spanOf(args), ...(removes ? { removes } : {}) });
  }

  function bindStatement(node: SyntaxNode, binder: Binder, scope: Scope): void {
    const base = { statement: spanOf(node), block: binder.block };
    const each = (nodes: readonly SyntaxNode[]): void => {
      for (const name of nodes) bindName(scope, slice(name), { ...base, kind: 'unknown', at: spanOf(name) });
    };
    switch (node.name) {
      case 'AssignStatement':
        bindAssign(node, binder, scope);
        break;
      case 'ImportStatement':
        bindImport(node, binder, scope);
        break;
      case 'ExpressionStatement':
        bindAddition(node, binder, scope);
        break;
      case 'ForStatement':
        bindLoop(childrenOf(node), binder, scope);
        break;
      case 'WithStatement':
        for (const word of node.getChildren('as')) {
          const { prevSibling: value, nextSibling: target } = word;
          if (value && target) bindTarget(target, binder, scope, 'with', spanOf(value), []);
        }
        break;
      case 'NamedExpression': {
        const { firstChild: target, lastChild: value } = node;
        if (target && value) bindTarget(target, binder, scope, 'assign', spanOf(value), []);
        break;
      }
      case 'UpdateStatement': {
        const { firstChild: target, lastChild: value } = node;
        const dotted = target ? dottedText(target, text) : '';
        if (target && value && dotted) {
          bindName(scope, dotted, { ...base, kind: 'add', at: spanOf(target), value: spanOf(value) });
        }
        break;
      }
      case 'FunctionDefinition':
      case 'ClassDefinition': {
        const name = node.getChild('VariableName');
        const kind = node.name === 'ClassDefinition' ? 'class' : 'def';
        if (name) bindName(scope, slice(name), { ...base, kind, at: spanOf(name) });
        break;
      }
      case 'TryStatement':
        each(node.getChildren('VariableName').filter((name) => name.prevSibling?.name === 'as'));
        break;
      case 'DeleteStatement':
        each(node.getChildren('VariableName'));
        for (const item of node.getChildren('MemberExpression')) {
          const [holder, key] = elementsOf(item);
          const dotted = holder && key ? dottedText(holder, text) : '';
          if (!key || !dotted) continue;
          bindName(scope, dotted, { ...base, kind: 'add', at: spanOf(item), value: spanOf(key), removes: true });
        }
        break;
      case 'AsPattern':
        each(node.getChildren('VariableName'));
        break;
      case 'TypeDefinition': {
        const name = node.getChild('VariableName');
        const { lastChild: value } = node;
        if (!name || !value || value.from === name.from) break;
        bindName(scope, slice(name), { ...base, kind: 'assign', at: spanOf(name), value: spanOf(value), path: [] });
        break;
      }
      case 'CapturePattern': {
        let match = node.parent;
        while (match && match.name !== 'MatchStatement') match = match.parent;
        const subject = match?.firstChild?.nextSibling;
        // A part of what is matched; which one, the pattern knows.
        if (!subject) each([node]);
        else
          bindName(scope, slice(node), {
            ...base,
            kind: 'assign',
            at: spanOf(node),
            value: spanOf(subject),
            path: [-1],
          });
        break;
      }
      default:
    }
  }

  /** True the first time a name of a scope is asked for. */
  function isNew(scope: Scope, name: string): boolean {
    const names = asked.get(scope) ?? new Set();
    asked.set(scope, names);
    const known = names.has(name);
    names.add(name);
    return !known;
  }

  /** One binder may bind several names, in any order; what was read since is put in its place. */
  function found(table: Table, scope: Scope, name: string): Bound | undefined {
    const bound = table.get(scope)?.get(name);
    if (bound && bound.own.length !== bound.sorted) {
      bound.own.sort((a, b) => a.at.start - b.at.start);
      bound.sorted = bound.own.length;
    }
    return bound;
  }

  return {
    find(scope, name) {
      if (isNew(scope, name)) {
        ensure(scope, name);
        for (const writer of writers.get(name) ?? []) ensure(writer, name);
      }
      return found(names, scope, name);
    },
    findAttribute(scope, name) {
      if (isNew(scope, `self.${name}`)) {
        for (const binder of outline.members.get(name) ?? []) {
          if (binder.start >= scope.start && binder.end <= scope.end) readBinder(binder);
        }
      }
      return found(attributes, scope, name);
    },
    selfOf,
    outsideOf(scope) {
      if (isNew(scope, '')) ensure(scope, '');
      return outside.get(scope);
    },
    get stars() {
      const module = outline.scopes[0] as Scope;
      if (isNew(module, '')) ensure(module, '');
      return stars;
    },
  };
}

interface Entry {
  readonly own: Binding[];
  readonly foreign: Binding[];
  /** How many of `own` are known to be in order. */
  sorted: number;
}
type Table = Map<Scope, Map<string, Entry>>;

function spanOfBinder({ start, end }: Binder): Span {
  return { start, end };
}
