import type { ComplianceReport, FrameworkReport, ItemReport, ReportedFinding, Status } from '../engine/compliance.ts';
import type { Comparison } from '../engine/complianceCompare.ts';
import { SEVERITIES, type Severity } from '../engine/finding.ts';
import { nameOf } from '../guidelines/name.ts';
import {
  type Compared,
  comparisonCautions,
  comparisonInWords,
  DIRECTION_WORDS,
  DIRECTIONS,
} from './comparisonWords.ts';
import { LIMITS, standingInWords, systemName } from './complianceWords.ts';
import { filesInWords } from './filesInWords.ts';
import { code, escapeMarkdown, table } from './markdownText.ts';
import { count, printable } from './printable.ts';
import { folderName, STATUS_WORDS } from './statusWords.ts';

const STATUSES = Object.keys(STATUS_WORDS) as Status[];

/** Places listed per rule; a longer list hides the other rules. */
const PLACES_SHOWN = 10;

/**
 * The compliance summary as Markdown, for a person who has to know where the project stands: numbers first, then what is
 * open, accepted, left to people, and not checked. Pure.
 *
 * @param compared with an earlier report, where there is one.
 */
export function renderSummaryMarkdown(report: ComplianceReport, compared?: Compared): string {
  const parts = [
    '# AI security compliance summary',
    heading(report),
    ...warnings(report),
    '## Overview',
    findingsInWords(report),
    overview(report.frameworks),
    meanings(report.frameworks),
    ...changes(report, compared),
    ...openFindings(report),
    ...openItems(report.frameworks),
    ...accepted(report.findings),
    ...evidenceSection(report.frameworks),
    ...itemLists(report.frameworks, 'needs-human'),
    ...itemLists(report.frameworks, 'partly-checked'),
    ...itemLists(report.frameworks, 'unchecked'),
    ...itemLists(report.frameworks, 'switched-off'),
    ...itemLists(report.frameworks, 'other-role'),
    ...itemLists(report.frameworks, 'not-relevant'),
    ...itemLists(report.frameworks, 'clean'),
    ...skippedFiles(report),
    '## Limits of this report',
    LIMITS.map((limit) => `- ${limit}`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading(report: ComplianceReport): string {
  const { folders, time, tool, files, catalogue, commit, registers } = report;
  const system = systemName(report);
  return table(
    ['', ''],
    [
      ...(system ? [['System', escapeMarkdown(system)]] : []),
      ['Project', folders.map((folder) => escapeMarkdown(folderName(folder))).join(', ') || '(none)'],
      ['Time', time],
      ['Tool', `${tool.name} ${tool.version}, catalogue ${catalogue}`],
      ...(commit ? [['Commit', code(commit)]] : []),
      ...registers.map(({ path, entries, roles, problems }) => [
        'Evidence register',
        `${code(path)}: ${count(entries, 'entry', 'entries')}${problems > 0 ? `, **${count(problems, 'problem')}**` : ''}` +
          `${roles.length > 0 ? `; roles: ${escapeMarkdown(roles.join(', '))}` : ''}`,
      ]),
      ['Files', filesInWords(files)],
    ],
  );
}

/** What a reader must know before believing any number below. */
function warnings({ partial, skipped }: ComplianceReport): string[] {
  return [
    ...(partial
      ? ['> **The check was stopped before its end.** Nothing is called clean, and open findings may be missing.']
      : []),
    ...(skipped.length > 0
      ? [`> **${count(skipped.length, 'file')} could not be checked**; they are listed at the end with the reason.`]
      : []),
  ];
}

function findingsInWords({ severities, suppressed }: ComplianceReport): string {
  const present = SEVERITIES.filter((level) => severities[level] > 0);
  const parts = present.map((level) =>
    level === 'info' ? `${severities.info} info` : count(severities[level], level),
  );
  const open = SEVERITIES.reduce((sum, level) => sum + severities[level], 0);
  const detail = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  return `**${count(open, 'finding')} open**${detail}, ${suppressed} accepted.`;
}

function overview(frameworks: readonly FrameworkReport[]): string {
  const present = shown(frameworks);
  return table(
    [
      'Publication',
      'Items',
      'Without an open finding, of those looked at',
      ...present.map((status) => STATUS_WORDS[status].title),
    ],
    frameworks.map(({ title, publisher, counts, checked, items }) => [
      `**${escapeMarkdown(title)}** (${escapeMarkdown(publisher)})`,
      String(items.length),
      share(checked),
      ...present.map((status) => String(counts[status])),
    ]),
  );
}

/** Never a share of nothing, and never without its numbers. */
function share({ items, withoutOpen }: FrameworkReport['checked']): string {
  return items === 0 ? '–' : `${withoutOpen} of ${items} (${Math.round((withoutOpen / items) * 100)} %)`;
}

function meanings(frameworks: readonly FrameworkReport[]): string {
  return shown(frameworks)
    .map((status) => `- **${STATUS_WORDS[status].title}:** ${STATUS_WORDS[status].meaning}`)
    .join('\n');
}

function shown(frameworks: readonly FrameworkReport[]): Status[] {
  return STATUSES.filter((status) => frameworks.some(({ counts }) => counts[status] > 0));
}

/** What changed since an earlier report: first what got worse. */
function changes({ frameworks }: ComplianceReport, compared: Compared | undefined): string[] {
  if (!compared) return [];
  const { comparison, name } = compared;
  const { since, items, appeared, resolved } = comparison;
  const known = new Map(frameworks.flatMap((framework) => framework.items.map((item) => [item.id as string, item])));
  const rows = DIRECTIONS.flatMap((direction) =>
    items
      .filter((change) => change.direction === direction)
      .map(({ id, before, after }) => {
        const item = known.get(id);
        const words = [STATUS_WORDS[before].title, STATUS_WORDS[after].title];
        return [item ? itemOf(item) : code(id), DIRECTION_WORDS[direction], ...words];
      }),
  );
  const findings = (list: Comparison['appeared']) =>
    list.map(({ ruleId, severity, path, message }) => [
      escapeMarkdown(ruleId),
      severity,
      code(path),
      escapeMarkdown(message),
    ]);
  const head = ['Rule', 'Severity', 'File', 'Finding'];
  return [
    `## What changed since ${escapeMarkdown(since)}`,
    `**${comparisonInWords(comparison)}.** Compared with ${code(name)}.`,
    ...comparisonCautions(comparison).map((caution) => `> ${caution}`),
    ...(rows.length > 0 ? [table(['Item', 'Change', 'Before', 'Now'], rows)] : []),
    ...(appeared.length > 0 ? ['### Findings that appeared', table(head, findings(appeared))] : []),
    ...(resolved.length > 0 ? ['### Findings that are gone or accepted', table(head, findings(resolved))] : []),
  ];
}

function openFindings({ findings }: ComplianceReport): string[] {
  const byRule = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    if (!finding.suppression) byRule.set(finding.ruleId, [...(byRule.get(finding.ruleId) ?? []), finding]);
  }
  if (byRule.size === 0) return [];
  const rows = [...byRule.values()]
    .sort((a, b) => rank(a) - rank(b) || b.length - a.length)
    .map((group) => [ruleOf(group[0]), worst(group), String(group.length), places(group)]);
  return ['## What is open', table(['Rule', 'Severity', 'Findings', 'Where'], rows)];
}

function rank(findings: readonly ReportedFinding[]): number {
  return SEVERITIES.indexOf(worst(findings));
}

function worst(findings: readonly ReportedFinding[]): Severity {
  return SEVERITIES.find((level) => findings.some(({ severity }) => severity === level)) ?? 'hint';
}

function ruleOf(finding: ReportedFinding | undefined): string {
  return finding ? `${finding.ruleId} ${finding.ruleName}` : '';
}

function places(findings: readonly ReportedFinding[]): string {
  const all = findings.map(({ path, line }) => code(`${path}:${line + 1}`));
  const more = all.length - PLACES_SHOWN;
  return all.slice(0, PLACES_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function openItems(frameworks: readonly FrameworkReport[]): string[] {
  const sections = frameworks.flatMap(({ title, items }) => {
    const open = items.filter(({ status }) => status === 'open');
    if (open.length === 0) return [];
    const rows = open.map((item) => [
      itemOf(item),
      item.level ?? '',
      item.severity ?? '',
      String(item.open),
      item.rules.join(', '),
    ]);
    return [`### ${escapeMarkdown(title)}`, table(['Item', 'Level', 'Worst', 'Findings', 'Rules'], rows)];
  });
  return sections.length > 0 ? ['## Guideline items with open findings', ...sections] : [];
}

function accepted(findings: readonly ReportedFinding[]): string[] {
  const rows = findings.flatMap((finding) => {
    const { suppression, path, line } = finding;
    if (!suppression) return [];
    const reason = suppression.reason ? escapeMarkdown(suppression.reason) : '**no reason given**';
    return [[ruleOf(finding), code(`${path}:${line + 1}`), reason, suppression.until ?? '']];
  });
  return rows.length > 0 ? ['## Accepted findings', table(['Rule', 'Where', 'Reason', 'Until'], rows)] : [];
}

/** What the register says, item by item; what does not count too, so that nobody believes it does. */
function evidenceSection(frameworks: readonly FrameworkReport[]): string[] {
  const rows = frameworks.flatMap(({ items }) =>
    items.flatMap((item) =>
      item.evidence.map((said) => [
        itemOf(item),
        said.standing === 'void' || said.standing === 'overdue'
          ? `**${escapeMarkdown(standingInWords(said))}**`
          : escapeMarkdown(standingInWords(said)),
        escapeMarkdown(said.statement ?? said.justification ?? ''),
        [...said.files.map(code), ...said.links.map(code)].join(', '),
        escapeMarkdown(said.owner ?? ''),
        escapeMarkdown(said.date ?? ''),
      ]),
    ),
  );
  const head = ['Item', 'Decision', 'Statement or justification', 'Evidence', 'Owner', 'Date'];
  return rows.length > 0 ? ['## What the evidence register says', table(head, rows)] : [];
}

/** Long lists are folded, so that the page stays one that can be read. */
function itemLists(frameworks: readonly FrameworkReport[], status: Status): string[] {
  const groups = frameworks.flatMap(({ title, items }) => {
    const own = items.filter((item) => item.status === status);
    if (own.length === 0) return [];
    const rows = own.map((item) => [itemOf(item), item.level ?? '', item.rules.join(', ')]);
    const folded = ['<details>', `<summary>${escapeHtml(title)}: ${count(own.length, 'item')}</summary>`, ''].join(
      '\n',
    );
    return [`${folded}\n${table(['Item', 'Level', 'Rules'], rows)}\n\n</details>`];
  });
  const { title, meaning } = STATUS_WORDS[status];
  return groups.length > 0 ? [`## ${title}`, meaning, ...groups] : [];
}

function skippedFiles({ skipped }: ComplianceReport): string[] {
  if (skipped.length === 0) return [];
  const rows = skipped.map(({ path, reason }) => [code(path), escapeMarkdown(reason)]);
  return ['## Files that could not be checked', table(['File', 'Reason'], rows)];
}

function itemOf(item: ItemReport): string {
  return escapeMarkdown(nameOf(item));
}

function escapeHtml(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
