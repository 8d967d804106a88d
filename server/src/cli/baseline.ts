import { resolve } from 'node:path';
import {
  BASELINE_PATH,
  type Baseline,
  baselineOf,
  countOf,
  formatBaseline,
  parseBaseline,
  ratchet,
  withBaseline,
} from '../engine/baseline.ts';
import { count } from '../reports/printable.ts';
import type { ScanResult } from '../workspace/scan.ts';
import { type Context, UsageError } from './context.ts';
import type { PathScan } from './scanPaths.ts';
import { replaceFile } from './writeFile.ts';

const MAX_BYTES = 50 * 1024 * 1024;

export interface BaselineOptions {
  /** A file, or false for none; default is the project's own, if it has one. */
  readonly baseline?: string | false;
  readonly updateBaseline?: boolean;
  readonly quiet?: boolean;
}

/**
 * The result with known findings marked as suppressed; with `--update-baseline` the file is brought up to date first. A
 * baseline that is there only shrinks; where there is none, one is made of all open findings.
 *
 * @param complete whether all files of the project were checked.
 * @throws UsageError when the file cannot be used; it is then left as it is.
 */
export async function applyBaseline(
  result: ScanResult,
  scan: PathScan,
  options: BaselineOptions,
  complete: boolean,
  context: Context,
): Promise<ScanResult> {
  const named = typeof options.baseline === 'string' ? options.baseline : undefined;
  if (options.baseline === false) {
    if (options.updateBaseline) throw new UsageError('--no-baseline and --update-baseline exclude each other');
    return result;
  }
  const shown = named ?? scan.displayPath(BASELINE_PATH);
  const path = resolve(context.cwd, shown);
  let baseline = await (named === undefined ? ownBaseline(scan, shown) : readBaseline(path, shown, context));
  if (!baseline && named !== undefined && !options.updateBaseline) {
    throw new UsageError(`there is no baseline ${named}; --update-baseline makes one`);
  }
  if (options.updateBaseline) {
    if (result.partial) throw new UsageError('the check was stopped, so the baseline is left as it is');
    if (!baseline && !complete) {
      throw new UsageError('a first baseline is made of the whole project: leave out paths, --since and --shard');
    }
    const next = baseline ? ratchet(baseline, result.files, complete) : baselineOf(result.files);
    await write(path, shown, formatBaseline(next, context.version));
    if (!options.quiet) context.stderr.write(`${told(shown, baseline, next)}\n`);
    baseline = next;
  }
  const known = baseline;
  return known
    ? {
        ...result,
        files: result.files.map((file) => ({ ...file, findings: withBaseline(file.findings, file.path, known) })),
      }
    : result;
}

function told(path: string, before: Baseline | undefined, now: Baseline): string {
  if (!before) return `Wrote ${path}: ${count(countOf(now), 'finding')} that will not be shown again`;
  const gone = countOf(before) - countOf(now);
  return `Wrote ${path}: ${count(countOf(now), 'finding')} left, ${gone} fewer than before`;
}

async function ownBaseline({ project }: PathScan, shown: string): Promise<Baseline | undefined> {
  return usable(await project.baseline(), shown);
}

async function readBaseline(path: string, shown: string, { files }: Context): Promise<Baseline | undefined> {
  const { URI } = await import('vscode-uri');
  const uri = URI.file(path).toString();
  const read = await files.readText(uri, MAX_BYTES);
  if ('text' in read) return usable(parseBaseline(read.text), shown);
  return usable((await files.stat(uri)) ? { problem: `cannot be read (${read.detail})` } : undefined, shown);
}

function usable(read: Baseline | { readonly problem: string } | undefined, shown: string): Baseline | undefined {
  if (read && 'problem' in read) throw new UsageError(`the baseline ${shown} ${read.problem}`);
  return read;
}

async function write(path: string, shown: string, text: string): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  try {
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${shown}: ${(error as Error).message}`);
  }
}
