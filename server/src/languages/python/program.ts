import type { SyntaxNode } from '@lezer/common';
import type { ApiCall, ApiTable } from './apiTable.ts';
import { type Bindings, bindingsOf } from './bindings.ts';
import { type Call, callAt } from './calls.ts';
import type { FlowMemory } from './flow.ts';
import type { Focus } from './focus.ts';
import { type Memory, newMemory } from './memory.ts';
import { argumentsNamed, type NamedArgument } from './named.ts';
import { type Resolved, resolve } from './names.ts';
import { type Outline, readOutline, type Scope, scopeAt } from './outline.ts';
import { type PythonTree, parsePython, parsePythonParts } from './tree.ts';
import { constantOf, type Value } from './values.ts';

export { type ApiCall, type ApiTable, apiTable, rows } from './apiTable.ts';
export type { Argument, ArgumentState, Call } from './calls.ts';
export { inContext, lowered, raised } from './context.ts';
export { addArgument, ensureImport, removeItem, replaceValue } from './edits.ts';
export { type EnvironmentSetting, environmentSettings, isSwitchedOn } from './environment.ts';
export { type Flow, type FlowQuery, type FlowStep, flowOf } from './flow.ts';
export { SHAPED_REPLY } from './modelReplies.ts';
export type { NamedArgument } from './named.ts';
export type { Resolved } from './names.ts';
export { isOwnBuffer } from './ownBuffer.ts';
export { SANITISERS } from './passes.ts';
export { type Provenance, provenanceOf } from './provenance.ts';
export { anySource, SOURCES, type Sources } from './sources.ts';
export { editPythonTree, type PythonTree } from './tree.ts';
export { isTruthy, type Value } from './values.ts';

/** A Python text with what its names mean. Everything is worked out when first asked for. */
export interface PythonProgram {
  readonly text: string;
  /** Hand it, through `editPythonTree`, to the next version's `readPython`. Reading it parses the text. */
  readonly tree: PythonTree;
  /** The tree if something has asked for it; asking here parses nothing. */
  readonly parsed: PythonTree | undefined;
  readonly outline: Outline;
  readonly bindings: Bindings;
  /** All calls and decorators with arguments, in source order. Prefer `callsTo`, which looks at few of them. */
  readonly calls: readonly Call[];
  /** The calls of APIs of a table, in source order; where a name may mean several things, all must have the same row. */
  callsTo<Row>(table: ApiTable<Row>): readonly ApiCall<Row>[];
  /** Where a setting is given under a fixed name, in source order: `name=…`, `"name": …`, `x.name = …`. */
  argumentsNamed(name: string): readonly NamedArgument[];
  /** Every qualified name that an expression may stand for; undefined when one of them is unknown. */
  resolve(node: SyntaxNode): readonly Resolved[] | undefined;
  constantOf(node: SyntaxNode): Value;
  /** The innermost function, class, lambda, comprehension or module around an offset. */
  scopeAt(offset: number): Scope;
  /** True once something was asked of a program read in parts that only the whole of it can tell. */
  readonly isOutgrown: boolean;
  /** Memory of `flowOf`, by query. */
  readonly flows: Map<unknown, FlowMemory>;
  /** Memory of `resolve` and `constantOf`. */
  readonly memory: Memory;
}

/**
 * Makes the view of a Python text. Never throws: what cannot be parsed or resolved is simply not there.
 *
 * @param previous tree of an earlier version with the edits since, for an incremental parse.
 */
export function readPython(text: string, previous?: PythonTree): PythonProgram {
  return programOf(text, () => parsePython(text, previous));
}

/**
 * The same of only those parts of a text that rules with triggers need. What their checks find is what they find in the
 * whole, unless the program was outgrown meanwhile.
 *
 * @param whole gives the tree of the whole text where there is one anyway; default: the parts are parsed by themselves.
 */
export function readPythonParts(text: string, focus: Focus, whole?: () => PythonTree): PythonProgram {
  return programOf(text, whole ?? (() => ({ tree: parsePythonParts(text, focus.ranges ?? []), fragments: [] })), focus);
}

/** @param focus says which parts of the text count and what they were chosen for; left out where all of it does. */
function programOf(text: string, parse: () => PythonTree, focus?: Focus): PythonProgram {
  const covers = focus?.covers;
  let isOutgrown = false;
  let tree: PythonTree | undefined;
  let outline: Outline | undefined;
  let bindings: Bindings | undefined;
  let calls: readonly Call[] | undefined;
  const callAtOffset = new Map<number, Call | undefined>();
  const matches = new Map<unknown, readonly ApiCall<unknown>[]>();

  const program: PythonProgram = {
    text,
    get tree() {
      tree ??= parse();
      return tree;
    },
    get parsed() {
      return tree;
    },
    get outline() {
      outline ??= readOutline(program.tree.tree, text, focus?.ranges);
      return outline;
    },
    get bindings() {
      bindings ??= bindingsOf(program.tree.tree, text, program.outline);
      return bindings;
    },
    get calls() {
      if (covers) isOutgrown = true;
      calls ??= program.outline.calls.map(call).filter((each) => each !== undefined);
      return calls;
    },
    callsTo(table) {
      if (!outline && !table.mayOccurIn(text)) return [];
      const known = matches.get(table);
      if (known) return known as ApiCall<never>[];
      if (covers?.(table) === false) isOutgrown = true;
      const found = candidates(program.outline, table.lastNames).flatMap((offset) => matchCall(call(offset), table));
      matches.set(table, found);
      return found;
    },
    argumentsNamed(name) {
      if (covers?.(name) === false && text.includes(name)) isOutgrown = true;
      return text.includes(name) ? argumentsNamed(program, name) : [];
    },
    resolve: (node) => resolve(program, node),
    constantOf: (node) => constantOf(program, node),
    scopeAt: (offset) => scopeAt(program.outline, offset),
    get isOutgrown() {
      return isOutgrown;
    },
    flows: new Map(),
    memory: newMemory(),
  };

  /** Calls are shared by all rules of one version. */
  function call(offset: number): Call | undefined {
    if (!callAtOffset.has(offset)) callAtOffset.set(offset, callAt(program, offset));
    return callAtOffset.get(offset);
  }

  return program;
}

/** Offsets of calls whose last segment is one of the names, or may stand for one after an import or assignment. */
function candidates(outline: Outline, names: ReadonlySet<string>): readonly number[] {
  const wanted = new Set<string>(names);
  for (const name of wanted) for (const other of outline.renamed.get(name) ?? []) wanted.add(other);
  const offsets = [...(outline.callsByName.get('') ?? [])];
  for (const name of wanted) offsets.push(...(outline.callsByName.get(name) ?? []));
  return offsets.sort((a, b) => a - b);
}

function matchCall<Row>(call: Call | undefined, table: ApiTable<Row>): ApiCall<Row>[] {
  // Of several bases only one need have what is inherited.
  const [first, ...others] =
    call?.callees?.filter(({ name, inherited }) => !inherited || table.find(name) !== undefined) ?? [];
  if (!call || !first) return [];
  const row = table.find(first.name);
  if (row === undefined || others.some(({ name }) => table.find(name) !== row)) return [];
  return [{ call, row, name: first.name }];
}
