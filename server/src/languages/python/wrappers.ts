import type { SyntaxNode } from '@lezer/common';
import { type ApiCall, type ApiTable, TABLES } from './apiTable.ts';
import type { Call } from './calls.ts';
import { type CallTarget, callTarget } from './callTargets.ts';
import { deriveCall } from './derivedCall.ts';
import { resolveName } from './names.ts';
import { foreignCalls, nearTables } from './near.ts';
import type { PythonProgram } from './program.ts';
import { dependsOn, frameOf, type Items, itemsOf, substitute } from './substitution.ts';
import { lastSegment, nodeAt } from './tree.ts';

/**
 * A call of an API inside a function whose arguments depend on the parameters of that function: what the API is told, the
 * callers of the function decide.
 */
interface Wrapper<Row> {
  readonly program: PythonProgram;
  /** `FunctionDefinition` or `LambdaExpression`. */
  readonly definition: SyntaxNode;
  /** Under which it is called; that of the class for a constructor. */
  readonly name: string;
  readonly inner: Link<Row>;
}

/** A call that reaches an API, directly or through wrappers. */
export interface Link<Row> {
  readonly program: PythonProgram;
  readonly call: Call;
  readonly row: Row;
  /** Of the API. */
  readonly name: string;
  readonly items: Items;
  /** The wrapper that is called; undefined where the API itself is. */
  readonly through?: Wrapper<Row>;
}

/** Functions that hand on to functions that hand on. */
const LEVELS = 3;
/** Re-exports between a function and its caller. */
const HOPS = 3;
/** Calls looked at for one table in one file. */
const MAX_LINKS = 500;
/** Calls inside one function that are told apart: code that interprets trees calls itself in a hundred places. */
const MAX_INNER = 4;

/** Decorators that leave the parameters of a function what they are. Of any other nobody knows what it passes. */
const KEEPS_PARAMETERS =
  /^(?:staticmethod|classmethod|abc\.abstractmethod|contextlib\.(?:async)?contextmanager|functools\.(?:cache|lru_cache|wraps)(?:\(\))?|torch\.(?:no_grad|inference_mode|enable_grad)(?:\(\))?|torch\.jit\.(?:ignore|unused|export)|typing(?:_extensions)?\.(?:override|final|no_type_check)|streamlit\.cache(?:_data|_resource)?(?:\(\))?|tenacity\.retry(?:\(\))?|backoff\.on_exception(?:\(\))?)$/;

/**
 * Calls of project functions that hand their arguments on to an API of the table, each as if it were the call of the API.
 * Fresh objects on every call, because each remembers what was asked of it.
 */
export function derivedCalls<Row>(program: PythonProgram, table: ApiTable<Row>): ApiCall<Row>[] {
  return linksTo(program, table, LEVELS).map((link) => deriveCall(program, link));
}

/** Names of a text under which it may call wrappers of modules it imports. Parses modules that may hold one, but not the text. */
export function wrapperNames<Row>(program: PythonProgram, table: ApiTable<Row>): readonly string[] {
  if (program.modules.imports.length === 0 || !nearTables(program).has(table)) return [];
  return [...importedNames(program, table, LEVELS)].filter((name) => occurs(program, name));
}

/** Calls in this file of wrappers that are at most `level` functions away from the API. */
function linksTo<Row>(program: PythonProgram, table: ApiTable<Row>, level: number): readonly Link<Row>[] {
  if (level === 0 || !nearTables(program).has(table)) return [];
  return remember(program, table, `links ${level}`, () => {
    const own = wrappersIn(program, table, level);
    const names = new Set(own.map(({ name }) => name));
    for (const name of importedNames(program, table, level)) if (occurs(program, name)) names.add(name);
    if (names.size === 0) return [];
    const found = new Map<string, Link<Row>>();
    for (const call of program.callsNamed(names)) {
      if (found.size >= MAX_LINKS) break;
      const target = targetOf(program, call);
      if (!target) continue;
      for (const wrapper of wrappersIn(target.program, table, level)) {
        if (wrapper.definition.from !== target.definition.from || isInside(call, wrapper, program)) continue;
        // The same API through the same function in two ways: the shortest comes first.
        const key = `${call.span.start} ${wrapper.inner.call.span.start} ${apiCallOf(wrapper.inner).call.span.start}`;
        if (found.has(key)) continue;
        const caller = itemsOf(program, call);
        const frame = frameOf(target.program, wrapper.definition, target.skip, caller);
        const items = substitute(wrapper.inner.items, frame);
        const { row, name } = wrapper.inner;
        found.set(key, { program, call, row, name, items, through: wrapper });
      }
    }
    return [...found.values()].sort((a, b) => a.call.span.start - b.call.span.start);
  });
}

