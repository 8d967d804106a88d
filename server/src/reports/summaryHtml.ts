import type { ComplianceReport, FrameworkReport, ItemReport, Status } from '../engine/compliance.ts';
import type { Severity } from '../engine/finding.ts';
import type { Kind } from '../engine/kind.ts';
import { html, jsonIsland, type Markup } from './html.ts';
import { folderName, STATUS_WORDS } from './statusWords.ts';
import { icon, iconSheet } from './summaryIcons.ts';

/** Where the page finds its script and style, and what its content policy trusts. */
export interface SummaryPage {
  /** Fresh and unguessable for every page: only elements that carry it may run. */
  readonly nonce: string;
  /** Origin of the style sheet, as `webview.cspSource` gives it. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** What the page's script asks of its host. Lines and characters are zero-based, as in LSP. */
export type SummaryMessage =
  | { readonly command: 'refresh' | 'saveMarkdown' | 'saveJson' }
  | { readonly open: { readonly uri: string; readonly line: number; readonly character: number } }
  /** A guideline (`framework:item`) or a rule (`GL301`). */
  | { readonly page: string };

/** What the page carries for its script, so that findings become elements only when somebody looks at them. */
export interface SummaryData {
  readonly files: readonly { readonly path: string; readonly uri: string }[];
  readonly sorts: readonly SummarySort[];
  readonly findings: readonly SummaryFinding[];
}
/** What many findings share. */
export interface SummarySort {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly guidelines: readonly string[];
}
export interface SummaryFinding {
  /** Index into `sorts`. */
  readonly sort: number;
  /** Index into `files`. */
  readonly file: number;
  readonly line: number;
  readonly character: number;
  readonly message: string;
  readonly accepted?: { readonly reason: string; readonly until?: string };
}

const STATUSES = Object.keys(STATUS_WORDS) as Status[];

const SEVERITY_WORDS: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
  hint: ['hint', 'hints'],
};
const SEVERITIES = Object.keys(SEVERITY_WORDS) as Severity[];

const KIND_WORDS: Readonly<Partial<Record<Kind, readonly [one: string, many: string]>>> = {
  'model-card': ['model card', 'model cards'],
  'data-card': ['data card', 'data cards'],
  prompt: ['prompt file', 'prompt files'],
  python: ['Python file', 'Python files'],
  notebook: ['notebook', 'notebooks'],
  mcp: ['MCP configuration', 'MCP configurations'],
  config: ['configuration file', 'configuration files'],
  other: ['other file', 'other files'],
};

/**
 * The compliance summary as a page for a webview, in VS Code's theme colours. It loads nothing but its own script and
 * style, and every text in it comes escaped: file names and findings are written by strangers. Pure.
 */
export function renderSummaryHtml(report: ComplianceReport, page: SummaryPage): string {
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
${header(report)}
${glance(report)}
${publications(report.frameworks)}
${items(report)}
</main>
<script type="application/json" id="data">${jsonIsland(summaryData(report))}</script>
<script nonce="${page.nonce}" src="${page.scriptUri}"></script>
</body>
</html>
`.markup
  }`;
}

function summaryData(report: ComplianceReport): SummaryData {
  const files = distinct<SummaryData['files'][number]>();
  const sorts = distinct<SummarySort>();
  const findings = report.findings.map((finding): SummaryFinding => {
    const { path, uri, line, character, ruleId, ruleName, message, severity, guidelines, suppression } = finding;
    return {
      sort: sorts.indexOf({ rule: ruleId, name: ruleName, severity, guidelines }),
      file: files.indexOf({ path, uri }),
      line,
      character,
      message,
      ...(suppression && { accepted: suppression }),
    };
  });
  return { files: files.values, sorts: sorts.values, findings };
}

/** A list that holds equal values once. */
function distinct<T>(): { readonly values: readonly T[]; indexOf(value: T): number } {
  const values: T[] = [];
  const indices = new Map<string, number>();
  return {
    values,
    indexOf(value) {
      const key = JSON.stringify(value);
      const index = indices.get(key) ?? values.push(value) - 1;
      indices.set(key, index);
      return index;
    },
  };
}

