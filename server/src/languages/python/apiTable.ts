import type { Call } from './calls.ts';
import { canonicalName, spellingsOf } from './libraries.ts';

/**
 * What is known about a set of APIs, by qualified name. `()` in a name stands for what a call returns
 * (`pickle.Unpickler().load`), `**` for any segments in between (`transformers.**.from_pretrained`). A name that ends in
 * `**` can be found but not searched for: `callsTo` needs the last segment.
 */
export interface ApiTable<Row> {
  find(name: string): Row | undefined;
  /** Last segments of all names, in every spelling. */
  readonly lastNames: ReadonlySet<string>;
  /** From each last segment to the first ones of its names, `''` where the name is the segment alone. */
  readonly rootsByName: ReadonlyMap<string, ReadonlySet<string>>;
  /** False when a text cannot call any of the APIs: it lacks every last segment, or every library. A text search, no parse. */
  mayOccurIn(text: string): boolean;
  /** The same by library alone. */
  librariesOccurIn(text: string): boolean;
}

/** A call of an API of a table. */
export interface ApiCall<Row> {
  readonly call: Call;
  readonly row: Row;
  /** The qualified name as resolved from the file's imports. */
  readonly name: string;
}

/** @param entries pairs of qualified name and row, in the spelling of `canonicalName`. */
export function apiTable<Row>(entries: Iterable<readonly [string, Row]>): ApiTable<Row> {
  const exact = new Map<string, Row>();
  const patterns: { readonly start: string; readonly end: string; readonly row: Row }[] = [];
  const lastNames = new Set<string>();
  const roots = new Set<string>();
  const rootsByName = new Map<string, Set<string>>();
  for (const [name, row] of entries) {
    const [start = '', end] = name.split('**', 2);
    if (end === undefined) exact.set(name, row);
    else patterns.push({ start, end, row });
    for (const spelling of spellingsOf(name)) {
      const last = spelling.slice(spelling.lastIndexOf('.') + 1).replace(/\(\)$/, '');
      const root = spelling.split('.', 1)[0]?.replace(/\(\)$/, '') ?? '';
      lastNames.add(last);
      roots.add(root);
      const known = rootsByName.get(last) ?? new Set();
      rootsByName.set(last, known.add(spelling.includes('.') ? root : ''));
    }
  }
  const calls = lazily(() => wordPattern(lastNames));
  const libraries = lazily(() => wordPattern(roots));
  return {
    lastNames,
    rootsByName,
    mayOccurIn: (text) => libraries().test(text) && calls().test(text),
    librariesOccurIn: (text) => libraries().test(text),
    find(name) {
      const canonical = canonicalName(name);
      const row = exact.get(canonical);
      if (row !== undefined) return row;
      return patterns.find(
        ({ start, end }) =>
          canonical.length >= start.length + end.length && canonical.startsWith(start) && canonical.endsWith(end),
      )?.row;
    },
  };
}

function wordPattern(words: ReadonlySet<string>): RegExp {
  return new RegExp(`\\b(?:${[...words].join('|')})\\b`);
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
