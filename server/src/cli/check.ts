import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import type { Report } from '../reports/located.ts';
import { count } from '../reports/printable.ts';
import type { ScanResult } from '../workspace/scan.ts';
import { parseShard } from '../workspace/shard.ts';
import { applyBaseline, type BaselineOptions } from './baseline.ts';
import type { CHECK_FORMATS, FAIL_ON } from './choices.ts';
import { type Context, EXIT, UsageError, usesColor } from './context.ts';
import { reaches } from './failOn.ts';
import { type FixOutcome, fixFiles, fixText } from './fixFiles.ts';
import { type Changes, changedSince } from './git.ts';
import { tellConfigProblems, tellStopped, writeOutput } from './output.ts';
import { openScan, type PathScan, type ScanArguments } from './scanPaths.ts';

export interface CheckOptions extends Omit<ScanArguments, 'paths' | 'part'>, BaselineOptions {
  readonly format: (typeof CHECK_FORMATS)[number];
  readonly output?: string;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly fix?: boolean;
  /** A git revision: report only on files that have changed against it. */
  readonly since?: string;
  /** `i/n`: check only one of n parts. */
  readonly shard?: string;
  /** False leaves accepted findings out of SARIF. */
  readonly suppressed: boolean;
}

/** `guidelint check`: reports findings, and repairs first what can be repaired safely if asked to. */
export async function check(paths: readonly string[], options: CheckOptions, context: Context): Promise<number> {
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  if (options.shard !== undefined && !shard)
    throw new UsageError(`--shard wants i/n, such as 1/4, not ${options.shard}`);
  const scan = await openScan({ ...options, ...(shard && { part: shard }), paths }, context);
  const changes = options.since === undefined ? undefined : await changedSince(options.since, scan.folder);
  let result = await scan.run(changes);
  let { stdout } = context;
  if (options.fix && !result.partial) {
    if (scan.stdin === undefined) {
      const outcome = await fixFiles(result, scan, context.files);
      tellFixes(outcome, scan, options, context);
      if (outcome.fixed.length > 0) result = await scan.run(changes);
    } else {
      // The repaired text is the output, so the report goes where messages go.
      const [file] = result.files;
      stdout.write(file ? (await fixText(file, scan)).text : scan.stdin);
      stdout = context.stderr;
    }
  }
  if (changes) result = onlyChanged(changes, result);
  const complete = paths.length === 0 && !shard && options.since === undefined;
  if (!scan.stdin) result = await applyBaseline(result, scan, options, complete, context);
  const { version, homepage } = context;
  const report = { version, ...(homepage && { homepage }), ...(shard && { shard }), rules: scan.rules, scan: result };
  await writeOutput(await render(report, scan, options, context), options.output, { ...context, stdout });
  if (options.output && !options.quiet) {
    const { summaryLine } = await import('../reports/text.ts');
    context.stderr.write(`Wrote ${options.output}: ${summaryLine(report)}\n`);
  }
  const shown = new Set(options.format === 'text' ? result.files.map(({ path }) => path) : []);
  const misconfigured = await tellConfigProblems(result, scan, shown, context);
  if (result.partial) return tellStopped(context);
  if (misconfigured) return EXIT.usage;
  return fails(result, options.failOn) ? EXIT.findings : EXIT.clean;
}

/** Whether an open finding is as harmful as the threshold or more. */
export function fails({ files }: Pick<ScanResult, 'files'>, failOn: CheckOptions['failOn']): boolean {
  return files.some(({ findings }) => findings.some((one) => !one.suppression && reaches(one.severity, failOn)));
}

/** What has not changed since a revision is left out; it was looked at all the same, because files depend on each other. */
function onlyChanged({ paths }: Changes, result: ScanResult): ScanResult {
  const folder = URI.parse(result.folder).fsPath;
  const isChanged = ({ path }: { readonly path: string }) => paths.has(resolve(folder, path));
  return { ...result, files: result.files.filter(isChanged), skipped: result.skipped.filter(isChanged) };
}

async function render(report: Report, scan: PathScan, options: CheckOptions, context: Context): Promise<string> {
  const { format, output, quiet, suppressed } = options;
  if (format === 'json') return (await import('../reports/json.ts')).jsonReport(report);
  if (format === 'sarif') return (await import('../reports/sarif.ts')).sarifReport(report, { suppressed });
  if (format === 'github') return (await import('../reports/github.ts')).githubReport(report);
  if (format === 'gitlab') return (await import('../reports/gitlab.ts')).gitlabReport(report);
  const { stdout } = context;
  const toTerminal = output === undefined && stdout.isTTY === true;
  return (await import('../reports/text.ts')).textReport(report, {
    colors: output === undefined && usesColor(context, stdout),
    width: toTerminal ? Math.min(stdout.columns ?? 80, 120) : undefined,
    quiet,
    displayPath: scan.displayPath,
  });
}

function tellFixes({ fixed, refused }: FixOutcome, scan: PathScan, { quiet }: CheckOptions, { stderr }: Context): void {
  for (const { path, reason } of refused) stderr.write(`Not fixed: ${scan.displayPath(path)} ${reason}\n`);
  if (quiet) return;
  for (const { path, applied } of fixed)
    stderr.write(`Fixed ${count(applied, 'finding')} in ${scan.displayPath(path)}\n`);
}
