import type { Log, Notification, Result, Run } from 'sarif';
import type { Shard } from '../workspace/shard.ts';
import type { JsonReport } from './json.ts';

/** A report of one part of a project, with the name it was read under. */
export interface Part<T> {
  readonly name: string;
  readonly content: T;
}

/** The parts do not make a whole; says which and why. */
export class MergeError extends Error {}

/**
 * One JSON report of those of all shards, equal to the report of a run without shards.
 *
 * @throws MergeError when a shard is missing or there twice, or versions differ.
 */
export function mergeJson(parts: readonly Part<JsonReport>[]): JsonReport {
  for (const { name, content } of parts) {
    if (content.version !== 1 || content.tool?.name !== 'Guidelint' || !Array.isArray(content.findings)) {
      throw new MergeError(`${name} is no report of guidelint check --format json`);
    }
  }
  checkWhole(
    parts,
    ({ shard }) => shard,
    ({ tool }) => tool.version,
  );
  const reports = parts.map(({ content }) => content);
  const sum = (value: (report: JsonReport) => number) => reports.reduce((total, report) => total + value(report), 0);
  const [first] = reports as [JsonReport];
  return {
    version: 1,
    tool: first.tool,
    partial: reports.some(({ partial }) => partial),
    files: sum(({ files }) => files),
    open: {
      error: sum(({ open }) => open.error),
      warning: sum(({ open }) => open.warning),
      info: sum(({ open }) => open.info),
      hint: sum(({ open }) => open.hint),
    },
    suppressed: sum(({ suppressed }) => suppressed),
    findings: byPath(
      reports.flatMap(({ findings }) => findings),
      ({ path }) => path,
    ),
    skipped: byPath(
      reports.flatMap(({ skipped }) => skipped),
      ({ path }) => path,
    ),
  };
}

/**
 * One SARIF log of those of all shards, equal to the log of a run without shards.
 *
 * @throws MergeError as `mergeJson`.
 */
export function mergeSarif(parts: readonly Part<Log>[]): Log {
  const runs = parts.map(({ name, content }) => {
    const [run, ...others] = content.runs ?? [];
    if (run?.tool?.driver?.name !== 'Guidelint' || others.length > 0) {
      throw new MergeError(`${name} is no report of guidelint check --format sarif`);
    }
    return { name, content: run };
  });
  checkWhole(runs, shardOf, ({ tool }) => tool.driver.version ?? '');
  const [first] = parts as [Part<Log>];
  const [{ content: run }] = runs as [Part<Run>];
  const { properties, ...rest } = run;
  const invocations = runs.flatMap(({ content }) => content.invocations ?? []);
  const notes = invocations.flatMap(({ toolExecutionNotifications }) => toolExecutionNotifications ?? []);
  const merged: Run = {
    ...rest,
    invocations: [
      {
        executionSuccessful: invocations.every(({ executionSuccessful }) => executionSuccessful),
        toolExecutionNotifications: byPath(notes, uriOf),
      },
    ],
    results: byPath(
      runs.flatMap(({ content }) => content.results ?? []),
      uriOf,
    ),
  };
  return { ...first.content, runs: [merged] };
}

function shardOf({ properties }: Run): Shard | undefined {
  return properties?.shard as Shard | undefined;
}

function checkWhole<T>(
  parts: readonly Part<T>[],
  shard: (content: T) => Shard | undefined,
  version: (content: T) => string,
): void {
  const [first] = parts;
  if (!first) throw new MergeError('there is nothing to merge');
  const seen = new Map<number, string>();
  const total = shard(first.content)?.count;
  for (const { name, content } of parts) {
    const own = shard(content);
    if (!own) throw new MergeError(`${name} is not the report of a shard (guidelint check --shard)`);
    if (own.count !== total)
      throw new MergeError(`${name} is one of ${own.count} shards, ${first.name} one of ${total}`);
    if (version(content) !== version(first.content)) {
      throw new MergeError(
        `${name} was written by Guidelint ${version(content)}, ${first.name} by ${version(first.content)}`,
      );
    }
    const other = seen.get(own.index);
    if (other !== undefined) throw new MergeError(`${other} and ${name} are both shard ${own.index}/${own.count}`);
    seen.set(own.index, name);
  }
  const missing = Array.from({ length: total ?? 0 }, (_, index) => index + 1).filter((index) => !seen.has(index));
  if (missing.length > 0) throw new MergeError(`of ${total} shards these are missing: ${missing.join(', ')}`);
}

/** Stable, so that what one file says keeps its order; paths in code unit order, as a scan lists them. */
function byPath<T>(items: readonly T[], path: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: path(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

function uriOf({ locations }: Result | Notification): string {
  const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '';
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
