import pc from 'picocolors';
import type { Severity } from '../engine/finding.ts';
import { getItem, nameOf } from '../guidelines/catalogue.ts';
import type { ScanResult } from '../workspace/scan.ts';
import { type LocatedFinding, type Place, type Report, reportedFindings } from './located.ts';
import { count, printable } from './printable.ts';

export interface TextOptions {
  readonly colors: boolean;
  /** Columns to wrap at; absent (a pipe, a file): a finding's message stays on one line, so that it can be searched. */
  readonly width?: number | undefined;
  /** Findings only: no summary, no notes. */
  readonly quiet?: boolean | undefined;
  /** The path as the reader would write it, of one relative to the project. */
  readonly displayPath?: ((path: string) => string) | undefined;
}

/** More would bury the findings. */
const SKIPPED_SHOWN = 10;

/** The report for a person at a terminal: findings by file, what was not checked, and a line that sums up. */
export function textReport(report: Report, options: TextOptions): string {
  const { skipped } = report.scan;
  const paint = pc.createColors(options.colors);
  const show = (path: string) => printable(options.displayPath?.(path) ?? path);
  const open = reportedFindings(report.scan).filter(({ finding }) => !finding.suppression);
  const groups = byPath(open).map(([path, findings]) => [
    paint.underline(show(path)),
    ...findingLines(findings, { ...options, paint, show }),
  ]);
  if (!options.quiet) {
    if (open.length > 0) groups.push(guidelineLines(open, paint, options.width));
    if (skipped.length > 0) groups.push(skippedLines(skipped, paint, show));
    const [first] = open;
    groups.push([
      summaryLine(report, options.colors),
      ...(first && options.width
        ? [paint.dim(`Why it matters and what to do: guidelint explain ${first.finding.ruleId}`)]
        : []),
    ]);
  }
  return groups.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function byPath(findings: readonly LocatedFinding[]): [path: string, findings: LocatedFinding[]][] {
  const groups = new Map<string, LocatedFinding[]>();
  for (const located of findings) {
    const group = groups.get(located.place.path);
    if (group) group.push(located);
    else groups.set(located.place.path, [located]);
  }
  return [...groups];
}

function skippedLines(skipped: ScanResult['skipped'], paint: Paint, show: (path: string) => string): string[] {
  const more = skipped.length - SKIPPED_SHOWN;
  return [
    paint.bold(`Not checked: ${count(skipped.length, 'file')}`),
    ...skipped.slice(0, SKIPPED_SHOWN).map(({ path, reason }) => `  ${show(path)} ${paint.dim(printable(reason))}`),
    ...(more > 0 ? [paint.dim(`  and ${more} more; --format json lists all`)] : []),
  ];
}

/** The guideline behind each rule that found something, once, so that the findings themselves stay short. */
function guidelineLines(open: readonly LocatedFinding[], paint: Paint, width: number | undefined): string[] {
  const first = new Map(open.map(({ finding }) => [finding.ruleId, finding] as const));
  const rows = [...first.values()].sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
  return [
    paint.bold('Guidelines'),
    ...rows.flatMap(({ ruleId, guidelines: [id] }) =>
      id ? [`  ${ruleId}  ${paint.dim(shorten(nameOf(getItem(id)), width && width - ruleId.length - 4))}`] : [],
    ),
  ];
}

type Paint = ReturnType<typeof pc.createColors>;

const COLORS: Readonly<Record<Severity, 'red' | 'yellow' | 'blue' | 'gray'>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'gray',
};

interface Style extends TextOptions {
  readonly paint: Paint;
  readonly show: (path: string) => string;
}

function findingLines(findings: readonly LocatedFinding[], { paint, show, width }: Style): string[] {
  const positions = findings.map(({ place }) => position(place));
  const margin = positions.reduce((longest, { length }) => Math.max(longest, length), 0);
  const indent = 2 + margin + 2 + 'warning'.length + 2;
  const room = width && Math.max(width - indent, 20);
  return findings.flatMap(({ finding, place, related }, index) => {
    const fix = finding.fixes[0]?.kind;
    const rule = `${finding.ruleId} ${finding.ruleName}${fix ? ` (${fix === 'safe' ? 'safe fix' : 'suggested fix'})` : ''}`;
    const message = wrap(printable(finding.message), room);
    const last = message.at(-1) ?? '';
    // On one line with the message where there is room: a search for a rule then finds what it says.
    const fits = !room || last.length + 2 + rule.length <= room;
    const details = related.map((other) => {
      const path = other.path === place.path ? '' : `${show(other.path)}:`;
      return `${path}${position(other)} ${printable(other.message)}`;
    });
    const severity = paint[COLORS[finding.severity]](finding.severity.padEnd('warning'.length));
    const start = `  ${paint.dim((positions[index] ?? '').padStart(margin))}  ${severity}  `;
    const body = [
      ...message.slice(0, -1),
      fits ? `${last}  ${paint.dim(rule)}` : last,
      ...(fits ? [] : [paint.dim(shorten(rule, room))]),
      ...details.map((detail) => paint.dim(shorten(detail, room))),
    ];
    return body.map((line, at) => (at === 0 ? start : ' '.repeat(indent)) + line);
  });
}

function position({ region, cell }: Place): string {
  const { startLine, startColumn } = cell?.region ?? region;
  return `${cell ? `cell ${cell.number} ` : ''}${startLine}:${startColumn}`;
}

/** What was found and how much was looked at, on one line. */
export function summaryLine({ scan }: Report, colors = false): string {
  if (scan.files.length === 0 && scan.skipped.length === 0) return 'Found no file to check.';
  const paint = pc.createColors(colors);
  const all = scan.files.flatMap(({ findings }) => findings);
  const open = all.filter(({ suppression }) => !suppression);
  const of = (level: Severity) => open.filter(({ severity }) => severity === level).length;
  const levels = [
    of('error') && paint.red(count(of('error'), 'error')),
    of('warning') && paint.yellow(count(of('warning'), 'warning')),
    of('info') && paint.blue(`${of('info')} info`),
    of('hint') && paint.gray(count(of('hint'), 'hint')),
  ].filter(Boolean);
  const suppressed = all.length - open.length;
  const fixable = open.filter(({ fixes }) => fixes.some(({ kind }) => kind === 'safe')).length;
  const found = paint.bold(open.length > 0 ? count(open.length, 'finding') : 'No findings');
  return [
    open.length > 0 ? `${found} (${levels.join(', ')})` : found,
    suppressed > 0 && `${suppressed} suppressed`,
    fixable > 0 && `${fixable} fixable with --fix`,
    `${count(scan.files.length, 'file')} checked in ${(scan.millis / 1000).toFixed(1)} s`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Lines of at most `width` columns, broken between words; one line when there is no width. */
function wrap(text: string, width: number | undefined): string[] {
  if (!width || text.length <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

function shorten(text: string, width: number | undefined): string {
  return width && text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
