import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../engine/span.ts';
import type { ApiTable } from './apiTable.ts';
import type { Binding } from './bindings.ts';
import { callersOf, passedTo } from './callers.ts';
import { argumentsOf } from './calls.ts';
import { getsObject, type Outcome, outcomeAt, outcomeOf } from './functions.ts';
import { isGuarded } from './guard.ts';
import { canonicalName } from './libraries.ts';
import { lookup } from './lookup.ts';
import { attributeBindings, elementAt, possibilities, resolve } from './names.ts';
import { BUILDS, CALLS_FOR_YOU, MEASURES, OPENS, READS_PATH, REARRANGES } from './passes.ts';
import type { PythonProgram } from './program.ts';
import { entriesOf, entryOf } from './spread.ts';
import { passedInto, termBehind } from './standIn.ts';
import { childrenOf, elementsOf, isExpression, nodeAt, spanOf } from './tree.ts';
import { stringOf } from './values.ts';

/** What to look for when an expression is followed back to where its value comes from. */
export interface FlowQuery<Source> {
  /** Functions and attributes that are sources, by qualified name. */
  readonly sources: ApiTable<Source>;
  /** Sources known by their shape where the object they belong to cannot be resolved. */
  shape?(program: PythonProgram, node: SyntaxNode): Source | undefined;
  /** Parameters that are sources because of who calls the function. */
  parameter?(program: PythonProgram, binding: Binding & { kind: 'parameter' }): Source | undefined;
  /** Attributes and keys of a source that are none: what the library says about it, not what it holds. */
  readonly ignores?: ReadonlySet<string>;
  /** Whether an attribute of a source holds nothing to fear: one of a few values, or a number. */
  limited?(program: PythonProgram, attribute: string, source: Source): boolean;
  /** What a source becomes once the file that it names is opened. */
  opened?(source: Source): Source;
  /** Functions whose result carries what their arguments carry, in addition to those that only rearrange text. */
  readonly passes?: ReadonlySet<string>;
  /** Functions whose result carries nothing any more, though they might otherwise pass. */
  readonly stops?: ReadonlySet<string>;
}

/** One station on the way from a source to the expression that was asked about. */
export interface FlowStep {
  readonly span: Span;
  readonly message: string;
}

export interface Flow<Source> {
  readonly source: Source;
  /** The expression that is the source. */
  readonly node: SyntaxNode;
  /** In the direction of the flow; the source is the first. */
  readonly steps: readonly FlowStep[];
}

/** Expressions looked at for one question, and for all questions about one version of a file together. */
const MAX_VISITS = 2000;
const MAX_TOTAL = 20_000;
const MAX_DEPTH = 60;

/** What earlier questions of the same kind have shown. */
export interface FlowMemory {
  /** Expressions that lead to no source. */
  readonly dead: Set<string>;
  visits: number;
}

/** A call of a function of this file that the trail has gone into. */
interface Frame {
  readonly definition: SyntaxNode;
  readonly list: SyntaxNode;
  /** Arguments of the list that are not the function's own. */
  readonly skip: number;
  /** True when the first parameter is the object and not in the list. */
  readonly method: boolean;
  readonly outer: Frame | undefined;
}

/**
 * Follows an expression back through assignments, attributes, subscripts, methods of the value, string building, loops
 * and functions of the same file to a source. The first source found wins; bounded in steps and depth.
 */
