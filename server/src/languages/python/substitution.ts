import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../engine/span.ts';
import type { Binding } from './bindings.ts';
import { type Argument, argumentsOf, type Call } from './calls.ts';
import { lookup } from './lookup.ts';
import { newMemory } from './memory.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import type { PythonProgram } from './program.ts';
import { entryOf } from './spread.ts';
import { nodeAt, spanOf, unwrap } from './tree.ts';
import { constantOf, type Value } from './values.ts';

/**
 * An expression together with what the parameters in it stand for: `not trusted` in the body of a function, with the call of
 * that function. Terms nest where a function hands its parameter to a function that hands it on.
 */
export interface Term {
  readonly program: PythonProgram;
  readonly node: SyntaxNode;
  /** The argument with its name. */
  readonly span: Span;
  /** Missing where nothing in the expression depends on a parameter. */
  readonly frame?: Frame;
}

/** A call of a function, seen from the inside: which expression each parameter holds. */
export interface Frame {
  readonly program: PythonProgram;
  readonly definition: SyntaxNode;
  /** 1 when the first parameter is the object or class itself. */
  readonly skip: 0 | 1;
  /** The arguments of the call. */
  readonly caller: Items;
  /** Undefined where nobody can tell. */
  passed(parameter: string): Term | undefined;
}

/** One argument of a call whose parameters may have been replaced by what a caller passes. */
export type Item =
  | { readonly kind: 'plain'; readonly name: string | undefined; readonly term: Term }
  | { readonly kind: 'star' | 'spread'; readonly term: Term }
  /** Something may be given here under these names, or under any. */
  | { readonly kind: 'unknown'; readonly names?: ReadonlySet<string> };

/** What the arguments of a call are, and whether they contain what a caller passes on as a whole (`*args`, `**kwargs`). */
export interface Items {
  readonly list: readonly Item[];
  /** True when an argument that is absent is absent because the caller does not pass it. */
  readonly open: boolean;
}

/** What is known of one parameter of a call. */
export type TermState =
  | { readonly state: 'absent' | 'unknown' }
  | { readonly state: 'given'; readonly term: Term; readonly through: 'call' | 'spread' };

/** Names followed back to a parameter. */
const MAX_STEPS = 4;
/** Longer expressions are data. In UTF-16 code units. */
const MAX_EXPRESSION = 2000;
/** Calls nested in calls through `passed`. */
const MAX_FRAMES = 8;

/** The arguments of a call as they are written, those of `functools.partial` first. */
export function itemsOf(program: PythonProgram, call: Call): Items {
  const bound = (call.callees?.[0]?.bound ?? []).flatMap((list) => argumentsOf(program, list).slice(1));
  return { list: [...bound, ...call.arguments].map((argument) => itemOf(program, argument)), open: false };
}

function itemOf(program: PythonProgram, { name, star, value, span }: Argument): Item {
  const term = { program, node: value, span };
  return star === '' ? { kind: 'plain', name, term } : { kind: star === '*' ? 'star' : 'spread', term };
}

/** The state of one parameter of a call with these arguments; `position` as in `Call.argument`. */
export function findItem({ list }: Items, name: string, position: number | undefined): TermState {
  const keyword = list.findLast((item) => item.kind === 'plain' && item.name === name);
  if (keyword?.kind === 'plain') return { state: 'given', term: keyword.term, through: 'call' };
  if (position !== undefined) {
    const ordered = list.filter((item) => item.kind === 'star' || (item.kind === 'plain' && item.name === undefined));
    const star = ordered.findIndex((item) => item.kind === 'star');
    if (star !== -1 && star <= position) return { state: 'unknown' };
    const at = ordered[position];
    if (at?.kind === 'plain') return { state: 'given', term: at.term, through: 'call' };
  }
  for (const item of list) {
    if (item.kind === 'unknown' && (!item.names || item.names.has(name))) return { state: 'unknown' };
    if (item.kind !== 'spread') continue;
    const { program, node, frame } = item.term;
    const spread = entryOf(program, node, name);
    if (spread.state === 'absent') continue;
    if (spread.state === 'unknown') return { state: 'unknown' };
    const term = { program, node: spread.node, span: spread.span };
    return { state: 'given', term: frame ? boundTerm(term, frame) : term, through: 'spread' };
  }
  return { state: 'absent' };
}

