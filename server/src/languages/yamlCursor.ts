import { lineAt, type Span } from '../engine/span.ts';

/**
 * Where a place in YAML stands, read from the lines alone, because a text is broken while it is typed. A list takes no
 * step: under `handoffs:` with `- label: x`, the label's parents are `handoffs`.
 */
export interface YamlCursor {
  /** Keys from the top down to the mapping that the place is in. */
  readonly parents: readonly string[];
  /** The key whose value the place is in: behind its colon, or an item of the list under it. */
  readonly key?: string;
  /** What is written of the key or value up to the place. */
  readonly typed: string;
  /** Column of the line's first key or value; list marks count as indentation. */
  readonly column: number;
}

/** Lines looked at above the place. */
const FARTHEST = 400;
const LINE = /^([ \t]*(?:-[ \t]+)*)(["']?)([\w.$/-]+)\2[ \t]*:(?=[ \t]|$)/;

/** @param from where the YAML begins, for front matter. */
export function yamlCursor(text: string, offset: number, from = 0): YamlCursor {
  const line = lineAt(text, offset);
  const before = text.slice(Math.max(line.start, from), offset);
  const lead = /^[ \t]*(?:-(?:[ \t]+|$))*/.exec(before)?.[0].length ?? 0;
  const parents = parentsOf(text, line.start, lead, from);
  const inline = LINE.exec(before);
  if (inline) {
    const typed = before.slice(inline[0].length);
    return { parents, key: inline[3] as string, typed: lastPiece(typed), column: lead };
  }
  const isItem = /^[ \t]*-/.test(before);
  const typed = before.slice(lead);
  const key = isItem ? parents.at(-1) : undefined;
  if (key === undefined) return { parents, typed, column: lead };
  return { parents: parents.slice(0, -1), key, typed, column: lead };
}

export interface YamlPlace extends Span {
  /** Keys from the top down to the one the place is at. */
  readonly path: readonly string[];
  /** The word under the place, where it is in the key's value. */
  readonly value?: string;
}

/** The key or value word under a place, for hover. */
export function yamlPlaceAt(text: string, offset: number, from = 0): YamlPlace | undefined {
  const line = lineAt(text, offset);
  if (line.start < from) return undefined;
  const content = text.slice(line.start, line.end);
  const match = LINE.exec(content);
  const lead = match?.[1]?.length ?? /^[ \t]*(?:-[ \t]+)*/.exec(content)?.[0].length ?? 0;
  const parents = parentsOf(text, line.start, lead, from);
  if (match) {
    const start = line.start + lead + (match[2]?.length ?? 0);
    const end = start + (match[3]?.length ?? 0);
    const path = [...parents, match[3] as string];
    if (offset >= start && offset <= end) return { path, start, end };
    if (offset > end) return wordIn(text, offset, line, path);
    return undefined;
  }
  return /^[ \t]*-/.test(content) && parents.length > 0 ? wordIn(text, offset, line, parents) : undefined;
}

function wordIn(text: string, offset: number, line: Span, path: readonly string[]): YamlPlace | undefined {
  let start = offset;
  while (start > line.start && /[\w./*<>-]/.test(text[start - 1] as string)) start--;
  let end = offset;
  while (end < line.end && /[\w./*<>-]/.test(text[end] as string)) end++;
  return end > start ? { path, value: text.slice(start, end), start, end } : undefined;
}

/** What follows the last bracket, comma or quote of a list on one line. */
function lastPiece(typed: string): string {
  let start = typed.length;
  while (start > 0 && !/[,[\]"']/.test(typed[start - 1] as string)) start--;
  return typed.slice(start).trimStart();
}

/** Keys of lines above that stand further left, outermost first. */
function parentsOf(text: string, lineStart: number, column: number, from: number): string[] {
  const parents: string[] = [];
  let limit = column;
  let position = lineStart;
  for (let steps = 0; position > from && limit > 0 && steps < FARTHEST; steps++) {
    const line = lineAt(text, position - 1);
    position = line.start;
    const match = LINE.exec(text.slice(line.start, line.end));
    const at = match?.[1]?.length ?? limit;
    if (!match || at >= limit) continue;
    parents.unshift(match[3] as string);
    limit = at;
  }
  return parents;
}
