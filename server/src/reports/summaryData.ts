import type { ComplianceReport, EvidenceReport, ItemReport, Status } from '../engine/compliance.ts';
import type { Severity } from '../engine/finding.ts';
import { phasesOf } from '../engine/lifeCycle.ts';
import { standingInWords } from './complianceWords.ts';

/** A place in a file; line and character are zero-based, as in LSP. */
export interface SummaryPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** What the page's script asks of its host. */
export type SummaryMessage =
  | { readonly command: SummaryCommand }
  | { readonly export: string }
  | { readonly open: SummaryPlace }
  /** A guideline (`framework:item`) or a rule (`GL301`). */
  | { readonly page: string }
  /** Enter evidence for this guideline item. */
  | { readonly evidence: string };
export type SummaryCommand = 'refresh' | 'compare' | 'stopComparing';

/** What the page carries for its script, so that details become elements only when somebody looks at them. */
export interface SummaryData {
  readonly files: readonly { readonly path: string; readonly uri: string }[];
  readonly sorts: readonly SummarySort[];
  readonly findings: readonly SummaryFinding[];
  /** Short titles of the publications by id, in the order of the report. */
  readonly publications: Readonly<Record<string, string>>;
  readonly items: readonly SummaryItem[];
}
/** What many findings share. */
export interface SummarySort {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly guidelines: readonly string[];
}
export interface SummaryFinding {
  /** Index into `sorts`. */
  readonly sort: number;
  /** Index into `files`. */
  readonly file: number;
  readonly line: number;
  readonly character: number;
  readonly message: string;
  readonly accepted?: { readonly reason: string; readonly until?: string };
}
export interface SummaryItem {
  readonly id: string;
  readonly framework: string;
  readonly citation: string;
  readonly title: string;
  readonly status: Status;
  readonly severity?: Severity;
  readonly level?: string;
  /** In the publication's words. */
  readonly phase?: string;
  /** What the filter by phase finds it under. */
  readonly phases: readonly string[];
  readonly roles: readonly string[];
  readonly open: number;
  readonly suppressed: number;
  readonly rules: readonly string[];
  readonly files: number;
  readonly related: readonly string[];
  readonly evidence: readonly SummaryEvidence[];
}
export interface SummaryEvidence {
  /** Where it stands, as a sentence without its end. */
  readonly standing: string;
  readonly counts: boolean;
  readonly text: string;
  readonly owner?: string;
  readonly date?: string;
  /** Files and links. */
  readonly shownBy: readonly string[];
  readonly place: SummaryPlace;
}

export function summaryData(report: ComplianceReport): SummaryData {
  const files = distinct<SummaryData['files'][number]>();
  const sorts = distinct<SummarySort>();
  const findings = report.findings.map((finding): SummaryFinding => {
    const { path, uri, line, character, ruleId, ruleName, message, severity, guidelines, suppression } = finding;
    const sort = { rule: ruleId, name: ruleName, severity, guidelines };
    return {
      sort: sorts.indexOf(`${ruleId} ${severity} ${guidelines.join(' ')}`, sort),
      file: files.indexOf(uri, { path, uri }),
      line,
      character,
      message,
      ...(suppression && { accepted: suppression }),
    };
  });
  return {
    files: files.values,
    sorts: sorts.values,
    findings,
    publications: Object.fromEntries(report.frameworks.map(({ id, shortTitle }) => [id, shortTitle])),
    items: report.frameworks.flatMap(({ id, items }) => items.map((item) => itemData(id, item))),
  };
}

function itemData(framework: string, item: ItemReport): SummaryItem {
  return { ...item, framework, phases: phasesOf(item.phase), evidence: item.evidence.map(evidenceData) };
}

function evidenceData(said: EvidenceReport): SummaryEvidence {
  const { standing, statement, justification, owner, date, files, links, uri, line } = said;
  return {
    standing: standingInWords(said),
    counts: standing !== 'void' && standing !== 'overdue',
    text: statement ?? justification ?? '',
    ...(owner && { owner }),
    ...(date && { date }),
    shownBy: [...files, ...links],
    place: { uri, line, character: 0 },
  };
}

/** A list that holds values with the same key once. */
function distinct<T>(): { readonly values: readonly T[]; indexOf(key: string, value: T): number } {
  const values: T[] = [];
  const indices = new Map<string, number>();
  return {
    values,
    indexOf(key, value) {
      const index = indices.get(key) ?? values.push(value) - 1;
      indices.set(key, index);
      return index;
    },
  };
}
