import { type ApiPath, type ApiTable, type Needs, TABLES } from './apiTable.ts';
import { type ImportedModule, readImports } from './imports.ts';
import { type Skim, skim, type WordSet, wordSet } from './skim.ts';

/** Which APIs a text can call and which settings it can give, told by its words and imports without parsing it. */
export interface Suspects {
  /** False where the text is not understood, so that anything may be in it. */
  readonly sure: boolean;
  readonly skimmed: Skim;
  /** Offsets of the names under which the text may call an API of a table, ascending. */
  readonly calls: Places;
  /** The same for calls that only matter together with arguments which the text never names. */
  readonly idle: Places;
  /** Calls by names that were imported from elsewhere, maybe from a module of the project. */
  readonly foreign: readonly Foreign[];
  /** Whether a word stands in the code. Only of words that tables or `searchFor` know. */
  has(word: string): boolean;
  /** Offsets of a word that `searchFor` was told, in one of its forms, ascending. */
  words(word: string, form: Form): readonly number[];
}

type Places = ReadonlyMap<ApiTable<unknown>, readonly number[]>;

/**
 * How a word stands in code: `given` a value (`name=…`, `"name": …`, `x["name"] = …`, `x.name = …`, `f("NAME", …)`), `called`
 * (`x.name(…)`), or `written` in any way. Words in strings count where the string is a name.
 */
export type Form = 'given' | 'called' | 'written';

interface Foreign {
  readonly tables: readonly { readonly table: ApiTable<unknown> }[];
  readonly offset: number;
  /** Module and name as imported: `.utils.load`. */
  readonly origin: string;
}

/** What is known of one word. */
interface Meaning {
  readonly word: string;
  /** Tables with an API of this last name. */
  readonly uses: readonly Use[];
  readonly searched: boolean;
}

interface Use {
  readonly table: ApiTable<unknown>;
  readonly paths: readonly ApiPath[];
}

interface Vocabulary {
  readonly tables: number;
  readonly words: number;
  readonly wanted: WordSet;
  readonly meanings: readonly Meaning[];
  readonly numbers: ReadonlyMap<string, number>;
  /** Tables by resolved name: names come back from file to file. */
  readonly found: Map<string, readonly Match[]>;
}

interface Match {
  readonly table: ApiTable<unknown>;
  readonly needs: Needs;
}

const searched = new Set<string>();
let vocabulary: Vocabulary | undefined;

/** Has a word looked for in every text. */
export function searchFor(word: string): void {
  searched.add(word);
}

function vocabularyNow(): Vocabulary {
  if (vocabulary?.tables === TABLES.length && vocabulary.words === searched.size) return vocabulary;
  const uses = new Map<string, Use[]>();
  const words = new Set(searched);
  for (const table of TABLES) {
    for (const [last, paths] of table.paths) {
      const known = uses.get(last);
      if (known) known.push({ table, paths });
      else uses.set(last, [{ table, paths }]);
      words.add(last);
      for (const { root, between, needs } of paths) {
        for (const each of [...(root ? [root] : []), ...between, ...(needs?.flat() ?? [])]) words.add(each);
      }
    }
  }
  const wanted = wordSet([...words]);
  const meanings = wanted.words.map((word) => ({ word, uses: uses.get(word) ?? [], searched: searched.has(word) }));
  const numbers = new Map(wanted.words.map((word, index) => [word, index]));
  vocabulary = { tables: TABLES.length, words: searched.size, wanted, meanings, numbers, found: new Map() };
  return vocabulary;
}

/** What one dotted name may be; the same wherever it stands in a text. */
interface Reading {
  readonly calls: readonly ApiTable<unknown>[];
  readonly idle: readonly ApiTable<unknown>[];
  readonly origin: string | undefined;
}

