import type { Span } from '../../engine/span.ts';
import type { Binding, Bound } from './bindings.ts';
import { type Block, lastBefore, type Scope, scopeAt, startOf } from './outline.ts';
import type { PythonProgram } from './program.ts';

/** More possibilities than this are not told apart. */
export const MAX_REACHING = 32;

/**
 * The bindings one of which gives `name` its meaning at `offset`: the last one before it in straight-line code together
 * with those in branches that may have run since. Of a name of an outer scope that a function uses when it is called
 * later, whatever may stand there at the end.
 *
 * @param name an identifier, or dotted for an assigned attribute (`config.model`).
 * @returns undefined when no scope binds the name; empty when one does but nothing can have bound it by then.
 */
export function lookup(program: PythonProgram, name: string, offset: number): readonly Binding[] | undefined {
  const { outline, bindings } = program;
  const start = scopeAt(outline, offset);
  const additions: Binding[] = [];
  let at = offset;
  for (let scope: Scope | undefined = start; scope; scope = scope.parent) {
    const elsewhere = scope.elsewhere.get(name);
    const visible = (scope.kind !== 'class' || scope === start) && !evaluatedOutside(program, scope, offset);
    const known = visible && !elsewhere ? bindings.find(scope, name) : undefined;
    if (known) {
      const found = reaching(program, known, scope, at);
      const binds = known.foreign.length > 0 || known.own.some(({ kind }) => kind !== 'add');
      if (binds && (found.length > 0 || scope.kind !== 'class')) return [...found, ...additions];
      additions.push(...found);
    }
    if (elsewhere === 'global') {
      const [module] = outline.scopes;
      const global = module && bindings.find(module, name);
      return global && module && reaching(program, global, module, Number.POSITIVE_INFINITY);
    }
    if (scope.kind === 'function' || scope.kind === 'lambda') at = Number.POSITIVE_INFINITY;
  }
  return additions.length > 0 ? additions : undefined;
}

/**
 * What may have been assigned to an attribute of a class, in its body or by its methods through `self`. As many as
 * `MAX_REACHING` means that there may be more.
 */
export function lookupAttribute(program: PythonProgram, scope: Scope, name: string): readonly Binding[] | undefined {
  const assigned = program.bindings.findAttribute(scope, name)?.own ?? [];
  const declared = program.bindings.find(scope, name)?.own ?? [];
  if (assigned.length + declared.length === 0) return undefined;
  return [...declared.slice(0, MAX_REACHING), ...assigned.slice(0, MAX_REACHING)];
}

/** The class whose method surrounds `offset` and calls its own object `name`. */
export function classOfSelf(program: PythonProgram, name: string, offset: number): Scope | undefined {
  for (let scope: Scope | undefined = scopeAt(program.outline, offset); scope; scope = scope.parent) {
    if (scope.kind === 'function' && scope.parent?.kind === 'class') {
      return program.bindings.selfOf(scope) === name ? scope.parent : undefined;
    }
  }
  return undefined;
}

/** The first iterable of a comprehension does not see the names of the comprehension. */
function evaluatedOutside(program: PythonProgram, scope: Scope, offset: number): boolean {
  if (scope.kind !== 'comprehension') return false;
  const outside = program.bindings.outsideOf(scope);
  return outside !== undefined && contains(outside, offset);
}

function reaching(program: PythonProgram, { own, foreign }: Bound, scope: Scope, at: number): readonly Binding[] {
  if (scope.kind === 'comprehension') return own;
  const reached: Binding[] = [];
  // Backwards, up to the binding that is always the last one.
  const last = at === Number.POSITIVE_INFINITY ? own.length - 1 : lastBefore(own, at, positionOf);
  for (let index = last; index >= 0 && reached.length < MAX_REACHING; index--) {
    const binding = own[index] as Binding;
    if (!isBefore(binding, at) || !isReachable(binding, at)) continue;
    reached.push(binding);
    if (binding.kind !== 'add' && alwaysRuns(binding, at)) break;
  }
  return [...foreign.slice(0, MAX_REACHING), ...carriedOver(program, own, at), ...reached].reverse();
}

/** Bindings further down in a loop around `at`, which the next turn meets. */
function carriedOver(program: PythonProgram, own: readonly Binding[], at: number): readonly Binding[] {
  const { loops } = program.outline;
  let end = 0;
  for (let loop: Block | undefined = loops[lastBefore(loops, at, startOf)]; loop; loop = loop.parent) {
    if (loop.loop && contains(loop, at)) end = loop.end;
  }
  const after: Binding[] = [];
  for (let index = Math.max(lastBefore(own, at, positionOf), 0); index < own.length; index++) {
    const binding = own[index] as Binding;
    if (binding.at.start >= end || after.length >= MAX_REACHING) break;
    if (!isBefore(binding, at)) after.push(binding);
  }
  return after;
}

function positionOf({ at }: Binding): number {
  return at.start;
}

/** A binding holds from the end of the value or statement on: in `x = f(x)` the second `x` is the one before. */
function isBefore(binding: Binding, at: number): boolean {
  const { kind } = binding;
  if ('value' in binding) return binding.value.end <= at;
  return (kind === 'import' || kind === 'def' || kind === 'class' ? binding.statement.end : binding.at.end) <= at;
}

function alwaysRuns({ block }: Binding, at: number): boolean {
  return !block || contains(block, at);
}

/** False in the `else` of the `if` that binds. */
function isReachable({ block }: Binding, at: number): boolean {
  for (let around = block; around && !contains(around, at); around = around.parent) {
    if (around.exclusive && contains(around.owner, at)) return false;
  }
  return true;
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end;
}
