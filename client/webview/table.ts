// Filters and orders the rows. Rows stay the same elements, so nothing that is open or in focus is lost.
import { SEVERITIES } from '../../server/src/engine/finding.ts';
import { groupOf, STATUS_WORDS } from '../../server/src/reports/statusWords.ts';
import type { SummaryItem } from '../../server/src/reports/summaryData.ts';
import { FIELDS, type Field, field, type Row, rows, type State, table } from './page.ts';

const shown = document.getElementById('shown') as HTMLElement;

/** What free text is looked for in. */
const texts = new Map(
  rows.map(({ item }) => [item, [item.citation, item.title, item.id, ...item.rules].join(' ').toLowerCase()]),
);

const MATCHES: Readonly<Record<Field, (item: SummaryItem, wanted: string) => boolean>> = {
  framework: ({ framework }, wanted) => framework === wanted,
  phase: ({ phases }, wanted) => phases.includes(wanted),
  role: ({ roles }, wanted) => (wanted === 'none' ? roles.length === 0 : roles.includes(wanted)),
  level: ({ level }, wanted) => (level ?? 'none') === wanted,
  status: ({ status }, wanted) => wanted === status || wanted === `group:${groupOf(status)}`,
  text: (item, wanted) => wanted.split(/\s+/).every((word) => texts.get(item)?.includes(word)),
};

/** Shows the rows that the fields ask for, and says how many. */
export function filter(): void {
  const wanted = FIELDS.map(
    (name) => [name, field(name).value.trim().toLowerCase(), field(name).value] as const,
  ).filter(([, value]) => value !== '');
  let number = 0;
  for (const { body, item } of rows) {
    const fits = wanted.every(([name, lower, value]) => MATCHES[name](item, name === 'text' ? lower : value));
    body.hidden = !fits;
    if (fits) number++;
  }
  const all = `${rows.length} ${rows.length === 1 ? 'item' : 'items'}`;
  shown.textContent = number === rows.length ? all : number === 0 ? `None of ${all} matches` : `${number} of ${all}`;
}

const STATUSES = Object.keys(STATUS_WORDS);
const LEVELS = ['shall', 'should', 'can'];
const worst = ({ severity }: SummaryItem) => (severity ? SEVERITIES.indexOf(severity) : SEVERITIES.length);
/** What is not named comes last. */
const level = ({ level }: SummaryItem) => (level ? LEVELS.indexOf(level) : LEVELS.length);

/** Negative where the first comes first; where they are equal, the order of the catalogue decides. */
const ORDERS: Readonly<Record<string, (a: SummaryItem, b: SummaryItem) => number>> = {
  status: (a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) || worst(a) - worst(b),
  guideline: () => 0,
  level: (a, b) => level(a) - level(b),
  phase: (a, b) => (a.phase ?? '\uffff').localeCompare(b.phase ?? '\uffff'),
  findings: (a, b) => b.open - a.open || b.suppressed - a.suppressed,
};

let sorted: State['sort'] = { key: 'status', down: false };
export const currentSort = () => sorted;

/** @param down from last to first. */
export function sort({ key, down }: State['sort']): void {
  const order = ORDERS[key];
  if (!order) return;
  sorted = { key, down };
  const turn = down ? -1 : 1;
  const compare = (a: Row, b: Row) => turn * (order(a.item, b.item) || a.order - b.order);
  table.append(...rows.toSorted(compare).map(({ body }) => body));
  for (const head of table.querySelectorAll<HTMLElement>('th[aria-sort]')) {
    const own = head.querySelector<HTMLElement>('.sort')?.dataset.sort === key;
    head.setAttribute('aria-sort', own ? (down ? 'descending' : 'ascending') : 'none');
  }
}

/** Another column, or the same the other way round. */
export function sortBy(key: string): void {
  sort({ key, down: sorted.key === key && !sorted.down });
}
