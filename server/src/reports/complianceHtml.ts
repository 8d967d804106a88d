import type { ComplianceReport, EvidenceReport, FrameworkReport, ItemReport } from '../engine/compliance.ts';
import type { Comparison } from '../engine/complianceCompare.ts';
import { crosswalk, type Gap } from '../engine/complianceViews.ts';
import { SEVERITIES } from '../engine/finding.ts';
import { getFramework } from '../guidelines/catalogue.ts';
import type { FrameworkId } from '../guidelines/generated.ts';
import {
  type Compared,
  comparisonCautions,
  comparisonInWords,
  DIRECTION_WORDS,
  DIRECTIONS,
} from './comparisonWords.ts';
import { STYLE } from './complianceStyle.ts';
import { LIMITS, standingInWords, systemName } from './complianceWords.ts';
import { html, type Markup } from './html.ts';
import { count, printable } from './printable.ts';
import { folderName, groupOf, STATUS_GROUPS, STATUS_WORDS, type StatusGroup } from './statusWords.ts';
import { messageMarkup } from './summaryText.ts';

/** Gaps on the first page: what fits above its foot. */
const GAPS_ON_TOP = 5;
const PLACES_SHOWN = 6;
const GROUPS = Object.keys(STATUS_GROUPS) as StatusGroup[];

/**
 * The report as one file for a browser or a printer: no script, nothing loaded, a page of its own on top that says it all in
 * short. Every text of the workspace is escaped. Pure.
 *
 * @param compared with an earlier report, where there is one.
 */
export function complianceHtml(report: ComplianceReport, compared?: Compared): string {
  const gaps = crosswalk(report);
  const title = `AI security compliance: ${nameIn(report)}`;
  return `<!DOCTYPE html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<main>
${firstPage(report, gaps)}
${changesSection(report, compared)}
${gapSection(gaps)}
${evidenceSection(report.frameworks)}
${acceptedSection(report)}
${report.frameworks.map(frameworkSection)}
${skippedSection(report)}
</main>
</body>
</html>
`.markup
  }`;
}

function nameIn(report: ComplianceReport): string {
  return printable(systemName(report) ?? (report.folders.map(folderName).join(', ') || 'open documents'));
}

function firstPage(report: ComplianceReport, gaps: readonly Gap[]): Markup {
  const { severities, suppressed, tool, time, catalogue, commit, files, partial, skipped } = report;
  const open = SEVERITIES.reduce((sum, level) => sum + severities[level], 0);
  const items = report.frameworks.flatMap((framework) => framework.items);
  const inGroup = (group: StatusGroup) => items.filter(({ status }) => groupOf(status) === group).length;
  const total = Object.values(files).reduce((sum, number) => sum + number, 0);
  return html`<section class="first">
<header>
<p class="kind">AI security compliance</p>
<h1>${nameIn(report)}</h1>
<p class="facts"><time datetime="${time}">${day(time)}</time>${commit && html` · commit <code>${commit.slice(0, 12)}</code>`}
 · ${count(total, 'file')} checked · ${tool.name} ${tool.version}, catalogue ${catalogue}</p>
</header>
${partial && html`<p class="warning"><strong>The check was stopped before its end.</strong> Open findings may be missing, and nothing is called clean.</p>`}
${skipped.length > 0 && html`<p class="warning"><strong>${count(skipped.length, 'file')} could not be checked;</strong> the last section names them.</p>`}
<div class="numbers">
<p class="${open > 0 && 'gap'}"><b>${open}</b> open ${open === 1 ? 'finding' : 'findings'}<small>${
    severityWords(report) || 'none of any severity'
  }; ${suppressed} accepted</small></p>
