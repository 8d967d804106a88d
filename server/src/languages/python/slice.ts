import { boundBy, withoutStrings } from './bound.ts';
import { beginsWith, hasBlock, isDecorator, type Layout, lineOf, textOf } from './layout.ts';
import { skim, wordSet } from './skim.ts';

/** A line may be there to hold the others together, or for what it says. */
const FRAME = 1;
const MEANT = 2;

/** Lines by the name they may bind; `self.x` and `config.x` by the whole of it. */
type Table = Map<string, number[]>;

/**
 * The lines that take part in the meaning of what stands at some offsets: those lines, whatever may bind a name used there,
 * and so on; for a parameter the lines that name the function; what functions return that are named there; all imports of
 * the module; and around each the headers of its blocks. In doubt a line is kept.
 *
 * @returns for each line 0 where it is left out.
 */
export function keptLines(layout: Layout, offsets: readonly number[]): Uint8Array {
  const { text, lines, parents, before, functions, classes, names } = layout;
  const kept = new Uint8Array(lines.length);
  const todo: number[] = [];
  const { globals, writers } = moduleTables(layout);
  /** What functions bind for themselves, and what classes give to their objects; made when first asked for. */
  const locals = new Map<number, Table>();
  const members = new Map<number, Table>();
  /** Attributes that lines ask for; a class that is named later may have them. */
  const asked = new Set<string>();
  const mentioned = new Set<string>();
  let definitions: ReadonlyMap<string, readonly number[]> | undefined;

  function keep(line: number, level: number): void {
    if ((kept[line] as number) >= level) return;
    kept[line] = level;
    todo.push(line);
  }

  function keepAll(found: readonly number[] | undefined): void {
    for (const line of found ?? []) keep(line, MEANT);
  }

  function visit(line: number): void {
    const parent = parents[line] as number;
    // A function ends where it ends, whatever of it is left out.
    if (functions[line] === line) keep(lastLineOf(layout, line), FRAME);
    const isClass = names[line] !== '' && functions[line] === -1;
    if (isClass) openClass(line);
    // Bases and members of a class have to do with what stands in it.
    if (parent !== -1) keep(parent, names[parent] && functions[parent] === -1 ? MEANT : FRAME);
    if (before[line] !== -1) keep(before[line] as number, names[line] ? MEANT : FRAME);
    const written = textOf(layout, line);
    if (kept[line] === MEANT && !IMPORT.test(written)) for (const chain of chainsOf(written)) follow(line, chain);
  }

  /** Keeps what may give a name of a line, dotted or not, its meaning. */
  function follow(line: number, chain: string): void {
    const dot = chain.indexOf('.');
    const root = dot === -1 ? chain : chain.slice(0, dot);
    const local = localTable(functions[line] as number);
    if (root !== '' && !SELVES.has(root)) followName(line, root, local);
    if (dot === -1 || (isImported(root) && !local?.has(root))) return;
    for (let end = chain.indexOf('.', dot + 1); ; end = chain.indexOf('.', end + 1)) {
      const path = chain.slice(0, end === -1 ? undefined : end);
      keepAll(local?.get(path));
      keepAll(globals.get(path));
      followMember(path.slice(dot + 1));
      if (end === -1) return;
    }
  }

  function followMember(path: string): void {
    if (asked.has(path)) return;
    asked.add(path);
    for (const table of members.values()) keepDefinitions(table.get(path));
  }

  function followName(line: number, name: string, local: Table | undefined): void {
    keepTests((local ?? globals).get(`?${name}`));
    // The words of a header are parameters, which count where they are used, their types and defaults.
    for (const each of (names[line] ? undefined : local?.get(name)) ?? []) {
      keep(each, MEANT);
      if (!names[each]) continue;
      if (names[each] === name) keepAll(returnsOf(layout, each));
      // A parameter is what the callers pass.
      else keepMentions(each);
    }
    keepDefinitions(globals.get(name));
    for (const each of writers.get(name) ?? []) {
      keep(each, FRAME);
      keepAll(localTable(functions[each] as number)?.get(name));
    }
  }

  /** Keeps tests of a name, with the statement that may leave the function or loop where they fail. */
  function keepTests(found: readonly number[] | undefined): void {
    for (const line of found ?? []) {
      keep(line, FRAME);
      let last = -1;
      for (
        let at = line + 1;
        at < lines.length && (layout.indents[at] as number) > (layout.indents[line] as number);
        at++
      ) {
        if (parents[at] === line) last = at;
      }
      if (last !== -1) keep(last, FRAME);
    }
  }

  /** Of a function that is named, what it returns; of a class, what lines ask of it. */
  function keepDefinitions(found: readonly number[] | undefined): void {
    for (const line of found ?? []) {
      const isFunction = names[line] !== '' && functions[line] === line;
      keep(line, isFunction ? FRAME : MEANT);
      if (isFunction) keepAll(returnsOf(layout, line));
    }
  }

  function openClass(line: number): void {
    if (members.has(line)) return;
    const table = memberTable(layout, line);
    members.set(line, table);
    for (const path of asked) keepDefinitions(table.get(path));
  }

  function localTable(header: number): Table | undefined {
    if (header === -1) return undefined;
    const table = locals.get(header) ?? tableOf(layout, header);
    locals.set(header, table);
    return table;
  }

  function isImported(name: string): boolean {
    const found = globals.get(name);
    return found?.every((line) => IMPORT.test(textOf(layout, line))) === true;
  }

  /** Keeps the lines that name a function, or the class that it is the constructor of. */
  function keepMentions(definition: number): void {
    const own = names[definition] as string;
    const isMethod = classes[definition] !== -1 && functions[definition] === definition;
    const name = isMethod && own.startsWith('__') ? (names[classes[definition] as number] as string) : own;
    for (const [line] of mentionsOf(name)) keep(line, MEANT);
  }

  function* mentionsOf(name: string): Iterable<[number, number]> {
    if (mentioned.has(name)) return;
    mentioned.add(name);
    definitions ??= definitionMentions(layout);
    const known = definitions.get(name);
    if (known) {
      for (const at of known) yield [lineOf(layout, at), at];
      return;
    }
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
      if (isWord(text, at - 1) || isWord(text, at + name.length)) continue;
      const line = lineOf(layout, at);
      if (at < (layout.ends[line] as number)) yield [line, at];
    }
  }

  /** Keeps the line of a trigger. One that is not called there may be called by another name. */
  function trigger(offset: number): void {
    const line = lineOf(layout, offset);
    keep(line, MEANT);
    for (const alias of aliasesOf(layout, line, offset)) {
      for (const [, at] of mentionsOf(alias)) if (at !== offset) hot.push(at);
    }
  }

  const hot = [...offsets];
  for (let next = hot.pop(); next !== undefined; next = hot.pop()) trigger(next);
  for (let line = 0; line < lines.length; line++) {
    if (functions[line] === -1 && IMPORT.test(textOf(layout, line))) keep(line, FRAME);
  }
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) visit(next);
  fillBlocks(layout, kept);
  return kept;
}

