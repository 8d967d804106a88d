import { resolve } from 'node:path';
import { count } from '../reports/printable.ts';
import type { ScanResult } from '../workspace/scan.ts';
import { type Context, EXIT, UsageError } from './context.ts';
import type { PathScan } from './scanPaths.ts';
import { replaceFile } from './writeFile.ts';

/** Writes a report to the file, or to standard output when there is none. */
export async function writeOutput(text: string, file: string | undefined, { cwd, stdout }: Context): Promise<void> {
  if (file === undefined) {
    stdout.write(text);
    return;
  }
  try {
    await replaceFile(resolve(cwd, file), text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

/**
 * Says on standard error what is wrong in the configurations.
 *
 * @param shown paths of the project whose problems the report itself has shown.
 * @returns whether there was any.
 */
export async function tellConfigProblems(
  result: ScanResult,
  scan: PathScan,
  shown: ReadonlySet<string>,
  { stderr }: Context,
): Promise<boolean> {
  const problems = await scan.configProblems(result);
  let total = 0;
  for (const [path, lines] of problems) {
    total += lines.length;
    if (!shown.has(path)) for (const line of lines) stderr.write(`${line}\n`);
  }
  if (total > 0)
    stderr.write(`The configuration has ${count(total, 'problem')}; the parts that are right were applied.\n`);
  return total > 0;
}

/** @returns the exit code of a scan that was stopped. */
export function tellStopped({ stderr }: Context): number {
  stderr.write('Stopped: files that had not been reached were not checked.\n');
  return EXIT.interrupted;
}