<p class="${inGroup('gap') > 0 && 'gap'}"><b>${inGroup('gap')}</b> guideline items fall short<small>findings, or evidence that is overdue</small></p>
<p class="stated"><b>${inGroup('stated')}</b> items with evidence<small>as people state in the register</small></p>
<p class="unknown"><b>${inGroup('unknown')}</b> items not known<small>no rule looks yet, or it takes people</small></p>
</div>
<h2>By publication</h2>
${legend()}
<table class="overview"><thead><tr><th scope="col">Publication</th><th scope="col">Where its items stand</th>
<th scope="col">Without an open finding, of those looked at</th></tr></thead>
<tbody>${report.frameworks.map(overviewRow)}</tbody></table>
${
  gaps.length > 0 &&
  html`<h2>What to repair first</h2><ol class="top">${gaps.slice(0, GAPS_ON_TOP).map(
    ({ ruleId, ruleName, severity, findings, cited }) =>
      html`<li><span class="severity ${severity}">${severity}</span> <b>${ruleId} ${ruleName}</b>, ${count(findings.length, 'finding')}
<small>${messageIn(findings)}${cited.length > 0 && html` · asked for by ${count(cited.length, 'publication')}`}</small></li>`,
  )}</ol>`
}
<footer><h2>Limits</h2><ul>${LIMITS.map((limit) => html`<li>${limit}</li>`)}</ul></footer>
</section>`;
}

/** The day and minute, as the time says them; the time itself stands in the attribute. */
function day(time: string): string {
  return time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, '$1 $2 UTC');
}

function severityWords({ severities }: ComplianceReport): string {
  const present = SEVERITIES.filter((level) => severities[level] > 0);
  return present
    .map((level) => (level === 'info' ? `${severities.info} info` : count(severities[level], level)))
    .join(', ');
}

function shortTitle(id: string): string {
  return getFramework(id as FrameworkId)?.shortTitle ?? id;
}

function legend(): Markup {
  return html`<p class="legend">${GROUPS.map((group) => html`<span><i class="${group}"></i>${STATUS_GROUPS[group].words}</span> `)}</p>`;
}

/** The first message of a gap. */
function messageIn([first]: readonly { readonly message: string }[]): Markup[] {
  return messageMarkup(first?.message ?? '');
}

function overviewRow(framework: FrameworkReport): Markup {
  const { id, title, publisher, items, checked } = framework;
  const share = checked.items === 0 ? 0 : Math.round((checked.withoutOpen / checked.items) * 100);
  return html`<tr><th scope="row">${shortTitle(id)}<small>${title === shortTitle(id) ? publisher : title}</small></th>
<td>${bar(items)}</td>
<td class="share">${
    checked.items === 0
      ? html`<small>rules looked at none of ${items.length}</small>`
      : html`<b>${checked.withoutOpen}</b> of ${checked.items} <small>(${share} %)</small><small>${items.length} items in all</small>`
  }</td></tr>`;
}

/** One stacked bar with its numbers: on paper nobody can hover. */
function bar(items: readonly ItemReport[]): Markup {
  const parts = GROUPS.map((group) => ({
    group,
    number: items.filter(({ status }) => groupOf(status) === group).length,
  }));
  const present = parts.filter(({ number }) => number > 0);
  const words = present.map(({ group, number }) => `${number} ${STATUS_GROUPS[group].words}`).join(', ');
  return html`<div class="bar" role="img" aria-label="${words}">${present.map(
    ({ group, number }) => html`<span class="${group}" style="flex-grow:${number}">${number}</span>`,
  )}</div>`;
}

function changesSection({ frameworks }: ComplianceReport, compared: Compared | undefined): Markup | undefined {
  if (!compared) return undefined;
  const { comparison, name } = compared;
  const { since, items, appeared, resolved } = comparison;
  const known = new Map(frameworks.flatMap((framework) => framework.items.map((item) => [item.id as string, item])));
  const ordered = DIRECTIONS.flatMap((direction) => items.filter((change) => change.direction === direction));
  const findings = (words: string, list: Comparison['appeared']) =>
    list.map(
      ({ ruleId, severity, path, message }) =>
        html`<tr><td>${words}</td><td><span class="severity ${severity}">${severity}</span> <b>${printable(ruleId)}</b> ${messageIn([{ message }])}</td><td><code>${printable(path)}</code></td></tr>`,
    );
  return html`<section><h2>What changed since <time datetime="${since}">${printable(day(since))}</time></h2>
<p><b>${comparisonInWords(comparison)}.</b> <span class="facts">Compared with <code>${printable(name)}</code>.</span></p>
${comparisonCautions(comparison).map((caution) => html`<p class="warning">${caution}</p>`)}
${
  ordered.length > 0 &&
  html`<table><thead><tr><th scope="col">Item</th><th scope="col">Change</th><th scope="col">Before</th><th scope="col">Now</th></tr></thead>
<tbody>${ordered.map(({ id, direction, before, after }) => {
    const item = known.get(id);
    return html`<tr><th scope="row">${item?.title ?? id}<small>${item?.citation}</small></th><td class="${(direction === 'worse' || direction === 'lost') && 'bad'}">${DIRECTION_WORDS[direction]}</td>
<td><i class="${groupOf(before)}"></i>${STATUS_WORDS[before].title}</td><td><i class="${groupOf(after)}"></i>${STATUS_WORDS[after].title}</td></tr>`;
  })}</tbody></table>`
}
${
  appeared.length + resolved.length > 0 &&
  html`<h2>Findings that came and went</h2><table><thead><tr><th scope="col">Change</th><th scope="col">Finding</th><th scope="col">File</th></tr></thead>
<tbody>${findings('appeared', appeared)}${findings('gone or accepted', resolved)}</tbody></table>`
}</section>`;
}

function gapSection(gaps: readonly Gap[]): Markup | undefined {
  if (gaps.length === 0) return undefined;
  return html`<section><h2>Open findings, and who asks for their repair</h2>
