import { ASSET_TYPES, type Asset, type AssetType } from '../engine/assets.ts';
import type { ComplianceReport } from '../engine/compliance.ts';
import { SEVERITIES, type Severity } from '../engine/finding.ts';
import { html, type Markup } from './html.ts';
import { count, printable } from './printable.ts';
import { icon } from './summaryIcons.ts';

export const SEVERITY_WORDS: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
  hint: ['hint', 'hints'],
};

const ASSET_WORDS: Readonly<Record<AssetType, readonly [one: string, many: string]>> = {
  model: ['model file', 'model files'],
  dataset: ['data file', 'data files'],
  card: ['card', 'cards'],
  prompt: ['prompt', 'prompts'],
  agent: ['agent', 'agents'],
  mcp: ['MCP server', 'MCP servers'],
  code: ['code file with findings', 'code files with findings'],
};

/** Parts of one type that are listed, those with findings first; the tree in the activity bar has all. */
const PARTS_SHOWN = 50;
const LINKS_SHOWN = 4;

/** The numbers first: what is open, and what the system is made of. */
export function glanceSection(report: ComplianceReport): Markup {
  const { severities, suppressed, assets } = report;
  const number = (name: string, value: number, words: string) =>
    html`<div class="number ${value === 0 && 'none'}"><dt>${icon(name)}${words}</dt><dd>${value}</dd></div>`;
  return html`<section class="glance" aria-label="At a glance">
<div><h2>Findings</h2><dl class="numbers">
${SEVERITIES.map((level) => number(level, severities[level], SEVERITY_WORDS[level][severities[level] === 1 ? 0 : 1]))}
${number('suppressed', suppressed, 'accepted')}
</dl></div>
<div><h2>The system</h2>${assets.length === 0 ? html`<p class="muted">No model, data, card, prompt, agent or MCP server was found, and no code with findings.</p>` : systemNumbers(assets)}</div>
${assets.length > 0 && parts(assets)}
</section>`;
}

function systemNumbers(assets: readonly Asset[]): Markup {
  return html`<dl class="numbers">${ASSET_TYPES.map((type) => {
    const own = assets.filter((asset) => asset.type === type);
    const number = type === 'mcp' ? own.reduce((sum, { links }) => sum + links.length, 0) : own.length;
    const open = own.reduce((sum, asset) => sum + asset.open, 0);
    const worst = SEVERITIES.find((level) => own.some(({ severity }) => severity === level));
    return html`<div class="number ${number === 0 && 'none'}"><dt>${ASSET_WORDS[type][number === 1 ? 0 : 1]}</dt><dd>${number}</dd>${
      worst &&
      html`<dd class="worst">${icon(worst)}${open}<span class="unseen"> open ${open === 1 ? 'finding' : 'findings'}</span></dd>`
    }</div>`;
  })}</dl>`;
}

function parts(assets: readonly Asset[]): Markup {
  return html`<details class="parts" id="parts"><summary>${icon('chevron')}What the system is made of</summary>
<div class="lists">${ASSET_TYPES.map((type) => {
    const own = assets.filter((asset) => asset.type === type);
    if (own.length === 0) return undefined;
    const sorted = own.toSorted((a, b) => rank(a) - rank(b) || b.open - a.open);
    const more = own.length - PARTS_SHOWN;
    return html`<div><h3>${type === 'mcp' ? 'MCP configurations' : upper(ASSET_WORDS[type][1])}</h3><ul>${sorted.slice(0, PARTS_SHOWN).map(part)}</ul>${
      more > 0 && html`<p class="muted">and ${more} more, in the view “AI system”</p>`
    }</div>`;
  })}</div></details>`;
}

const rank = ({ severity }: Asset) => (severity ? SEVERITIES.indexOf(severity) : SEVERITIES.length);
const upper = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function part({ path, uri, open, severity, links, size }: Asset): Markup {
  const said = links.slice(0, LINKS_SHOWN).map(({ relation, target }) => `${relation} ${printable(target)}`);
  const more = links.length - said.length;
  return html`<li>${icon(severity ?? 'not-relevant')}<span>${
    // A model or data file is no text that an editor shows.
    size === undefined
      ? html`<button type="button" class="link" data-open="${uri}">${printable(path)}</button>`
      : html`<code>${printable(path)}</code>`
  }${open > 0 && html` <span class="muted">${count(open, 'finding')}</span>`}${size !== undefined && html` <span class="muted">${bytes(size)}</span>`}${
    said.length > 0 && html`<small>${said.join('; ')}${more > 0 && `; and ${more} more`}</small>`
  }</span></li>`;
}

function bytes(size: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(size, 1)) / 3));
  const value = size / 1000 ** step;
  return `${value >= 10 || step === 0 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
}