/** The same arguments with the parameters of a function replaced by what one call of it passes. */
export function substitute(items: Items, frame: Frame): Items {
  const { caller } = frame;
  let open = items.open;
  const parameters = parametersOf(frame.definition, frame.program.text);
  const list = items.list.flatMap((item): readonly Item[] => {
    if (item.kind === 'unknown') return [item];
    const { term } = item;
    const surplus = isWithin(term, frame) && surplusParameter(term, item.kind, parameters);
    if (!surplus) return [{ ...item, term: boundTerm(term, frame) }];
    open = true;
    return surplus.star === '*' ? surplusPositional(parameters, caller) : surplusKeywords(frame, surplus, caller);
  });
  return { list, open };
}

/** `args` in `*args` or `kwargs` in `**kwargs` when it is the function's own. */
function surplusParameter(
  { program, node }: Term,
  kind: Item['kind'],
  parameters: readonly Parameter[],
): Parameter | undefined {
  if (node.name !== 'VariableName' || kind === 'plain') return undefined;
  const name = program.text.slice(node.from, node.to);
  const parameter = parameters.find((each) => each.name === name && each.star === (kind === 'star' ? '*' : '**'));
  const found = (parameter && lookup(program, name, node.from)) ?? [];
  const [binding, ...others] = found.filter(({ kind }) => kind !== 'add');
  return binding?.kind === 'parameter' && others.length === 0 ? parameter : undefined;
}

function surplusPositional(parameters: readonly Parameter[], caller: Items): Item[] {
  const own = parameters.filter(({ position }) => position !== undefined).length;
  return caller.list
    .filter((item) => item.kind === 'star' || (item.kind === 'plain' && item.name === undefined))
    .slice(own);
}

/** What `**kwargs` holds: the keywords no parameter takes, and what the function sets in it since. */
function surplusKeywords(frame: Frame, { name }: Parameter, caller: Items): Item[] {
  const { program, definition } = frame;
  const named = new Set(parametersOf(definition, program.text).map((parameter) => parameter.name));
  const own = touched(program, definition, name);
  const unsure = new Set(own.flatMap((item) => [...(item.names ?? [])]));
  const passed = caller.list.filter((item) => {
    if (item.kind !== 'plain') return item.kind !== 'star';
    return item.name !== undefined && !named.has(item.name) && !unsure.has(item.name);
  });
  return [...passed, ...own];
}

/** Methods of a dictionary that concern the key they are given. */
const BY_KEY = new Set(['get', 'pop', 'setdefault']);

