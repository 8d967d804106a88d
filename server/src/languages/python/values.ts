import type { SyntaxNode } from '@lezer/common';
import { lineNumberAt, type Span } from '../../engine/span.ts';
import type { Binding } from './bindings.ts';
import { argumentsOf, type ValuePlace } from './calls.ts';
import { isConstantOf } from './classes.ts';
import { lookup, MAX_REACHING } from './lookup.ts';
import { isTooDeep, remembered } from './memory.ts';
import { memberNamed, valueOfMember } from './modules.ts';
import { attributeBindings, elementAt, possibilities, resolve } from './names.ts';
import type { PythonProgram } from './program.ts';
import { entryOf } from './spread.ts';
import { elementsOf, nodeAt, spanOf } from './tree.ts';

export type Constant = string | number | boolean | null;

/** A constant, or the fact that nobody can tell from this file. Bytes count as strings, `None` is null. */
export type Value =
  | {
      readonly known: true;
      readonly value: Constant;
      /** Where the constant stands when the expression only names it. */
      readonly setAt?: Span;
      /** The same for a constant of another file of the workspace. */
      readonly setIn?: ValuePlace;
      /**
       * True when the environment may say otherwise: `os.getenv(NAME, constant)` has this value only where nobody sets the
       * variable. A finding that rests on it is of lower confidence.
       */
      readonly byDefault?: true;
    }
  | {
      readonly known: false;
      /** Of a parameter: the constant it has when a call leaves it out. Evidence only, callers may pass anything. */
      readonly parameterDefault?: { readonly value: Constant; readonly setAt: Span };
    };

const UNKNOWN: Value = { known: false };

/**
 * The constant that an expression stands for, through names, attributes, entries of dictionaries, operators and conditionals
 * with one outcome, and the few functions that only rewrite a constant.
 */
export function constantOf(program: PythonProgram, node: SyntaxNode, depth = 0): Value {
  if (isTooDeep(program.memory, depth)) return UNKNOWN;
  const source = program.text.slice(node.from, node.to);
  switch (node.name) {
    case 'Boolean':
      return { known: true, value: source === 'True' };
    case 'None':
      return { known: true, value: null };
    case 'Number': {
      const value = Number(source.replaceAll('_', '').replace(/^0+(?=\d)/, ''));
      return Number.isNaN(value) ? UNKNOWN : { known: true, value };
    }
    case 'String':
      return { known: true, value: unquote(source) };
    case 'FormatString':
      return formatted(program, node, depth);
    case 'ContinuedString':
      return joined(elementsOf(node).map((each) => constantOf(program, each, depth + 1)));
    case 'ParenthesizedExpression':
    case 'NamedExpression': {
      const inner = elementsOf(node).at(-1);
      return inner ? constantOf(program, inner, depth + 1) : UNKNOWN;
    }
    case 'UnaryExpression':
      return unary(program, node, depth);
    case 'BinaryExpression':
      return binary(program, node, depth);
    case 'ConditionalExpression': {
      const [yes, test, no] = elementsOf(node).map((each) => constantOf(program, each, depth + 1));
      if (!yes || !test || !no) return UNKNOWN;
      if (test.known) return because(isTruthy(test) ? yes : no, [test]);
      return agreed([yes, no]);
    }
    case 'VariableName':
      return named(program, lookup(program, source, node.from), depth);
    case 'MemberExpression':
      return member(program, node, depth);
    case 'CallExpression':
      return called(program, node, depth);
    default:
      return UNKNOWN;
  }
}

/** Whether Python takes a known constant for true. */
export function isTruthy(value: Value): boolean {
  return value.known && Boolean(value.value);
}

/** The string that an expression stands for; undefined when it is none or not known. */
export function stringOf(program: PythonProgram, node: SyntaxNode, depth = 0): string | undefined {
  const value = constantOf(program, node, depth);
  return value.known && typeof value.value === 'string' ? value.value : undefined;
}

