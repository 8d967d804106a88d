/** What one pass over the characters of a Python text tells, without parsing it. */
export interface Skim {
  /** Where each logical line begins, its indentation included. Blank lines and comments are none. */
  readonly lines: readonly number[];
  /** Where each ends, its line break included. */
  readonly ends: readonly number[];
  /** Columns of indentation, by line; a tab goes on to the next multiple of eight. */
  readonly indents: readonly number[];
  /** Where one of the words stands: its offset and its number, in turn. Comments and prose in strings are left out. */
  readonly hits: readonly number[];
  /** Offsets of those that stand in strings which are names. */
  readonly quoted: ReadonlySet<number>;
  /** False for what this pass does not understand, such as a string without an end; then nothing here is reliable. */
  readonly sure: boolean;
}

/** Words to be found, by a hash of their length, first and last character. */
export interface WordSet {
  readonly words: readonly string[];
  /** First word of each slot, and the next one of the same slot by word; -1 for none. */
  readonly slots: Int32Array;
  readonly next: Int32Array;
}

const SLOTS = 8192;

export function wordSet(words: readonly string[]): WordSet {
  const slots = new Int32Array(SLOTS).fill(-1);
  const next = new Int32Array(words.length).fill(-1);
  words.forEach((word, index) => {
    const slot = slotOf(word.charCodeAt(0), word.charCodeAt(word.length - 1), word.length);
    next[index] = slots[slot] as number;
    slots[slot] = index;
  });
  return { words, slots, next };
}

function slotOf(first: number, last: number, length: number): number {
  return ((first & 127) * 67 + (last & 127) * 5 + length * 641) & (SLOTS - 1);
}

const OTHER = 0;
const WORD = 1;
const DIGIT = 2;
const QUOTE = 3;
const HASH = 4;
const OPEN = 5;
const CLOSE = 6;
const NEWLINE = 7;
const BACKSLASH = 8;
/** Every character beyond ASCII counts as a letter. */
const CLASS = new Uint8Array(0x10000).fill(WORD, 128);
for (const [type, chars] of [
  [WORD, /[A-Za-z_]/],
  [DIGIT, /[0-9]/],
  [QUOTE, /["']/],
  [HASH, /#/],
  [OPEN, /[([{]/],
  [CLOSE, /[)\]}]/],
  [NEWLINE, /[\n\r]/],
  [BACKSLASH, /\\/],
] as const) {
  for (let code = 0; code < 128; code++) if (chars.test(String.fromCharCode(code))) CLASS[code] = type;
}
const IN_WORD = CLASS.map((type) => (type === WORD || type === DIGIT ? 1 : 0));
const PREFIX = new Set([...'bfrtu'].map((char) => char.charCodeAt(0)));

/** Strings up to this length are looked at as the names that `getattr` and its like are given. */
const MAX_NAME = 80;
const MAX_NESTING = 20;

/** Linear in the length of the text; never throws. */
export function skim(text: string, wanted: WordSet): Skim {
  const { length } = text;
  const lines: number[] = [];
  const ends: number[] = [];
  const indents: number[] = [];
  const hits: number[] = [];
  const quoted = new Set<number>();
  let sure = true;
  let depth = 0;
  // Nothing in this loop is captured by a function: that would double its time.
  let at = startLine(text, 0, lines, indents);
  while (at < length) {
    const code = text.charCodeAt(at);
    switch (CLASS[code]) {
      case OTHER:
        at++;
        break;
      case WORD: {
        const start = at++;
        while (at < length && IN_WORD[text.charCodeAt(at)] === 1) at++;
        if (at - start <= 2 && at < length && CLASS[text.charCodeAt(at)] === QUOTE && isPrefix(text, start, at)) {
          at = endOfString(text, start, at, wanted, hits, quoted);
          if (at === -1) return { lines, ends, indents, hits, quoted, sure: false };
        } else note(text, start, at, wanted, hits);
        break;
      }
      case DIGIT:
        at = wordEnd(text, at);
        break;
      case QUOTE:
        at = endOfString(text, at, at, wanted, hits, quoted);
        if (at === -1) return { lines, ends, indents, hits, quoted, sure: false };
        break;
      case HASH:
        at = text.indexOf('\n', at);
        if (at === -1) at = length;
        break;
      case OPEN:
        depth++;
        at++;
        break;
      case CLOSE:
        if (--depth < 0) return { lines, ends, indents, hits, quoted, sure: false };
        at++;
        break;
      case NEWLINE:
        at++;
        // A lone carriage return is a line break for some readers only.
        if (code === 13 && text.charCodeAt(at) === 10) at++;
        else if (code === 13) sure = false;
        if (depth > 0) break;
        if (ends.length < lines.length) ends.push(at);
        at = startLine(text, at, lines, indents);
        break;
      default:
        // A backslash: the next line goes on with this one.
        at++;
        if (text.charCodeAt(at) === 13) at++;
        if (text.charCodeAt(at) !== 10) sure = false;
        at++;
    }
  }
  if (ends.length < lines.length) ends.push(length);
  return { lines, ends, indents, hits, quoted, sure: sure && depth === 0 };
}

/** Reads the white space at the beginning of a line; notes the line unless it is blank or a comment. */
function startLine(text: string, start: number, lines: number[], indents: number[]): number {
  let at = start;
  let column = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32) column++;
    else if (code === 9) column += 8 - (column % 8);
    else if (code === 10 || code === 13 || code === 35) return at;
    else break;
  }
  if (at === text.length) return at;
  lines.push(start);
  indents.push(column);
  return at;
}

function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && IN_WORD[text.charCodeAt(end)] === 1) end++;
  return end;
}

