import { frameworks, type GuidelineId, type GuidelineItem, isCheckableInFiles } from '../guidelines/catalogue.ts';
import type { Asset } from './assets.ts';
import type { Finding, Severity } from './finding.ts';
import { ruleCrashed, unreadableFile } from './hygiene.ts';
import type { Kind } from './kind.ts';
import type { Rule } from './rule.ts';

/**
 * Where one guideline item stands. Nothing that was not checked is ever `clean`.
 * - `open`: at least one finding that nobody has accepted
 * - `suppressed`: findings, all of them accepted with a comment or in the configuration
 * - `clean`: rules looked at files and found nothing
 * - `not-relevant`: rules exist, and the workspace holds no file they look at
 * - `switched-off`: every rule for it is off in the configuration
 * - `unchecked`: visible in files, but not looked at: no rule yet, or the scan was stopped, or the files could not be read
 * - `needs-human`: no file can show it; people have to give evidence
 */
export const STATUSES = [
  'open',
  'suppressed',
  'clean',
  'needs-human',
  'unchecked',
  'switched-off',
  'not-relevant',
] as const;
export type Status = (typeof STATUSES)[number];

/** One document as a scan leaves it. */
export interface CheckedFile {
  readonly path: string;
  readonly uri: string;
  readonly kind: Kind;
  readonly findings: readonly Finding[];
  /** Ids of rules that are off for this file. */
  readonly off: readonly string[];
}

export interface ItemReport {
  readonly id: GuidelineId;
  readonly citation: string;
  readonly title: string;
  readonly level?: string;
  readonly phase?: string;
  readonly status: Status;
  /** Worst open severity; only with status `open`. */
  readonly severity?: Severity;
  readonly open: number;
  readonly suppressed: number;
  /** Rules that looked for it; where none did, those that would. */
  readonly rules: readonly string[];
  /** Files those rules looked at. */
  readonly files: number;
}

export interface FrameworkReport {
  readonly id: string;
  readonly title: string;
  /** As people call it: `ETSI EN 304 223`. */
  readonly shortTitle: string;
  readonly publisher: string;
  readonly version: string;
  readonly counts: Readonly<Record<Status, number>>;
  readonly items: readonly ItemReport[];
}

/** A finding as the summary lists it. */
export interface ReportedFinding {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly path: string;
  readonly uri: string;
  /** Zero-based, as in LSP. */
  readonly line: number;
  readonly character: number;
  readonly message: string;
  readonly severity: Severity;
  readonly guidelines: readonly string[];
  readonly suppression?: { readonly reason: string; readonly until?: string };
}

export interface ComplianceReport {
  readonly tool: { readonly name: 'Guidelint'; readonly version: string };
  /** ISO time of the report, given by the host. */
  readonly time: string;
  readonly folders: readonly string[];
  /** Files read, by kind. */
  readonly files: Readonly<Partial<Record<Kind, number>>>;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** True when the scan was stopped before all files were read: nothing may then be called clean for the whole. */
  readonly partial: boolean;
  readonly severities: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly frameworks: readonly FrameworkReport[];
  readonly findings: readonly ReportedFinding[];
  /** What the system is made of. */
  readonly assets: readonly Asset[];
}

/** Where the workspace stands on one item, from the rules that cite it and the files they looked at. Pure. */
export function itemReport(
  item: GuidelineItem,
  rules: readonly Rule[],
  files: readonly CheckedFile[],
  partial = false,
): ItemReport {
  const { id } = item;
  const citing = rules.filter(({ meta, check, checkSystem }) => (check || checkSystem) && meta.guidelines.includes(id));
  const ids = new Set(citing.map(({ meta }) => meta.id));
  const looked = files.filter((file) => citing.some(({ meta }) => looksAt(meta, file)));
  const findings = files.flatMap((file) => file.findings.filter(({ ruleId }) => ids.has(ruleId)));
  const open = findings.filter(({ suppression }) => !suppression);
  const worst = worstOf(open);
  const looking = citing.filter(({ meta }) => files.some((file) => looksAt(meta, file)));
  const relevant = files.filter((file) => citing.some(({ meta }) => meta.kinds.includes(file.kind)));
  return {
    id,
    citation: item.citation,
    title: item.title,
    ...(item.level && { level: item.level }),
    ...(item.phase && { phase: item.phase }),
    status: statusOf({
      rules: citing.length,
      relevant: relevant.length > 0,
      off: !relevant.some((file) =>
        citing.some(({ meta }) => meta.kinds.includes(file.kind) && !file.off.includes(meta.id)),
      ),
      looked: looked.length,
      open: open.length,
      suppressed: findings.length - open.length,
      needsHuman: !isCheckableInFiles(item),
      partial,
    }),
    ...(worst && { severity: worst }),
    open: open.length,
    suppressed: findings.length - open.length,
    rules: (looking.length > 0 ? looking : citing).map(({ meta }) => meta.id),
    files: looked.length,
  };
}

