import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Log } from 'sarif';
import type { Severity } from '../engine/finding.ts';
import type { JsonReport } from '../reports/json.ts';
import { MergeError, mergeJson, mergeSarif, type Part } from '../reports/merge.ts';
import { count } from '../reports/printable.ts';
import type { FAIL_ON } from './choices.ts';
import { type Context, EXIT, UsageError } from './context.ts';
import { reaches } from './failOn.ts';
import { writeOutput } from './output.ts';

export interface MergeOptions {
  readonly output?: string;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly quiet?: boolean;
}

/** `guidelint merge`: one report of the reports of all shards, as a run without shards would have written it. */
export async function merge(names: readonly string[], options: MergeOptions, context: Context): Promise<number> {
  const parts = await Promise.all(names.map((name) => read(name, context)));
  const sarif = parts.filter(({ content }) => 'runs' in content);
  if (sarif.length > 0 && sarif.length < parts.length) throw new UsageError('JSON and SARIF reports cannot be merged');
  const { text, found } = sarif.length > 0 ? sarifOf(sarif as Part<Log>[]) : jsonOf(parts as Part<JsonReport>[]);
  await writeOutput(text, options.output, context);
  if (options.output && !options.quiet) {
    context.stderr.write(
      `Wrote ${options.output}: ${count(found.length, 'open finding')} of ${count(names.length, 'shard')}\n`,
    );
  }
  return found.some((severity) => reaches(severity, options.failOn)) ? EXIT.findings : EXIT.clean;
}

async function read(name: string, { cwd }: Context): Promise<Part<Log | JsonReport>> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(resolve(cwd, name), 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : (error as Error).message;
    throw new UsageError(`the report ${name} cannot be read: ${reason}`);
  }
  if (typeof content !== 'object' || content === null) throw new UsageError(`${name} is no report of guidelint check`);
  return { name, content: content as Log | JsonReport };
}

interface Merged {
  readonly text: string;
  /** Severity of each open finding. */
  readonly found: readonly Severity[];
}

function jsonOf(parts: readonly Part<JsonReport>[]): Merged {
  const report = whole(() => mergeJson(parts));
  return { text: textOf(report), found: report.findings.filter((one) => !one.suppression).map((one) => one.severity) };
}

/** SARIF has no level below `note`: what was a hint counts as information there. */
const SEVERITIES: Readonly<Record<string, Severity>> = { error: 'error', warning: 'warning', note: 'info' };

function sarifOf(parts: readonly Part<Log>[]): Merged {
  const log = whole(() => mergeSarif(parts));
  const results = log.runs.flatMap((run) => run.results ?? []);
  const open = results.filter(({ suppressions }) => !suppressions?.length);
  return { text: textOf(log), found: open.map(({ level = 'warning' }) => SEVERITIES[level] ?? 'hint') };
}

function textOf(report: object): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function whole<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof MergeError ? new UsageError(error.message) : error;
  }
}
