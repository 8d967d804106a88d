import type { SyntaxNode } from '@lezer/common';
import { childrenOf, isExpression } from './tree.ts';

/** One parameter of a function or lambda. */
export interface Parameter {
  readonly name: string;
  /** `*` takes surplus positional arguments, `**` surplus keywords. */
  readonly star: '' | '*' | '**';
  /** Zero-based among those that take a position, `self` included; undefined for the others. */
  readonly position: number | undefined;
  readonly default: SyntaxNode | undefined;
}

/** The parameters of a `FunctionDefinition` or `LambdaExpression`, in source order. */
export function parametersOf(definition: SyntaxNode, text: string): readonly Parameter[] {
  const found: Parameter[] = [];
  const list = definition.getChild('ParamList');
  let star: Parameter['star'] = '';
  let keywordOnly = false;
  let next = 0;
  let open: { name: string; star: Parameter['star'] } | undefined;
  let fallback: SyntaxNode | undefined;
  const close = (): void => {
    if (open) {
      const position = open.star === '' && !keywordOnly ? next++ : undefined;
      found.push({ ...open, position, default: fallback });
    }
    // After `*args` and after a lone `*` come those that are given by keyword only.
    if (star !== '') keywordOnly = true;
    star = '';
    open = undefined;
    fallback = undefined;
  };
  for (const child of list ? childrenOf(list) : []) {
    if (child.name === ',') close();
    else if (child.name === '*' || child.name === '**') star = child.name;
    else if (child.prevSibling?.name === 'AssignOp') fallback = isExpression(child) ? child : undefined;
    else if (child.name === 'VariableName') open = { name: text.slice(child.from, child.to), star };
  }
  close();
  return found;
}
