import { assetsOf } from '../engine/assets.ts';
import { closest } from '../engine/closest.ts';
import type { ComplianceReport, ItemReport } from '../engine/compliance.ts';
import { complianceReport } from '../engine/compliance.ts';
import { frameworks } from '../guidelines/catalogue.ts';
import { isDate } from '../languages/card/dates.ts';
import { exportAs } from '../reports/exports.ts';
import { count } from '../reports/printable.ts';
import { groupOf } from '../reports/statusWords.ts';
import { readCommit } from '../workspace/commit.ts';
import { registerTrouble, viewOf } from '../workspace/evidence.ts';
import { join } from '../workspace/paths.ts';
import { positionsIn } from '../workspace/positions.ts';
import type { ScanResult } from '../workspace/scan.ts';
import type { SUMMARY_FAIL_ON, SUMMARY_FORMATS } from './choices.ts';
import { readEarlier } from './compare.ts';
import { type Context, EXIT, today, UsageError } from './context.ts';
import { tellConfigProblems, tellStopped, writeOutput } from './output.ts';
import { openScan, type ScanArguments } from './scanPaths.ts';

export interface SummaryOptions extends Omit<ScanArguments, 'paths' | 'stdinFilename' | 'day' | 'part'> {
  readonly format: (typeof SUMMARY_FORMATS)[number];
  readonly framework?: readonly string[];
  readonly output?: string;
  readonly failOn: (typeof SUMMARY_FAIL_ON)[number];
  /** A report saved as JSON, to say what changed since. */
  readonly compare?: string;
  /** ISO date, or ISO time in UTC. */
  readonly date?: string;
}

/** `guidelint summary`: where the project stands on every guideline item. */
export async function summary(paths: readonly string[], options: SummaryOptions, context: Context): Promise<number> {
  const only = options.framework && new Set(options.framework.map(knownFramework));
  const { day, time } = whenOf(options.date);
  const format = options.format === 'md' ? 'markdown' : options.format;
  if (options.compare && format !== 'markdown' && format !== 'html') {
    throw new UsageError(`--compare adds a section to Markdown and HTML; ${format} has no place for it`);
  }
  const compared = options.compare ? await readEarlier(options.compare, context.cwd, only) : undefined;
  const scan = await openScan({ ...options, paths, day }, context);
  const result = await scan.run();
  tellRegister(result, options, context);
  const commit = await readCommit(context.files, result.folder);
  const { version, homepage } = context;
  const report = complianceReport({
    version,
    time,
    ...(commit && { commit }),
    folders: scan.scope,
    rules: scan.rules,
    files: result.files,
    skipped: result.skipped,
    partial: result.partial,
    registers: [viewOf(result)],
    ...(only && { only }),
    assets: assetsOf(result.inventory, result.files, (path) => join(result.folder, path)),
    position: positionsIn(result.files),
  });
  const scanReport = { version, ...(homepage && { homepage }), rules: scan.rules, scan: about(result, only) };
  await writeOutput(
    exportAs(format, { report, scan: scanReport, ...(compared && { compared: compared(report) }) }),
    options.output,
    context,
  );
  if (options.output && !options.quiet) context.stderr.write(`Wrote ${options.output}\n`);
  const misconfigured = await tellConfigProblems(result, scan, new Set(), context);
  if (result.partial) return tellStopped(context);
  if (misconfigured) return EXIT.usage;
  return fails(report, options.failOn) ? EXIT.findings : EXIT.clean;
}

/** @throws UsageError when there is no such publication. */
function knownFramework(name: string): string {
  const ids = frameworks().map(({ id }) => id as string);
  const known = ids.find((id) => id === name.toLowerCase());
  if (known) return known;
  const guess = closest(name, ids);
  throw new UsageError(
    `there is no publication ${name}${guess ? `; did you mean ${guess}?` : ''} (there are ${ids.join(', ')})`,
  );
}

/** @throws UsageError when it is neither a day nor a time in UTC. */
function whenOf(date: string | undefined): { readonly day: string; readonly time: string } {
  if (date === undefined) return { day: today(), time: new Date().toISOString() };
  const [, day = '', clock = 'T00:00:00Z'] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z)?$/.exec(date) ?? [];
  const time = new Date(day + clock);
  if (!isDate(day) || Number.isNaN(time.getTime())) {
    throw new UsageError(`--date wants a day such as 2027-01-31 or a time such as 2027-01-31T12:00:00Z, not ${date}`);
  }
  return { day, time: time.toISOString() };
}

/**
 * A report without the evidence that people gave would be wrong, so none is written.
 *
 * @throws UsageError when the register as a whole cannot be read.
 */
function tellRegister(result: ScanResult, { quiet }: SummaryOptions, { stderr }: Context): void {
  const trouble = registerTrouble(result);
  if (trouble) throw new UsageError(trouble);
  if (!result.register) return;
  const { path, evidence } = result.register.file;
  if (evidence.problems.length > 0 && !quiet) {
    stderr.write(
      `${path} has ${count(evidence.problems.length, 'problem')}; what is wrong does not count (guidelint check says where).\n`,
    );
  }
}

/** The findings about some publications only. */
function about(result: ScanResult, only: ReadonlySet<string> | undefined): ScanResult {
  if (!only) return result;
  const concerns = (id: string) => only.has(id.slice(0, id.indexOf(':')));
  const files = result.files.map((file) => ({
    ...file,
    findings: file.findings.filter(({ guidelines }) => guidelines.some(concerns)),
  }));
  return { ...result, files };
}

/** Whether an item of the level or a stricter one falls short: open findings, or evidence that is overdue. */
function fails({ frameworks }: ComplianceReport, failOn: SummaryOptions['failOn']): boolean {
  if (failOn === 'never') return false;
  const strict = ['shall', 'should', 'can'];
  const counts = ({ level }: ItemReport) =>
    failOn === 'any' || strict.slice(0, strict.indexOf(failOn) + 1).includes(level ?? '');
  return frameworks.some(({ items }) => items.some((item) => groupOf(item.status) === 'gap' && counts(item)));
}
