import type { Span } from '../../engine/span.ts';
import type { Binding } from './bindings.ts';
import { type Scope, scopeAt } from './outline.ts';
import type { PythonProgram } from './program.ts';

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
    const known = visible && !elsewhere ? bindings.of(scope).get(name) : undefined;
    if (known) {
      const found = reaching(program, known, scope, at);
      const binds = known.some(({ kind }) => kind !== 'add');
      if (binds && (found.length > 0 || scope.kind !== 'class')) return [...found, ...additions];
      additions.push(...found);
    }
    if (elsewhere === 'global') {
      const [module] = outline.scopes;
      const global = module && bindings.of(module).get(name);
      return global && module && reaching(program, global, module, Number.POSITIVE_INFINITY);
    }
    if (scope.kind === 'function' || scope.kind === 'lambda') at = Number.POSITIVE_INFINITY;
  }
  return additions.length > 0 ? additions : undefined;
}

/** What may have been assigned to an attribute of a class, in its body or by its methods through `self`. */
export function lookupAttribute(program: PythonProgram, scope: Scope, name: string): readonly Binding[] | undefined {
  const assigned = program.bindings.attributesOf(scope).get(name) ?? [];
  const declared = program.bindings.of(scope).get(name) ?? [];
  return assigned.length + declared.length > 0 ? [...declared, ...assigned] : undefined;
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
  const [first] = program.bindings.of(scope).values();
  const binding = first?.[0];
  return binding?.kind === 'for' && contains(binding.value, offset);
}

function reaching(program: PythonProgram, known: readonly Binding[], scope: Scope, at: number): readonly Binding[] {
  if (known.length === 1 && (at === Number.POSITIVE_INFINITY || scope.kind === 'comprehension')) return known;
  if (scope.kind === 'comprehension') return known;
  const reached: Binding[] = [];
  for (const binding of known) {
    // Written from inside a function, through `global`: whenever that is called.
    if (scopeAt(program.outline, binding.at.start) !== scope && binding.kind !== 'parameter') reached.push(binding);
    else if (!isBefore(binding, at)) {
      if (at !== Number.POSITIVE_INFINITY && sharesLoop(binding, at)) reached.push(binding);
    } else if (isReachable(binding, at)) {
      if (binding.kind !== 'add' && alwaysRuns(binding, at)) reached.length = 0;
      reached.push(binding);
    }
  }
  return reached;
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

function sharesLoop({ block }: Binding, at: number): boolean {
  for (let around = block; around; around = around.parent) if (around.loop && contains(around, at)) return true;
  return false;
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end;
}
