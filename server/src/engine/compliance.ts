import {
  CATALOGUE_VERSION,
  frameworks,
  type GuidelineId,
  type GuidelineItem,
  isCheckableInFiles,
  type Role,
  relatedIds,
} from '../guidelines/catalogue.ts';
import type { Asset } from './assets.ts';
import { combine, type EvidenceReport, type RegisterReport, type RegisterView } from './complianceEvidence.ts';
import { type FileIndex, indexFiles } from './complianceIndex.ts';
import { STATUSES, type Status, statusOf } from './complianceStatus.ts';
import { type Finding, isOpen, type Severity } from './finding.ts';
import type { Kind } from './kind.ts';
import type { Rule } from './rule.ts';

export type { EvidenceReport, RegisterReport, RegisterView } from './complianceEvidence.ts';
export { STATUSES, type Status, statusOf } from './complianceStatus.ts';

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
  /** Who it speaks to; empty when the publication does not say. */
  readonly roles: readonly Role[];
  readonly status: Status;
  /** Worst open severity; only with status `open`. */
  readonly severity?: Severity;
  readonly open: number;
  readonly suppressed: number;
  /** Rules that looked for it; where none did, those that would. */
  readonly rules: readonly string[];
  /** Files those rules looked at. */
  readonly files: number;
  /** What the registers say, whether it counts or not. */
  readonly evidence: readonly EvidenceReport[];
  /** Items of this and other publications that speak of the same. */
  readonly related: readonly GuidelineId[];
}

export interface FrameworkReport {
  readonly id: string;
  readonly title: string;
  /** As people call it: `ETSI EN 304 223`. */
  readonly shortTitle: string;
  readonly publisher: string;
  readonly version: string;
  readonly counts: Readonly<Record<Status, number>>;
  /** Items that rules looked at, and how many of them have no open finding: what a percentage may be made of. */
  readonly checked: { readonly items: number; readonly withoutOpen: number };
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
  /** Names the finding across edits elsewhere in its file. */
  readonly fingerprint: string;
  readonly suppression?: { readonly reason: string; readonly until?: string };
}

export interface ComplianceReport {
  readonly tool: { readonly name: 'Guidelint'; readonly version: string };
  /** Which catalogue the items are from: differs when an item does. */
  readonly catalogue: string;
  /** ISO time of the report, given by the host. */
  readonly time: string;
  /** Commit that was checked out, where the folder is a git work tree; files may have been changed since. */
  readonly commit?: string;
  readonly folders: readonly string[];
  /** Files read, by kind. */
  readonly files: Readonly<Partial<Record<Kind, number>>>;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** True when the scan was stopped before all files were read: nothing may then be called clean for the whole. */
  readonly partial: boolean;
  readonly severities: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly registers: readonly RegisterReport[];
  readonly frameworks: readonly FrameworkReport[];
  readonly findings: readonly ReportedFinding[];
  /** What the system is made of. */
  readonly assets: readonly Asset[];
}

export interface ComplianceInput {
  readonly version: string;
  readonly time: string;
  readonly commit?: string;
  readonly folders: readonly string[];
  readonly rules: readonly Rule[];
  readonly files: readonly CheckedFile[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly partial: boolean;
  /** One per folder that was scanned, in order; undefined where it has none. Nothing counts that is not in all of them. */
  readonly registers?: readonly (RegisterView | undefined)[];
  /** Publications to report on; default: all. */
  readonly only?: ReadonlySet<string>;
  readonly assets: readonly Asset[];
  /** Zero-based position of a finding's start. */
  readonly position: (finding: Finding) => { readonly line: number; readonly character: number };
}

/** The one model behind the summary's every form. Pure; same input, same report. */
export function complianceReport(input: ComplianceInput): ComplianceReport {
  const { files, rules, registers = [], only } = input;
  const shown = frameworks().filter(({ id }) => !only || only.has(id));
  const ids = new Set<string>(shown.flatMap(({ items }) => items.map(({ id }) => id)));
  const isShown = ({ guidelines }: Finding) => !only || guidelines.some((id) => ids.has(id));
  const findings = files.flatMap((file) => file.findings.filter(isShown).map((finding) => ({ file, finding })));
  const open = findings.filter(({ finding }) => isOpen(finding));
  const index = indexFiles(rules, files, input.skipped);
  return {
    tool: { name: 'Guidelint', version: input.version },
    catalogue: CATALOGUE_VERSION,
    time: input.time,
    ...(input.commit && { commit: input.commit }),
    folders: input.folders,
    files: count(files.map(({ kind }) => kind)),
    skipped: input.skipped,
    partial: input.partial,
    severities: { error: 0, warning: 0, info: 0, hint: 0, ...count(open.map(({ finding }) => finding.severity)) },
    suppressed: findings.length - open.length,
    registers: registers.flatMap((view) => (view ? [view.report] : [])),
    frameworks: shown.map((framework) => {
      const items = framework.items.map((item) => itemReport(item, index, registers, input.partial));
      const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
      for (const { status } of items) counts[status]++;
      const { id, title, shortTitle, publisher, version } = framework;
      const checked = items.filter(({ files, open }) => files > 0 || open > 0);
      const withoutOpen = checked.filter(({ open }) => open === 0).length;
      return {
        id,
        title,
        shortTitle,
        publisher,
        version,
        counts,
        checked: { items: checked.length, withoutOpen },
        items,
      };
    }),
    findings: findings.map(({ file, finding }) => reported(file, finding, input.position(finding))),
    assets: input.assets,
  };
}

/** Where the workspace stands on one item, from the rules that cite it, the files they looked at and the registers. */
function itemReport(
  item: GuidelineItem,
  index: FileIndex,
  registers: readonly (RegisterView | undefined)[],
  partial: boolean,
): ItemReport {
  const { id, level, phase, roles } = item;
  const { citing, looking, looked, relevant, off, missed, open, suppressed, worst } = index.of(id);
  const evidence = combine(id, registers);
  const otherRole =
    roles.length > 0 &&
    registers.length > 0 &&
    registers.every((view) => view && view.roles.length > 0 && !view.roles.some((role) => roles.includes(role)));
  const status = statusOf({
    rules: citing.length,
    relevant,
    off,
    looked,
    missed,
    open,
    suppressed,
    needsHuman: !isCheckableInFiles(item),
    needsEvidence: item.checkable.includes('evidence'),
    partial,
    otherRole,
    ...(evidence.standing && { evidence: evidence.standing }),
  });
  return {
    id,
    citation: item.citation,
    title: item.title,
    ...(level && { level }),
    ...(phase && { phase }),
    roles,
    status,
    ...(worst && status === 'open' && { severity: worst }),
    open,
    suppressed,
    rules: looking.length > 0 ? looking : citing,
    files: looked,
    evidence: evidence.entries,
    related: relatedIds(id),
  };
}

function reported(
  { path, uri }: CheckedFile,
  finding: Finding,
  position: { readonly line: number; readonly character: number },
): ReportedFinding {
  const { ruleId, ruleName, message, severity, guidelines, fingerprint } = finding;
  const { suppression } = finding;
  return {
    ruleId,
    ruleName,
    path,
    uri,
    ...position,
    message,
    severity,
    guidelines,
    fingerprint,
    ...(suppression &&
      !isOpen(finding) && {
        suppression: { reason: suppression.reason, ...(suppression.until && { until: suppression.until }) },
      }),
  };
}

function count<K extends string>(values: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