export function flowOf<Source>(
  program: PythonProgram,
  start: SyntaxNode,
  query: FlowQuery<Source>,
): Flow<Source> | undefined {
  const { text } = program;
  const visited = new Set<string>();
  const memory: FlowMemory = program.flows.get(query) ?? { dead: new Set(), visits: 0 };
  program.flows.set(query, memory);
  let cut = false;
  type Found = Flow<Source> | undefined;

  function first(nodes: readonly (SyntaxNode | null | undefined)[], frame: Frame | undefined, depth: number): Found {
    for (const node of nodes) {
      const found = node ? trace(node, frame, depth) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  function trace(node: SyntaxNode, frame: Frame | undefined, depth: number): Found {
    const behind = termBehind(node);
    // What is written elsewhere leads on to what is passed there.
    if (behind) return depth > MAX_DEPTH ? undefined : first(passedInto(program, behind), frame, depth + 1);
    const key = `${node.from}:${node.to}:${node.name}:${frame?.list.from ?? ''}`;
    if (visited.has(key) || memory.dead.has(key)) return undefined;
    if (depth > MAX_DEPTH || visited.size > MAX_VISITS || memory.visits > MAX_TOTAL) {
      cut = true;
      return undefined;
    }
    visited.add(key);
    memory.visits++;
    const found = traceInto(node, frame, depth);
    if (found) return found;
    const shaped = query.shape?.(program, node);
    return shaped === undefined ? undefined : sourceAt(node, shaped);
  }

  function traceInto(node: SyntaxNode, frame: Frame | undefined, depth: number): Found {
    switch (node.name) {
      case 'VariableName':
        return traceName(node, frame, depth + 1);
      case 'MemberExpression':
        return traceMember(node, frame, depth + 1);
      case 'CallExpression':
        return traceCall(node, frame, depth + 1);
      case 'FormatString':
        return first(node.getChildren('FormatReplacement').flatMap(elementsOf), frame, depth + 1);
      case 'ConditionalExpression': {
        const [yes, , no] = elementsOf(node);
        return first([yes, no], frame, depth + 1);
      }
      case 'BinaryExpression':
        return isComparison(node) ? undefined : first(elementsOf(node), frame, depth + 1);
      case 'DictionaryExpression':
        return first(
          entriesOf(node).map(({ value }) => value),
          frame,
          depth + 1,
        );
      case 'ArrayComprehensionExpression':
      case 'SetComprehensionExpression':
      case 'ComprehensionExpression':
      case 'DictionaryComprehensionExpression':
        return first(beforeFor(node), frame, depth + 1);
      case 'ArgList':
        return first(
          argumentsOf(program, node).map(({ value }) => value),
          frame,
          depth + 1,
        );
      case 'NamedExpression':
      case 'YieldExpression':
        return first([node.lastChild], frame, depth + 1);
      case 'ContinuedString':
      case 'ParenthesizedExpression':
      case 'AwaitExpression':
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'SetExpression':
        return first(elementsOf(node), frame, depth + 1);
      default:
        return undefined;
    }
  }

  function sourceAt(node: SyntaxNode, source: Source): Found {
    return { source, node, steps: [{ span: spanOf(node), message: 'comes from here' }] };
  }

  /** The expression itself, when it is, or calls, one of the sources. */
  function known(named: SyntaxNode, node = named): Found {
    for (const { name } of resolve(program, named) ?? []) {
      const source = query.ignores?.has(name.slice(name.lastIndexOf('.') + 1)) ? undefined : query.sources.find(name);
      if (source !== undefined) return sourceAt(node, source);
    }
    return undefined;
  }

  function traceName(node: SyntaxNode, frame: Frame | undefined, depth: number): Found {
    if (isGuarded(program, node)) return undefined;
    const bindings = lookup(program, text.slice(node.from, node.to), node.from) ?? [];
    // A module holds nothing: `st.write(reply)` does not make `st.file_uploader()` a reply.
    const isModule = bindings.some(({ kind }) => kind === 'import');
    const held = isModule ? bindings.filter(({ kind }) => kind !== 'add') : bindings;
    return traceBindings(held, frame, depth) ?? known(node);
  }

  function traceBindings(bindings: readonly Binding[], frame: Frame | undefined, depth: number): Found {
    for (const binding of bindings.toReversed()) {
      const found = traceBinding(binding, frame, depth);
      if (!found) continue;
      const name = text.slice(binding.at.start, binding.at.end);
      const last = found.steps.at(-1)?.span;
      // A parameter that is the source says so itself.
      if (last?.start === binding.at.start && last.end === binding.at.end) return found;
      return withStep(found, binding.at, `\`${shorten(name)}\` holds it`);
    }
    return undefined;
  }

  function withStep(found: Flow<Source>, span: Span, message: string): Flow<Source> {
    return { ...found, steps: [...found.steps, { span, message }] };
  }

  function traceBinding(binding: Binding, frame: Frame | undefined, depth: number): Found {
    if (binding.kind === 'parameter') return traceParameter(binding, frame, depth);
    if (binding.kind === 'def') return traceProperty(binding, depth);
    if (!('value' in binding) || (binding.kind === 'add' && binding.removes)) return undefined;
    const node = nodeAt(program.tree.tree, binding.value);
    if (node && binding.kind === 'for' && binding.path.length > 0) return traceLoop(node, binding.path, frame, depth);
    if (!node || binding.kind !== 'assign' || binding.path.length === 0) return first([node], frame, depth);
    // `a, b = f()`: only what ends up in this name.
    const call = /^(?:Await|Yield)Expression$/.test(node.name) ? node.lastChild : node;
    if (call?.name === 'CallExpression') return traceCall(call, frame, depth, binding.path);
    return first([elementAt(node, binding.path) ?? node], frame, depth);
  }

  /** `for a, b in ((1, 2), (3, 4))`: of tuples that are written out only what ends up in this name. */
  function traceLoop(node: SyntaxNode, path: readonly number[], frame: Frame | undefined, depth: number): Found {
    const isWritten = /^(?:Tuple|Array|Set)Expression$/.test(node.name);
    const parts = isWritten ? elementsOf(node).map((each) => elementAt(each, path) ?? each) : [node];
    return first(parts, frame, depth);
  }

  /** What reading a property gives. */
  function traceProperty({ statement }: Binding, depth: number): Found {
    const definition = nodeAt(program.tree.tree, statement, 'FunctionDefinition');
    const decorators = definition?.parent?.getChildren('Decorator') ?? [];
    const isProperty = decorators.some(({ from, to }) =>
      /^@(?:\w+\.)?(?:cached_)?property\b/.test(text.slice(from, to)),
    );
    return definition && isProperty ? first(outcomeAt(definition)?.values ?? [], undefined, depth) : undefined;
  }

  /**
   * A parameter holds what the call passes that led here, or else what any call of the function in this file passes, or what
   * the library that calls it does.
   */
  function traceParameter(binding: Binding & { kind: 'parameter' }, frame: Frame | undefined, depth: number): Found {
    let around = frame;
    while (around && !isInside(binding, around.definition)) around = around.outer;
    if (around) return first(passedTo(program, binding, around.list, around.skip, around.method), around.outer, depth);
    for (const { list, method, skip } of callersOf(program, binding)) {
      const found = first(passedTo(program, binding, list, skip, method), undefined, depth);
      if (found) return found;
    }
    const source = query.parameter?.(program, binding);
    const node = source === undefined ? undefined : nodeAt(program.tree.tree, binding.at);
    return node && source !== undefined ? sourceAt(node, source) : undefined;
  }

  function traceMember(node: SyntaxNode, frame: Frame | undefined, depth: number): Found {
    const base = node.firstChild;
    const property = node.lastChild;
    if (!base || !property || isGuarded(program, node)) return undefined;
    if (property.name !== 'PropertyName') {
      const index = elementsOf(node)[1];
      const key = index?.name === 'String' ? stringOf(program, index) : undefined;
      if (key !== undefined && query.ignores?.has(key)) return undefined;
      const entry = key !== undefined && traceEntry(base, key, frame, depth);
      return entry === false ? first([base], frame, depth) : entry;
    }
    const name = text.slice(property.from, property.to);
    const attribute = attributeBindings(program, node);
    const assigned = attribute && traceBindings(attribute, undefined, depth);
    if (assigned || query.ignores?.has(name)) return assigned;
    const made = possibilities(program, base)?.[0]?.own?.made?.getChild('ArgList');
    if (made) return first([argumentsOf(program, made).find((each) => each.name === name)?.value], frame, depth);
    const held = first([base], frame, depth);
    if (held && query.limited?.(program, name, held.source)) {
      // The way here leads to a source for other attributes.
      cut = true;
      return undefined;
    }
    const itself = known(node);
    // `request.files` is an upload, though it comes with the request.
    return held && itself?.source === held.source ? held : (itself ?? held);
  }

  /** The value under a key of a dictionary that is written out; its other values do not count. */
  function traceEntry(holder: SyntaxNode, key: string, frame: Frame | undefined, depth: number): Found | false {
    const entry = holder.name === 'VariableName' ? entryOf(program, holder, key) : undefined;
    if (entry?.state !== 'given') return false;
    const found = trace(entry.node, frame, depth);
    const { start } = entry.span;
    const end = start + text.slice(start, entry.node.from).replace(/\s*[:=]\s*$/, '').length;
    return found && end > start
      ? withStep(found, { start, end }, `\`${shorten(text.slice(start, end))}\` holds it`)
      : found;
  }

  /** @param path to the element of the result that is asked about */
  function traceCall(node: SyntaxNode, frame: Frame | undefined, depth: number, path: readonly number[] = []): Found {
    const callee = node.firstChild;
    const list = node.getChild('ArgList');
    if (!callee || !list) return undefined;
    const source = known(callee, node);
    if (source) return source;
    const names = (resolve(program, callee) ?? []).map(({ name }) => canonicalName(name));
    if (names.some((name) => query.stops?.has(name))) return undefined;
    const outcome = outcomeOf(program, callee);
    if (outcome) return traceOutcome(outcome, callee, list, 0, frame, depth, path);
    const delegated = names.map((name) => CALLS_FOR_YOU[name]).find((each) => each !== undefined);
    if (delegated !== undefined) {
      const called = argumentsOf(program, list)[delegated]?.value;
      const inner = called && outcomeOf(program, called);
      return inner ? traceOutcome(inner, called, list, delegated + 1, frame, depth, path) : undefined;
    }
    // Which attribute is chosen does not make its value somebody else's.
    if (names.includes('getattr')) return first([argumentsOf(program, list)[0]?.value], frame, depth);
    if (names.some((name) => REARRANGES.has(name) || query.passes?.has(name))) {
      const found =
        trace(list, frame, depth) ??
        (callee.name === 'MemberExpression' ? first([callee.firstChild], frame, depth) : undefined);
      return names.some((name) => OPENS.has(name)) ? opened(found) : found;
    }
    if (callee.name !== 'MemberExpression') return undefined;
    const method = text.slice(callee.lastChild?.from ?? 0, callee.lastChild?.to ?? 0);
    if (MEASURES.has(method)) return undefined;
    const builds = BUILDS.has(method) && names.length === 0;
    const found = first([callee.firstChild, builds ? list : undefined], frame, depth);
    return READS_PATH.test(method) ? opened(found) : found;
  }

  function opened(found: Found): Found {
    return found && query.opened ? { ...found, source: query.opened(found.source) } : found;
  }

  function traceOutcome(
    outcome: Outcome,
    callee: SyntaxNode,
    list: SyntaxNode,
    skip: number,
    frame: Frame | undefined,
    depth: number,
    path: readonly number[],
  ): Found {
    const { definition } = outcome;
    const inner = { definition, list, skip, method: getsObject(program, callee, definition), outer: frame };
    const [index = 0, ...rest] = path;
    const isTuple = (tuple: readonly SyntaxNode[]): boolean =>
      tuple.length > 1 || (tuple[0] !== undefined && elementAt(tuple[0], path) !== undefined);
    // Of a generator that yields one thing and returns several, only the latter can be taken apart.
    const isApart = path.length > 0 && outcome.generator && outcome.returned.some(isTuple);
    const values =
      path.length === 0
        ? outcome.values
        : outcome.returned
            .filter((tuple) => !isApart || isTuple(tuple))
            .flatMap((tuple) => {
              const [value] = tuple;
              if (tuple.length === 1) return value ? [elementAt(value, path) ?? value] : [];
              const chosen = tuple[index];
              return chosen ? [elementAt(chosen, rest) ?? chosen] : tuple;
            });
    const found = first(values, inner, depth);
    return found && withStep(found, spanOf(callee), 'is returned to here');
  }

  const found = trace(start, undefined, 0);
  // Everything was followed to its end and nothing found: none of it leads anywhere.
  if (!found && !cut) for (const key of visited) memory.dead.add(key);
  return found;
}

function isInside({ at }: Binding, { from, to }: SyntaxNode): boolean {
  return at.start >= from && at.end <= to;
}

function isComparison(node: SyntaxNode): boolean {
  return ['CompareOp', 'in', 'is', 'not'].some((operator) => node.getChild(operator) !== null);
}

/** The expressions of a comprehension that make its elements. */
function beforeFor(node: SyntaxNode): SyntaxNode[] {
  const parts = childrenOf(node);
  return parts
    .slice(
      0,
      parts.findIndex(({ name }) => name === 'for'),
    )
    .filter(isExpression);
}

function shorten(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}
