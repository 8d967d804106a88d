import type { Confidence, Severity, Suppression } from '../engine/finding.ts';
import { citationOf, getItem } from '../guidelines/catalogue.ts';
import type { Shard } from '../workspace/shard.ts';
import { type Place, type Region, type Report, reportedFindings } from './located.ts';

/**
 * What `--format json` writes, for scripts. Within `version` 1 fields are added and never renamed, removed or given
 * another meaning. Lines and columns count from 1, columns in UTF-16 code units; an end column is exclusive. Paths are
 * relative to the project, with forward slashes. Equal input gives equal output: there is no time in it.
 */
export interface JsonReport {
  readonly version: 1;
  readonly tool: { readonly name: 'Guidelint'; readonly version: string };
  /** Which part of the project this is about, in a run with `--shard`. */
  readonly shard?: Shard;
  /** True when the check was stopped: files that are not listed were not checked. */
  readonly partial: boolean;
  /** Files checked. */
  readonly files: number;
  /** Findings by severity that nobody has accepted. */
  readonly open: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly findings: readonly JsonFinding[];
  /** Files that should have been checked and were not. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

export interface JsonFinding extends Place {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** The most specific first. */
  readonly guidelines: readonly {
    readonly id: string;
    readonly citation: string;
    readonly title: string;
    readonly url: string;
  }[];
  readonly evidence: readonly string[];
  readonly related: readonly (Place & { readonly message: string })[];
  /** The best first. `safe` fixes are what `--fix` applies. Edits are of the file on disk. */
  readonly fixes: readonly {
    readonly title: string;
    readonly kind: 'safe' | 'suggestion';
    readonly edits: readonly { readonly region: Region; readonly text: string }[];
  }[];
  /** Names the finding across edits elsewhere in its file. */
  readonly fingerprint: string;
  readonly suppression?: Suppression;
}

/** The report as JSON text, ending in a line break. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(toJson(report), null, 2)}\n`;
}

function toJson({ version, shard, scan }: Report): JsonReport {
  const findings = reportedFindings(scan).map(({ finding, place, related, fixes }): JsonFinding => {
    const { ruleId, ruleName, severity, confidence, message, evidence, fingerprint, suppression } = finding;
    const guidelines = finding.guidelines.map((id) => {
      const { title, url } = getItem(id);
      return { id, citation: citationOf(id), title, url };
    });
    const base = { ruleId, ruleName, severity, confidence, message, ...place, guidelines, evidence };
    return { ...base, related, fixes, fingerprint, ...(suppression && { suppression }) };
  });
  const open = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity, suppression } of findings) if (!suppression) open[severity]++;
  return {
    version: 1,
    tool: { name: 'Guidelint', version },
    ...(shard && { shard }),
    partial: scan.partial,
    files: scan.files.length,
    open,
    suppressed: findings.filter(({ suppression }) => suppression).length,
    findings,
    skipped: scan.skipped,
  };
}