const occurring = new WeakMap<PythonProgram, Map<string, boolean>>();

/** Wrappers of several tables have the same names: a text is searched once for each. */
function occurs({ base, text }: PythonProgram, name: string): boolean {
  const known = occurring.get(base) ?? new Map<string, boolean>();
  occurring.set(base, known);
  let answer = known.get(name);
  if (answer === undefined) {
    answer = text.includes(name);
    known.set(name, answer);
  }
  return answer;
}

/** Where a call leads is the same for every table. */
const targets = new WeakMap<PythonProgram, Map<Call, CallTarget | undefined>>();

function targetOf(program: PythonProgram, call: Call): CallTarget | undefined {
  const known = targets.get(program) ?? new Map<Call, CallTarget | undefined>();
  targets.set(program, known);
  if (!known.has(call)) {
    const callee = call.node.name === 'CallExpression' ? call.node.firstChild : null;
    known.set(call, callee ? callTarget(program, callee) : undefined);
  }
  return known.get(call);
}

/** Functions of this file that reach the API in at most `level` steps with something a caller decides. */
function wrappersIn<Row>(program: PythonProgram, table: ApiTable<Row>, level: number): readonly Wrapper<Row>[] {
  return remember(program, table, `wrappers ${level}`, () => {
    const direct = program.directCallsTo(table).map(({ call, row, name }): Link<Row> => {
      return { program, call, row, name, items: itemsOf(program, call) };
    });
    const found: Wrapper<Row>[] = [];
    const counts = new Map<number, number>();
    for (const inner of [...direct, ...linksTo(program, table, level - 1)]) {
      if (found.length >= MAX_LINKS) break;
      const around = functionAround(program, inner.call);
      const count = (around && counts.get(around.definition.from)) ?? 0;
      if (!around || count >= MAX_INNER || goesInCircles(program, inner, around.definition)) continue;
      if (!isOpen(program, inner.call, around.definition)) continue;
      counts.set(around.definition.from, count + 1);
      found.push({ program, ...around, inner });
    }
    return found;
  });
}

/** Names under which wrappers of imported modules may be called here, wherever they were defined. */
function importedNames<Row>(
  program: PythonProgram,
  table: ApiTable<Row>,
  level: number,
  hops = 0,
): ReadonlySet<string> {
  return remember(program, table, `names ${level} ${hops}`, () => {
    const all = new Set<string>();
    for (const { module, names } of program.modules.imports) {
      const { python } = module;
      if (!nearTables(python).has(table)) continue;
      const others = hops < HOPS ? importedNames(python, table, level, hops + 1) : new Set<string>();
      const hasMore = level > 1 && [...others].some((name) => calledNames(python).has(name));
      const source = hasMore ? sketchOfAll(python) : (foreignCalls(python).has(table) ? python : python.base).sketch;
      const found = new Set(wrappersIn(source, table, level).map(({ name }) => name));
      for (const name of others) found.add(name);
      for (const name of found) all.add(name);
      for (const [name, local] of names) if (found.has(name)) all.add(local);
    }
    return all;
  });
}

const sketches = new WeakMap<PythonProgram, PythonProgram>();

/** A module with what it calls of wrappers in others; most call none. */
function sketchOfAll(program: PythonProgram): PythonProgram {
  let sketch = sketches.get(program);
  if (!sketch) {
    const near = nearTables(program);
    const tables = TABLES.filter((table) => table.wrapped && near.has(table));
    const names = new Set(tables.flatMap((table) => [...importedNames(program, table, LEVELS)]));
    const calls = calledNames(program);
    sketch = program.sketchAround([...names].flatMap((name) => calls.get(name) ?? []));
    sketches.set(program, sketch);
  }
  return sketch;
}