/** Linear in the length of the text; never throws. */
export function suspectsIn(text: string): Suspects {
  const { wanted, meanings, numbers, found } = vocabularyNow();
  const skimmed = skim(text, wanted);
  const { hits, quoted } = skimmed;
  const calls = new Map<ApiTable<unknown>, number[]>();
  const idle = new Map<ApiTable<unknown>, number[]>();
  const foreign: Foreign[] = [];
  const places = new Map<string, number[]>();
  const present = new Uint8Array(wanted.words.length);
  for (let at = 1; at < hits.length; at += 2) present[hits[at] as number] = 1;
  const has = (word: string): boolean => present[numbers.get(word) ?? -1] === 1;
  const words = (word: string, form: Form): readonly number[] =>
    (places.get(word) ?? []).filter((offset) => stands(text, offset, word.length, form, quoted));
  const result = { sure: skimmed.sure, skimmed, calls, idle, foreign, has, words };
  if (!skimmed.sure) return result;

  const { heads, renamed, stars } = headsOf(readImports(text));
  const escaped = escapedRoots();
  const readings = new Map<string, Reading>();
  const getsByName = text.includes('getattr');
  for (let at = 0; at < hits.length; at += 2) {
    const offset = hits[at] as number;
    const { word, uses, searched } = meanings[hits[at + 1] as number] as Meaning;
    if (searched) addTo(places, word, offset);
    if (uses.length === 0 || isDefinition(text, offset)) continue;
    if (isQuoted(offset)) {
      if (!getsByName) continue;
      for (const { table, paths } of uses) if (paths.some(isThere)) addTo(calls, table, offset);
      continue;
    }
    const end = offset + word.length;
    const start = chainStart(text, offset);
    const isLoose = isDotted(text, start);
    // A name before an equals sign is that of an argument, or gets a meaning of its own.
    const isAlone = start === offset && !isLoose;
    const key = `${isLoose ? '.' : isAlone && isGiven(text, offset, word.length, false) ? '=' : ''}${text.slice(start, end)}`;
    let reading = readings.get(key);
    if (!reading) {
      reading = read(key, word, uses);
      readings.set(key, reading);
    }
    for (const table of reading.calls) addTo(calls, table, offset);
    for (const table of reading.idle) addTo(idle, table, offset);
    if (reading.origin) foreign.push({ tables: uses, offset, origin: reading.origin });
  }
  return result;

  /** @param key the dotted name; after `.` where something unknown stands before it, after `=` where it gets a value. */
  function read(key: string, word: string, uses: readonly Use[]): Reading {
    const able = new Set<ApiTable<unknown>>();
    const unable = new Set<ApiTable<unknown>>();
    const note = (table: ApiTable<unknown>, needs: Needs): void => {
      (!needs || needs.some((group) => group.every(has)) ? able : unable).add(table);
    };
    const isLoose = key.startsWith('.');
    const chain = isLoose || key.startsWith('=') ? key.slice(1) : key;
    const dot = chain.indexOf('.');
    const isDottedName = isLoose || dot !== -1;
    const head = dot === -1 ? chain : chain.slice(0, dot);
    const origins = isLoose ? [] : (heads.get(head) ?? []);
    const names = origins.map((origin) => origin + chain.slice(head.length));
    // Imported under another name, by which it is called.
    if (!isDottedName) names.push(...(renamed.get(word) ?? []));
    for (const name of names) for (const { table, needs } of matches(name, uses)) note(table, needs);
    if (isDottedName || !key.startsWith('=')) {
      const fits = isDottedName ? isThere : isBare;
      for (const { table, paths } of uses) for (const path of paths) if (fits(path)) note(table, path.needs);
    }
    const idle = [...unable].filter((table) => !able.has(table));
    return { calls: [...able], idle, origin: origins[0] ?? names[0] };
  }

  function isQuoted(offset: number): boolean {
    const before = text.charCodeAt(offset - 1);
    return before === 34 || before === 39 || quoted.has(offset);
  }

  /** Whether the words on the way to a name occur, so that a value of unknown origin may have it. */
  function isThere({ root, between, open }: ApiPath): boolean {
    if (root === undefined || !has(root) || !between.every(has)) return false;
    return between.length > 0 || open || escaped.has(root);
  }

  /** Whether a name that stands alone may be the API: it needs no import, or everything is imported. */
  function isBare({ root }: ApiPath): boolean {
    return root === undefined || stars.has(root);
  }

  /** Libraries that code may know under another name than the imports give them. */
  function escapedRoots(): ReadonlySet<string> {
    const roots = new Set(stars);
    for (let at = 0; at < hits.length; at += 2) {
      const offset = hits[at] as number;
      const { word } = meanings[hits[at + 1] as number] as Meaning;
      if (roots.has(word)) continue;
      const isMember = text.charCodeAt(offset - 1) === 46;
      const hasMember = text.charCodeAt(offset + word.length) === 46;
      if (isQuoted(offset) || !(isMember || hasMember || isImport(text, offset))) roots.add(word);
    }
    return roots;
  }

  function matches(name: string, uses: readonly Use[]): readonly Match[] {
    let known = found.get(name);
    if (!known) {
      known = uses.flatMap(({ table }) => {
        // Of a class its objects may be listed instead.
        const row = table.find(name) ?? table.find(`${name}()`);
        return row === undefined ? [] : [{ table, needs: table.needsOf(row) }];
      });
      if (found.size > MAX_REMEMBERED) found.clear();
      found.set(name, known);
    }
    return known;
  }
}

