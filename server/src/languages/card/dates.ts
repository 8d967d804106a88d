import type { Span } from '../../engine/span.ts';
import type { Card } from './card.ts';

/** A day on which the card was to be looked at again. */
export interface ReviewDate {
  /** ISO date; of a month its last day. */
  readonly due: string;
  /** The date as written, or what it follows from. */
  readonly span: Span;
  /** How it follows, where the card states a cycle and not the date. */
  readonly from?: string;
}

const DATE = '(\\d{4}-\\d{2}(?:-\\d{2})?)(?![\\d-])';
const NEXT = new RegExp(
  `\\b(?:next (?:planned |scheduled )?review(?:ed)?|review (?:is )?due|review by)\\b[^\\d\\n]{0,40}${DATE}`,
  'gid',
);
const LAST = new RegExp(`\\b(?:last review(?:ed)?|reviewed on)\\b[^\\d\\n]{0,40}${DATE}`, 'gid');
/** `review frequency: every 6 months`, `reviewed quarterly`, `review cycle: P6M`. */
const CYCLE = new RegExp(
  '\\breview(?:ed|s)?(?: (?:frequency|cycle|interval|schedule))?[*_:|\\s]{1,8}' +
    '(?:(?:at least )?(?:every|each) (?:(?<every>\\d{1,3}) )?(?<unit>day|week|month|quarter|year)s?\\b' +
    '|P?(?<count>\\d{1,3}) ?(?<code>D|W|M|Y|days?|weeks?|months?|quarters?|years?)\\b' +
    '|(?<word>annual|yearly|half-yearly|quarterly|monthly|weekly))',
  'i',
);
const MONTHS: Readonly<Record<string, number>> = { annual: 12, yearly: 12, 'half-yearly': 6, quarterly: 3, monthly: 1 };

/** When the card says it is reviewed next; undefined when it does not say. */
export function nextReview(card: Card): ReviewDate | undefined {
  const { text, frontMatter } = card;
  const stated = card.places?.placesOf('review').find(({ key, node }) => /next|due/i.test(key) && isDate(node.text));
  if (stated) return { due: lastDay(stated.node.text), span: stated.node.span };
  const key = frontMatter.get('next_review');
  if (key && isDate(key.text)) return { due: lastDay(key.text), span: key.span };
  const body = text.slice(frontMatter.end);
  const next = latest(body.matchAll(NEXT), frontMatter.end);
  if (next) return { due: lastDay(next.date), span: next.span };

  const reviewed = frontMatter.get('last_reviewed');
  const last =
    reviewed && isDate(reviewed.text)
      ? { date: reviewed.text, span: reviewed.span }
      : latest(body.matchAll(LAST), frontMatter.end);
  const frequency = frontMatter.get('review_frequency')?.text;
  const cycle = CYCLE.exec(frequency ? `review frequency: ${frequency}` : body);
  if (!last || !cycle) return undefined;
  const due = later(lastDay(last.date), cycle);
  return due
    ? { due, span: last.span, from: `last reviewed ${last.date}, ${cycle[0].trim().toLowerCase()}` }
    : undefined;
}

/** A calendar date, or a month of one, that exists. */
export function isDate(written: string): boolean {
  if (!/^\d{4}-\d{2}(?:-\d{2})?$/.test(written)) return false;
  const day = written.length === 7 ? `${written}-01` : written;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

/** A card that keeps its history names several dates; the last one counts. */
function latest(matches: Iterable<RegExpExecArray>, offset: number): { date: string; span: Span } | undefined {
  let best: { date: string; span: Span } | undefined;
  for (const match of matches) {
    const [start, end] = match.indices?.[1] ?? [0, 0];
    const date = match[1] ?? '';
    if (isDate(date) && (!best || date > best.date))
      best = { date, span: { start: start + offset, end: end + offset } };
  }
  return best;
}

function lastDay(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 0] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function later(date: string, { groups = {} }: RegExpExecArray): string | undefined {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const word = groups.word?.toLowerCase() ?? '';
  const unit = (groups.unit ?? groups.code ?? '').toLowerCase()[0];
  const count = Number(groups.every ?? groups.count ?? 1);
  const months = MONTHS[word] ?? { m: count, q: count * 3, y: count * 12 }[unit ?? ''] ?? 0;
  const days = word === 'weekly' ? 7 : ({ d: count, w: count * 7 }[unit ?? ''] ?? 0);
  if (months === 0 && days === 0) return undefined;
  // The day is kept within its month: a month after 31 January is the end of February.
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last) + days)).toISOString().slice(0, 10);
}
