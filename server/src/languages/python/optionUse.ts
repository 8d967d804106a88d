import type { SyntaxNode } from '@lezer/common';
import type { Call } from './calls.ts';
import { callTarget } from './callTargets.ts';
import type { PythonProgram } from './program.ts';

/** Calls looked at for what they spread. */
const MAX_SPREADS = 200;

/**
 * Library calls that get an argument through `**options`, by the place where it stands in the dictionary.
 *
 * @param containers calls that only keep what they are given
 */
export function spreadCalls(
  program: PythonProgram,
  name: string,
  containers: ReadonlySet<string>,
): ReadonlyMap<number, readonly Call[]> {
  const found = new Map<number, Call[]>();
  const { text } = program;
  if (!text.includes('**')) return found;
  const calls = program.calls.filter((call) => call.arguments.some(({ star }) => star === '**'));
  for (const call of calls.slice(0, MAX_SPREADS)) {
    if (!call.callee || call.callee.startsWith('.') || containers.has(call.callee)) continue;
    const given = call.argument(name);
    if (given.state !== 'given' || given.through !== 'spread') continue;
    // The key begins where the item does; of an assignment the target does.
    const at = text.lastIndexOf(name, given.span.end);
    const start = given.span.start <= at ? given.span.start : at;
    found.set(start, [...(found.get(start) ?? []), call]);
  }
  return found;
}

/** A dictionary under a name that is only looked into: a list of the options that are known. */
export function isLookedInto(program: PythonProgram, node: SyntaxNode): boolean {
  const { text } = program;
  let at: SyntaxNode | null = node;
  while (at && !/Statement$/.test(at.name)) at = at.parent;
  const target = at?.name === 'AssignStatement' ? at.firstChild : undefined;
  const value = at?.lastChild;
  if (target?.name !== 'VariableName' || !value || !/^(?:\{|dict\()/.test(text.slice(value.from, value.from + 5)))
    return false;
  const name = text.slice(target.from, target.to);
  const known = lookedInto.get(program) ?? new Map<string, boolean>();
  lookedInto.set(program, known);
  if (!known.has(name)) {
    const isIn = new RegExp(`\\bin ${name}\\b`).test(text);
    const isUsed = new RegExp(`\\*\\*\\s?${name}\\b|[(,=] ?${name} ?[,)\\n]|return ${name}\\b|${name}\\[`).test(text);
    known.set(name, isIn && !isUsed);
  }
  return known.get(name) === true;
}

/** By name: a long text is not searched once for each place. */
const lookedInto = new WeakMap<PythonProgram, Map<string, boolean>>();

/** Whether an expression is only reached where a test asks for the same switch: `if args.trust_remote_code:`. */
export function isAskedFor({ text }: PythonProgram, node: SyntaxNode, name: string): boolean {
  const words = new RegExp(name.replaceAll('_', '_?'), 'i');
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    const { parent } = at;
    if (/^(?:Function|Class)Definition$/.test(at.name)) return false;
    let test: SyntaxNode | null = null;
    if (parent?.name === 'ConditionalExpression' && at.prevSibling === null) test = at.nextSibling?.nextSibling ?? null;
    else if (parent?.name === 'IfStatement' && at.name === 'Body' && at.prevSibling?.name !== 'else')
      test = at.prevSibling;
    while (test && !/Expression$|^VariableName$/.test(test.name)) test = test.prevSibling;
    const written = test ? text.slice(test.from, test.to) : '';
    if (words.test(written) && !/\bnot\b|!=|\bis None\b/.test(written)) return true;
  }
  return false;
}

/** Whether a call leads to a function of the project that takes an argument of this name and passes it to nobody. */
export function isIgnored(program: PythonProgram, call: Call | undefined, name: string): boolean {
  const callee = call?.node.name === 'CallExpression' ? call.node.firstChild : undefined;
  const target = callee ? callTarget(program, callee) : undefined;
  // What the function does with its parameters may have been left out.
  target?.program.outgrow();
  const body = target?.definition.getChild('Body');
  if (!target || !body) return false;
  const text = target.program.text.slice(body.from, body.to);
  // What a constructor is given may end up in any field, also by way of a decorator.
  const named = target.definition.getChild('VariableName');
  if (!named || target.program.text.slice(named.from, named.to) === '__init__') return false;
  return !text.includes(name) && !text.includes('**');
}
