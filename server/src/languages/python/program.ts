import type { SyntaxNode } from '@lezer/common';
import type { ApiCall, ApiTable } from './apiTable.ts';
import { type Binding, type Bindings, bindingsOf } from './bindings.ts';
import { type Call, callAt } from './calls.ts';
import type { FlowMemory } from './flow.ts';
import { type Focus, partsAround } from './focus.ts';
import { handedCalls } from './handed.ts';
import { type Memory, newMemory } from './memory.ts';
import { type Module, type Modules, NO_MODULES } from './modules.ts';
import { argumentsNamed, type NamedArgument } from './named.ts';
import { type Resolved, resolve } from './names.ts';
import { foreignCalls } from './near.ts';
import { type Outline, readOutline, type Scope, scopeAt } from './outline.ts';
import { type Suspects, suspectsIn } from './suspects.ts';
import { type PythonTree, parsePython, parsePythonParts } from './tree.ts';
import { constantOf, type Value } from './values.ts';
import { derivedCalls, wrapperNames } from './wrappers.ts';

export { type ApiCall, type ApiTable, apiTable, type Needs, rows, type TableOptions } from './apiTable.ts';
export type { Argument, ArgumentState, Call, ValuePlace } from './calls.ts';
export { callTarget } from './callTargets.ts';
export { inContext, isExpectedToFail, isTest, lowered, raised } from './context.ts';
export { type WrapperCall, wrapperOfSpan } from './derivedCall.ts';
export { addArgument, ensureImport, removeItem, replaceValue } from './edits.ts';
export { type EnvironmentSetting, environmentSettings, isSwitchedOn } from './environment.ts';
export { type Flow, type FlowQuery, type FlowStep, flowOf } from './flow.ts';
export { type ImportedModule, readImports } from './imports.ts';
export { mayHoldReply } from './modelReplies.ts';
export { type Module, type Modules, moduleWithUri, NO_MODULES } from './modules.ts';
export type { NamedArgument } from './named.ts';
export type { Resolved } from './names.ts';
export { mayUse } from './near.ts';
export { isAskedFor, isIgnored, isLookedInto, spreadCalls } from './optionUse.ts';
export { isOwnBuffer } from './ownBuffer.ts';
export { isOwnFile } from './ownFile.ts';
export { SANITISERS } from './passes.ts';
export { type Provenance, provenanceOf } from './provenance.ts';
export { anySource, isStarter, pathNamedBy, SOURCES, type Sources } from './sources.ts';
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
  /**
   * The calls of APIs of a table, in source order; where a name may mean several things, all must have the same row. Calls of
   * project functions that hand their parameters on to such an API are among them, with `wrapper`; a finding about one of them
   * is kept only if the caller decides it.
   */
  callsTo<Row>(table: ApiTable<Row>): readonly ApiCall<Row>[];
  /** Those of them that name the API itself. */
  directCallsTo<Row>(table: ApiTable<Row>): readonly ApiCall<Row>[];
  /** Calls under one of some last names, or under a name that may stand for one, in source order. */
  callsNamed(names: ReadonlySet<string>): readonly Call[];
  /** What the words of the text can mean. No parse. */
  readonly suspects: Suspects;
  /** False when the text itself cannot call an API of the table. No parse. */
  mayCall(table: ApiTable<unknown>): boolean;
  /** Where it may so that it matters, by the name that is called. No parse. */
  callOffsets(table: ApiTable<unknown>): readonly number[];
  /** Names under which the text may reach an API of the table through modules it imports. Does not parse the text. */
  wrapperNames(table: ApiTable<unknown>): readonly string[];
  /** Where a setting is given under a fixed name, in source order: `name=…`, `"name": …`, `x.name = …`. */
  argumentsNamed(name: string): readonly NamedArgument[];
  /** Every qualified name that an expression may stand for; undefined when one of them is unknown. */
  resolve(node: SyntaxNode): readonly Resolved[] | undefined;
  constantOf(node: SyntaxNode): Value;
  /** The innermost function, class, lambda, comprehension or module around an offset. */
  scopeAt(offset: number): Scope;
  /** Which parts were read; undefined for a program of all the text. */
  readonly focus: Focus | undefined;
  /**
   * The text read in parts, as far as calls of APIs that may have wrappers need it: what can be said of them is the same, and it
   * is said without reading all of the text. The program itself where its tree is there already.
   */
  readonly sketch: PythonProgram;
  /** The same with what other offsets need. */
  sketchAround(offsets: readonly number[]): PythonProgram;
  /** The same text by itself, without modules: shared by all views of it. */
  readonly base: PythonProgram;
  /** How much of the text has been parsed, in UTF-16 code units. */
  readonly weight: number;
  /** True once something was asked of a program read in parts that only the whole of it can tell. */
  readonly isOutgrown: boolean;
  /** Says that only the whole can answer. */
  outgrow(): void;
  /** What the imports lead to in the workspace. */
  readonly modules: Modules;
  /** Set where this is a module that another file imports. */
  readonly module: Module | undefined;
  /** What a parameter holds, where the program is looked at for the sake of one call. */
  parameterValue?(binding: Binding): Value;
  /** Memory of `derivedCalls`, by table. */
  readonly wrapperMemory: Map<unknown, Map<string, unknown>>;
  /** Memory of `flowOf`, by query. */
  readonly flows: Map<unknown, FlowMemory>;
  /** Memory of `resolve` and `constantOf`. */
  readonly memory: Memory;
}