function header(report: ComplianceReport): Markup {
  const { tool, time, folders, skipped, partial } = report;
  return html`<header>
<div class="title">
<h1>Compliance summary</h1>
<div class="toolbar">
<button type="button" data-command="refresh">Refresh</button>
<button type="button" class="secondary" data-command="saveMarkdown">Save as Markdown</button>
<button type="button" class="secondary" data-command="saveJson">Save as JSON</button>
</div>
</div>
<p class="muted">${folders.length > 0 ? list(folders.map(folderName)) : 'Open documents'} · ${filesInWords(report)} ·
<time datetime="${time}">${time}</time> · ${tool.name} ${tool.version}</p>
${
  partial &&
  html`<p class="notice">${icon('warning')}<span><strong>The scan was stopped early.</strong> Files that were not read
may hold more findings, so nothing here is called clean.</span></p>`
}
${
  skipped.length > 0 &&
  html`<details class="notice"><summary>${icon('warning')}<span>${plural(skipped.length, ['file', 'files'])} could not be
checked</span>${icon('chevron')}</summary>
<ul>${skipped.map(({ path, reason }) => html`<li><code>${path}</code> ${reason}</li>`)}</ul></details>`
}
</header>`;
}

function filesInWords({ files }: ComplianceReport): string {
  const counts = Object.entries(files).filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return 'no files checked';
  const kinds = counts.map(([kind, count]) => plural(count, KIND_WORDS[kind as Kind] ?? [kind, kind]));
  return `${plural(total, ['file', 'files'])} checked (${kinds.join(', ')})`;
}

/** The numbers first: what is open, and how the items of all publications stand. */
function glance({ severities, suppressed, frameworks }: ComplianceReport): Markup {
  const total = (status: Status) => frameworks.reduce((sum, { counts }) => sum + counts[status], 0);
  const number = (name: string, count: number, words: string) =>
    html`<div class="number ${count === 0 && 'none'}"><dd>${count}</dd><dt>${icon(name)}${words}</dt></div>`;
  return html`<section class="glance" aria-label="At a glance">
<div><h2>Findings</h2><dl class="numbers">
${SEVERITIES.map((severity) => number(severity, severities[severity], SEVERITY_WORDS[severity][severities[severity] === 1 ? 0 : 1]))}
${number('suppressed', suppressed, 'accepted')}
</dl></div>
<div><h2>Guideline items</h2><dl class="numbers">
${STATUSES.filter((status) => total(status) > 0).map((status) => number(status, total(status), STATUS_WORDS[status].title))}
</dl></div>
</section>`;
}

function publications(frameworks: readonly FrameworkReport[]): Markup {
  return html`<section aria-labelledby="publications">
<h2 id="publications">By publication</h2>
<ul class="publications">${frameworks.map((framework) => {
    const { id, title, publisher, version, counts } = framework;
    const present = STATUSES.filter((status) => counts[status] > 0);
    return html`<li>
<div class="name"><h3>${title}</h3><p class="muted">${publisher} · ${version}</p></div>
<div class="standing">${bar(framework, present)}
<p class="counts">${present.map(
      (status) =>
        html`<button type="button" class="link" data-filter="${id}" data-filter-status="${status}">${icon(status)}<b>${counts[status]}</b> ${STATUS_WORDS[status].counted}</button> `,
    )}</p></div>
</li>`;
  })}</ul>
</section>`;
}

