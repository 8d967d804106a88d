import type { SyntaxNode } from '@lezer/common';
import { type Argument, type Call, callAt, handedCall } from './calls.ts';
import type { PythonProgram } from './program.ts';
import { childrenOf, isExpression } from './tree.ts';

/**
 * Functions and methods that call the function they are given, by last name, with the place of that function among the
 * arguments; the rest are its own. `map(f, xs)` counts as `f(xs)`: what `f` is given comes from `xs`. Source: references of
 * Python (builtins, functools, asyncio, concurrent.futures, multiprocessing), anyio, joblib, tqdm, pandas and dask.
 */
const CALLERS: Readonly<Record<string, number>> = {
  map: 0,
  imap: 0,
  imap_unordered: 0,
  starmap: 0,
  thread_map: 0,
  process_map: 0,
  apply: 0,
  applymap: 0,
  submit: 0,
  to_thread: 0,
  run_sync: 0,
  call_soon: 0,
  delayed: 0,
  run_in_executor: 1,
};
/** The same with the function under a name and its arguments in a list. */
const STARTERS: Readonly<Record<string, string>> = { Thread: 'target', Process: 'target', Timer: 'function' };

/** Keeps a file of nothing but such calls from taking long. */
const MAX_CALLS = 500;

/** What may be the function: the others are data. */
const isName = ({ name }: SyntaxNode): boolean =>
  name === 'VariableName' || name === 'MemberExpression' || name === 'CallExpression';

/** Calls that others make for the program, in no particular order: `map(pickle.load, files)`, `pool.submit(torch.load, path)`. */
export function handedCalls(program: PythonProgram): readonly Call[] {
  const { callsByName } = program.outline;
  const found: Call[] = [];
  const offsetsOf = (name: string): readonly number[] => (callsByName.get(name) ?? []).slice(0, MAX_CALLS);
  for (const [name, at] of Object.entries(CALLERS)) {
    for (const offset of offsetsOf(name)) {
      const plain = callAt(program, offset)?.arguments ?? [];
      const given = plain[at];
      if (!given || given.name || given.star || !isName(given.value)) continue;
      found.push(handedCall(program, given.value, plain.slice(at + 1)));
    }
  }
  for (const [name, parameter] of Object.entries(STARTERS)) {
    for (const offset of offsetsOf(name)) {
      const all = callAt(program, offset)?.arguments ?? [];
      const target = all.find((argument) => argument.name === parameter);
      if (target && isName(target.value)) found.push(handedCall(program, target.value, listed(all)));
    }
  }
  return found;
}

/** The arguments in `args=(a, b)`. */
function listed(all: readonly Argument[]): Argument[] {
  const args = all.find(({ name }) => name === 'args')?.value;
  if (args?.name !== 'TupleExpression' && args?.name !== 'ArrayExpression') return [];
  return childrenOf(args)
    .filter(isExpression)
    .map((value) => ({ name: undefined, star: '' as const, value, span: { start: value.from, end: value.to } }));
}
