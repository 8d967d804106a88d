import type { SyntaxNode } from '@lezer/common';
import { lineNumberAt, type Span } from '../../engine/span.ts';
import type { ValuePlace } from './calls.ts';
import { lookup } from './lookup.ts';
import { memberNamed, valueOfMember } from './modules.ts';
import { attributeBindings, elementAt, resolve } from './names.ts';
import type { PythonProgram } from './program.ts';
import { childrenOf, elementsOf, nodeAt, spanOf } from './tree.ts';

/** A constant, or the fact that nobody can tell from this file. Bytes count as strings, `None` is null. */
export type Value =
  | {
      readonly known: true;
      readonly value: string | number | boolean | null;
      /** Where the constant stands when the expression only names it. */
      readonly setAt?: Span;
      /** The same for a constant of another file of the workspace. */
      readonly setIn?: ValuePlace;
    }
  | { readonly known: false };

const UNKNOWN: Value = { known: false };
const MAX_DEPTH = 12;

/** The constant that an expression stands for, through names, `not`, `or` and conditionals with one outcome. */
export function constantOf(program: PythonProgram, node: SyntaxNode, depth = 0): Value {
  if (depth > MAX_DEPTH) return UNKNOWN;
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
      return node.getChild('FormatReplacement') ? UNKNOWN : { known: true, value: unquote(source) };
    case 'ContinuedString': {
      const parts = elementsOf(node).map((each) => constantOf(program, each, depth + 1));
      return parts.every((part) => part.known)
        ? { known: true, value: parts.map(({ value }) => value).join('') }
        : UNKNOWN;
    }
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
      if (test.known) return isTruthy(test) ? yes : no;
      return agreed([yes, no]);
    }
    case 'VariableName':
      return named(program, lookup(program, source, node.from), depth);
    case 'MemberExpression': {
      const assigned = attributeBindings(program, node);
      if (assigned) return named(program, assigned, depth);
      const [member, ...others] = program.modules.imports.length > 0 ? (resolve(program, node) ?? []) : [];
      return member && others.length === 0 ? imported(program, member.name) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** Whether Python takes a known constant for true. */
export function isTruthy(value: Value): boolean {
  return value.known && Boolean(value.value);
}

/** The string that an expression stands for; undefined when it is none or not known. */
export function stringOf(program: PythonProgram, node: SyntaxNode): string | undefined {
  const value = constantOf(program, node);
  return value.known && typeof value.value === 'string' ? value.value : undefined;
}

function unary(program: PythonProgram, node: SyntaxNode, depth: number): Value {
  const operand = node.lastChild && constantOf(program, node.lastChild, depth + 1);
  if (!operand?.known) return UNKNOWN;
  const operator = program.text.slice(node.from, node.firstChild?.to ?? node.from);
  if (operator === 'not') return { ...operand, value: !operand.value };
  return operator === '-' && typeof operand.value === 'number' ? { ...operand, value: -operand.value } : UNKNOWN;
}

function binary(program: PythonProgram, node: SyntaxNode, depth: number): Value {
  const [left, right] = elementsOf(node).map((each) => constantOf(program, each, depth + 1));
  if (!left || !right) return UNKNOWN;
  if (node.getChild('or')) return left.known ? (isTruthy(left) ? left : right) : UNKNOWN;
  if (node.getChild('and')) return left.known ? (isTruthy(left) ? right : left) : UNKNOWN;
  const [, operator] = childrenOf(node);
  const isSum = operator && program.text.slice(operator.from, operator.to) === '+';
  if (isSum && left.known && right.known && typeof left.value === 'string' && typeof right.value === 'string') {
    return { known: true, value: left.value + right.value };
  }
  return UNKNOWN;
}

function named(program: PythonProgram, bindings: ReturnType<typeof lookup>, depth: number): Value {
  if (!bindings || bindings.length === 0) return UNKNOWN;
  return agreed(
    bindings.map((binding) => {
      if (binding.kind === 'parameter') return program.parameterValue?.(binding) ?? UNKNOWN;
      if (binding.kind === 'import') return imported(program, binding.target);
      if (binding.kind !== 'assign') return UNKNOWN;
      const node = elementAt(nodeAt(program.tree.tree, binding.value), binding.path);
      const value = node ? constantOf(program, node, depth + 1) : UNKNOWN;
      return node && value.known && !value.setIn ? { setAt: spanOf(node), ...value } : value;
    }),
  );
}

/** A constant of another module of the workspace. Its place is told by path and line, since it is no place in this text. */
function imported(program: PythonProgram, target: string): Value {
  const member = memberNamed(program, target);
  const node = member && valueOfMember(member);
  const value = node ? constantOf(member.program, node) : UNKNOWN;
  if (!member || !node || !value.known) return UNKNOWN;
  const setIn = value.setIn ?? {
    path: member.program.module?.path,
    line: lineNumberAt(member.program.text, value.setAt?.start ?? node.from),
  };
  return { known: true, value: value.value, setIn };
}

function agreed(values: readonly Value[]): Value {
  const [first] = values;
  if (!first?.known) return UNKNOWN;
  return values.every((each) => each.known && each.value === first.value) ? first : UNKNOWN;
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