/** A value that rests on others: it is a default when one of them is. */
function because(value: Value, others: readonly Value[]): Value {
  const byDefault = others.some((each) => each.known && each.byDefault);
  return value.known && byDefault ? { ...value, byDefault } : value;
}

function computed(value: Constant, from: readonly Value[]): Value {
  return because({ known: true, value }, from);
}

function joined(parts: readonly Value[]): Value {
  const texts: Constant[] = [];
  for (const part of parts) {
    if (!part.known || typeof part.value !== 'string') return UNKNOWN;
    texts.push(part.value);
  }
  return computed(texts.join(''), parts);
}

/** An f-string whose every replacement is a constant string, with neither conversion nor format. */
function formatted(program: PythonProgram, node: SyntaxNode, depth: number): Value {
  const { text } = program;
  const replacements = node.getChildren('FormatReplacement');
  if (replacements.length === 0) return { known: true, value: unquote(text.slice(node.from, node.to)) };
  const opening = /^[a-zA-Z]*(?:"""|'''|"|')/.exec(text.slice(node.from, node.from + 8))?.[0] ?? '';
  const quote = opening.replace(/^[a-zA-Z]*/, '');
  const parts: Value[] = [];
  let at = node.from + opening.length;
  const literal = (end: number): void => {
    parts.push({
      known: true,
      value: unquote(opening + text.slice(at, end) + quote).replace(/\{\{|\}\}/g, ([one]) => one ?? ''),
    });
  };
  for (const each of replacements) {
    const [inner, ...options] = elementsOf(each);
    if (!inner || options.length > 0) return UNKNOWN;
    literal(each.from);
    parts.push(constantOf(program, inner, depth + 1));
    at = each.to;
  }
  literal(node.to - quote.length);
  return joined(parts);
}

function unary(program: PythonProgram, node: SyntaxNode, depth: number): Value {
  const { lastChild } = node;
  // `not a or b`: the parser takes it for `not (a or b)`, Python for `(not a) or b`.
  if (lastChild?.name === 'BinaryExpression' && (lastChild.getChild('or') || lastChild.getChild('and'))) return UNKNOWN;
  const operand = lastChild && constantOf(program, lastChild, depth + 1);
  if (!operand?.known) return UNKNOWN;
  const operator = program.text.slice(node.from, node.firstChild?.to ?? node.from);
  if (operator === 'not') return { ...operand, value: !operand.value };
  return operator === '-' && typeof operand.value === 'number' ? { ...operand, value: -operand.value } : UNKNOWN;
}

function binary(program: PythonProgram, node: SyntaxNode, depth: number): Value {
  const [first, second] = elementsOf(node);
  if (!first || !second) return UNKNOWN;
  const left = constantOf(program, first, depth + 1);
  const operator = program.text.slice(first.to, second.from).trim();
  if (operator === 'in' || operator === 'not in') return contained(program, left, second, operator === 'in', depth);
  const right = constantOf(program, second, depth + 1);
  if (!left.known) return UNKNOWN;
  if (operator === 'or') return isTruthy(left) ? left : because(right, [left]);
  if (operator === 'and') return isTruthy(left) ? because(right, [left]) : left;
  if (!right.known) return UNKNOWN;
  switch (operator) {
    case '+':
      return joined([left, right]);
    case '==':
    case 'is':
      return computed(isEqual(left.value, right.value), [left, right]);
    case '!=':
    case 'is not':
      return computed(!isEqual(left.value, right.value), [left, right]);
    default:
      return compared(operator, left, right);
  }
}

function compared(operator: string, left: Value & { known: true }, right: Value & { known: true }): Value {
  const { value: a } = left;
  const { value: b } = right;
  if (typeof a !== 'number' || typeof b !== 'number') return UNKNOWN;
  const outcomes: Readonly<Record<string, boolean>> = { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b };
  const outcome = outcomes[operator];
  return outcome === undefined ? UNKNOWN : computed(outcome, [left, right]);
}

/** As Python compares: `True == 1`. */
function isEqual(a: Constant, b: Constant): boolean {
  const plain = (each: Constant): Constant => (typeof each === 'boolean' ? Number(each) : each);
  return plain(a) === plain(b);
}

/** `"a" in ("a", "b")` and `"a" in "abc"`. */
function contained(program: PythonProgram, item: Value, holder: SyntaxNode, wanted: boolean, depth: number): Value {
  if (!item.known) return UNKNOWN;
  if (!/^(?:Tuple|Array|Set)Expression$/.test(holder.name)) {
    const text = constantOf(program, holder, depth + 1);
    if (!text.known || typeof text.value !== 'string' || typeof item.value !== 'string') return UNKNOWN;
    return computed(text.value.includes(item.value) === wanted, [item, text]);
  }
  const others = elementsOf(holder).map((each) => constantOf(program, each, depth + 1));
  const { value } = item;
  if (others.some((each) => each.known && isEqual(each.value, value))) return computed(wanted, [item]);
  return others.every(({ known }) => known) ? computed(!wanted, [item]) : UNKNOWN;
}

function member(program: PythonProgram, node: SyntaxNode, depth: number): Value {
  if (node.lastChild?.name === 'PropertyName') {
    const bindings = attributeBindings(program, node, depth + 1);
    if (!bindings && program.modules.imports.length > 0) {
      const [found, ...others] = resolve(program, node) ?? [];
      return found && others.length === 0 ? imported(program, found.name) : UNKNOWN;
    }
    const own = node.firstChild && possibilities(program, node.firstChild, depth + 1)?.[0]?.own;
    if (own && bindings) {
      const list = own.made?.getChild('ArgList');
      // What a constructor is given may end up in any attribute.
      if (list && argumentsOf(program, list).length > 0) return UNKNOWN;
      if (!bindings.every((binding) => isConstantOf(program, own, binding, depth))) return UNKNOWN;
    }
    return named(program, bindings, depth);
  }
  const [holder, index] = elementsOf(node);
  const key = index && stringOf(program, index, depth + 1);
  const entry = holder && key !== undefined ? entryOf(program, holder, key, depth + 1) : undefined;
  if (entry?.state !== 'given') return UNKNOWN;
  const value = constantOf(program, entry.node, depth + 1);
  return value.known ? { setAt: spanOf(entry.node), ...value } : UNKNOWN;
}

const REWRITES: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  casefold: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text) => text.trim(),
  lstrip: (text) => text.trimStart(),
  rstrip: (text) => text.trimEnd(),
};

/** Reading the environment with a default, conversions, and methods that rewrite a text. */
function called(program: PythonProgram, node: SyntaxNode, depth: number): Value {
  const { firstChild: callee } = node;
  const list = node.getChild('ArgList');
  if (!callee || !list) return UNKNOWN;
  const given = argumentsOf(program, list);
  const [first, second] = given;
  const [name, ...others] = possibilities(program, callee, depth + 1)?.map((each) => each.name) ?? [];
  if (others.length > 0) return UNKNOWN;
  switch (name) {
    case 'os.environ.get':
    case 'os.getenv': {
      const fallback = given.find((each) => each.name === 'default') ?? (second && !second.name ? second : undefined);
      // Without one the value is `None` until somebody sets the variable, which is what it is there for.
      const value = fallback && !fallback.star ? constantOf(program, fallback.value, depth + 1) : UNKNOWN;
      return value.known ? { setAt: spanOf(fallback?.value ?? node), ...value, byDefault: true } : UNKNOWN;
    }
    case 'bool':
    case 'str':
    case 'int': {
      const value = first && given.length === 1 && !first.star ? constantOf(program, first.value, depth + 1) : UNKNOWN;
      return value.known ? converted(name, value) : UNKNOWN;
    }
    default: {
      if (callee.name !== 'MemberExpression' || given.length > 0 || !callee.firstChild) return UNKNOWN;
      const rewrite = REWRITES[program.text.slice(callee.lastChild?.from, callee.lastChild?.to)];
      const value = rewrite ? constantOf(program, callee.firstChild, depth + 1) : UNKNOWN;
      if (!rewrite || !value.known || typeof value.value !== 'string') return UNKNOWN;
      return { ...value, value: rewrite(value.value) };
    }
  }
}

function converted(type: 'bool' | 'str' | 'int', value: Value & { known: true }): Value {
  const { value: plain } = value;
  if (type === 'bool') return { ...value, value: Boolean(plain) };
  if (type === 'str') return typeof plain === 'string' ? value : UNKNOWN;
  const isInteger = typeof plain === 'boolean' || (typeof plain === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(plain));
  return isInteger || Number.isInteger(plain) ? { ...value, value: Number(plain) } : UNKNOWN;
}

function named(program: PythonProgram, bindings: readonly Binding[] | undefined, depth: number): Value {
  const [only, ...others] = bindings ?? [];
  if (!bindings || !only || bindings.length >= MAX_REACHING) return UNKNOWN;
  if (only.kind === 'parameter' && others.length === 0)
    return program.parameterValue?.(only) ?? parameterDefault(program, only, depth);
  return agreed(bindings.map((binding) => boundValue(program, binding, depth)));
}

function boundValue(program: PythonProgram, binding: Binding, depth: number): Value {
  if (binding.kind === 'parameter') return program.parameterValue?.(binding) ?? UNKNOWN;
  if (binding.kind === 'import') return imported(program, binding.target);
  if (binding.kind !== 'assign') return UNKNOWN;
  const { memory } = program;
  return remembered(memory, memory.constants, binding, depth, UNKNOWN, () => {
    const node = elementAt(nodeAt(program.tree.tree, binding.value), binding.path);
    const value = node ? constantOf(program, node, depth + 1) : UNKNOWN;
    if (!node || !value.known) return UNKNOWN;
    return value.setIn ? value : { setAt: spanOf(node), ...value };
  });
}

/** A constant of another module of the workspace. Its place is told by path and line, since it is no place in this text. */
function imported(program: PythonProgram, target: string): Value {
  const member = memberNamed(program, target);
  const node = member && valueOfMember(member);
  const value = node ? constantOf(member.program, node) : UNKNOWN;
  if (!member || !node || !value.known) return UNKNOWN;
  const { setAt, ...constant } = value;
  const { program: there } = member;
  const line = lineNumberAt(there.text, setAt?.start ?? node.from);
  return { setIn: { path: there.module?.path, line }, ...constant };
}

function parameterDefault(program: PythonProgram, binding: Binding & { kind: 'parameter' }, depth: number): Value {
  const node = binding.default && nodeAt(program.tree.tree, binding.default);
  const value = node ? constantOf(program, node, depth + 1) : UNKNOWN;
  if (!node || !value.known) return UNKNOWN;
  return { known: false, parameterDefault: { value: value.value, setAt: spanOf(node) } };
}

function agreed(values: readonly Value[]): Value {
  const [first] = values;
  if (!first?.known) return UNKNOWN;
  const { value } = first;
  return values.every((each) => each.known && each.value === value) ? because(first, values) : UNKNOWN;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\n': '',
  '0': '\0',
  a: '\x07',
  b: '\b',
};

/** The text of a string literal, prefix and quotes taken off; escapes other than the common ones lose their backslash. */
function unquote(source: string): string {
  const opening = /^([a-zA-Z]*)("""|'''|"|')/.exec(source);
  if (!opening) return source;
  const [whole, prefix = '', quote = ''] = opening;
  const closed = source.length >= whole.length + quote.length && source.endsWith(quote);
  const body = source.slice(whole.length, closed ? -quote.length : undefined);
  if (/r/i.test(prefix) || !body.includes('\\')) return body;
  return body.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g,
    (_, long?: string, short?: string, one = '') =>
      long || short ? String.fromCharCode(Number.parseInt(long ?? short ?? '', 16)) : (ESCAPES[one] ?? one),
  );
}
