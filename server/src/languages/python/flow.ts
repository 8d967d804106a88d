import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../engine/span.ts';
import type { ApiTable } from './apiTable.ts';
import type { Binding } from './bindings.ts';
import { argumentsOf, callAt } from './calls.ts';
import { definitionOf, outcomeOf } from './functions.ts';
import { canonicalName } from './libraries.ts';
import { lookup } from './lookup.ts';
import { attributeBindings, resolve } from './names.ts';
import type { PythonProgram } from './program.ts';
import { childrenOf, elementsOf, isExpression, nodeAt, spanOf } from './tree.ts';

/** What to look for when an expression is followed back to where its value comes from. */
export interface FlowQuery<Source> {
  /** Functions and attributes that are sources, by qualified name. */
  readonly sources: ApiTable<Source>;
  /** Sources known by their shape where the object they belong to cannot be resolved. */
  shape?(program: PythonProgram, node: SyntaxNode): Source | undefined;
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

/** Functions that hand on the text they are given, in part or in another form. */
const REARRANGES = new Set([
  ...['str', 'repr', 'bytes', 'bytearray', 'list', 'tuple', 'set', 'dict', 'sorted', 'reversed', 'iter', 'next', 'zip'],
  ...['enumerate', 'filter', 'map', 'max', 'min', 'memoryview', 'anext', 'aiter', 'vars', 'format'],
  ...['re.sub', 're.subn', 're.findall', 're.finditer', 're.search', 're.match', 're.fullmatch', 're.split'],
  ...[
    're.compile().search',
    're.compile().match',
    're.compile().findall',
    're.compile().sub',
    're.compile().fullmatch',
  ],
  ...['re.compile().finditer', 're.compile().split'],
  ...['json.loads', 'json.dumps', 'json.load', 'orjson.loads', 'ujson.loads', 'json_repair.loads', 'yaml.safe_load'],
  ...['textwrap.dedent', 'textwrap.indent', 'html.unescape', 'urllib.parse.unquote', 'codecs.decode', 'copy.copy'],
  ...['copy.deepcopy', 'base64.b64decode', 'base64.b64encode', 'base64.urlsafe_b64decode', 'zlib.decompress'],
  ...[
    'shlex.split',
    'shlex.join',
    'itertools.chain',
    'typing.cast',
    'asyncio.run',
    'asyncio.wait_for',
    'asyncio.gather',
  ],
  ...['ast.parse', 'ast.unparse', 'compile', 'black.format_str', 'autopep8.fix_code'],
]);

/** Methods whose result says something about the text but does not contain it. */
const MEASURES = new Set(
  `startswith endswith find rfind index rindex count isdigit isalpha isalnum isnumeric isdecimal isidentifier isspace
  islower isupper istitle exists is_file is_dir`.split(/\s+/),
);

/** Expressions looked at for one question, and for all questions about one version of a file together. */
const MAX_VISITS = 2000;
const MAX_TOTAL = 20_000;
const MAX_DEPTH = 60;
const MAX_CALLERS = 20;

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
        return first([node.lastChild], frame, depth + 1);
      case 'ContinuedString':
      case 'ParenthesizedExpression':
      case 'AwaitExpression':
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'SetExpression':
      case 'DictionaryExpression':
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
      const source = query.sources.find(name);
      if (source !== undefined) return sourceAt(node, source);
    }
    return undefined;
  }

  function traceName(node: SyntaxNode, frame: Frame | undefined, depth: number): Found {
    const bindings = lookup(program, text.slice(node.from, node.to), node.from) ?? [];
    // A module holds nothing: `st.write(reply)` does not make `st.file_uploader()` a reply.
    const isModule = bindings.some(({ kind }) => kind === 'import');
    const held = isModule ? bindings.filter(({ kind }) => kind !== 'add') : bindings;
    return traceBindings(held, frame, depth) ?? known(node);
  }

  function traceBindings(bindings: readonly Binding[], frame: Frame | undefined, depth: number): Found {
    for (const binding of bindings.toReversed()) {
      const found =
        binding.kind === 'parameter' ? traceParameter(binding, frame, depth) : traceValue(binding, frame, depth);
      if (!found) continue;
      const name = text.slice(binding.at.start, binding.at.end);
      return { ...found, steps: [...found.steps, { span: binding.at, message: `\`${shorten(name)}\` holds it` }] };
    }
    return undefined;
  }

  function traceValue(binding: Binding, frame: Frame | undefined, depth: number): Found {
    if (!('value' in binding)) return undefined;
    return first([nodeAt(program.tree.tree, binding.value)], frame, depth);
  }

  /** A parameter holds what the call passes that led here, or else what any call of the function in this file passes. */
  function traceParameter(binding: Binding & { kind: 'parameter' }, frame: Frame | undefined, depth: number): Found {
    if (frame) {
      const inside = binding.at.start >= frame.definition.from && binding.at.end <= frame.definition.to;
      return inside ? first([passedTo(program, binding, frame.list, frame.method)], frame.outer, depth) : undefined;
    }
    for (const { list, method } of callersOf(program, binding)) {
      const found = first([passedTo(program, binding, list, method)], undefined, depth);
      if (found) return found;
    }
    return undefined;
  }

  function traceMember(node: SyntaxNode, frame: Frame | undefined, depth: number): Found {
    const base = node.firstChild;
    if (node.lastChild?.name !== 'PropertyName') return first([base], frame, depth);
    const attribute = attributeBindings(program, node);
    const assigned = attribute && traceBindings(attribute, undefined, depth);
    return assigned ?? first([base], frame, depth) ?? known(node);
  }

  function traceCall(node: SyntaxNode, frame: Frame | undefined, depth: number): Found {
    const callee = node.firstChild;
    const list = node.getChild('ArgList');
    if (!callee || !list) return undefined;
    const source = known(callee, node);
    if (source) return source;
    const outcome = outcomeOf(program, callee);
    if (outcome) {
      const definition = definitionOf(program, callee) as SyntaxNode;
      const inner = { definition, list, method: callee.name === 'MemberExpression', outer: frame };
      const found = first(outcome.values, inner, depth);
      return found && { ...found, steps: [...found.steps, { span: spanOf(callee), message: 'is returned to here' }] };
    }
    const names = (resolve(program, callee) ?? []).map(({ name }) => canonicalName(name));
    if (names.some((name) => query.stops?.has(name))) return undefined;
    // Which attribute is chosen does not make its value somebody else's.
    if (names.includes('getattr')) return first([argumentsOf(program, list)[0]?.value], frame, depth);
    if (names.some((name) => REARRANGES.has(name) || query.passes?.has(name))) return trace(list, frame, depth);
    if (callee.name !== 'MemberExpression') return undefined;
    const method = text.slice(callee.lastChild?.from ?? 0, callee.lastChild?.to ?? 0);
    if (MEASURES.has(method)) return undefined;
    const carrier = callee.firstChild;
    const builds = (method === 'format' || method === 'join') && names.length === 0;
    return first([carrier, builds ? list : undefined], frame, depth);
  }

  const found = trace(start, undefined, 0);
  // Everything was followed to its end and nothing found: none of it leads anywhere.
  if (!found && !cut) for (const key of visited) memory.dead.add(key);
  return found;
}

