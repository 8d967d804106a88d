import { assetsOf } from '../engine/assets.ts';
import { complianceReport } from '../engine/compliance.ts';
import { renderSummaryMarkdown } from '../reports/summaryMarkdown.ts';
import { join } from '../workspace/paths.ts';
import { positionsIn } from '../workspace/positions.ts';
import type { SUMMARY_FORMATS } from './choices.ts';
import { type Context, EXIT } from './context.ts';
import { tellConfigProblems, tellStopped, writeOutput } from './output.ts';
import { openScan, type ScanArguments } from './scanPaths.ts';

export interface SummaryOptions extends Omit<ScanArguments, 'paths' | 'stdinFilename'> {
  readonly format: (typeof SUMMARY_FORMATS)[number];
  readonly output?: string;
}

/** `guidelint summary`: where the project stands on every guideline item. Findings do not change the exit code. */
export async function summary(paths: readonly string[], options: SummaryOptions, context: Context): Promise<number> {
  const scan = await openScan({ ...options, paths }, context);
  const result = await scan.run();
  const report = complianceReport({
    version: context.version,
    time: new Date().toISOString(),
    folders: scan.scope,
    rules: scan.rules,
    files: result.files,
    skipped: result.skipped,
    partial: result.partial,
    assets: assetsOf(result.inventory, result.files, (path) => join(result.folder, path)),
    position: positionsIn(result.files),
  });
  const text = options.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : renderSummaryMarkdown(report);
  await writeOutput(text, options.output, context);
  if (options.output && !options.quiet) context.stderr.write(`Wrote ${options.output}\n`);
  const misconfigured = await tellConfigProblems(result, scan, new Set(), context);
  if (result.partial) return tellStopped(context);
  return misconfigured ? EXIT.usage : EXIT.clean;
}
