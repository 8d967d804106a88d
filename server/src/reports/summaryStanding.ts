import type { FrameworkReport, ItemReport } from '../engine/compliance.ts';
import { LIFE_CYCLE, lifeCyclePhase } from '../engine/lifeCycle.ts';
import { html, type Markup } from './html.ts';
import { count } from './printable.ts';
import { groupOf, STATUS_GROUPS, type StatusGroup } from './statusWords.ts';

const GROUPS = Object.keys(STATUS_GROUPS) as StatusGroup[];

/** One line of the chart: some items, and the filters that show exactly them. */
interface Row {
  readonly name: string;
  readonly items: readonly ItemReport[];
  readonly filter: { readonly framework?: string; readonly phase?: string };
}

/** How the items stand, by publication and by phase: a chart that is a table, so that its numbers can be read and chosen. */
export function standingSection(frameworks: readonly FrameworkReport[]): Markup {
  const all = frameworks.flatMap(({ items }) => items);
  const publications = frameworks.map(({ id, shortTitle, items }) => ({
    name: shortTitle,
    items,
    filter: { framework: id },
  }));
  const phases = Object.keys(LIFE_CYCLE).flatMap((phase) => {
    const items = all.filter((item) => lifeCyclePhase(item.phase) === phase);
    return items.length > 0 ? [{ name: upper(phase), items, filter: { phase } }] : [];
  });
  const none = all.length - phases.reduce((sum, { items }) => sum + items.length, 0);
  return html`<section aria-labelledby="standing">
<h2 id="standing">Where the guideline items stand</h2>
<table class="standing" aria-labelledby="standing">
<thead><tr><th scope="col">Publication</th><th scope="col"><span class="unseen">Chart</span></th>${GROUPS.map(
    (group) =>
      html`<th scope="col" class="n">${upper(STATUS_GROUPS[group].words)}<span class="swatch ${group}"></span></th>`,
  )}<th scope="col" class="share">Without open findings, of those checked</th></tr></thead>
<tbody>${row({ name: 'All publications', items: all, filter: {} }, 'total')}${publications.map((one) => row(one))}</tbody>
${
  phases.length > 0 &&
  html`<tbody><tr class="group"><th scope="rowgroup" colspan="${GROUPS.length + 3}">By phase of the life cycle</th></tr>${phases.map((one) => row(one))}</tbody>`
}
</table>
${
  phases.length > 0 &&
  none > 0 &&
  html`<p class="muted note">${count(none, 'item')} ${none === 1 ? 'names' : 'name'} no phase of the life cycle.</p>`
}
</section>`;
}

const upper = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function row({ name, items, filter }: Row, className?: string): Markup {
  const numbers = GROUPS.map((group) => ({
    group,
    number: items.filter(({ status }) => groupOf(status) === group).length,
  }));
  const { framework = '', phase = '' } = filter;
  return html`<tr class="${className}"><th scope="row">${name}<small>${count(items.length, 'item')}</small></th>
<td class="chart">${bar(items.length, numbers)}</td>
${numbers.map(({ group, number }) =>
  number === 0
    ? html`<td class="n none">0</td>`
    : html`<td class="n"><button type="button" class="link" data-framework="${framework}" data-phase="${phase}" data-status="group:${group}"><span class="swatch ${group}"></span><b>${number}</b><span class="word"> ${STATUS_GROUPS[group].words}</span></button></td>`,
)}
<td class="share">${share(items)}</td></tr>`;
}

/** Never a share of nothing, and never without its numbers. */
function share(items: readonly ItemReport[]): Markup {
  const checked = items.filter(({ files, open }) => files > 0 || open > 0);
  if (checked.length === 0) return html`<span class="muted">none checked</span>`;
  const quiet = checked.filter(({ open }) => open === 0).length;
  return html`<b>${quiet}</b> of ${checked.length} <span class="word">checked items without open findings </span><span class="muted">(${Math.round((quiet / checked.length) * 100)} %)</span>`;
}

/** One stacked bar. Widths are attributes of SVG, because the content policy forbids inline styles. */
function bar(total: number, numbers: readonly { readonly group: StatusGroup; readonly number: number }[]): Markup {
  const present = numbers.filter(({ number }) => number > 0);
  const words = present.map(({ group, number }) => `${number} ${STATUS_GROUPS[group].words}`).join(', ');
  let x = 0;
  const parts = present.map(({ group, number }) => {
    const width = (number / Math.max(total, 1)) * 1000;
    const rect = html`<rect class="${group}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"/>`;
    x += width;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="Of ${count(total, 'item')}: ${words}">${parts}</svg>`;
}
