import type { ComplianceReport, ReportedFinding } from '../engine/compliance.ts';
import { crosswalk, type Gap } from '../engine/complianceViews.ts';
import { html, type Markup } from './html.ts';
import { count } from './printable.ts';
import { icon } from './summaryIcons.ts';
import { SEVERITY_WORDS } from './summarySystem.ts';
import { itemNumber, messageMarkup, placeButton } from './summaryText.ts';

const SHOWN = 5;
const PLACES_SHOWN = 3;
/** A gap may touch dozens of items of one publication. */
const ITEMS_SHOWN = 6;

/** The same gap seen from every publication, worst first: what a team repairs and whose wish it fulfils. */
export function gapsSection(report: ComplianceReport): Markup | undefined {
  const gaps = crosswalk(report);
  if (gaps.length === 0) return undefined;
  const titles = new Map(report.frameworks.map(({ id, shortTitle }) => [id, shortTitle]));
  const indices = new Map(report.findings.map((finding, index) => [finding, index]));
  const one = (gap: Gap) => gapItem(gap, titles, indices);
  const rest = gaps.slice(SHOWN);
  return html`<section aria-labelledby="gaps">
<h2 id="gaps">What to repair first, and who asks for it</h2>
<ol class="gaps">${gaps.slice(0, SHOWN).map(one)}</ol>
${
  rest.length > 0 &&
  html`<details id="more-gaps"><summary>${icon('chevron')}${count(rest.length, 'more gap')}</summary><ol class="gaps" start="${SHOWN + 1}">${rest.map(one)}</ol></details>`
}
</section>`;
}

function gapItem(
  { ruleId, ruleName, severity, findings, cited, related }: Gap,
  titles: ReadonlyMap<string, string>,
  indices: ReadonlyMap<ReportedFinding, number>,
): Markup {
  const places = findings.slice(0, PLACES_SHOWN);
  const more = findings.length - places.length;
  const askers = (list: Gap['cited']) =>
    list.map(({ framework, items }) => {
      const left = items.length - ITEMS_SHOWN;
      return html`<li><span class="muted">${titles.get(framework) ?? framework}</span> ${items
        .slice(0, ITEMS_SHOWN)
        .map(
          ({ id, citation, title }) =>
            html`<button type="button" class="link" data-item="${id}" title="${citation}: ${title}">${itemNumber(id)}</button> `,
        )}${left > 0 && html`<span class="muted">+${left}</span>`}</li>`;
    });
  return html`<li>${icon(severity)}<div>
<h3><span class="unseen">${SEVERITY_WORDS[severity][0]}: </span>${messageMarkup(findings[0]?.message ?? '')}</h3>
<p class="muted"><button type="button" class="link" data-page="${ruleId}">${ruleId} ${ruleName}</button> · ${count(findings.length, 'finding')}: ${places.map(
    (finding, at) => html`${at > 0 && ', '}${placeButton(finding, indices.get(finding) ?? 0)}`,
  )}${more > 0 && html` and <button type="button" class="link" data-text="${ruleId}" aria-label="${more} more findings of ${ruleId}: show the items they concern">${more} more</button>`}</p>
${cited.length > 0 && html`<ul class="askers" aria-label="Asked for by">${askers(cited)}</ul>`}
${related.length > 0 && html`<details class="related"><summary>${icon('chevron')}Related in ${related.length === 1 ? (titles.get(related[0]?.framework ?? '') ?? 'another publication') : `${related.length} publications`}</summary><ul class="askers">${askers(related)}</ul></details>`}
</div></li>`;
}
