import type { Edit } from '../../engine/span.ts';
import { lineAt } from '../../engine/span.ts';
import type { Heading } from '../markdown.ts';
import type { Card } from './card.ts';
import { type FieldSpec, fieldsOf } from './fields.ts';

/** The mark an author has to replace; it is itself a finding. */
export function placeholderFor(spec: FieldSpec): string {
  return `[TODO: ${spec.ask}]`;
}

/**
 * Inserts the section of a missing field where the templates have it: behind the section it follows there, else before
 * the one it precedes, else at the end; with the card's own heading level, emphasis and line ends.
 */
export function insertSection(card: Card, spec: FieldSpec): Edit {
  return insertSections(card, [spec]);
}

/** Inserts several sections one after the other, where the first of them belongs. */
export function insertSections(card: Card, specs: readonly [FieldSpec, ...FieldSpec[]]): Edit {
  const [spec] = specs;
  const headings = card.markdown.headings.filter((heading) => heading !== card.title);
  const order = fieldsOf(card.type);
  const index = order.indexOf(spec);
  const sectionOf = (other: FieldSpec) => card.placesOf(other).headings[0];
  const main = mainLevel(card, headings);
  const before = order.slice(0, index).reverse();
  for (const other of before) {
    const heading = sectionOf(other);
    if (!heading) continue;
    const sibling = other.group === spec.group && heading.level > main;
    const above = sibling ? heading : enclosing(headings, heading, main);
    return sections(card, specs, above.content.end, above.level, headings);
  }
  for (const other of order.slice(index + 1)) {
    const heading = sectionOf(other);
    if (!heading) continue;
    const below = enclosing(headings, heading, main);
    return sections(card, specs, lineAt(card.text, below.span.start).start, below.level, headings);
  }
  return sections(card, specs, card.text.length, main, headings);
}

/**
 * Adds a line to the front matter, or a front matter to a card without one.
 *
 * @param value YAML as it is to be written, a comment included.
 * @returns undefined where the front matter is broken, so that a line could land anywhere.
 */
export function insertKey(card: Card, key: string, value: string): Edit | undefined {
  const { frontMatter, text } = card;
  const eol = endOfLine(text);
  const line = `${key}: ${value}${eol}`;
  if (!frontMatter.present) {
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    return { start, end: start, text: `---${eol}${line}---${eol}${eol}` };
  }
  const { content, closed, yaml, problems } = frontMatter;
  const isBlock = !/^\s*[{[]/.test(text.slice(content.start, content.end));
  if (!closed || problems.length > 0 || yaml.root === 'list' || !isBlock) return undefined;
  return { start: content.end, end: content.end, text: line };
}

function sections(
  card: Card,
  specs: readonly FieldSpec[],
  position: number,
  level: number,
  headings: readonly Heading[],
): Edit {
  const { text } = card;
  const eol = endOfLine(text);
  const bold = boldHeadings(card, level, headings) ? '**' : '';
  const body = specs.map((spec) => {
    return `${'#'.repeat(level)} ${bold}${spec.heading}${bold}${eol}${eol}${placeholderFor(spec)}${eol}`;
  });
  const ahead = text.slice(0, position);
  const lead = ahead.trim() === '' || /\n\r?\n$/.test(ahead) ? '' : ahead.endsWith('\n') ? eol : eol + eol;
  const tail = position < text.length ? eol : '';
  return { start: position, end: position, text: lead + body.join(eol) + tail };
}

/** The level of the card's main sections. A second title (a report pasted in) does not make a level of its own. */
function mainLevel(card: Card, headings: readonly Heading[]): number {
  const count = (level: number) => headings.filter((heading) => heading.level === level).length;
  const levels = [...new Set(headings.map(({ level }) => level))].sort((a, b) => a - b);
  const [first = 2, second] = levels;
  return card.title && first === 1 && second !== undefined && count(1) < count(second) ? second : first;
}

/** The section at the main level (or above, or the heading itself) that holds a heading. */
function enclosing(headings: readonly Heading[], inner: Heading, main: number): Heading {
  const around = headings.filter(
    ({ content, span, level }) => span.start <= inner.span.start && inner.span.start < content.end && level >= main,
  );
  return around.reduce((outer, heading) => (heading.level < outer.level ? heading : outer), inner);
}

function boldHeadings(card: Card, level: number, headings: readonly Heading[]): boolean {
  const same = headings.filter((heading) => heading.level === level);
  const bold = same.filter(({ span }) => /^[ \t]*#{1,6}[ \t]+\*\*/.test(card.text.slice(span.start, span.end)));
  return bold.length > 0 && bold.length * 2 >= same.length;
}

function endOfLine(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
