import type { Span } from '../engine/span.ts';

/** An element that a place stands in. */
export interface OpenElement {
  /** Without its namespace prefix. */
  readonly name: string;
  /** Its start tag as it is written. */
  readonly tag: string;
}

/** Where a place in XML stands; the text may be broken. */
export interface XmlCursor {
  /** Elements around the place from the top down; of the name of an element those around that element. */
  readonly path: readonly OpenElement[];
  /** In the name of a start tag, between the tags of an element, or neither. */
  readonly at: 'name' | 'content' | 'other';
  /** The name, or the text between two tags without the white space at its ends. */
  readonly node: Span;
  /** Names of the elements beside the place, in order. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Deeper is nothing that people write. */
const MAX_DEPTH = 200;

interface Tag extends Span {
  readonly what: 'start' | 'end' | 'empty' | 'other';
  readonly name: string;
}

/** Never throws; takes time in proportion to the text. */
export function xmlCursor(text: string, offset: number): XmlCursor {
  const tags = tagsOf(text);
  const next = tags.findIndex(({ end }) => end > offset);
  const earlier = next === -1 ? tags : tags.slice(0, next);
  const stack: { name: string; tag: string; children: string[] }[] = [{ name: '', tag: '', children: [] }];
  for (const { what, name, start, end } of earlier) {
    if (what === 'end' && stack.length > 1) stack.pop();
    if (what === 'start' || what === 'empty') stack.at(-1)?.children.push(name);
    if (what === 'start' && stack.length < MAX_DEPTH) stack.push({ name, tag: text.slice(start, end), children: [] });
  }
  const here = next === -1 ? undefined : tags[next];
  const inTag = here && here.start < offset ? here : undefined;
  const later = next === -1 ? [] : tags.slice(inTag ? next + 1 : next);
  const path = stack.slice(1).map(({ name, tag }) => ({ name, tag }));
  const isName = inTag && /^(?:start|empty)$/.test(inTag.what) && offset <= nameEnd(text, inTag);
  const at = isName ? 'name' : inTag ? 'other' : 'content';
  const node = isName
    ? { start: inTag.start + 1, end: nameEnd(text, inTag) }
    : textAround(text, earlier.at(-1)?.end ?? 0, here?.start ?? text.length, offset);
  // An element whose name is being typed may have no end yet, and then takes none away from those around it.
  const skip = isName && inTag.what === 'start' && text[inTag.end - 1] === '>' ? 1 : 0;
  return { path, at, node, before: stack.at(-1)?.children ?? [], after: besideAfter(later, skip) };
}

/** Tags and comments in order. One that is being typed ends before the next begins. */
function tagsOf(text: string): Tag[] {
  const tags: Tag[] = [];
  for (let start = text.indexOf('<'); start !== -1; start = text.indexOf('<', tags.at(-1)?.end)) {
    const special = /^<(?:!--|!\[CDATA\[)/.exec(text.slice(start, start + 9))?.[0];
    if (special) {
      const close = special === '<!--' ? '-->' : ']]>';
      const found = text.indexOf(close, start);
      tags.push({ what: 'other', name: '', start, end: found === -1 ? text.length : found + close.length });
      continue;
    }
    BRACKET.lastIndex = start + 1;
    const bracket = BRACKET.exec(text);
    const end = !bracket ? text.length : bracket[0] === '<' ? bracket.index : bracket.index + 1;
    const [, slash, written = ''] = /^<([/!?]?)([\w:.-]*)/.exec(text.slice(start, Math.min(end, start + 200))) ?? [];
    const what = slash === '/' ? 'end' : slash ? 'other' : text[end - 2] === '/' ? 'empty' : 'start';
    // Without an end it is not an element yet.
    const isTorn = text[end - 1] !== '>';
    tags.push({ what: isTorn && what === 'start' ? 'empty' : what, name: written.replace(/^.*:/, ''), start, end });
  }
  return tags;
}

const BRACKET = /[<>]/g;

function nameEnd(text: string, { start }: Span): number {
  return start + 1 + (/^[\w:.-]*/.exec(text.slice(start + 1, start + 200))?.[0].length ?? 0);
}

function textAround(text: string, from: number, until: number, offset: number): Span {
  const raw = text.slice(from, Math.max(from, until));
  const said = raw.trim();
  if (!said) return { start: offset, end: offset };
  const start = from + raw.length - raw.trimStart().length;
  return { start, end: start + said.length };
}

/** Names of the elements behind a place up to the end of the one around it. @param depth of the first tag. */
function besideAfter(tags: readonly Tag[], depth: number): string[] {
  const names: string[] = [];
  for (const { what, name } of tags) {
    if (what === 'end' && --depth < 0) break;
    if (depth === 0 && (what === 'start' || what === 'empty')) names.push(name);
    if (what === 'start') depth++;
  }
  return names;
}
