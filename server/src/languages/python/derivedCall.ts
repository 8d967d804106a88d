import type { SyntaxNode } from '@lezer/common';
import { lineNumberAt, type Span } from '../../engine/span.ts';
import type { ApiCall } from './apiTable.ts';
import type { Argument, ArgumentState, Call, ValuePlace } from './calls.ts';
import type { Module } from './modules.ts';
import type { PythonProgram } from './program.ts';
import { standIn } from './standIn.ts';
import { findItem, originOf, type Term, valueOfTerm } from './substitution.ts';
import type { Link } from './wrappers.ts';

/** That a call reaches an API through a function of the project. */
export interface WrapperCall {
  /** As written in the call. */
  readonly function: string;
  /** The calls on the way, from the function that is called here to the API itself. */
  readonly steps: readonly WrapperStep[];
  /** What somebody has been answered that the caller decides, by passing it or by leaving it out. */
  readonly answers: readonly WrapperAnswer[];
  /** Whether an argument that is added to this call arrives at the API under its own name. */
  accepts(parameter: string): boolean;
  /** The call as it is written. */
  readonly written: Call;
}

export interface WrapperAnswer {
  /** Of the API. */
  readonly parameter: string;
  /** As written where it is set; undefined when nothing is passed. */
  readonly text: string | undefined;
  /** Where that is when it is not in the call: a default, mostly. */
  readonly setIn: ValuePlace | undefined;
}

export interface WrapperStep {
  readonly program: PythonProgram;
  /** The module it stands in; undefined for the file itself. */
  readonly module: Module | undefined;
  readonly call: Call;
}

/** Derived calls by the spans they have handed out, so that a finding tells which of them it is about. */
const bySpan = new WeakMap<Span, WrapperCall>();
/** Expressions that must not be replaced: they stand elsewhere, or stand for something else. */
const fixed = new WeakSet<SyntaxNode>();

/** The wrapper call that a span was taken from. */
export function wrapperOfSpan(span: Span): WrapperCall | undefined {
  return bySpan.get(span);
}

/** False for expressions that only stand for a value that is written elsewhere. */
export function isReplaceable(node: SyntaxNode): boolean {
  return !fixed.has(node);
}

/**
 * The call of a wrapper as the call of the API it reaches: place and spans are those of the caller, arguments those that arrive
 * at the API. An expression from another file is stood in for by the called name.
 */
export function deriveCall<Row>(program: PythonProgram, link: Link<Row>): ApiCall<Row> {
  const { call: written, row, name, items } = link;
  const answers: WrapperAnswer[] = [];
  const wrapper: WrapperCall = {
    function: written.nameText,
    steps: stepsOf(link, program),
    answers,
    accepts(parameter) {
      return items.open && findItem(items, parameter, undefined).state === 'absent';
    },
    written,
  };

  function own(span: Span): Span {
    const copy = { start: span.start, end: span.end };
    bySpan.set(copy, wrapper);
    return copy;
  }

  /** Where a term stands in this file: its own expression, or the called name in its stead. */
  function place(term: Term): { node: SyntaxNode; span: Span } {
    const origin = originOf(term);
    if (isPassed(origin)) return { node: origin.node, span: own(origin.span) };
    if (origin.program === program) {
      const node = copyOf(origin.node);
      fixed.add(node);
      return { node, span: own(origin.span) };
    }
    const node = standIn(written.node.firstChild ?? written.node, term);
    fixed.add(node);
    return { node, span: own(written.nameSpan) };
  }

  /** Whether it is an argument of the call as it is written. */
  function isPassed({ program: place, node }: Term): boolean {
    return place === program && node.from >= written.span.start && node.to <= written.span.end;
  }

  const call: Call = {
    node: written.node,
    span: own(written.span),
    nameSpan: own(written.nameSpan),
    nameText: written.nameText,
    callees: [{ name, bound: [] }],
    callee: name,
    via: undefined,
    wrapper,
    get arguments() {
      return items.list.flatMap((item): Argument[] => {
        if (item.kind === 'unknown') return [];
        const { node, span } = place(item.term);
        if (item.kind === 'plain') return [{ name: item.name, star: '', value: node, span }];
        return [{ name: undefined, star: item.kind === 'star' ? '*' : '**', value: node, span }];
      });
    },
    argument(parameter, position): ArgumentState {
      const found = findItem(items, parameter, position);
      if (found.state !== 'given') {
        if (found.state === 'absent' && items.open) answers.push({ parameter, text: undefined, setIn: undefined });
        return { state: found.state };
      }
      const { term } = found;
      const origin = originOf(term);
      const text = origin.program.text.slice(origin.node.from, origin.node.to);
      const setIn = isPassed(origin) ? undefined : placeOf(origin);
      if (term.frame || isPassed(origin)) answers.push({ parameter, text, setIn });
      return {
        state: 'given',
        get value() {
          const value = valueOfTerm(term);
          // A span of another file is of no use in this one.
          return value.known && origin.program !== program ? { known: true, value: value.value } : value;
        },
        ...place(term),
        text,
        ...(setIn && { setIn }),
        through: 'wrapper',
      };
    },
  };
  return { call, row, name, wrapper };
}

function placeOf({ program, node }: Term): ValuePlace {
  return { path: program.module?.path, line: lineNumberAt(program.text, node.from) };
}

function stepsOf<Row>(link: Link<Row>, program: PythonProgram): WrapperStep[] {
  const steps: WrapperStep[] = [];
  for (let at = link.through?.inner; at; at = at.through?.inner) {
    steps.push({
      program: at.program,
      module: at.program === program ? undefined : at.program.module,
      call: at.call,
    });
  }
  return steps;
}

/** Another object for the same node: nodes are shared between those who ask for them, and only this one is marked. */
function copyOf(node: SyntaxNode): SyntaxNode {
  return Object.create(node);
}