/** One stacked bar. Widths are attributes of SVG, because the content policy forbids inline styles. */
function bar({ items, counts }: FrameworkReport, present: readonly Status[]): Markup {
  const words = present.map((status) => `${counts[status]} ${STATUS_WORDS[status].counted}`).join(', ');
  let x = 0;
  const parts = present.map((status) => {
    const width = (counts[status] / Math.max(items.length, 1)) * 1000;
    const rect = html`<rect class="${status}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"/>`;
    x += width;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="Of ${plural(items.length, ['item', 'items'])}: ${words}">${parts}</svg>`;
}

function items({ frameworks }: ComplianceReport): Markup {
  const all = frameworks.flatMap(({ id, items }) => items.map((item) => ({ framework: id, item })));
  const rank = ({ item }: (typeof all)[number]) =>
    STATUSES.indexOf(item.status) * 10 + SEVERITIES.indexOf(item.severity ?? 'hint');
  // Stable: within a rank the order of the catalogue stays.
  const sorted = all.sort((a, b) => rank(a) - rank(b));
  const levels = [...new Set(all.flatMap(({ item }) => item.level ?? []))];
  return html`<section aria-labelledby="items">
<h2 id="items">Every guideline item</h2>
<form class="filters" id="filters">
${select(
  'framework',
  'Publication',
  'All publications',
  frameworks.map(({ id, title }) => [id, title]),
)}
${select(
  'status',
  'Status',
  'Any status',
  STATUSES.map((status) => [status, STATUS_WORDS[status].title]),
)}
${select('level', 'Level', 'Any level', [...levels.map((level) => [level, level] as const), ['none', 'no level']])}
<label class="text">Text<input type="search" name="text" placeholder="Number, title or rule" autocomplete="off" spellcheck="false"></label>
<button type="reset" class="secondary">Clear filters</button>
</form>
<p id="shown" class="muted" aria-live="polite">${plural(all.length, ['item', 'items'])}</p>
<table aria-labelledby="items">
<thead><tr><th scope="col"><span class="unseen">Details</span></th><th scope="col">Status</th><th scope="col">Guideline</th>
<th scope="col" class="wide">Level</th><th scope="col">Findings</th><th scope="col" class="wide">Checked with</th></tr></thead>
${sorted.map(({ framework, item }, index) => itemRows(framework, item, index))}
</table>
</section>`;
}

function select(
  name: string,
  label: string,
  any: string,
  options: readonly (readonly [value: string, text: string])[],
): Markup {
  return html`<label>${label}<select name="${name}"><option value="">${any}</option>${options.map(
    ([value, text]) => html`<option value="${value}">${text}</option>`,
  )}</select></label>`;
}

/** A row, and below it what expanding it shows; the script fills in the findings. */
function itemRows(framework: string, item: ItemReport, index: number): Markup {
  const { id, citation, title, level, status, severity, open, suppressed, rules, files } = item;
  const words = [citation, title, id, ...rules].join(' ').toLowerCase();
  const findings = [open > 0 && `${open} open`, suppressed > 0 && `${suppressed} accepted`].filter(Boolean).join(', ');
  const checked = rules.length > 0 && `${plural(rules.length, ['rule', 'rules'])}, ${plural(files, ['file', 'files'])}`;
  return html`<tbody data-id="${id}" data-framework="${framework}" data-status="${status}" data-level="${level ?? 'none'}" data-text="${words}">
<tr class="item"><td><button type="button" class="toggle" aria-expanded="false" aria-controls="d${index}" aria-label="Details of ${citation}">${icon('chevron')}</button></td>
<td class="status ${status} ${severity}"><span class="badge">${icon(status)}<span>${STATUS_WORDS[status].title}${severity && html`<small>${SEVERITY_WORDS[severity][0]}</small>`}</span></span></td>
<th scope="row"><small class="muted">${citation}</small><button type="button" class="link" data-page="${id}">${title}</button></th>
<td class="wide">${level}</td><td class="count">${findings || '–'}</td><td class="wide muted">${checked || '–'}</td></tr>
<tr class="detail" id="d${index}" hidden><td></td><td colspan="5"><p>${STATUS_WORDS[status].meaning}</p>
${
  rules.length > 0 &&
  html`<p>Looked for by ${rules.map((rule, at) => html`${at > 0 && ', '}<button type="button" class="link" data-page="${rule}">${rule}</button>`)}
in ${plural(files, ['file', 'files'])}.</p>`
}
${open + suppressed > 0 && html`<ul class="findings" aria-label="Findings for ${citation}"></ul>`}</td></tr>
</tbody>`;
}

function plural(count: number, [one, many]: readonly [one: string, many: string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
