import type { FrameworkReport, ItemReport, Status } from '../engine/compliance.ts';
import { SEVERITIES } from '../engine/finding.ts';
import { LIFE_CYCLE, phasesOf } from '../engine/lifeCycle.ts';
import { shortCitation } from '../guidelines/name.ts';
import { html, type Markup } from './html.ts';
import { count } from './printable.ts';
import { STATUS_GROUPS, STATUS_WORDS } from './statusWords.ts';
import { icon } from './summaryIcons.ts';
import { SEVERITY_WORDS } from './summarySystem.ts';

const STATUSES = Object.keys(STATUS_WORDS) as Status[];
const LEVELS = ['shall', 'should', 'can'];

/** What the rows can be sorted by; a heading that is not here is no button. */
const COLUMNS = [
  ['status', 'Status', ''],
  ['guideline', 'Guideline', ''],
  ['level', 'Level', 'wide'],
  ['phase', 'Phase', 'wider'],
  ['findings', 'Findings', ''],
  ['', 'Checked with', 'wide'],
] as const;

/** Every item as a row. What a row shows when it is opened is made by the page's script, from the page's data. */
export function itemsSection(frameworks: readonly FrameworkReport[]): Markup {
  const all = frameworks.flatMap(({ items }) => items);
  const rank = ({ status, severity }: ItemReport) =>
    STATUSES.indexOf(status) * 10 + SEVERITIES.indexOf(severity ?? 'hint');
  // Stable: within a rank the order of the catalogue stays.
  const sorted = all.toSorted((a, b) => rank(a) - rank(b));
  return html`<section aria-labelledby="items">
<h2 id="items" tabindex="-1">Every guideline item</h2>
${filters(frameworks, all)}
<p id="shown" class="muted" aria-live="polite">${count(all.length, 'item')}</p>
<table class="items" aria-labelledby="items">
<thead><tr><th scope="col"><span class="unseen">Details</span></th>${COLUMNS.map(([key, title, className]) =>
    key
      ? html`<th scope="col" class="${className}" aria-sort="${key === 'status' ? 'ascending' : 'none'}"><button type="button" class="sort" data-sort="${key}">${title}${icon('sort')}</button></th>`
      : html`<th scope="col" class="${className}">${title}</th>`,
  )}</tr></thead>
${sorted.map(itemRows)}
</table>
</section>`;
}

function filters(frameworks: readonly FrameworkReport[], all: readonly ItemReport[]): Markup {
  const present = (values: Iterable<string>) => [...new Set(values)];
  const phases = present(all.flatMap(({ phase }) => phasesOf(phase)));
  const lifeCycle = Object.keys(LIFE_CYCLE).filter((phase) => phases.includes(phase));
  const others = phases.filter((phase) => !lifeCycle.includes(phase)).sort();
  const roles = present(all.flatMap((item) => item.roles));
  const levels = LEVELS.filter((level) => all.some((item) => item.level === level));
  const same = (values: readonly string[]) => options(values.map((value) => [value, upper(value)] as const));
  return html`<form class="filters" id="filters" aria-label="Filter the items">
${select('framework', 'Publication', 'All publications', options(frameworks.map(({ id, shortTitle }) => [id, shortTitle])))}
${select('phase', 'Phase', 'Any phase', [
  html`<optgroup label="Of the life cycle">${same(lifeCycle)}</optgroup>`,
  others.length > 0 && html`<optgroup label="Of one publication only">${same(others)}</optgroup>`,
])}
${select('role', 'Role', 'Any role', options([...roles.map((role) => [role, role] as const), ['none', 'No role named']]))}
${select('level', 'Level', 'Any level', options([...levels.map((level) => [level, level] as const), ['none', 'No level']]))}
${select('status', 'Status', 'Any status', [
  html`<optgroup label="Groups">${options(Object.entries(STATUS_GROUPS).map(([group, { words }]) => [`group:${group}`, upper(words)]))}</optgroup>`,
  html`<optgroup label="One status">${options(STATUSES.map((status) => [status, STATUS_WORDS[status].title]))}</optgroup>`,
])}
<label class="text">Text<input type="search" name="text" placeholder="Number, title or rule" autocomplete="off" spellcheck="false"></label>
<button type="reset" class="secondary">Clear filters</button>
</form>`;
}

const upper = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function options(values: readonly (readonly [value: string, text: string])[]): Markup[] {
  return values.map(([value, text]) => html`<option value="${value}">${text}</option>`);
}

function select(
  name: string,
  label: string,
  any: string,
  inside: readonly (Markup | readonly Markup[] | false)[],
): Markup {
  return html`<label>${label}<select name="${name}"><option value="">${any}</option>${inside}</select></label>`;
}

/** A row, and below it the place for what opening it shows. */
function itemRows(item: ItemReport, index: number): Markup {
  const { id, citation, title, level, phase, status, severity, open, suppressed, rules, files } = item;
  const findings = [open > 0 && `${open} open`, suppressed > 0 && `${suppressed} accepted`].filter(Boolean).join(', ');
  const checked = files > 0 && `${count(rules.length, 'rule')}, ${count(files, 'file')}`;
  return html`<tbody data-id="${id}">
<tr class="item"><td><button type="button" class="toggle" aria-expanded="false" aria-controls="d${index}" aria-label="Details of ${citation}">${icon('chevron')}</button></td>
<td class="status ${status} ${severity}"><span class="badge">${icon(status)}<span>${STATUS_WORDS[status].title}${severity && html`<small>${SEVERITY_WORDS[severity][0]}</small>`}</span></span></td>
<th scope="row"><small>${shortCitation(item)}</small><button type="button" class="link" data-page="${id}">${title}</button></th>
<td class="wide">${level}</td><td class="wider">${phase}</td><td class="count">${findings || '–'}</td><td class="wide muted">${checked || '–'}</td></tr>
<tr class="detail" id="d${index}" hidden><td></td><td colspan="6"></td></tr>
</tbody>`;
}