const called = new WeakMap<PythonProgram, ReadonlyMap<string, readonly number[]>>();

/** Where names stand before a bracket other than that of their own definition. */
function calledNames({ base, text }: PythonProgram): ReadonlyMap<string, readonly number[]> {
  const known = called.get(base);
  if (known) return known;
  const found = new Map<string, number[]>();
  for (let at = text.indexOf('('); at !== -1; at = text.indexOf('(', at + 1)) {
    const name = lastSegment(text, at);
    const start = at - name.length;
    if (name === '' || text.endsWith('def ', start) || text.endsWith('class ', start)) continue;
    const all = found.get(name);
    if (all) all.push(start);
    else found.set(name, [start]);
  }
  called.set(base, found);
  return found;
}

/** The function or lambda a call stands in, unless what is known of its name or parameters does not suffice. */
function functionAround(
  program: PythonProgram,
  call: Call,
): { readonly definition: SyntaxNode; readonly name: string } | undefined {
  let scope = program.scopeAt(call.span.start);
  while (scope.kind === 'comprehension' && scope.parent) scope = scope.parent;
  const definition = nodeAt(program.tree.tree, scope.owner, scope.type);
  if (!definition || (scope.kind !== 'function' && scope.kind !== 'lambda')) return undefined;
  const textOf = ({ from, to }: SyntaxNode) => program.text.slice(from, to);
  if (scope.kind === 'lambda') {
    const { parent } = definition;
    const target = parent?.name === 'AssignStatement' ? parent.getChild('VariableName') : null;
    return target ? { definition, name: textOf(target) } : undefined;
  }
  const name = definition.getChild('VariableName');
  if (!name || (definition.parent?.getChildren('Decorator') ?? []).some((each) => !keepsParameters(program, each)))
    return undefined;
  const owner = scope.parent?.kind === 'class' && textOf(name) === '__init__' ? scope.parent : undefined;
  const className = owner && nodeAt(program.tree.tree, owner.owner, owner.type)?.getChild('VariableName');
  return { definition, name: textOf(className ?? name) };
}

function keepsParameters(program: PythonProgram, decorator: SyntaxNode): boolean {
  const list = decorator.getChild('ArgList');
  const written = program.text.slice(decorator.from + 1, list?.from ?? decorator.to).trim();
  const [named] = resolveName(program, written, decorator.from) ?? [];
  return KEEPS_PARAMETERS.test((named?.name ?? written) + (list ? '()' : ''));
}

/** Whether what a call passes depends on the parameters of the function it stands in. */
function isOpen(program: PythonProgram, call: Call, definition: SyntaxNode): boolean {
  return itemsOf(program, call).list.some((item) => item.kind !== 'unknown' && dependsOn(item.term, definition));
}

/** Whether a chain of wrappers already goes through a function. */
function goesInCircles<Row>(program: PythonProgram, link: Link<Row>, definition: SyntaxNode): boolean {
  for (let at = link.through; at; at = at.inner.through) {
    if (at.program === program && at.definition.from === definition.from) return true;
  }
  return false;
}

function isInside<Row>(call: Call, wrapper: Wrapper<Row>, program: PythonProgram): boolean {
  const { from, to } = wrapper.definition;
  return wrapper.program === program && from <= call.span.start && call.span.end <= to;
}

/** The call of the API itself that a chain of wrappers ends in. */
function apiCallOf<Row>(link: Link<Row>): Link<Row> {
  let at = link;
  while (at.through) at = at.through.inner;
  return at;
}

/** Per program, table and question; what is worked out anew on every call is only the fresh objects. */
function remember<T>(program: PythonProgram, table: unknown, question: string, make: () => T): T {
  const known = program.wrapperMemory.get(table) ?? new Map<string, unknown>();
  program.wrapperMemory.set(table, known);
  if (!known.has(question)) {
    known.set(question, []);
    known.set(question, make());
  }
  return known.get(question) as T;
}