/** Which keys of `**kwargs` the function may have set or taken out itself: those it names, or any when it is handed about. */
function touched(program: PythonProgram, definition: SyntaxNode, name: string): (Item & { kind: 'unknown' })[] {
  const names = new Set<string>();
  let handed = false;
  definition.cursor().iterate(({ node }) => {
    const written = program.text.slice(node.from, Math.min(node.to, node.from + 80));
    if (node.name === 'String') names.add(written.replace(/^\w*["']|["']$/g, ''));
    if (node.name !== 'VariableName' || written !== name || node.prevSibling?.name === '**') return;
    const { parent } = node;
    const property = parent?.name === 'MemberExpression' && parent.firstChild?.from === node.from && parent.lastChild;
    if (!property) handed = true;
    else if (property.name === 'PropertyName') {
      handed ||= !BY_KEY.has(program.text.slice(property.from, property.to));
    } else handed ||= parent.getChild('String') === null;
  });
  if (handed) return [{ kind: 'unknown' }];
  return names.size > 0 ? [{ kind: 'unknown', names }] : [];
}

/** Binds the parameters of a function in an expression of its body; expressions from elsewhere stay what they are. */
function boundTerm(term: Term, frame: Frame): Term {
  const { frame: inner } = term;
  if (inner) {
    const caller = lazily(() => substitute(inner.caller, frame));
    return { ...term, frame: frameOf(inner.program, inner.definition, inner.skip, caller) };
  }
  return isWithin(term, frame) && dependsOn(term, frame.definition) ? { ...term, frame } : term;
}

/** Worked out when first looked at: most of what could be asked about a call never is. */
function lazily(make: () => Items): Items {
  let made: Items | undefined;
  const items = (): Items => {
    made ??= make();
    return made;
  };
  return {
    get list() {
      return items().list;
    },
    get open() {
      return items().open;
    },
  };
}

function isWithin({ program, node }: Term, frame: Frame): boolean {
  return program === frame.program && node.from >= frame.definition.from && node.to <= frame.definition.to;
}

/** Whether an expression in a function uses one of its parameters, directly or through names assigned from them. */
export function dependsOn({ program, node }: Term, definition: SyntaxNode, steps = 0): boolean {
  if (steps > MAX_STEPS || node.to - node.from > MAX_EXPRESSION) return false;
  let depends = false;
  node.cursor().iterate((inner) => {
    if (depends || inner.name !== 'VariableName') return !depends;
    const name = program.text.slice(inner.from, inner.to);
    depends = (lookup(program, name, inner.from) ?? []).some((binding) => {
      if (binding.kind === 'parameter') return isParameterOf(binding, definition);
      if (binding.kind !== 'assign' || binding.at.start < definition.from || binding.at.end > definition.to)
        return false;
      const value = nodeAt(program.tree.tree, binding.value);
      return value !== undefined && dependsOn({ program, node: value, span: spanOf(value) }, definition, steps + 1);
    });
    return true;
  });
  return depends;
}

function isParameterOf(binding: Binding, definition: SyntaxNode): boolean {
  const list = definition.getChild('ParamList');
  return list !== null && binding.at.start >= list.from && binding.at.end <= list.to;
}

/** The expression that a term comes down to when it is nothing but a parameter that holds another term. */
export function originOf(term: Term): Term {
  let at = term;
  for (let steps = 0; steps < MAX_FRAMES; steps++) {
    const node = unwrap(at.node);
    if (!at.frame || node.name !== 'VariableName') return at;
    const name = at.program.text.slice(node.from, node.to);
    const [binding, ...others] = lookup(at.program, name, node.from) ?? [];
    if (others.length > 0 || binding?.kind !== 'parameter' || !isParameterOf(binding, at.frame.definition)) return at;
    const passed = at.frame.passed(name);
    if (!passed) return at;
    at = passed;
  }
  return at;
}

/** The constant a term stands for, with parameters replaced by what is passed for them. */
export function valueOfTerm({ program, node, frame }: Term, depth = 0): Value {
  if (!frame || depth > MAX_FRAMES) return constantOf(program, node);
  const inside: PythonProgram = Object.create(program, {
    // What holds for one call is not remembered for others.
    memory: { value: newMemory() },
    parameterValue: {
      value(binding: Binding): Value {
        if (binding.kind !== 'parameter' || !isParameterOf(binding, frame.definition)) return { known: false };
        const passed = frame.passed(binding.name);
        return passed ? valueOfTerm(passed, depth + 1) : { known: false };
      },
    },
  });
  return constantOf(inside, node);
}

/** The frame of a call: what each parameter of the function holds. */
export function frameOf(program: PythonProgram, definition: SyntaxNode, skip: 0 | 1, caller: Items): Frame {
  const parameters = parametersOf(definition, program.text);
  return {
    program,
    definition,
    skip,
    caller,
    passed(name) {
      const parameter = parameters.find((each) => each.name === name);
      if (parameter?.star !== '') return undefined;
      const position = parameter.position === undefined ? undefined : parameter.position - skip;
      if (position !== undefined && position < 0) return undefined;
      const state = findItem(caller, name, position);
      if (state.state === 'given') return state.term;
      const { default: node } = parameter;
      return state.state === 'absent' && node ? { program, node, span: spanOf(node) } : undefined;
    },
  };
}