function looksAt(meta: Rule['meta'], file: CheckedFile): boolean {
  return meta.kinds.includes(file.kind) && !file.off.includes(meta.id) && !isInDoubt(file);
}

/** A file that could not be read, or on which a rule failed, counts as looked at by no rule: what is in it is not known. */
function isInDoubt({ findings }: CheckedFile): boolean {
  return findings.some(({ ruleId }) => ruleId === unreadableFile.meta.id || ruleId === ruleCrashed.meta.id);
}

/** The decision table of `Status`. */
export function statusOf(facts: {
  readonly rules: number;
  readonly relevant: boolean;
  /** Every rule is off for every file it would look at. */
  readonly off: boolean;
  readonly looked: number;
  readonly open: number;
  readonly suppressed: number;
  readonly needsHuman: boolean;
  readonly partial: boolean;
}): Status {
  if (facts.open > 0) return 'open';
  if (facts.suppressed > 0) return 'suppressed';
  if (facts.rules === 0) return facts.needsHuman ? 'needs-human' : 'unchecked';
  if (!facts.relevant) return 'not-relevant';
  if (facts.looked === 0) return facts.off ? 'switched-off' : 'unchecked';
  return facts.partial ? 'unchecked' : 'clean';
}

function worstOf(findings: readonly Finding[]): Severity | undefined {
  return (['error', 'warning', 'info', 'hint'] as const).find((level) =>
    findings.some(({ severity }) => severity === level),
  );
}

export interface ComplianceInput {
  readonly version: string;
  readonly time: string;
  readonly folders: readonly string[];
  readonly rules: readonly Rule[];
  readonly files: readonly CheckedFile[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly partial: boolean;
  readonly assets: readonly Asset[];
  /** Zero-based position of a finding's start. */
  readonly position: (finding: Finding) => { readonly line: number; readonly character: number };
}

/** The one model behind the summary's every form (webview, Markdown, JSON). Pure; same input, same report. */
export function complianceReport(input: ComplianceInput): ComplianceReport {
  const { files, rules } = input;
  const findings = files.flatMap((file) => file.findings.map((finding) => ({ file, finding })));
  const open = findings.filter(({ finding }) => !finding.suppression);
  return {
    tool: { name: 'Guidelint', version: input.version },
    time: input.time,
    folders: input.folders,
    files: count(files.map(({ kind }) => kind)),
    skipped: input.skipped,
    partial: input.partial,
    severities: {
      error: 0,
      warning: 0,
      info: 0,
      hint: 0,
      ...count(open.map(({ finding }) => finding.severity)),
    },
    suppressed: findings.length - open.length,
    frameworks: frameworks().map((framework) => {
      const items = framework.items.map((item) => itemReport(item, rules, files, input.partial));
      const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
      for (const { status } of items) counts[status]++;
      const { id, title, shortTitle, publisher, version } = framework;
      return { id, title, shortTitle, publisher, version, counts, items };
    }),
    findings: findings.map(({ file, finding }) => ({
      ruleId: finding.ruleId,
      ruleName: finding.ruleName,
      path: file.path,
      uri: file.uri,
      ...input.position(finding),
      message: finding.message,
      severity: finding.severity,
      guidelines: finding.guidelines,
      ...(finding.suppression && {
        suppression: {
          reason: finding.suppression.reason,
          ...(finding.suppression.until && { until: finding.suppression.until }),
        },
      }),
    })),
    assets: input.assets,
  };
}

function count<K extends string>(values: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
