import type { Span } from '../../engine/span.ts';

/** A word of a command line, with quotes and escapes taken off. */
export interface Word {
  readonly text: string;
  /** Where it is written, quotes included. */
  readonly span: Span;
  /** False where a variable or a substitution stands in it: then `text` is only what is written. */
  readonly fixed: boolean;
  /** Text of the commands in `$(…)`, `` `…` `` and `<(…)` inside the word, with its place in the whole text. */
  readonly inner: readonly { readonly text: string; readonly at: number }[];
}

/** A word, or what stands between commands: `;` (also a line break), `&&`, `||`, `|`, `&`, `(`, `)`. */
export type Token = { readonly word: Word } | { readonly operator: string; readonly at: number };

const BLANK = /[ \t\r]/;
const ENDS_WORD = /[\s;|&()<>]/;
/** Commands are written by people; what is longer is data. In UTF-16 code units. */
const MAX_TEXT = 1_000_000;

/**
 * Splits a shell text (POSIX shell with Bash's substitutions) into words and operators. Comments, redirections and here
 * documents are left out. Never throws; a quote or bracket that is not closed stands for itself. Linear time.
 */
export function readTokens(source: string): Token[] {
  const text = source.length > MAX_TEXT ? source.slice(0, MAX_TEXT) : source;
  const closed = closings(text);
  const tokens: Token[] = [];
  const heredocs: string[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (BLANK.test(char)) at++;
    else if (char === '\\' && /[\r\n]/.test(text[at + 1] ?? '')) at += text.startsWith('\r\n', at + 1) ? 3 : 2;
    else if (char === '\n') {
      tokens.push({ operator: ';', at });
      at = afterHeredocs(text, at + 1, heredocs.splice(0));
    } else if (char === '#') at = lineEnd(text, at);
    else if (char === ';' || char === '(' || char === ')') tokens.push({ operator: char, at: at++ });
    else if (char === '|' || (char === '&' && text[at + 1] !== '>')) {
      const operator = text[at + 1] === char ? char + char : char;
      tokens.push({ operator, at });
      at += operator.length + (char === '|' && text[at + 1] === '&' ? 1 : 0);
    } else if ((char === '<' || char === '>') && text[at + 1] === '(') {
      const { word, end } = readWord(text, at, closed);
      tokens.push({ word });
      at = end;
    } else if (char === '<' || char === '>' || char === '&') at = afterRedirection(text, at, heredocs, closed);
    else {
      const { word, end } = readWord(text, at, closed);
      // `2>` redirects; the number is no argument.
      if (!(/^\d$/.test(word.text) && /[<>]/.test(text[end] ?? ''))) tokens.push({ word });
      at = Math.max(end, at + 1);
    }
  }
  return tokens;
}

/** Where the partner of a quote or bracket is looked for; once there is none, none is looked for again. */
interface Closings {
  quote(from: number, char: '"' | "'" | '`'): number;
  bracket(from: number): number;
}

function closings(text: string): Closings {
  const none = new Set<string>();
  return {
    quote(from, char) {
      if (none.has(char)) return -1;
      for (let at = from; at < text.length; at++) {
        if (text[at] === '\\' && char !== "'") at++;
        else if (text[at] === char) return at;
      }
      none.add(char);
      return -1;
    },
    bracket(from) {
      if (none.has('(')) return -1;
      let depth = 1;
      for (let at = from; at < text.length; at++) {
        if (text[at] === '\\') at++;
        else if (text[at] === '(') depth++;
        else if (text[at] === ')' && --depth === 0) return at;
      }
      none.add('(');
      return -1;
    },
  };
}

