import type { Binding } from './bindings.ts';
import type { ArgumentState } from './calls.ts';
import type { Resolved } from './names.ts';
import type { Value } from './values.ts';

/** What questions about names and values have shown so far, so that none is worked out twice. */
export interface Memory {
  readonly names: Answers<Binding, readonly Resolved[] | undefined>;
  /** By span of the expression, see `spanKey`. */
  readonly expressions: Answers<number, readonly Resolved[] | undefined>;
  readonly constants: Answers<Binding, Value>;
  /** By span of the dictionary, and key. */
  readonly entries: Answers<string, ArgumentState>;
  /** How often something was cut off so far. */
  cuts: number;
}

type Answers<Key, Answer> = Map<Key, { readonly answer: Answer; readonly depth: number; readonly cut: boolean }>;

/** Steps from the question asked to the furthest looked at. */
const MAX_DEPTH = 16;

export function newMemory(): Memory {
  return { names: new Map(), expressions: new Map(), constants: new Map(), entries: new Map(), cuts: 0 };
}

/**
 * Answers a question once. One that leads back to itself, or goes too deep, is answered `unknown`; what rests on such an
 * answer is worked out again only when asked from less deep, so the whole takes linear time.
 */
export function remembered<Key, Answer>(
  memory: Memory,
  answers: Answers<Key, Answer>,
  key: Key,
  depth: number,
  unknown: Answer,
  work: () => Answer,
): Answer {
  const known = answers.get(key);
  if (known && (!known.cut || known.depth <= depth)) {
    if (known.cut) memory.cuts++;
    return known.answer;
  }
  if (isTooDeep(memory, depth)) return unknown;
  const { cuts } = memory;
  answers.set(key, { answer: unknown, depth: -1, cut: true });
  const answer = work();
  answers.set(key, { answer, depth, cut: memory.cuts > cuts });
  return answer;
}

/** Counts a question that goes too deep. */
export function isTooDeep(memory: Memory, depth: number): boolean {
  if (depth <= MAX_DEPTH) return false;
  memory.cuts++;
  return true;
}

/** One number for a span of a text of up to 64 MB. */
export function spanKey({ from, to }: { readonly from: number; readonly to: number }): number {
  return from * 2 ** 26 + to;
}
