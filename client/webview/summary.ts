// Runs inside the page that server/src/reports/summaryHtml.ts renders: filters rows, lists findings on demand, and
// tells the extension what was chosen.
import type { Severity } from '../../server/src/engine/finding.ts';
import type { SummaryData, SummaryFinding, SummaryMessage, SummarySort } from '../../server/src/reports/summaryHtml.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: SummaryMessage): void;
  getState(): State | undefined;
  setState(state: State): void;
};

/** What survives hiding the panel. */
interface State {
  /** Time of the report: another report starts afresh, but keeps the filters. */
  readonly time: string;
  readonly filters: Readonly<Record<Field, string>>;
  /** Ids of the items that are expanded. */
  readonly expanded: readonly string[];
  readonly scroll: number;
}

const FIELDS = ['framework', 'status', 'level', 'text'] as const;
type Field = (typeof FIELDS)[number];

/** So many findings become elements at once; more on request. */
const CHUNK = 100;

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'hint' };

const vscode = acquireVsCodeApi();
const form = document.getElementById('filters') as HTMLFormElement;
const shown = document.getElementById('shown') as HTMLElement;
const time = document.querySelector('time') as HTMLTimeElement;
const rows = [...document.querySelectorAll<HTMLTableSectionElement>('tbody[data-id]')];
const data: SummaryData = JSON.parse(document.getElementById('data')?.textContent ?? '');

/** Indices of the findings of each guideline, built when the first row is expanded. */
let byGuideline: Map<string, number[]> | undefined;

function findingsOf(id: string): readonly number[] {
  if (!byGuideline) {
    byGuideline = new Map();
    for (const [index, { sort }] of data.findings.entries()) {
      for (const guideline of data.sorts[sort]?.guidelines ?? []) {
        const list = byGuideline.get(guideline);
        if (list) list.push(index);
        else byGuideline.set(guideline, [index]);
      }
    }
    // What is still open comes first.
    const accepted = (index: number) => (data.findings[index]?.accepted ? 1 : 0);
    for (const list of byGuideline.values()) list.sort((a, b) => accepted(a) - accepted(b));
  }
  return byGuideline.get(id) ?? [];
}

function field(name: Field): HTMLInputElement | HTMLSelectElement {
  return form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
}

function filter(): void {
  const [framework, status, level, text] = FIELDS.map((name) => field(name).value);
  const words = (text ?? '').toLowerCase().split(/\s+/);
  let count = 0;
  for (const row of rows) {
    const { dataset } = row;
    row.hidden =
      (framework !== '' && dataset.framework !== framework) ||
      (status !== '' && dataset.status !== status) ||
      (level !== '' && dataset.level !== level) ||
      !words.every((word) => dataset.text?.includes(word));
    if (!row.hidden) count++;
  }
  const all = `${rows.length} ${rows.length === 1 ? 'item' : 'items'}`;
  shown.textContent = count === rows.length ? all : count === 0 ? `None of ${all} matches` : `${count} of ${all}`;
  remember();
}

function expand(row: HTMLTableSectionElement, open: boolean): void {
  const toggle = row.querySelector('.toggle');
  const detail = row.querySelector<HTMLElement>('.detail');
  if (!toggle || !detail) return;
  toggle.setAttribute('aria-expanded', String(open));
  detail.hidden = !open;
  const list = detail.querySelector<HTMLElement>('.findings');
  if (open && list && !list.firstChild) showMore(list, row.dataset.id ?? '');
  remember();
}

/** Appends the next findings of an item, and a button when there are still more. */
function showMore(list: HTMLElement, id: string): void {
  const more = list.querySelector('.more');
  const indices = findingsOf(id);
  const from = list.children.length - (more ? 1 : 0);
  more?.remove();
  const next = indices.slice(from, from + CHUNK);
  list.append(...next.map(findingElement));
  const left = indices.length - from - next.length;
  if (left > 0) {
    const button = element('button', 'secondary', `Show ${Math.min(left, CHUNK)} more of ${left}`);
    button.dataset.more = id;
    const last = element('li', 'more');
    last.append(button);
    list.append(last);
  }
  if (more) list.children[from]?.querySelector('button')?.focus();
}

