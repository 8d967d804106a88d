import type { Skim } from './skim.ts';

/** How the logical lines of a Python text stand in each other, by number of the line; -1 stands for none. */
export interface Layout extends Skim {
  readonly text: string;
  /** The header (`if …:`, `def …:`) of the block that a line stands in. */
  readonly parents: readonly number[];
  /** For `else` and its like the header it goes on with; for what a decorator decorates, the decorator. */
  readonly before: readonly number[];
  /** The outermost function that a line stands in, or is the header of. */
  readonly functions: readonly number[];
  /** The innermost class around a line, functions aside. */
  readonly classes: readonly number[];
  /** Names that definitions of functions and classes give, by line; empty for others. */
  readonly names: readonly string[];
}

const DEFINITION = /(?:async[ \t]+)?(def|class)[ \t]+([A-Za-z_]\w*)/y;
const CLAUSE = /(?:elif|else|except|finally)\b/y;

/**
 * Lays out the lines.
 *
 * @param isOpen whether the text is being written: then a line may stand anywhere.
 * @returns undefined where the indentation makes no sense, so that the text has to be read as a whole.
 */
export function layOut(text: string, skimmed: Skim, isOpen = false): Layout | undefined {
  const { lines, indents } = skimmed;
  const parents: number[] = [];
  const before: number[] = [];
  const functions: number[] = [];
  const classes: number[] = [];
  const names: string[] = [];
  const isClass: boolean[] = [];
  /** Headers around the line. */
  const open: number[] = [];
  /** Last line so far of each block that is open. */
  const last: number[] = [];
  let decorates = false;
  for (let at = 0; at < lines.length; at++) {
    const column = indents[at] as number;
    if (column > (indents[at - 1] ?? 0)) {
      if (at > 0) open.push(at - 1);
      else if (!isOpen) return undefined;
    }
    while (open.length > 0 && column <= (indents[open.at(-1) as number] as number)) open.pop();
    const depth = open.length;
    const sibling = last[depth] ?? -1;
    // A line goes back to the column of a line around it, or the text is broken.
    const isBroken = sibling !== -1 && (parents[sibling] ?? -1) === (open.at(-1) ?? -1) && indents[sibling] !== column;
    if (isBroken && !isOpen) return undefined;
    const parent = open.at(-1) ?? -1;
    const token = tokenAt(text, lines[at] as number);
    const begins = text[token] as string;
    DEFINITION.lastIndex = token;
    const [, word, name = ''] = ('dca'.includes(begins) && DEFINITION.exec(text)) || [];
    CLAUSE.lastIndex = token;
    const goesOn = decorates || ('ef'.includes(begins) && CLAUSE.test(text));
    decorates = begins === '@';
    parents.push(parent);
    before.push(sibling !== -1 && parents[sibling] === parent && goesOn ? sibling : -1);
    names.push(name);
    isClass.push(word === 'class');
    const around = parent === -1 ? -1 : (functions[parent] as number);
    functions.push(around === -1 && word === 'def' ? at : around);
    classes.push(parent === -1 ? -1 : isClass[parent] && around === -1 ? parent : (classes[parent] as number));
    last[depth] = at;
    last.length = depth + 1;
  }
  return { ...skimmed, text, parents, before, functions, classes, names };
}

/** Number of the line that an offset stands in, or of the last one before it. */
export function lineOf({ lines }: Skim, offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The text of a line with its indentation. */
export function textOf({ text, lines, ends }: Layout, line: number): string {
  return text.slice(lines[line], ends[line]);
}

/** Whether a line is followed by a block of its own. */
export function hasBlock({ parents }: Layout, line: number): boolean {
  return parents[line + 1] === line;
}

export function isDecorator({ text, lines }: Layout, line: number): boolean {
  return text[tokenAt(text, lines[line] as number)] === '@';
}

/** Where a line begins behind its indentation. */
function tokenAt(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  return at;
}

/** Whether a line begins with these characters. */
export function beginsWith({ text, lines }: Layout, line: number, start: string): boolean {
  return text.startsWith(start, tokenAt(text, lines[line] as number));
}
