import type { Severity } from '../engine/finding.ts';
import { type LocatedFinding, type Report, reportedFindings } from './located.ts';
import { count, printable } from './printable.ts';

/**
 * GitHub shows ten annotations of each level per step and drops the others in silence, so the others go to the log as
 * plain lines. Source: docs.github.com, "Workflow commands for GitHub Actions", and actions/toolkit issue 1161.
 */
const ANNOTATIONS_PER_LEVEL = 10;

const LEVELS = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const;
const ORDER: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Workflow commands that GitHub shows as annotations beside the lines of a pull request, worst findings first. */
export function githubReport(report: Report): string {
  const open = reportedFindings(report.scan)
    .filter(({ finding }) => !finding.suppression)
    .sort((a, b) => ORDER.indexOf(a.finding.severity) - ORDER.indexOf(b.finding.severity));
  const used = { error: 0, warning: 0, notice: 0 };
  const lines: string[] = [];
  const rest: string[] = [];
  for (const located of open) {
    if (used[LEVELS[located.finding.severity]]++ < ANNOTATIONS_PER_LEVEL) lines.push(annotation(located));
    else rest.push(plainLine(located));
  }
  if (rest.length > 0)
    lines.push(`GitHub shows ${ANNOTATIONS_PER_LEVEL} annotations of a level; here are the others:`, ...rest);
  const { skipped, partial, files } = report.scan;
  if (skipped.length > 0) {
    const names = skipped.map(({ path, reason }) => `${path} ${reason}`);
    lines.push(
      command(
        'warning',
        { title: 'Guidelint: not checked' },
        `${count(skipped.length, 'file')} not checked:\n${names.join('\n')}`,
      ),
    );
  }
  if (partial)
    lines.push(
      command(
        'warning',
        { title: 'Guidelint: stopped' },
        `Stopped after ${count(files.length, 'file')}; the others were not checked`,
      ),
    );
  return lines.map((line) => `${line}\n`).join('');
}

function annotation({ finding, place: { path, region, cell } }: LocatedFinding): string {
  const oneLine = region.startLine === region.endLine;
  const where = cell ? `cell ${cell.number}, line ${cell.region.startLine}: ` : '';
  return command(
    LEVELS[finding.severity],
    {
      file: path,
      line: region.startLine,
      endLine: region.endLine,
      // GitHub refuses columns for a range of several lines.
      ...(oneLine && { col: region.startColumn, endColumn: region.endColumn }),
      title: `${finding.ruleId} ${finding.ruleName}`,
    },
    `${where}${printable(finding.message)}`,
  );
}

function plainLine({ finding, place: { path, region } }: LocatedFinding): string {
  const { severity, message, ruleId, ruleName } = finding;
  const { startLine, startColumn } = region;
  return `  ${printable(path)}:${startLine}:${startColumn}: ${severity}: ${printable(message)} (${ruleId} ${ruleName})`;
}

/** Escapes as actions/toolkit, packages/core/src/command.ts, does. */
function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
