import type { SyntaxNode } from '@lezer/common';
import type { ApiCall } from './apiTable.ts';
import type { Flow } from './flow.ts';
import { writtenAs } from './literals.ts';
import { lookup } from './lookup.ts';
import type { PythonProgram } from './program.ts';
import type { Sink } from './sinks.ts';
import { elementsOf, nodeAt } from './tree.ts';
import { isTruthy, stringOf } from './values.ts';

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
  program: PythonProgram,
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
  const list = listBehind(program, given.node);
  if (!list) return found(given.node, 'command');
  const elements = elementsOf(list);
  const flag = elements.findIndex((each) => INTERPRETER_FLAG.test(stringOf(program, each) ?? ''));
  return found(elements[0], 'command') ?? (flag > 0 ? found(elements[flag + 1], 'shell') : undefined);
}

const MAX_DEPTH = 6;

/** The list that an argument begins with: written here, under a name and perhaps added to since, or on the left of a sum. */
function listBehind(program: PythonProgram, node: SyntaxNode, depth = 0): SyntaxNode | undefined {
  const written = writtenAs(program, node);
  if (depth > MAX_DEPTH) return undefined;
  if (written.name === 'ArrayExpression' || written.name === 'TupleExpression') return written;
  if (written.name === 'BinaryExpression') {
    const [left] = elementsOf(written);
    return left && listBehind(program, left, depth + 1);
  }
  if (written.name !== 'VariableName') return undefined;
  const bindings = lookup(program, program.text.slice(written.from, written.to), written.from) ?? [];
  const [assigned, ...others] = bindings.filter(({ kind }) => kind !== 'add');
  if (assigned?.kind !== 'assign' || assigned.path.length > 0 || others.length > 0) return undefined;
  const value = nodeAt(program.tree.tree, assigned.value);
  return value && listBehind(program, value, depth + 1);
}
