import type { SyntaxNode } from '@lezer/common';
import type { ApiCall } from './apiTable.ts';
import type { Flow } from './flow.ts';
import { writtenAs } from './literals.ts';
import { lookup } from './lookup.ts';
import type { PythonProgram } from './program.ts';
import type { Sink } from './sinks.ts';
import { standIn, termBehind } from './standIn.ts';
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
  const list = listedIn(program, given.node);
  if (!list) return found(given.node, 'command');
  const flag = list.findIndex(({ text }) => INTERPRETER_FLAG.test(text ?? ''));
  return found(list[0]?.node, 'command') ?? (flag > 0 ? found(list[flag + 1]?.node, 'shell') : undefined);
}

/** One item of a list of arguments. */
export interface Listed {
  readonly node: SyntaxNode;
  /** Undefined for what is no constant. */
  readonly text: string | undefined;
}

/** The items of the list that an argument is, also where a function in another file makes it; undefined for no list. */
export function listedIn(program: PythonProgram, node: SyntaxNode): readonly Listed[] | undefined {
  const behind = termBehind(node);
  const place = behind?.program ?? program;
  return itemsOf(place, behind?.node ?? node)?.map((item) => ({
    node: behind ? standIn(node, { ...behind, node: item }) : item,
    text: stringOf(place, item),
  }));
}

const MAX_DEPTH = 6;

/**
 * What a list of arguments begins with: written here, under a name and perhaps added to since, or as a sum, of which a part
 * that is no list stands for all its items.
 */
function itemsOf(program: PythonProgram, node: SyntaxNode, depth = 0): readonly SyntaxNode[] | undefined {
  const written = writtenAs(program, node);
  if (depth > MAX_DEPTH) return undefined;
  if (written.name === 'ArrayExpression' || written.name === 'TupleExpression') return elementsOf(written);
  if (written.name === 'BinaryExpression') {
    const [left, right] = elementsOf(written);
    const items = left && itemsOf(program, left, depth + 1);
    return items && right ? [...items, ...(itemsOf(program, right, depth + 1) ?? [right])] : items;
  }
  if (written.name !== 'VariableName') return undefined;
  const bindings = lookup(program, program.text.slice(written.from, written.to), written.from) ?? [];
  const [assigned, ...others] = bindings.filter(({ kind }) => kind !== 'add');
  if (assigned?.kind !== 'assign' || assigned.path.length > 0 || others.length > 0) return undefined;
  const value = nodeAt(program.tree.tree, assigned.value);
  return value && itemsOf(program, value, depth + 1);
}
