/** A range of a text, in UTF-16 code units from its start; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A replacement in one text. An insertion has `start === end`; a deletion has an empty `text`. */
export interface Edit extends Span {
  readonly text: string;
}

/** True when the two spans share at least one code unit, or when both are empty at the same place. */
export function overlaps(a: Span, b: Span): boolean {
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);
}

/** The span of the line that holds `offset`, without its line break. */
export function lineAt(text: string, offset: number): Span {
  const start = text.lastIndexOf('\n', Math.min(offset, text.length) - 1) + 1;
  const newline = text.indexOf('\n', start);
  let end = newline === -1 ? text.length : newline;
  if (end > start && text[end - 1] === '\r') end--;
  return { start, end };
}

/** One-based number of the line that holds `offset`. */
export function lineNumberAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