function note(text: string, start: number, end: number, { words, slots, next }: WordSet, hits: number[]): void {
  const slot = slotOf(text.charCodeAt(start), text.charCodeAt(end - 1), end - start);
  for (let index = slots[slot] as number; index !== -1; index = next[index] as number) {
    const word = words[index] as string;
    if (word.length === end - start && text.startsWith(word, start)) {
      hits.push(start, index);
      return;
    }
  }
}

/** Notes the words inside a string where it is a name (`getattr` and its like take those), and in the code of an f-string. */
function endOfString(
  text: string,
  prefix: number,
  start: number,
  wanted: WordSet,
  hits: number[],
  quoted: Set<number>,
): number {
  const formatted = start > prefix && isFormat(text, prefix, start);
  const end = stringEnd(text, start, formatted, 0);
  if (end === -1 || !(formatted || (end - start < MAX_NAME && isName(text, start + 1, end - 1)))) return end;
  let open = formatted ? 0 : 1;
  for (let from = start + 1; from < end; from++) {
    const code = text.charCodeAt(from);
    if (code === 123) open++;
    else if (code === 125) open = Math.max(0, open - 1);
    else if (open > 0 && CLASS[code] === WORD) {
      const to = wordEnd(text, from);
      const before = hits.length;
      note(text, from, to, wanted, hits);
      if (!formatted && hits.length > before) quoted.add(from);
      from = to - 1;
    }
  }
  return end;
}

/** Whether all of a string is a name, dotted or not. */
function isName(text: string, start: number, end: number): boolean {
  for (let from = start; from < end; from++) {
    const code = text.charCodeAt(from);
    if (IN_WORD[code] === 0 && code !== 46) return false;
  }
  return end > start;
}

function isFormat(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at) | 32;
    if (code === 102 || code === 116) return true;
  }
  return false;
}

function isPrefix(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (!PREFIX.has(text.charCodeAt(at) | 32)) return false;
  }
  return true;
}

/** The end of the string that opens at `start`, its quotes included; -1 without an end. */
function stringEnd(text: string, start: number, formatted: boolean, nesting: number): number {
  const code = text.charCodeAt(start);
  const long = text.charCodeAt(start + 1) === code && text.charCodeAt(start + 2) === code;
  if (formatted) return formatEnd(text, start + (long ? 3 : 1), code, long, nesting);
  if (long) {
    const mark = code === 34 ? '"""' : "'''";
    let end = text.indexOf(mark, start + 3);
    while (end !== -1 && isEscaped(text, end)) end = text.indexOf(mark, end + 1);
    return end === -1 ? -1 : end + 3;
  }
  for (let end = start + 1; end < text.length; end++) {
    const next = text.charCodeAt(end);
    if (next === code) return end + 1;
    if (next === 92) {
      end++;
      if (text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10) end++;
    } else if (next === 10 || next === 13) return -1;
  }
  return -1;
}

function isEscaped(text: string, offset: number): boolean {
  let from = offset;
  while (from > 0 && text.charCodeAt(from - 1) === 92) from--;
  return (offset - from) % 2 === 1;
}

/** The end of an f-string whose text begins at `start`: its braces hold code, with strings of its own. */
function formatEnd(text: string, start: number, quote: number, long: boolean, nesting: number): number {
  if (nesting > MAX_NESTING) return -1;
  /** How many brackets are open, the braces of replacements among them. */
  let open = 0;
  /** The same where the text of a format (`:>10`) began; 0 outside of one. */
  let spec = 0;
  for (let end = start; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const literal = open === spec;
    if (literal && code === quote) {
      const closes = !long || (text.charCodeAt(end + 1) === quote && text.charCodeAt(end + 2) === quote);
      if (closes) return open === 0 ? end + (long ? 3 : 1) : -1;
    } else if (literal && code === 92) end++;
    else if (code === 10 && !long) return -1;
    else if (code === 123) {
      if (open === 0 && text.charCodeAt(end + 1) === 123) end++;
      else open++;
    } else if (code === 125) {
      if (spec === open) spec = 0;
      open = Math.max(0, open - 1);
    } else if (!literal) {
      if (code === 58 && open === 1) spec = open;
      else if (code === 34 || code === 39) {
        const before = text.charCodeAt(end - 1) | 32;
        const inner = stringEnd(text, end, before === 102 || before === 116, nesting + 1);
        if (inner === -1) return -1;
        end = inner - 1;
      } else if (code === 40 || code === 91) open++;
      else if (code === 41 || code === 93) open--;
    }
  }
  return -1;
}
