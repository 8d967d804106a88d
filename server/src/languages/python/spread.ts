import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { type ArgumentState, argumentsOf, given } from './calls.ts';
import { outcomeOf } from './functions.ts';
import { lookup, MAX_REACHING } from './lookup.ts';
import { remembered } from './memory.ts';
import { attributeBindings, possibilities } from './names.ts';
import type { PythonProgram } from './program.ts';
import { childrenOf, elementsOf, isExpression, nodeAt } from './tree.ts';
import { stringOf } from './values.ts';

const ABSENT: ArgumentState = { state: 'absent' };
const UNKNOWN: ArgumentState = { state: 'unknown' };

/**
 * What a dictionary says about one key: a display, `dict(...)`, a merge or copy of those, what a function of this file
 * returns, or a name or attribute for one, with the items set, added and removed since.
 */
export function entryOf(program: PythonProgram, node: SyntaxNode, key: string, depth = 0): ArgumentState {
  const { memory } = program;
  const work = (): ArgumentState => findEntry(program, node, key, depth);
  return remembered(memory, memory.entries, `${node.from}:${node.to}:${key}`, depth, UNKNOWN, work);
}

function findEntry(program: PythonProgram, node: SyntaxNode, key: string, depth: number): ArgumentState {
  const inner = (each: SyntaxNode | null | undefined): ArgumentState =>
    each ? entryOf(program, each, key, depth + 1) : UNKNOWN;
  switch (node.name) {
    case 'DictionaryExpression':
      return displayEntry(program, node, key, depth);
    case 'CallExpression':
      return calledEntry(program, node, key, depth);
    case 'ParenthesizedExpression':
    case 'NamedExpression':
      return inner(elementsOf(node).at(-1));
    case 'ConditionalExpression': {
      const [yes, , no] = elementsOf(node);
      return agreed([inner(yes), inner(no)]);
    }
    case 'BinaryExpression': {
      const [left, right] = elementsOf(node);
      const operator = node.getChild('BitOp');
      if (!operator || program.text.slice(operator.from, operator.to) !== '|') return UNKNOWN;
      const later = inner(right);
      return later.state === 'absent' ? inner(left) : later;
    }
    case 'VariableName': {
      const bindings = lookup(program, program.text.slice(node.from, node.to), node.from);
      return boundEntry(program, bindings, key, node.from, depth);
    }
    case 'MemberExpression': {
      if (node.lastChild?.name === 'PropertyName') {
        return boundEntry(program, attributeBindings(program, node, depth), key, node.from, depth);
      }
      const [holder, index] = elementsOf(node);
      const outerKey = index && stringOf(program, index, depth + 1);
      const outer = holder && outerKey !== undefined ? entryOf(program, holder, outerKey, depth + 1) : UNKNOWN;
      return outer.state === 'given' ? inner(outer.node) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function displayEntry(program: PythonProgram, node: SyntaxNode, name: string, depth: number): ArgumentState {
  let state = ABSENT;
  for (const entry of entriesOf(node)) {
    if (!entry.key) {
      const merged = entryOf(program, entry.value, name, depth + 1);
      if (merged.state !== 'absent') state = merged;
      continue;
    }
    const key = stringOf(program, entry.key, depth + 1);
    if (key === name)
      state = given(program, entry.value, { start: entry.key.from, end: entry.value.to }, 'spread', depth + 1);
    // A computed key may be any name.
    else if (key === undefined && entry.key.name !== 'Number' && state.state === 'absent') state = UNKNOWN;
  }
  return state;
}

function calledEntry(program: PythonProgram, node: SyntaxNode, key: string, depth: number): ArgumentState {
  const { firstChild: callee } = node;
  const list = node.getChild('ArgList');
  if (!callee || !list) return UNKNOWN;
  const name = possibilities(program, callee, depth + 1)?.[0]?.name;
  if (name === 'dict' || name === 'collections.OrderedDict') return listedEntry(program, list, key, depth);
  const method = callee.name === 'MemberExpression' ? callee.lastChild : undefined;
  const copied =
    name === 'copy.copy' || name === 'copy.deepcopy'
      ? argumentsOf(program, list)[0]?.value
      : method && program.text.slice(method.from, method.to) === 'copy' && callee.firstChild;
  if (copied) return entryOf(program, copied, key, depth + 1);
  const outcome = outcomeOf(program, callee, depth + 1);
  if (!outcome || outcome.generator || outcome.values.length === 0) return UNKNOWN;
  return agreed(outcome.values.map((each) => entryOf(program, each, key, depth + 1)));
}

/** What `dict(...)` and `x.update(...)` are given: another dictionary, then keywords. */
function listedEntry(program: PythonProgram, list: SyntaxNode, key: string, depth: number): ArgumentState {
  let state = ABSENT;
  for (const { name, star, value, span } of argumentsOf(program, list)) {
    if (name === key) state = given(program, value, span, 'spread', depth + 1);
    if (name || star === '*') continue;
    const merged = entryOf(program, value, key, depth + 1);
    if (merged.state !== 'absent') state = merged;
  }
  return state;
}

function boundEntry(
  program: PythonProgram,
  bindings: readonly Binding[] | undefined,
  key: string,
  at: number,
  depth: number,
): ArgumentState {
  if (!bindings || bindings.length >= MAX_REACHING) return UNKNOWN;
  let state = agreed(
    bindings
      .filter(({ kind }) => kind !== 'add')
      .map((binding) => {
        if (binding.kind !== 'assign' || binding.path.length > 0) return UNKNOWN;
        const value = nodeAt(program.tree.tree, binding.value);
        return value ? entryOf(program, value, key, depth + 1) : UNKNOWN;
      }),
  );
  for (const binding of bindings) {
    if (binding.kind !== 'add') continue;
    const changed = changedEntry(program, binding, key, state, depth);
    // What only may have run leaves both possible.
    const sure = !binding.block || (binding.block.start <= at && at < binding.block.end);
    state = sure ? changed : agreed([state, changed]);
  }
  return state;
}

/** What is left of an entry after one statement that adds to, or takes from, its dictionary. */
function changedEntry(
  program: PythonProgram,
  binding: Binding & { kind: 'add' },
  key: string,
  state: ArgumentState,
  depth: number,
): ArgumentState {
  const value = nodeAt(program.tree.tree, binding.value);
  if (!value) return UNKNOWN;
  if (binding.key) {
    const node = nodeAt(program.tree.tree, binding.key);
    const name = node && stringOf(program, node, depth + 1);
    if (name === key) return given(program, value, binding.statement, 'spread', depth + 1);
    return name === undefined && node?.name !== 'Number' ? UNKNOWN : state;
  }
  if (value.name !== 'ArgList') {
    if (binding.removes) return stringOf(program, value, depth + 1) === key ? ABSENT : state;
    return merged(state, entryOf(program, value, key, depth + 1));
  }
  const method = program.text.slice(binding.at.start, binding.at.end).split('.').at(-1)?.trim();
  const [first, second] = argumentsOf(program, value);
  switch (method) {
    case 'update':
      return merged(state, listedEntry(program, value, key, depth));
    case 'setdefault': {
      const name = first && stringOf(program, first.value, depth + 1);
      if (name === undefined) return UNKNOWN;
      return name === key && state.state === 'absent' && second
        ? given(program, second.value, binding.statement, 'spread', depth + 1)
        : state;
    }
    case 'pop':
      return first && stringOf(program, first.value, depth + 1) === key ? ABSENT : state;
    case 'clear':
      return ABSENT;
    default:
      return UNKNOWN;
  }
}

function merged(before: ArgumentState, added: ArgumentState): ArgumentState {
  return added.state === 'absent' ? before : added;
}

/** One state for all, when they say the same. */
function agreed(states: readonly ArgumentState[]): ArgumentState {
  const [first, ...others] = states;
  if (!first || first.state === 'unknown') return UNKNOWN;
  const same = others.every((other) => {
    if (first.state !== 'given' || other.state !== 'given') return first.state === other.state;
    if (first.node.from === other.node.from) return true;
    return first.value.known && other.value.known && first.value.value === other.value.value;
  });
  return same ? first : UNKNOWN;
}

/** Keys with their values; the key is missing for `**other`. */
export function entriesOf(
  dictionary: SyntaxNode,
): { readonly key: SyntaxNode | undefined; readonly value: SyntaxNode }[] {
  const entries: { key: SyntaxNode | undefined; value: SyntaxNode }[] = [];
  for (const child of childrenOf(dictionary)) {
    const { prevSibling: before, nextSibling: after } = child;
    if (!isExpression(child)) continue;
    if (before?.name === '**') entries.push({ key: undefined, value: child });
    else if (after?.name === ':' && after.nextSibling && isExpression(after.nextSibling)) {
      entries.push({ key: child, value: after.nextSibling });
    }
  }
  return entries;
}