function readWord(text: string, start: number, closed: Closings): { readonly word: Word; readonly end: number } {
  const inner: { text: string; at: number }[] = [];
  let value = '';
  let fixed = true;
  let at = start;

  /** `$(…)`, `${…}`, `$x` and `` `…` `` at `at`; false when it is only the character itself. */
  function substitution(): boolean {
    const char = text[at];
    if (char === '`' || text.startsWith('$(', at)) {
      const from = at + (char === '`' ? 1 : 2);
      const end = char === '`' ? closed.quote(from, '`') : closed.bracket(from);
      if (end === -1) return false;
      inner.push({ text: text.slice(from, end), at: from });
      value += text.slice(at, end + 1);
      at = end + 1;
    } else if (char === '$' && /[\w{@*#?]/.test(text[at + 1] ?? '')) {
      const name = /^\$(?:\{[^}\n]{0,200}\}|\w{1,200}|[@*#?])/.exec(text.slice(at, at + 210))?.[0] ?? '$';
      value += name;
      at += name.length;
    } else return false;
    fixed = false;
    return true;
  }

  function doubleQuoted(end: number): void {
    at++;
    while (at < end) {
      if ((text[at] === '$' || text[at] === '`') && substitution()) continue;
      if (text[at] === '\\' && /["\\$`\n]/.test(text[at + 1] ?? '')) at++;
      value += text[at++];
    }
    at = Math.max(at, end + 1);
  }

  while (at < text.length) {
    const char = text[at] as string;
    if ((char === '<' || char === '>') && at === start && text[at + 1] === '(') {
      const end = closed.bracket(at + 2);
      const to = end === -1 ? at + 2 : end + 1;
      if (end !== -1) inner.push({ text: text.slice(at + 2, end), at: at + 2 });
      value += text.slice(at, to);
      fixed = false;
      at = to;
    } else if (ENDS_WORD.test(char)) break;
    else if (char === '\\') {
      if (text.startsWith('\r\n', at + 1)) at += 3;
      else if (text[at + 1] === '\n') at += 2;
      else {
        value += text[at + 1] ?? char;
        at += 2;
      }
    } else if (char === "'" || char === '"') {
      const end = closed.quote(at + 1, char);
      if (end === -1) value += text[at++];
      else if (char === '"') doubleQuoted(end);
      else {
        value += text.slice(at + 1, end);
        at = end + 1;
      }
    } else if ((char === '$' || char === '`') && substitution()) {
      // Its text has been taken.
    } else {
      // IPython and template languages put values in braces.
      if (char === '{' && /[A-Za-z_{]/.test(text[at + 1] ?? '')) fixed = false;
      value += char;
      at++;
    }
  }
  const end = Math.min(at, text.length);
  return { word: { text: value, span: { start, end }, fixed, inner }, end };
}

/** Passes over `> file`, `2>&1`, `< file`, `<<< text`; notes the mark of a here document. */
function afterRedirection(text: string, start: number, heredocs: string[], closed: Closings): number {
  let at = start;
  while (at < text.length && /[<>&|]/.test(text[at] as string) && at - start < 4) at++;
  if (text.startsWith('<<', start) && text[start + 2] !== '<') {
    const [all, mark] = /^-?[ \t]{0,20}(["']?[\w.-]{1,80}["']?)/.exec(text.slice(at, at + 110)) ?? [];
    if (all && mark) heredocs.push(mark.replace(/["']/g, ''));
    return at + (all?.length ?? 0);
  }
  while (at < text.length && /[ \t]/.test(text[at] as string)) at++;
  // A process substitution is a file to read; what it runs is worth a look.
  if (text.startsWith('<(', at) || text.startsWith('$(', at) || text[at] === '`') return at;
  return ENDS_WORD.test(text[at] ?? ' ') ? at : readWord(text, at, closed).end;
}

function afterHeredocs(text: string, start: number, marks: readonly string[]): number {
  let at = start;
  for (const mark of marks) {
    while (at < text.length) {
      const end = lineEnd(text, at);
      const line = text.slice(at, Math.min(end, at + 200)).trim();
      at = Math.min(end + 1, text.length);
      if (line === mark) break;
    }
  }
  return at;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
