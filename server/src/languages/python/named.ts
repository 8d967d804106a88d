import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../engine/span.ts';
import { type Call, callAt } from './calls.ts';
import type { PythonProgram } from './program.ts';
import { isExpression } from './tree.ts';
import { constantOf, stringOf, type Value } from './values.ts';

/** A place where something is given under a fixed name, whoever receives it in the end. */
export interface NamedArgument {
  /** The name with its value: `name=value`, `"name": value`, or the assignment `x.name = value`. */
  readonly span: Span;
  readonly node: SyntaxNode;
  readonly value: Value;
  readonly through: 'call' | 'dictionary' | 'assignment';
  /** The call it is given to, directly or inside a dictionary among the arguments. */
  readonly call: Call | undefined;
}

/**
 * Where a name is given a value as keyword argument, dictionary key, item or attribute, in source order. For settings whose
 * name alone says what they do, such as `trust_remote_code`.
 */
export function argumentsNamed(program: PythonProgram, name: string): readonly NamedArgument[] {
  const found: NamedArgument[] = [];
  for (let at = program.text.indexOf(name); at !== -1; at = program.text.indexOf(name, at + name.length)) {
    const node = program.tree.tree.resolveInner(at, 1);
    const argument = program.text.slice(node.from, node.to).includes(name)
      ? argumentAt(program, node, name)
      : undefined;
    if (argument) found.push(argument);
  }
  return found;
}

function argumentAt(program: PythonProgram, node: SyntaxNode, name: string): NamedArgument | undefined {
  const { parent, nextSibling: next } = node;
  const written = program.text.slice(node.from, node.to);
  if (node.name === 'VariableName' && written === name && parent?.name === 'ArgList' && next?.name === 'AssignOp') {
    return make(program, node, next.nextSibling, 'call', callAt(program, parent.from));
  }
  if (node.name === 'String' && stringOf(program, node) === name) {
    if (parent?.name === 'DictionaryExpression' && next?.name === ':' && !isCompared(parent)) {
      return make(program, node, next.nextSibling, 'dictionary', callAround(program, parent));
    }
    if (parent?.name === 'MemberExpression') return assigned(program, parent);
  }
  if (node.name === 'PropertyName' && written === name && parent) return assigned(program, parent);
  return undefined;
}

/** `x.name = value` and `x["name"] = value`. */
function assigned(program: PythonProgram, target: SyntaxNode): NamedArgument | undefined {
  const { parent, nextSibling: next } = target;
  if (parent?.name !== 'AssignStatement' || next?.name !== 'AssignOp') return undefined;
  return make(program, target, next.nextSibling, 'assignment', undefined);
}

/** `kwargs == {"name": True}` gives nothing to anybody. */
function isCompared(dictionary: SyntaxNode): boolean {
  let node = dictionary.parent;
  while (node && /^(?:Dictionary|Array|Tuple|Parenthesized)Expression$/.test(node.name)) node = node.parent;
  return node?.name === 'BinaryExpression' && ['CompareOp', 'in', 'is'].some((operator) => node.getChild(operator));
}

/** The call in whose arguments a dictionary stands, at most three levels up. */
function callAround(program: PythonProgram, dictionary: SyntaxNode): Call | undefined {
  let node: SyntaxNode | null = dictionary.parent;
  for (let depth = 0; node && depth < 6; depth++, node = node.parent) {
    if (node.name === 'ArgList') return callAt(program, node.from);
    if (!/Expression$/.test(node.name)) return undefined;
  }
  return undefined;
}

function make(
  program: PythonProgram,
  from: SyntaxNode,
  value: SyntaxNode | null,
  through: NamedArgument['through'],
  call: Call | undefined,
): NamedArgument | undefined {
  if (!value || !isExpression(value)) return undefined;
  return { span: { start: from.from, end: value.to }, node: value, value: constantOf(program, value), through, call };
}
