import type { Call } from './calls.ts';
import type { WrapperCall } from './derivedCall.ts';
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
  /** Where the API is reached through functions of the project: `call` then answers as if it were the API's own call. */
  readonly wrapper?: WrapperCall;
}

/** @param entries pairs of qualified name and row, in the spelling of `canonicalName`. Read when first asked for. */
export function apiTable<Row>(entries: Iterable<readonly [string, Row]>): ApiTable<Row> {
  // There are thousands of names, and many runs see no Python at all.
  const names = lazily(() => readNames(entries));
  const calls = lazily(() => wordPattern(names().lastNames));
  const libraries = lazily(() => wordPattern(names().roots));
  return {
    get lastNames() {
      return names().lastNames;
    },
    get rootsByName() {
      return names().rootsByName;
    },
    mayOccurIn: (text) => libraries().test(text) && calls().test(text),
    librariesOccurIn: (text) => libraries().test(text),
    find(name) {
      const { exact, patterns } = names();
      const canonical = canonicalName(name);
      const row = exact.get(name) ?? exact.get(canonical);
      if (row !== undefined) return row;
      const matches = (each: string, start: string, end: string): boolean =>
        each.length >= start.length + end.length && each.startsWith(start) && each.endsWith(end);
      return patterns.find(({ start, end }) => matches(canonical, start, end) || matches(name, start, end))?.row;
    },
  };
}

function readNames<Row>(entries: Iterable<readonly [string, Row]>) {
  const exact = new Map<string, Row>();
  const patterns: { readonly start: string; readonly end: string; readonly row: Row }[] = [];
  const lastNames = new Set<string>();
  const roots = new Set<string>();
  const rootsByName = new Map<string, Set<string>>();
  for (const [listed, row] of entries) {
    const [beginning = '', end] = listed.split('**', 2);
    // As listed and in the common spelling: a table may say either.
    for (const start of new Set([beginning, canonicalName(beginning)])) {
      if (end !== undefined) patterns.push({ start, end, row });
      else if (start === beginning || !exact.has(start)) exact.set(start, row);
      for (const spelling of spellingsOf(end === undefined ? start : `${start}**${end}`)) {
        const last = spelling.slice(spelling.lastIndexOf('.') + 1).replace(/\(\)$/, '');
        const root = spelling.split('.', 1)[0]?.replace(/\(\)$/, '') ?? '';
        lastNames.add(last);
        roots.add(root);
        const known = rootsByName.get(last) ?? new Set();
        rootsByName.set(last, known.add(spelling.includes('.') ? root : ''));
      }
    }
  }
  return { exact, patterns, lastNames, roots, rootsByName };
}

/** Entries of a table that share a row; names are parted by white space. */
export function rows<Row>(row: Row, names: string): (readonly [string, Row])[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, row] as const);
}

/** Several tables as one; where two know a name the first counts. */
export function joinTables<Row>(tables: readonly ApiTable<Row>[]): ApiTable<Row> {
  const rootsByName = lazily(() => joinRoots(tables));
  const lastNames = lazily(() => new Set(tables.flatMap((table) => [...table.lastNames])));
  return {
    get rootsByName() {
      return rootsByName();
    },
    get lastNames() {
      return lastNames();
    },
    mayOccurIn: (text) => tables.some((table) => table.mayOccurIn(text)),
    librariesOccurIn: (text) => tables.some((table) => table.librariesOccurIn(text)),
    find(name) {
      for (const table of tables) {
        const row = table.find(name);
        if (row !== undefined) return row;
      }
      return undefined;
    },
  };
}

function wordPattern(words: ReadonlySet<string>): RegExp {
  return new RegExp(`\\b(?:${[...words].join('|')})\\b`);
}

/** Makes a value when it is first asked for. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function joinRoots(tables: readonly ApiTable<unknown>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const joined = new Map<string, ReadonlySet<string>>();
  for (const { rootsByName } of tables) {
    for (const [last, roots] of rootsByName) joined.set(last, new Set([...(joined.get(last) ?? []), ...roots]));
  }
  return joined;
}