/** The argument of a call that a parameter of the called function receives. */
function passedTo(
  program: PythonProgram,
  binding: Binding & { kind: 'parameter' },
  list: SyntaxNode,
  method: boolean,
): SyntaxNode | undefined {
  const passed = argumentsOf(program, list);
  const index = binding.index - (method ? 1 : 0);
  const positional = passed.filter(({ name, star }) => !name && !star);
  return passed.find(({ name }) => name === binding.name)?.value ?? (index >= 0 ? positional[index]?.value : undefined);
}

/** Calls in this file of the function that a parameter belongs to. */
function callersOf(program: PythonProgram, { at }: Binding): { list: SyntaxNode; method: boolean }[] {
  let node: SyntaxNode | null = program.tree.tree.resolveInner(at.start, 1);
  while (node && node.name !== 'FunctionDefinition') node = node.parent;
  const name = node?.getChild('VariableName');
  if (!node || !name) return [];
  const offsets = program.outline.callsByName.get(program.text.slice(name.from, name.to)) ?? [];
  return offsets.slice(0, MAX_CALLERS).flatMap((offset) => {
    const call = callAt(program, offset)?.node;
    const callee = call?.firstChild;
    const list = call?.getChild('ArgList');
    if (!callee || !list || definitionOf(program, callee)?.from !== node.from) return [];
    return [{ list, method: callee.name === 'MemberExpression' }];
  });
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
