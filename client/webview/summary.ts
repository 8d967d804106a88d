// Runs inside the page that server/src/reports/summaryHtml.ts renders: filters and sorts rows, shows details on demand, and
// tells the extension what was chosen.
import type { SummaryCommand, SummaryFinding } from '../../server/src/reports/summaryData.ts';
import { evidencePlace, fillDetails, showMore } from './details.ts';
import { data, FIELDS, field, form, placeOf, type Row, rowOf, rows, vscode } from './page.ts';
import { currentSort, filter, sort, sortBy } from './table.ts';

const times = [...document.querySelectorAll('time')];
const reportTime = times[0]?.dateTime ?? '';
const folds = [...document.querySelectorAll<HTMLDetailsElement>('details[id]')];

function toggleOf({ body }: Row): HTMLElement | null {
  return body.querySelector('.toggle');
}

function isExpanded(row: Row): boolean {
  return toggleOf(row)?.getAttribute('aria-expanded') === 'true';
}

function expand(row: Row, open: boolean): void {
  if (open) fillDetails(row);
  toggleOf(row)?.setAttribute('aria-expanded', String(open));
  const detail = row.body.querySelector<HTMLElement>('.detail');
  if (detail) detail.hidden = !open;
}

function remember(command?: string): void {
  vscode.setState({
    time: reportTime,
    filters: Object.fromEntries(FIELDS.map((name) => [name, field(name).value])),
    sort: currentSort(),
    expanded: rows.filter(isExpanded).map(({ item }) => item.id),
    folds: folds.filter(({ open }) => open).map(({ id }) => id),
    scroll: scrollY,
    ...(command && { command }),
  });
}

function restore(): void {
  const state = vscode.getState();
  if (!state) return;
  for (const name of FIELDS) setField(name, state.filters[name] ?? '');
  filter();
  sort(state.sort);
  if (state.time === reportTime) {
    for (const id of state.expanded) {
      const row = rowOf.get(id);
      if (row) expand(row, true);
    }
    for (const fold of folds) fold.open = state.folds.includes(fold.id);
    scrollTo(0, state.scroll);
  }
  if (state.command) focusAfter(state.command);
  remember();
}

/** A value that this report does not offer would leave a list without any choice. */
function setField(name: (typeof FIELDS)[number], value: string): void {
  const control = field(name);
  control.value = value;
  if (control instanceof HTMLSelectElement && control.selectedIndex < 0) control.value = '';
}

/** The page is new, but whoever has pressed a button goes on from there, or from what it brought. */
function focusAfter(command: string): void {
  const brought = command === 'compare' ? document.getElementById('changes') : null;
  const target = brought ?? document.querySelector<HTMLElement>(`[data-command="${CSS.escape(command)}"]`);
  target?.focus({ preventScroll: brought === null });
}

/** Shows the rows with these values, and nothing else. */
function choose(values: Readonly<Partial<Record<(typeof FIELDS)[number], string | undefined>>>): void {
  for (const name of FIELDS) setField(name, values[name] ?? '');
  filter();
  const heading = document.getElementById('items');
  heading?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}

/** Opens the row of an item, whatever the filters say, and goes there. */
function goTo(id: string): void {
  const row = rowOf.get(id);
  if (!row) return;
  if (row.body.hidden) {
    for (const name of FIELDS) setField(name, '');
    filter();
  }
  expand(row, true);
  row.body.scrollIntoView();
  toggleOf(row)?.focus({ preventScroll: true });
}

/** What a button does stands in its data attributes; the first of these that it has decides. */
const ACTIONS: readonly (readonly [name: string, act: (value: string, button: HTMLElement) => void])[] = [
  [
    'command',
    (command) => {
      remember(command);
      vscode.postMessage({ command: command as SummaryCommand });
    },
  ],
  ['export', (format) => vscode.postMessage({ export: format })],
  ['page', (page) => vscode.postMessage({ page })],
  ['finding', (index) => vscode.postMessage({ open: placeOf(data.findings[Number(index)] as SummaryFinding) })],
  ['open', (uri) => vscode.postMessage({ open: { uri, line: 0, character: 0 } })],
  ['evidence', (id) => vscode.postMessage({ evidence: id })],
  [
    'evidenceAt',
    (key) => {
      const place = evidencePlace(key);
      if (place) vscode.postMessage({ open: place });
    },
  ],
  ['more', (id, button) => showMore(button.closest('.findings') as HTMLElement, id)],
  ['item', goTo],
  ['sort', sortBy],
  ['text', (text) => choose({ text })],
  ['status', (status, { dataset: { framework, phase } }) => choose({ status, framework, phase })],
];

/** One listener for all buttons. */
document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest<HTMLElement>('button');
  if (button && !button.classList.contains('toggle')) {
    const action = ACTIONS.find(([name]) => button.dataset[name] !== undefined);
    action?.[1](button.dataset[action[0]] ?? '', button);
    if (action && action[0] !== 'command') remember();
    return;
  }
  // The whole row is a large target for the mouse; the keyboard has the button in it.
  const row = rowOf.get(target.closest('tr.item')?.closest('tbody')?.dataset.id ?? '');
  if (!row || getSelection()?.isCollapsed === false) return;
  expand(row, !isExpanded(row));
  remember();
});

// From row to row with the arrow keys, as in a list.
document.addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.target instanceof Element) || !event.target.matches('.toggle')) return;
  event.preventDefault();
  const toggles = [...document.querySelectorAll<HTMLElement>('tbody:not([hidden]) > .item .toggle')];
  toggles[toggles.indexOf(event.target as HTMLElement) + step]?.focus();
});

form.addEventListener('input', () => {
  filter();
  remember();
});
form.addEventListener('submit', (event) => event.preventDefault());
// The fields are empty only after this event.
form.addEventListener('reset', () =>
  setTimeout(() => {
    filter();
    remember();
  }),
);
for (const fold of folds) fold.addEventListener('toggle', () => remember());
addEventListener('scrollend', () => remember());

for (const time of times) {
  // An earlier report may say anything.
  if (Number.isNaN(Date.parse(time.dateTime))) continue;
  time.textContent = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
restore();
