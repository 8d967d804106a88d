import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { lookup } from './lookup.ts';
import { attributeBindings } from './names.ts';
import type { PythonProgram } from './program.ts';
import { elementsOf, isExpression, nodeAt, unwrap } from './tree.ts';

const OPENS_SCOPE = new Set(['FunctionDefinition', 'ClassDefinition', 'LambdaExpression']);

/** The function or lambda of this file that an expression names or is; undefined when it is none or may be several. */
export function definitionOf(program: PythonProgram, callee: SyntaxNode, depth = 0): SyntaxNode | undefined {
  if (depth > MAX_NAMES) return undefined;
  let found: readonly Binding[] | undefined;
  switch (callee.name) {
    case 'LambdaExpression':
      return callee;
    case 'ParenthesizedExpression': {
      const inner = unwrap(callee);
      return inner.name === 'LambdaExpression' ? inner : undefined;
    }
    case 'VariableName':
      found = lookup(program, program.text.slice(callee.from, callee.to), callee.from);
      break;
    case 'MemberExpression':
      found = attributeBindings(program, callee, depth);
      break;
    default:
  }
  const [binding, ...others] = found ?? [];
  if (!binding || others.length > 0) return undefined;
  if (binding.kind === 'def') return nodeAt(program.tree.tree, binding.statement, 'FunctionDefinition');
  // Another name for the function.
  const value = binding.kind === 'assign' && binding.path.length === 0 && nodeAt(program.tree.tree, binding.value);
  return value && NAMES_FUNCTION.test(value.name) ? definitionOf(program, value, depth + 1) : undefined;
}

const NAMES_FUNCTION = /^(?:VariableName|MemberExpression|LambdaExpression)$/;
const MAX_NAMES = 16;

/** Whether a function called as a method gets its object as the first parameter. */
export function getsObject({ text }: PythonProgram, callee: SyntaxNode, definition: SyntaxNode): boolean {
  if (callee.name !== 'MemberExpression') return false;
  const decorators = definition.parent?.getChildren('Decorator') ?? [];
  return !decorators.some(({ from, to }) => /^@\s*staticmethod\s*$/.test(text.slice(from, to)));
}

export interface Outcome {
  /** The function itself. */
  readonly definition: SyntaxNode;
  /** Expressions after `return` and `yield`. */
  readonly values: readonly SyntaxNode[];
  /** The same by statement: `return a, b` has several, which make a tuple. */
  readonly returned: readonly (readonly SyntaxNode[])[];
  /** Calling it gives an iterator over the values, not one of them. */
  readonly generator: boolean;
}

/** What a function of this file returns or yields; undefined when `callee` names none. */
export function outcomeOf(program: PythonProgram, callee: SyntaxNode, depth = 0): Outcome | undefined {
  const definition = definitionOf(program, callee, depth);
  return definition && outcomeAt(definition);
}

/** What a function definition returns or yields. */
export function outcomeAt(definition: SyntaxNode): Outcome | undefined {
  if (definition.name === 'LambdaExpression') {
    const value = definition.lastChild;
    return value && isExpression(value)
      ? { definition, values: [value], returned: [[value]], generator: false }
      : undefined;
  }
  const body = definition.getChild('Body');
  if (!body) return undefined;
  const returned: SyntaxNode[][] = [];
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
    const values = elementsOf(cursor.node);
    if (values.length > 0) returned.push(values);
  }
  return { definition, values: returned.flat(), returned, generator };
}