/** What stands around a Python text. */
export interface Surroundings {
  readonly modules?: Modules;
  readonly module?: Module;
  /** A program of the same text, whose tree and names are used. */
  readonly same?: PythonProgram;
  /** What is known of the words of the text already. */
  readonly suspects?: Suspects;
}

/**
 * Makes the view of a Python text. Never throws: what cannot be parsed or resolved is simply not there.
 *
 * @param previous tree of an earlier version with the edits since, for an incremental parse.
 */
export function readPython(text: string, previous?: PythonTree, around: Surroundings = {}): PythonProgram {
  return programOf(text, () => parsePython(text, previous), around);
}

/**
 * The same of only those parts of a text that rules with triggers need. What their checks find is what they find in the
 * whole, unless the program was outgrown meanwhile.
 *
 * @param whole gives the tree of the whole text where there is one anyway; default: the parts are parsed by themselves.
 */
export function readPythonParts(
  text: string,
  focus: Focus,
  whole?: () => PythonTree,
  around: Omit<Surroundings, 'same'> = {},
): PythonProgram {
  const parse = whole ?? (() => parsePythonParts(text, focus.ranges));
  return programOf(text, parse, around, focus);
}

function sketchOf(program: PythonProgram, { same, ...around }: Surroundings, others: readonly number[]): PythonProgram {
  const { suspects, text } = program;
  const calls = [...suspects.calls, ...suspects.idle].flatMap(([table, places]) => (table.wrapped ? places : []));
  const ranges = partsAround(
    text,
    suspects,
    [...new Set([...calls, ...others])].sort((a, b) => a - b),
  );
  if (!ranges) return program;
  const sameParts = others.length === 0 && same?.sketch.focus ? same.sketch : undefined;
  const known = { ...around, suspects, ...(sameParts && { same: sameParts }) };
  return programOf(text, () => parsePythonParts(text, ranges), known, { ranges, covers: () => true });
}