/** The last line of the block below a header. */
function lastLineOf({ lines, indents }: Layout, header: number): number {
  let line = header;
  while (line + 1 < lines.length && (indents[line + 1] as number) > (indents[header] as number)) line++;
  return line;
}

const IMPORT = /^\s*(?:import|from)\s|:\s*(?:import|from)\s/;
const RETURN = /\b(?:return|yield)\b/;
const NAME = /[A-Za-z_]\w*/g;
/** What names the object of a method stands for itself: what it has is looked up in its class. */
const SELVES = new Set(['self', 'cls', 'True', 'False', 'None']);
/** A name, dotted or not; one that `=` follows is a keyword or gets a value and means nothing where it stands. */
const CHAIN = /\.?[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*(?!\w|\s*=[^=])/g;

const FORMAT = /\b(?:[fFtT][rR]?|[rR][fFtT])["']/;

/** The names that a line uses, attributes of calls and items with a leading dot. Strings that are names may be attributes. */
function chainsOf(line: string): string[] {
  const found = (withoutStrings(line).match(CHAIN) ?? []).map((chain) => chain.replace(/\s+/g, ''));
  for (const [, name] of line.matchAll(/["']([A-Za-z_]\w*)["']/g)) found.push(`.${name}`);
  // The code in an f-string may hold strings and braces of its own.
  if (FORMAT.test(line)) found.push(...(line.match(CHAIN) ?? []));
  return found;
}

/** A block that lost all its lines would be a syntax error. */
function fillBlocks(layout: Layout, kept: Uint8Array): void {
  const { lines, parents } = layout;
  const filled = new Uint8Array(lines.length);
  for (let line = lines.length - 1; line >= 0; line--) {
    if (kept[line] === 0) continue;
    let at = line;
    while (hasBlock(layout, at) && filled[at] === 0) {
      filled[at] = 1;
      at++;
      kept[at] ||= FRAME;
      for (; isDecorator(layout, at) && at + 1 < lines.length; kept[at] ||= FRAME) at++;
    }
    const parent = parents[line] as number;
    if (parent !== -1) filled[parent] = 1;
  }
}

/** Where the names of all functions and classes stand. */
function definitionMentions({ text, names }: Layout): ReadonlyMap<string, readonly number[]> {
  const words = [...new Set(names)].filter((name) => name !== '');
  const { hits } = skim(text, wordSet(words));
  const table = new Map<string, number[]>(words.map((word) => [word, []]));
  for (let at = 0; at < hits.length; at += 2) table.get(words[hits[at + 1] as number] ?? '')?.push(hits[at] as number);
  return table;
}

/** What binds the names of the module, and where functions say `global`. */
function moduleTables(layout: Layout): { readonly globals: Table; readonly writers: Table } {
  const { lines, functions, names } = layout;
  const globals: Table = new Map();
  const writers: Table = new Map();
  for (let line = 0; line < lines.length; line++) {
    if (functions[line] === -1) {
      for (const name of boundBy(textOf(layout, line))) add(globals, name, line);
      addTest(layout, line, globals);
    } else if (functions[line] === line) add(globals, names[line] as string, line);
    else if (beginsWith(layout, line, 'global')) {
      for (const [name] of textOf(layout, line).matchAll(NAME)) add(writers, name, line);
    }
  }
  return { globals, writers };
}

/** What the lines of a function bind; its parameters by the line of the header. */
function tableOf(layout: Layout, header: number): Table {
  const table: Table = new Map();
  for (let line = header; line < layout.lines.length && layout.functions[line] === header; line++) {
    const written = textOf(layout, line);
    for (const name of boundBy(written)) add(table, name, line);
    addTest(layout, line, table);
    if (layout.names[line]) for (const [name] of written.matchAll(NAME)) add(table, name, line);
  }
  return table;
}

/** Notes the names that a line tests, as `?name`. */
function addTest(layout: Layout, line: number, table: Table): void {
  if (!['if', 'elif', 'while', 'assert'].some((word) => beginsWith(layout, line, word))) return;
  for (const [name] of withoutStrings(textOf(layout, line)).matchAll(NAME)) add(table, `?${name}`, line);
}

/** What a class gives its objects: what its body binds, and what its methods assign to their first parameter. */
function memberTable(layout: Layout, header: number): Table {
  const { lines, indents, functions, names } = layout;
  const table: Table = new Map();
  let self = '';
  for (let line = header + 1; line < lines.length && (indents[line] as number) > (indents[header] as number); line++) {
    const written = textOf(layout, line);
    if (functions[line] === line) {
      self = `${SELF.exec(written)?.[1] ?? ''}.`;
      add(table, names[line] as string, line);
    } else if (functions[line] === -1) for (const name of boundBy(written)) add(table, name, line);
    else if (self !== '.' && written.includes(self)) {
      for (const name of boundBy(written)) if (name.startsWith(self)) add(table, name.slice(self.length), line);
    }
  }
  return table;
}

const SELF = /\(\s*([A-Za-z_]\w*)/;

/** Lines of a function with what it returns. */
function returnsOf(layout: Layout, header: number): number[] {
  const { lines, indents } = layout;
  const found = RETURN.test(textOf(layout, header)) ? [header] : [];
  for (let line = header + 1; line < lines.length && (indents[line] as number) > (indents[header] as number); line++) {
    if (RETURN.test(textOf(layout, line))) found.push(line);
  }
  return found;
}

/** Names under which what stands at an offset may be called elsewhere. */
function aliasesOf(layout: Layout, line: number, offset: number): string[] {
  const { text, functions, names } = layout;
  const word = /\w+\s*/y;
  word.lastIndex = offset;
  word.test(text);
  if (text[word.lastIndex] === '(') return [];
  const written = textOf(layout, line);
  if (IMPORT.test(written)) {
    const alias = /\w+\s+as\s+([A-Za-z_]\w*)/y;
    alias.lastIndex = offset;
    return alias.exec(text)?.slice(1) ?? [];
  }
  const found = new Set(boundBy(written).map((name) => name.slice(name.lastIndexOf('.') + 1)));
  const header = functions[line] as number;
  if (header !== -1 && RETURN.test(written)) found.add(names[header] as string);
  return [...found];
}

function add(table: Table, name: string, line: number): void {
  const known = table.get(name);
  if (!known) table.set(name, [line]);
  else if (known.at(-1) !== line) known.push(line);
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 32;
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 127;
}
