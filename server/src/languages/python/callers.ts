import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { argumentsOf, callAt } from './calls.ts';
import { definitionOf, getsObject } from './functions.ts';
import { possibilities } from './names.ts';
import type { PythonProgram } from './program.ts';

const MAX_CALLERS = 20;

type Parameter = Binding & { readonly kind: 'parameter' };

interface Caller {
  readonly list: SyntaxNode;
  /** True when the first parameter is the object and not in the list. */
  readonly method: boolean;
  /** Arguments of the list before those of the function. */
  readonly skip: number;
}

/** The arguments of a call that a parameter of the called function may receive. */
export function passedTo(
  program: PythonProgram,
  { name, index, at }: Parameter,
  list: SyntaxNode,
  skip: number,
  method: boolean,
): readonly SyntaxNode[] {
  const passed = argumentsOf(program, list).slice(skip);
  const byName = passed.find((argument) => argument.name === name);
  if (byName) return [byName.value];
  const positional = passed.filter((argument) => !argument.name && !argument.star);
  const stars = program.text.slice(Math.max(0, at.start - 2), at.start).replace(/[^*]/g, '');
  if (stars === '**')
    return passed.filter((argument) => argument.name || argument.star === '**').map(({ value }) => value);
  if (stars === '*') return passed.filter((argument) => !argument.name).map(({ value }) => value);
  const own = positional[index - (method ? 1 : 0)];
  if (index >= 0 && own) return [own.value];
  // `f(*values)` and `f(**values)` may hold it.
  return passed.filter(({ star }) => star !== '').map(({ value }) => value);
}

/** Calls in this file of the function that a parameter belongs to; of `__init__`, those of its class. */
export function callersOf(program: PythonProgram, { scope }: Parameter): readonly Caller[] {
  if (scope.kind !== 'function') return [];
  const { text } = program;
  const name = /def\s+(\w+)/.exec(text.slice(scope.owner.start, scope.owner.start + 200))?.[1];
  if (!name) return [];
  const around = scope.parent;
  if (name === '__init__' && around?.kind === 'class') {
    const className = /class\s+(\w+)/.exec(text.slice(around.owner.start, around.owner.start + 200))?.[1] ?? '';
    return callsNamed(program, className).flatMap(({ callee, list }) => {
      const own = possibilities(program, callee)?.[0]?.own;
      return own?.scope === around && !own.instance ? [{ list, method: true, skip: 0 }] : [];
    });
  }
  return callsNamed(program, name).flatMap(({ callee, list }) => {
    const definition = definitionOf(program, callee);
    return definition?.from === scope.owner.start
      ? [{ list, method: getsObject(program, callee, definition), skip: 0 }]
      : [];
  });
}

function callsNamed(program: PythonProgram, name: string): { callee: SyntaxNode; list: SyntaxNode }[] {
  return (program.outline.callsByName.get(name) ?? []).slice(0, MAX_CALLERS).flatMap((offset) => {
    const call = callAt(program, offset)?.node;
    const callee = call?.firstChild;
    const list = call?.getChild('ArgList');
    return callee && list ? [{ callee, list }] : [];
  });
}
