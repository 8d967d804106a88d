import type { ComplianceReport, ReportedFinding } from '../engine/compliance.ts';
import type { Comparison } from '../engine/complianceCompare.ts';
import type { Compared } from './comparisonWords.ts';
import { LIMITS, systemName } from './complianceWords.ts';
import { filesInWords } from './filesInWords.ts';
import { html, jsonIsland, type Markup } from './html.ts';
import { count, printable } from './printable.ts';
import { folderName } from './statusWords.ts';
import { changesSection } from './summaryChanges.ts';
import { summaryData } from './summaryData.ts';
import { gapsSection } from './summaryGaps.ts';
import { icon, iconSheet } from './summaryIcons.ts';
import { itemsSection } from './summaryItems.ts';
import { standingSection } from './summaryStanding.ts';
import { glanceSection } from './summarySystem.ts';

export type { SummaryData, SummaryMessage } from './summaryData.ts';

/** Where the page finds its script and style, and what its content policy trusts. */
export interface SummaryPage {
  /** Fresh and unguessable for every page: only elements that carry it may run. */
  readonly nonce: string;
  /** Origin of the style sheet, as `webview.cspSource` gives it. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** What the report can be saved as, as `guidelint.exportSummary` names it. */
const EXPORTS = [
  ['html', 'HTML'],
  ['markdown', 'Markdown'],
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['oscal', 'OSCAL'],
  ['sarif', 'SARIF'],
] as const;

/**
 * The compliance summary as a page for a webview, in VS Code's theme colours. It loads nothing but its own script and
 * style, and every text in it comes escaped: file names and findings are written by strangers. Pure.
 *
 * @param compared with an earlier report, where there is one.
 */
export function renderSummaryHtml(
  report: ComplianceReport,
  page: SummaryPage,
  compared?: Compared<Comparison<ReportedFinding>>,
): string {
  const policy = `default-src 'none'; style-src ${page.cspSource} 'nonce-${page.nonce}'; script-src 'nonce-${page.nonce}'`;
  return `<!DOCTYPE html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Compliance summary</title>
<link rel="stylesheet" nonce="${page.nonce}" href="${page.styleUri}">
</head>
<body>
${iconSheet}
<main>
${header(report, compared)}
${glanceSection(report)}
${compared && changesSection(report, compared)}
${standingSection(report.frameworks)}
${gapsSection(report)}
${itemsSection(report.frameworks)}
${foot(report)}
</main>
<script type="application/json" id="data">${jsonIsland(summaryData(report))}</script>
<script nonce="${page.nonce}" src="${page.scriptUri}"></script>
</body>
</html>
`.markup
  }`;
}

function header(report: ComplianceReport, compared: Compared | undefined): Markup {
  const { tool, time, folders, skipped, partial, commit } = report;
  const system = systemName(report);
  const names = folders.length > 0 ? list(folders.map((folder) => printable(folderName(folder)))) : 'Open documents';
  return html`<header>
<div class="title">
<h1>Compliance summary</h1>
<div class="toolbar">
<button type="button" data-command="refresh">Refresh</button>
<button type="button" class="secondary" data-command="compare">${compared ? 'Compare with another report…' : 'Compare with a saved report…'}</button>
</div>
</div>
<p class="facts">${system && html`<strong>${printable(system)}</strong> · `}${names} · ${filesInWords(report.files)} ·
<time datetime="${time}">${time}</time>${commit && html` · commit <code>${commit.slice(0, 10)}</code>`} · ${tool.name} ${tool.version}</p>
<div class="exports" role="group" aria-label="Export"><span aria-hidden="true">Export as</span>${EXPORTS.map(
    ([format, name]) =>
      html`<button type="button" class="link" data-export="${format}" aria-label="Export as ${name}">${name}</button>`,
  )}</div>
${
  partial &&
  html`<p class="notice">${icon('warning')}<span><strong>The scan was stopped early.</strong> Files that were not read
may hold more findings, so nothing here is called clean.</span></p>`
}
${
  skipped.length > 0 &&
  html`<details class="notice"><summary>${icon('warning')}<span>${count(skipped.length, 'file')} could not be
checked</span>${icon('chevron')}</summary>
<ul>${skipped.map(({ path, reason }) => html`<li><code>${printable(path)}</code> ${printable(reason)}</li>`)}</ul></details>`
}
</header>`;
}

/** What the page rests on, and what it cannot say. */
function foot({ frameworks, catalogue }: ComplianceReport): Markup {
  return html`<footer>
<h2>Limits</h2>
<ul class="bullets">${LIMITS.map((limit) => html`<li>${limit}</li>`)}</ul>
<details><summary>${icon('chevron')}The publications, as catalogue ${catalogue} has them</summary>
<dl class="titles">${frameworks.map(
    ({ shortTitle, title, publisher, version }) =>
      html`<dt>${shortTitle}</dt><dd>${title}. ${publisher}, ${version}.</dd>`,
  )}</dl></details>
</footer>`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