<table class="gaps"><thead><tr><th scope="col">Finding</th><th scope="col">Where</th><th scope="col">Asked for by</th></tr></thead>
<tbody>${gaps.map(gapRow)}</tbody></table></section>`;
}

function gapRow({ ruleId, ruleName, severity, findings, cited, related }: Gap): Markup {
  const places = findings.slice(0, PLACES_SHOWN).map(({ path, line }) => `${path}:${line + 1}`);
  const more = findings.length - places.length;
  const publications = (list: Gap['cited']) =>
    list.map(
      ({ framework, items }) =>
        html`<li>${shortTitle(framework)}: ${items.map(({ id }) => id.slice(id.indexOf(':') + 1)).join(', ')}</li>`,
    );
  return html`<tr><td><span class="severity ${severity}">${severity}</span> <b>${ruleId}</b> ${ruleName}
<small>${messageIn(findings)}</small></td>
<td>${places.map((place) => html`<code>${printable(place)}</code> `)}${more > 0 && html`<small>and ${more} more</small>`}</td>
<td><ul>${publications(cited)}</ul>${related.length > 0 && html`<ul class="related">${publications(related)}</ul>`}</td></tr>`;
}

function evidenceSection(frameworks: readonly FrameworkReport[]): Markup | undefined {
  const said = frameworks.flatMap(({ items }) => items.flatMap((item) => item.evidence.map((one) => ({ item, one }))));
  if (said.length === 0) return undefined;
  return html`<section><h2>What the evidence register says</h2>
<table><thead><tr><th scope="col">Item</th><th scope="col">Decision</th><th scope="col">Statement and evidence</th><th scope="col">Owner</th></tr></thead>
<tbody>${said.map(({ item, one }) => evidenceRow(item, one))}</tbody></table></section>`;
}

function evidenceRow(item: ItemReport, one: EvidenceReport): Markup {
  const { standing, statement, justification, files, links, owner, date } = one;
  const bad = standing === 'void' || standing === 'overdue';
  return html`<tr><th scope="row">${item.title}<small>${item.citation}</small></th>
<td class="${bad && 'bad'}">${standingInWords(one)}</td>
<td>${printable(statement ?? justification ?? '')}<small>${[...files, ...links].map((place) => html`<code>${printable(place)}</code> `)}</small></td>
<td>${printable(owner ?? '')}<small>${date}</small></td></tr>`;
}

function acceptedSection({ findings }: ComplianceReport): Markup | undefined {
  const accepted = findings.flatMap((finding) => (finding.suppression ? [{ ...finding, ...finding.suppression }] : []));
  if (accepted.length === 0) return undefined;
  return html`<section><h2>Accepted findings</h2>
<table><thead><tr><th scope="col">Finding</th><th scope="col">Where</th><th scope="col">Reason</th><th scope="col">Until</th></tr></thead>
<tbody>${accepted.map(
    ({ ruleId, ruleName, path, line, reason, until }) => html`<tr><td><b>${ruleId}</b> ${ruleName}</td>
<td><code>${printable(`${path}:${line + 1}`)}</code></td><td class="${!reason && 'bad'}">${printable(reason) || 'no reason given'}</td><td>${until}</td></tr>`,
  )}</tbody></table></section>`;
}

function frameworkSection(framework: FrameworkReport): Markup {
  const { title, publisher, version, items } = framework;
  return html`<section class="items"><h2>${title}</h2><p class="facts">${publisher} · ${version} · ${count(items.length, 'item')}</p>${bar(items)}
<table><thead><tr><th scope="col">Item</th><th scope="col">Level</th><th scope="col">Status</th><th scope="col">What was looked at</th></tr></thead>
<tbody>${items.map(itemRow)}</tbody></table></section>`;
}

function itemRow({ id, title, level, status, severity, open, suppressed, rules, files }: ItemReport): Markup {
  const found = [open > 0 && `${open} open`, suppressed > 0 && `${suppressed} accepted`].filter(Boolean).join(', ');
  const looked = files > 0 && `${rules.join(', ')} in ${count(files, 'file')}`;
  return html`<tr><th scope="row"><small>${id.slice(id.indexOf(':') + 1)}</small> ${title}</th><td>${level}</td>
<td class="status"><i class="${groupOf(status)}"></i>${STATUS_WORDS[status].title}${severity && html`<small>${severity}</small>`}</td>
<td>${[found, looked].filter(Boolean).join('; ')}</td></tr>`;
}

function skippedSection({ skipped }: ComplianceReport): Markup | undefined {
  if (skipped.length === 0) return undefined;
  return html`<section><h2>Files that could not be checked</h2><ul>${skipped.map(
    ({ path, reason }) => html`<li><code>${printable(path)}</code> ${printable(reason)}</li>`,
  )}</ul></section>`;
}
