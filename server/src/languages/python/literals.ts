import type { SyntaxNode } from '@lezer/common';
import { lookup } from './lookup.ts';
import { attributeBindings } from './names.ts';
import type { PythonProgram } from './program.ts';
import { entryOf } from './spread.ts';
import { elementsOf, nodeAt, unwrap } from './tree.ts';
import { stringOf } from './values.ts';

const MAX_DEPTH = 8;

/** The expression that a name stands for, when it was assigned exactly once; any other expression as it is. */
export function writtenAs(program: PythonProgram, node: SyntaxNode, depth = 0): SyntaxNode {
  const inner = unwrap(node);
  if (depth > MAX_DEPTH) return inner;
  let found: ReturnType<typeof lookup>;
  if (inner.name === 'VariableName') found = lookup(program, program.text.slice(inner.from, inner.to), inner.from);
  else if (inner.name === 'MemberExpression') found = attributeBindings(program, inner);
  const [binding, ...others] = found ?? [];
  if (binding?.kind !== 'assign' || binding.path.length > 0 || others.length > 0) return inner;
  const value = nodeAt(program.tree.tree, binding.value);
  return value ? writtenAs(program, value, depth + 1) : inner;
}

/** The texts of a list, tuple or set; `complete` when there can be no others. */
export interface Texts {
  readonly texts: readonly { readonly text: string; readonly node: SyntaxNode }[];
  readonly complete: boolean;
}

/** The texts that a list written out here holds, through a name and sums of lists. */
export function textsIn(program: PythonProgram, node: SyntaxNode, depth = 0): Texts {
  const list = writtenAs(program, node);
  if (depth > MAX_DEPTH) return { texts: [], complete: false };
  if (list.name === 'BinaryExpression') {
    const parts = elementsOf(list).map((part) => textsIn(program, part, depth + 1));
    return { texts: parts.flatMap(({ texts }) => texts), complete: parts.every(({ complete }) => complete) };
  }
  if (!/^(?:Array|Tuple|Set)Expression$/.test(list.name)) return { texts: [], complete: false };
  const elements = elementsOf(list);
  const texts = elements.flatMap((each) => {
    const text = stringOf(program, each);
    return text === undefined ? [] : [{ text, node: each }];
  });
  return { texts, complete: texts.length === elements.length };
}

/** The value under a text key of a dictionary; undefined when it has none or nobody can tell. */
export function valueUnder(program: PythonProgram, dictionary: SyntaxNode, key: string): SyntaxNode | undefined {
  const found = entryOf(program, dictionary, key);
  return found.state === 'given' ? found.node : undefined;
}
