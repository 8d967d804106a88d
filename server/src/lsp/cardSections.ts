import type { AskedOf } from '../engine/askedFields.ts';
import { isAnswered } from '../engine/askedFields.ts';
import { lineAt, type Span } from '../engine/span.ts';
import type { Card } from '../languages/card/card.ts';
import { fieldsOf } from '../languages/card/fields.ts';
import { placeholderFor } from '../languages/card/insertion.ts';

/** A section that may be written at a place of a card. */
export interface SectionOffer {
  readonly label: string;
  readonly ask: string;
  /** Whether the rules in force ask for it. */
  readonly wanted: boolean;
  /** Replaces `span`: the heading's title, and a marked placeholder where nothing stands below yet. */
  readonly text: string;
  readonly span: Span;
}

const HEADING = /^ {0,3}#{1,6}[ \t]+/;

/**
 * Sections a card lacks, while a heading is being typed; none elsewhere. Those the rules ask for come first, the most
 * important of them on top.
 *
 * @param asked what the rules ask for; read only when the place is a heading.
 */
export function sectionOffers(card: Card, offset: number, asked: () => readonly AskedOf[]): readonly SectionOffer[] {
  const { text, frontMatter, markdown, type } = card;
  const line = lineAt(text, offset);
  const mark = HEADING.exec(text.slice(line.start, offset));
  if (!mark || line.start < frontMatter.end) return [];
  if (markdown.blocks.some(({ type, span }) => type === 'code' && span.start <= offset && offset <= span.end))
    return [];
  const order = asked().map(({ id }) => String(id));
  const rank = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const empty = isEmptyBelow(text, line.end);
  const span = { start: line.start + mark[0].length, end: line.end };
  return fieldsOf(type)
    .filter((spec) => !isAnswered(card.field(spec.id as Parameters<Card['field']>[0])))
    .toSorted((a, b) => rank(a.id) - rank(b.id))
    .map((spec) => ({
      label: spec.heading,
      ask: spec.ask,
      wanted: order.includes(spec.id),
      text: empty ? `${spec.heading}${eol}${eol}${placeholderFor(spec)}${eol}` : spec.heading,
      span,
    }));
}

/** Whether the next line with something on it is a heading, or there is none. */
function isEmptyBelow(text: string, end: number): boolean {
  const next = /\S[^\n]*/.exec(text.slice(end, end + 2_000));
  return !next || HEADING.test(next[0]);
}
