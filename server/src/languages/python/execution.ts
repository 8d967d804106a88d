import type { SyntaxNode } from '@lezer/common';
import type { ApiCall } from './apiTable.ts';
import type { Flow } from './flow.ts';
import type { Sink } from './sinks.ts';
import { elementsOf } from './tree.ts';
import { isTruthy } from './values.ts';

const INTERPRETER_FLAG = /^(?:-\w*c|\/c|-e|--eval|-Command|-EncodedCommand)$/i;

/** How text from outside gets to run. */
export interface Execution {
  readonly flow: Flow<string>;
  readonly as: 'code' | 'shell' | 'command';
}

/**
 * What a call of `SINKS.execution` runs of a traced source. Of a list of arguments the first names the program, and what
 * follows an interpreter's `-c` is a script; the others are only arguments.
 *
 * @param trace follows an expression back to the source, as `flowOf` does.
 */
export function executionOf(
  text: string,
  { call, row }: ApiCall<Sink>,
  trace: (node: SyntaxNode) => Flow<string> | undefined,
): Execution | undefined {
  const given = call.argument(row.parameter, row.position);
  if (given.state !== 'given') return undefined;
  const found = (node: SyntaxNode | undefined, as: Execution['as']): Execution | undefined => {
    const flow = node && trace(node);
    return flow && { flow, as };
  };
  if (row.does === 'code') return found(given.node, 'code');
  const option = call.argument('shell');
  const inShell = row.does === 'shell' || (option.state === 'given' && isTruthy(option.value));
  if (inShell) return found(given.node, 'shell');
  if (given.node.name !== 'ArrayExpression' && given.node.name !== 'TupleExpression')
    return found(given.node, 'command');
  const elements = elementsOf(given.node);
  const flag = elements.findIndex(({ from, to }) =>
    INTERPRETER_FLAG.test(text.slice(from, to).replace(/^["']|["']$/g, '')),
  );
  return found(elements[0], 'command') ?? (flag > 0 ? found(elements[flag + 1], 'shell') : undefined);
}
