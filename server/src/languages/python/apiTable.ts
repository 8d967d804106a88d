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
  /** The ways that lead to each last segment, in every spelling. */
  readonly paths: ReadonlyMap<string, readonly ApiPath[]>;
  /** Whether `callsTo` also finds calls of project functions that hand their arguments on to an API of the table. */
  readonly wrapped: boolean;
  needsOf(row: Row): Needs;
  /**
   * False when a text cannot call any of the APIs: it lacks every last segment, or every library. A text search, no parse;
   * `suspectsIn` tells it more exactly for all tables at once.
   */
  mayOccurIn(text: string): boolean;
  /** The same by library alone. */
  librariesOccurIn(text: string): boolean;
}

/** How a name gets to its last segment. */
export interface ApiPath {
  /** First segment; undefined where the name is the last segment alone. */
  readonly root: string | undefined;
  /** Segments in between that are known: `['Unpickler']` of `pickle.Unpickler().load`. */
  readonly between: readonly string[];
  /** Whether there may be others in between (`**`). */
  readonly open: boolean;
  readonly needs: Needs;
}

/**
 * Words one group of which must stand somewhere for a call to matter, such as the names of arguments; undefined where the call
 * by itself may.
 */
export type Needs = readonly (readonly string[])[] | undefined;

/** Every table there is: one pass over a text looks for the words of all of them. They are constants, made when modules load. */
export const TABLES: ApiTable<unknown>[] = [];

/** A call of an API of a table. */
export interface ApiCall<Row> {
  readonly call: Call;
  readonly row: Row;
  /** The qualified name as resolved from the file's imports. */
  readonly name: string;
  /** Where the API is reached through functions of the project: `call` then answers as if it were the API's own call. */
  readonly wrapper?: WrapperCall;
}

export interface TableOptions<Row> {
  readonly needsOf?: (row: Row) => Needs;
  /**
   * Default true. Looking for wrappers means reading the modules that a file imports; for functions that every other file calls
   * (`print`), or where only a hint is at stake, it is not worth it.
   */
  readonly wrapped?: boolean;
}

/** @param entries pairs of qualified name and row, in the spelling of `canonicalName`. */
export function apiTable<Row>(
  entries: Iterable<readonly [string, Row]>,
  { needsOf = () => undefined, wrapped = true }: TableOptions<Row> = {},
): ApiTable<Row> {
  const exact = new Map<string, Row>();
  const patterns: { readonly start: string; readonly end: string; readonly row: Row }[] = [];
  const lastNames = new Set<string>();
  const roots = new Set<string>();
  const paths = new Map<string, ApiPath[]>();
  for (const [listed, row] of entries) {
    const [beginning = '', end] = listed.split('**', 2);
    const needs = needsOf(row);
    // As listed and in the common spelling: a table may say either.
    for (const start of new Set([beginning, canonicalName(beginning)])) {
      if (end !== undefined) patterns.push({ start, end, row });
      else if (start === beginning || !exact.has(start)) exact.set(start, row);
      for (const spelling of spellingsOf(end === undefined ? start : `${start}**${end}`)) {
        // What a call returns is looked for by the name that is called.
        const segments = spelling.replaceAll('()', '').split('.');
        const last = segments.pop() ?? '';
        const [root, ...between] = segments;
        lastNames.add(last);
        roots.add(root ?? last);
        const open = end !== undefined;
        // In another spelling of the library what lies in between may be left out: `lightning.LightningModule`.
        const known = open && !spelling.startsWith(start) ? [] : between.filter((each) => each !== '**');
        const path = { root, between: known, open, needs };
        const sameLast = paths.get(last);
        if (sameLast) sameLast.push(path);
        else paths.set(last, [path]);
      }
    }
  }
  const calls = lazily(() => wordPattern(lastNames));
  const libraries = lazily(() => wordPattern(roots));
  return listed({
    lastNames,
    paths,
    wrapped,
    needsOf,
    mayOccurIn: (text) => libraries().test(text) && calls().test(text),
    librariesOccurIn: (text) => libraries().test(text),
    find(name) {
      const canonical = canonicalName(name);
      const row = exact.get(name) ?? exact.get(canonical);
      if (row !== undefined) return row;
      const matches = (each: string, start: string, end: string): boolean =>
        each.length >= start.length + end.length && each.startsWith(start) && each.endsWith(end);
      return patterns.find(({ start, end }) => matches(canonical, start, end) || matches(name, start, end))?.row;
    },
  });
}

function listed<Row>(table: ApiTable<Row>): ApiTable<Row> {
  TABLES.push(table);
  return table;
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
  return listed({
    paths: joinPaths(tables),
    wrapped: tables.some(({ wrapped }) => wrapped),
    needsOf: () => undefined,
    lastNames: new Set(tables.flatMap(({ lastNames }) => [...lastNames])),
    mayOccurIn: (text) => tables.some((table) => table.mayOccurIn(text)),
    librariesOccurIn: (text) => tables.some((table) => table.librariesOccurIn(text)),
    find(name) {
      for (const table of tables) {
        const row = table.find(name);
        if (row !== undefined) return row;
      }
      return undefined;
    },
  });
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

function joinPaths(tables: readonly ApiTable<unknown>[]): ReadonlyMap<string, readonly ApiPath[]> {
  const joined = new Map<string, ApiPath[]>();
  for (const { paths } of tables) {
    for (const [last, found] of paths) {
      const known = joined.get(last);
      if (known) known.push(...found);
      else joined.set(last, [...found]);
    }
  }
  return joined;
}