function findingElement(index: number): HTMLElement {
  const { sort, file, line, message, accepted } = data.findings[index] as SummaryFinding;
  const { rule, name, severity } = data.sorts[sort] as SummarySort;
  const open = element('button', 'link');
  open.append(...withCode(message));
  open.dataset.finding = String(index);
  const explain = element('button', 'link', `${rule} ${name}`);
  explain.dataset.page = rule;
  const where = element('p', 'muted', `${SEVERITY[severity]} · ${data.files[file]?.path}:${line + 1} · `);
  where.append(explain);
  if (accepted) {
    const until = accepted.until ? ` (until ${accepted.until})` : '';
    where.append(` · accepted: ${accepted.reason || 'no reason given'}${until}`);
  }
  const item = element('li', `${severity} ${accepted ? 'accepted' : ''}`.trim());
  item.append(icon(accepted ? 'suppressed' : severity), open, where);
  return item;
}

/** Messages quote code as Markdown does. */
function withCode(message: string): (string | HTMLElement)[] {
  const parts = message.split('`');
  if (parts.length % 2 === 0) return [message];
  return parts.map((part, index) => (index % 2 === 0 ? part : element('code', '', part)));
}

function element<K extends 'li' | 'p' | 'code' | 'button'>(
  name: K,
  className: string,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  if (made instanceof HTMLButtonElement) made.type = 'button';
  return made;
}

/** Takes the icon from the sheet of the page. */
function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', `icon i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

function remember(): void {
  const filters = Object.fromEntries(FIELDS.map((name) => [name, field(name).value])) as State['filters'];
  const expanded = rows.filter(isExpanded).map(({ dataset }) => dataset.id ?? '');
  vscode.setState({ time: time.dateTime, filters, expanded, scroll: scrollY });
}

function isExpanded(row: HTMLTableSectionElement): boolean {
  return row.querySelector('.toggle')?.getAttribute('aria-expanded') === 'true';
}

function restore(): void {
  const state = vscode.getState();
  if (!state) return;
  for (const name of FIELDS) field(name).value = state.filters[name];
  filter();
  if (state.time !== time.dateTime) return;
  const expanded = new Set(state.expanded);
  for (const row of rows) if (expanded.has(row.dataset.id ?? '')) expand(row, true);
  scrollTo(0, state.scroll);
}

/** One listener for all buttons: what a button does stands in its data attributes. */
function choose(button: HTMLElement): void {
  const { command, page, finding, more, filter: framework, filterStatus } = button.dataset;
  if (command) vscode.postMessage({ command } as SummaryMessage);
  else if (page) vscode.postMessage({ page });
  else if (finding) {
    const { file, line, character } = data.findings[Number(finding)] as SummaryFinding;
    vscode.postMessage({ open: { uri: data.files[file]?.uri ?? '', line, character } });
  } else if (more) showMore(button.closest('.findings') as HTMLElement, more);
  else if (framework !== undefined) {
    form.reset();
    field('framework').value = framework;
    field('status').value = filterStatus ?? '';
    filter();
    document.getElementById('items')?.scrollIntoView();
    field('framework').focus({ preventScroll: true });
  }
}

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest<HTMLElement>('button');
  if (button && !button.classList.contains('toggle')) return choose(button);
  // The whole row is a large target for the mouse; the keyboard has the button in it.
  const row = target.closest('tr.item')?.closest('tbody');
  if (row && getSelection()?.isCollapsed !== false) expand(row, !isExpanded(row));
});
form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
// The fields are empty only after this event.
form.addEventListener('reset', () => setTimeout(filter));
addEventListener('scrollend', remember);

time.textContent = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
restore();
