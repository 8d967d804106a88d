import * as z from 'zod';
import type { Finding } from './finding.ts';

/**
 * Findings that were there when a project began to be checked: path to `rule:fingerprint`, both sorted. They are shown
 * nowhere as long as they are as they were; the compliance summary counts them as open all the same.
 */
export interface Baseline {
  readonly findings: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Where a project's baseline stands, from its top folder. */
export const BASELINE_PATH = '.guidelint/baseline.json';

const VERSION = 1;

const schema = z.strictObject({
  version: z.literal(VERSION),
  /** Version of Guidelint that wrote it. */
  tool: z.string(),
  findings: z.record(z.string(), z.array(z.string().regex(/^GL\d{3}:[0-9a-f]{32}$/))),
});

/** @returns what is wrong with the text when it is no baseline of this version; a sentence's end. */
export function parseBaseline(text: string): Baseline | { readonly problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'is not JSON' };
  }
  const version = z.object({ version: z.unknown() }).safeParse(content).data?.version;
  if (version !== undefined && version !== VERSION) {
    return { problem: `has version ${JSON.stringify(version)}, and this Guidelint reads version ${VERSION}` };
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { problem: `is not a baseline (${issue?.path.join('.') || 'top level'}: ${issue?.message})` };
  }
  return { findings: new Map(Object.entries(parsed.data.findings).map(([path, keys]) => [path, new Set(keys)])) };
}

/** The baseline as text: equal findings give equal bytes. */
export function formatBaseline({ findings }: Baseline, tool: string): string {
  const sorted = [...findings].filter(([, keys]) => keys.size > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const content = { version: VERSION, tool, findings: Object.fromEntries(sorted.map(([p, k]) => [p, [...k].sort()])) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The findings of one file, those of the baseline marked as suppressed. */
export function withBaseline(findings: readonly Finding[], path: string, baseline: Baseline | undefined): Finding[] {
  const known = baseline?.findings.get(path);
  if (!known) return [...findings];
  return findings.map((finding) =>
    !finding.suppression && known.has(keyOf(finding))
      ? { ...finding, suppression: { source: 'baseline', reason: 'known when the baseline was written' } }
      : finding,
  );
}

interface FileFindings {
  readonly path: string;
  readonly findings: readonly Finding[];
}

/** A first baseline: every open finding. */
export function baselineOf(files: readonly FileFindings[]): Baseline {
  const open = files.map(({ path, findings }) => {
    const keys = findings.filter(({ suppression }) => !suppression).map(keyOf);
    return [path, new Set(keys)] as const;
  });
  return { findings: new Map(open) };
}

/**
 * The baseline without what is no longer found: it can only shrink.
 *
 * @param files the files that were checked.
 * @param complete whether every file of the project was; if not, nothing is known about files that are not listed.
 */
export function ratchet(baseline: Baseline, files: readonly FileFindings[], complete: boolean): Baseline {
  const present = new Map(files.map(({ path, findings }) => [path, new Set(findings.map(keyOf))]));
  const left = [...baseline.findings].flatMap(([path, keys]) => {
    const now = present.get(path);
    if (!now) return complete ? [] : [[path, keys] as const];
    return [[path, new Set([...keys].filter((key) => now.has(key)))] as const];
  });
  return { findings: new Map(left) };
}

export function countOf({ findings }: Baseline): number {
  return [...findings.values()].reduce((sum, keys) => sum + keys.size, 0);
}

function keyOf({ ruleId, fingerprint }: Finding): string {
  return `${ruleId}:${fingerprint}`;
}