/** @param focus says which parts of the text count and what they were chosen for; left out where all of it does. */
function programOf(text: string, parse: () => PythonTree, around: Surroundings, focus?: Focus): PythonProgram {
  const { modules = NO_MODULES, module, same } = around;
  const covers = focus?.covers;
  let isOutgrown = false;
  let tree: PythonTree | undefined;
  let outline: Outline | undefined;
  let bindings: Bindings | undefined;
  let calls: readonly Call[] | undefined;
  const callAtOffset = new Map<number, Call | undefined>();
  let handedOn: readonly Call[] | undefined;
  const matches = new Map<unknown, readonly ApiCall<unknown>[]>();
  const occurs = new Map<unknown, boolean>();
  let suspects: Suspects | undefined;
  let sketch: PythonProgram | undefined;

  const program: PythonProgram = {
    text,
    get tree() {
      tree ??= same?.tree ?? parse();
      return tree;
    },
    get parsed() {
      return tree;
    },
    get outline() {
      outline ??= same?.outline ?? readOutline(program.tree.tree, text, focus?.ranges);
      return outline;
    },
    get bindings() {
      bindings ??= same?.bindings ?? bindingsOf(program.tree.tree, text, program.outline);
      return bindings;
    },
    get calls() {
      if (covers) isOutgrown = true;
      calls ??= program.outline.calls.map(call).filter((each) => each !== undefined);
      return calls;
    },
    callsTo(table) {
      const direct = program.directCallsTo(table);
      const derived = table.wrapped ? derivedCalls(program, table) : [];
      if (derived.length === 0) return direct;
      return [...direct, ...derived].sort((a, b) => a.call.span.start - b.call.span.start);
    },
    directCallsTo(table) {
      const known = matches.get(table);
      if (known) return known as ApiCall<never>[];
      if (covers?.(table) === false && program.mayCall(table)) isOutgrown = true;
      const found =
        outline || program.mayCall(table)
          ? [
              ...candidates(program.outline, table.lastNames).flatMap((offset) => matchCall(call(offset), table)),
              ...handed().flatMap((each) => matchCall(each, table)),
            ].sort((a, b) => a.call.span.start - b.call.span.start)
          : [];
      matches.set(table, found);
      return found;
    },
    callsNamed(names) {
      return candidates(program.outline, names).flatMap((offset) => call(offset) ?? []);
    },
    get suspects() {
      suspects ??= around.suspects ?? same?.suspects ?? suspectsIn(text);
      return suspects;
    },
    mayCall(table) {
      const { sure, calls, idle } = program.suspects;
      if (sure) return calls.has(table) || idle.has(table) || foreignCalls(program).has(table);
      const known = occurs.get(table) ?? table.mayOccurIn(text);
      occurs.set(table, known);
      return known;
    },
    callOffsets(table) {
      const own = program.suspects.calls.get(table) ?? [];
      const foreign = foreignCalls(program).get(table) ?? [];
      return foreign.length === 0 ? own : [...own, ...foreign];
    },
    wrapperNames: (table) => (table.wrapped ? wrapperNames(program, table) : []),
    argumentsNamed(name) {
      if (covers?.(name) === false && text.includes(name)) isOutgrown = true;
      return text.includes(name) ? argumentsNamed(program, name) : [];
    },
    resolve: (node) => resolve(program, node),
    constantOf: (node) => constantOf(program, node),
    scopeAt: (offset) => scopeAt(program.outline, offset),
    focus,
    get sketch() {
      sketch ??= program.sketchAround([]);
      return sketch;
    },
    sketchAround: (offsets) => (tree || focus ? program : sketchOf(program, around, offsets)),
    get base() {
      return same?.base ?? program;
    },
    get weight() {
      const read = focus?.ranges.reduce((sum, { from, to }) => sum + to - from, 0) ?? text.length;
      return (tree ? read : 0) + (sketch && sketch !== program ? sketch.weight : 0);
    },
    get isOutgrown() {
      return isOutgrown;
    },
    outgrow() {
      isOutgrown = covers !== undefined;
    },
    modules,
    module,
    wrapperMemory: new Map(),
    flows: new Map(),
    memory: newMemory(),
  };

  /** Calls are shared by all rules of one version. */
  function call(offset: number): Call | undefined {
    if (!callAtOffset.has(offset)) callAtOffset.set(offset, callAt(program, offset));
    return callAtOffset.get(offset);
  }

  /** Calls that others make with a function they are given. */
  function handed(): readonly Call[] {
    handedOn ??= handedCalls(program);
    return handedOn;
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
