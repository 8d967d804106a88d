import type { ComplianceReport, ItemReport, ReportedFinding } from '../engine/compliance.ts';
import type { ComparableFinding, Comparison, Direction, ItemChange } from '../engine/complianceCompare.ts';
import { nameOf } from '../guidelines/name.ts';
import {
  type Compared,
  comparisonCautions,
  comparisonInWords,
  DIRECTION_WORDS,
  DIRECTIONS,
} from './comparisonWords.ts';
import { html, type Markup } from './html.ts';
import { count, printable } from './printable.ts';
import { STATUS_WORDS } from './statusWords.ts';
import { icon } from './summaryIcons.ts';
import { messageMarkup, placeButton } from './summaryText.ts';

/** Longer lists are cut: the numbers say how much there is. */
const SHOWN = 100;
const DIRECTION_ICONS: Readonly<Record<Direction, string>> = {
  worse: 'down',
  lost: 'unchecked',
  better: 'up',
  changed: 'not-relevant',
};

/** What changed since an earlier report. */
export function changesSection(
  report: ComplianceReport,
  { comparison, name }: Compared<Comparison<ReportedFinding>>,
): Markup {
  const { since, items, appeared, resolved } = comparison;
  const known = new Map(
    report.frameworks.flatMap((framework) => framework.items.map((item) => [item.id as string, item])),
  );
  const indices = new Map(report.findings.map((finding, index) => [finding, index]));
  return html`<section aria-labelledby="changes" class="changes">
<div class="title"><h2 id="changes" tabindex="-1">What changed since <time datetime="${since}">${printable(since)}</time></h2>
<button type="button" class="link" data-command="stopComparing">Stop comparing</button></div>
<p><strong>${comparisonInWords(comparison)}.</strong> <span class="muted">Compared with <code>${printable(name)}</code>.</span></p>
${comparisonCautions(comparison).map((text) => html`<p class="notice">${icon('warning')}<span>${text}</span></p>`)}
${DIRECTIONS.map((direction) => itemChanges(direction, items, known))}
${findingList('appeared', 'appeared', appeared, (finding) => html`${messageMarkup(finding.message)} <span class="muted">${finding.ruleId} · ${placeButton(finding, indices.get(finding) ?? 0)}</span>`)}
${findingList('resolved', 'gone or accepted', resolved, ({ message, ruleId, path }) => html`${messageMarkup(message)} <span class="muted">${printable(ruleId)} · <code>${printable(path)}</code></span>`)}
</section>`;
}

function itemChanges(
  direction: Direction,
  all: readonly ItemChange[],
  known: ReadonlyMap<string, ItemReport>,
): Markup | undefined {
  const own = all.filter((change) => change.direction === direction);
  if (own.length === 0) return undefined;
  const rows = own.slice(0, SHOWN).map(({ id, before, after }) => {
    return html`<li>${icon(DIRECTION_ICONS[direction])}<span><button type="button" class="link" data-item="${id}">${nameOf(known.get(id) ?? { citation: id, title: 'unknown' })}</button>
<span class="muted">${STATUS_WORDS[before].title} → ${STATUS_WORDS[after].title}</span></span></li>`;
  });
  return fold(`changes-${direction}`, `${count(own.length, 'item')} ${DIRECTION_WORDS[direction]}`, rows, own.length);
}

function findingList<F extends ComparableFinding>(
  id: string,
  words: string,
  findings: readonly F[],
  text: (finding: F) => Markup,
): Markup | undefined {
  if (findings.length === 0) return undefined;
  const rows = findings
    .slice(0, SHOWN)
    .map((finding) => html`<li>${icon(finding.severity)}<span>${text(finding)}</span></li>`);
  return fold(`changes-${id}`, `${count(findings.length, 'finding')} ${words}`, rows, findings.length);
}

function fold(id: string, words: string, rows: readonly Markup[], total: number): Markup {
  return html`<details id="${id}"><summary>${icon('chevron')}${words}</summary><ul class="lines">${rows}</ul>${
    total > SHOWN && html`<p class="muted">and ${total - SHOWN} more</p>`
  }</details>`;
}
