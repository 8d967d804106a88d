import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { lookup } from './lookup.ts';
import { attributeBindings } from './names.ts';
import type { PythonProgram } from './program.ts';
import { isExpression, nodeAt } from './tree.ts';

const OPENS_SCOPE = new Set(['FunctionDefinition', 'ClassDefinition', 'LambdaExpression']);

/** The function of this file that an expression names; undefined when it is none or may be several. */
export function definitionOf(program: PythonProgram, callee: SyntaxNode, depth = 0): SyntaxNode | undefined {
  let found: readonly Binding[] | undefined;
  if (callee.name === 'VariableName') found = lookup(program, program.text.slice(callee.from, callee.to), callee.from);
  else if (callee.name === 'MemberExpression') found = attributeBindings(program, callee, depth);
  const [binding, ...others] = found ?? [];
  if (binding?.kind !== 'def' || others.length > 0) return undefined;
  return nodeAt(program.tree.tree, binding.statement, 'FunctionDefinition');
}

export interface Outcome {
  /** Expressions after `return` and `yield`. */
  readonly values: readonly SyntaxNode[];
  /** Calling it gives an iterator over the values, not one of them. */
  readonly generator: boolean;
}

/** What a function of this file returns or yields; undefined when `callee` names none. */
export function outcomeOf(program: PythonProgram, callee: SyntaxNode, depth = 0): Outcome | undefined {
  const definition = definitionOf(program, callee, depth);
  const body = definition?.getChild('Body');
  if (!body) return undefined;
  const values: SyntaxNode[] = [];
  let generator = false;
  const cursor = body.cursor();
  // Nested definitions return for themselves.
  for (
    let more = cursor.firstChild();
    more;
    more = cursor.next(!OPENS_SCOPE.has(cursor.name)) && cursor.from < body.to
  ) {
    const yields = cursor.name === 'YieldStatement' || cursor.name === 'YieldExpression';
    if (!yields && cursor.name !== 'ReturnStatement') continue;
    generator ||= yields;
    const value = cursor.node.lastChild;
    if (value && isExpression(value)) values.push(value);
  }
  return { values, generator };
}