const MAX_REMEMBERED = 20_000;

/**
 * What names at the beginning of a dotted name stand for, by the imports of the text; what is imported under another name, by
 * its own; and libraries with `import *`.
 */
function headsOf(imports: readonly ImportedModule[]): {
  readonly heads: ReadonlyMap<string, readonly string[]>;
  readonly renamed: ReadonlyMap<string, readonly string[]>;
  readonly stars: ReadonlySet<string>;
} {
  const heads = new Map<string, string[]>();
  const renamed = new Map<string, string[]>();
  const stars = new Set<string>();
  for (const { module, names, local, star } of imports) {
    if (star) stars.add(rootOf(module));
    else if (names.length === 0) addTo(heads, local ?? rootOf(module), local ? module : rootOf(module));
    for (const [name, as] of names) {
      const origin = module.endsWith('.') ? module + name : `${module}.${name}`;
      addTo(heads, as, origin);
      if (as !== name) addTo(renamed, name, origin);
    }
  }
  return { heads, renamed, stars };
}

function rootOf(module: string): string {
  return module.split('.', 1)[0] ?? '';
}

function stands(text: string, offset: number, length: number, form: Form, quoted: ReadonlySet<number>): boolean {
  if (form === 'written') return true;
  if (form === 'given') return isGiven(text, offset, length, quoted.has(offset));
  return !quoted.has(offset) && text.charCodeAt(skipSpace(text, offset + length)) === 40;
}

/** Whether something is given under a name: an equals sign, colon or comma follows, or the bracket of an item. */
function isGiven(text: string, offset: number, length: number, quoted: boolean): boolean {
  let at = skipSpace(text, offset + length + (quoted ? 1 : 0));
  if (!quoted) return text.charCodeAt(at) === 61 && text.charCodeAt(at + 1) !== 61;
  if (text.charCodeAt(at) === 58 || text.charCodeAt(at) === 44) return true;
  if (text.charCodeAt(at) !== 93) return false;
  at = skipSpace(text, at + 1);
  return text.charCodeAt(at) === 61 && text.charCodeAt(at + 1) !== 61;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 92)) at++;
  return at;
}

/** Whether an offset stands in the first line of an import: there a library gets its own name, which is known. */
function isImport(text: string, offset: number): boolean {
  let line = text.lastIndexOf('\n', offset) + 1;
  while (text.charCodeAt(line) === 32 || text.charCodeAt(line) === 9) line++;
  return text.startsWith('import', line) || text.startsWith('from', line);
}

/** Where the dotted name begins that ends with the word at an offset. */
function chainStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && isInChain(text.charCodeAt(at - 1))) at--;
  // A dot at the very beginning belongs to what stands before: `f(x).load`.
  return text.charCodeAt(at) === 46 ? Math.min(at + 1, offset) : at;
}

function isInChain(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 46 ||
    code > 127
  );
}

/** Whether the name at an offset is an attribute. */
function isDotted(text: string, offset: number): boolean {
  let at = offset - 1;
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\\')) at--;
  return text[at] === '.';
}

/** Whether the name at an offset is that of a function or class which begins there. */
function isDefinition(text: string, offset: number): boolean {
  return text.endsWith('def ', offset) || text.endsWith('class ', offset);
}

function addTo<K, T>(table: Map<K, T[]>, key: K, item: T): void {
  const known = table.get(key);
  if (!known) table.set(key, [item]);
  else if (known.at(-1) !== item) known.push(item);
}
