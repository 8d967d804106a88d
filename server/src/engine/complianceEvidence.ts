import type { GuidelineId, Role } from '../guidelines/catalogue.ts';
import type { Decision } from './evidence/schema.ts';
import { evidenceByItem, type FileExists, type ItemEvidence, type Standing } from './evidence/standing.ts';
import type { SourceFile } from './sourceFile.ts';

/** What a register says of one item, as a report shows it. */
export interface EvidenceReport {
  readonly standing: Standing;
  readonly decision?: Decision;
  readonly statement?: string;
  readonly files: readonly string[];
  readonly links: readonly string[];
  readonly owner?: string;
  readonly date?: string;
  readonly reviewBy?: string;
  readonly until?: string;
  readonly justification?: string;
  /** Of the register, relative to its workspace folder, and the entry's line, zero-based. */
  readonly path: string;
  readonly uri: string;
  readonly line: number;
}

/** One register, as a report tells of it. */
export interface RegisterReport {
  readonly path: string;
  readonly uri: string;
  readonly system?: string;
  readonly roles: readonly Role[];
  readonly entries: number;
  /** Things in it that are wrong, so that something does not count. */
  readonly problems: number;
}

/** A register judged on a day. */
export interface RegisterView {
  readonly roles: readonly Role[];
  readonly byItem: ReadonlyMap<GuidelineId, ItemEvidence>;
  readonly report: RegisterReport;
  readonly lineOf: (offset: number) => number;
}

/** @param exists whether a file that the register names is there. */
export function viewRegister(file: SourceFile, exists: FileExists): RegisterView {
  const { evidence, text, path, uri, today } = file;
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return {
    roles: evidence.roles,
    // Without a day nothing can be said about dates, so nothing counts.
    byItem: today ? evidenceByItem(evidence, today, exists) : new Map(),
    report: {
      path,
      uri,
      ...(evidence.system && { system: evidence.system }),
      roles: evidence.roles,
      entries: evidence.entries.length,
      problems: evidence.problems.length,
    },
    lineOf: (offset) => countBelow(breaks, offset),
  };
}

/** How many of the sorted numbers are smaller. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From what says least for an item to what says most. */
const WEAKEST_FIRST: readonly Standing[] = ['void', 'overdue', 'accepted-risk', 'partly', 'not-applicable', 'met'];

/** What the registers say of an item: the weakest of them, and nothing unless every folder's register speaks of it. */
export function combine(
  id: GuidelineId,
  registers: readonly (RegisterView | undefined)[],
): { readonly standing?: Standing; readonly entries: readonly EvidenceReport[] } {
  const found = registers.map((view) => ({ view, evidence: view?.byItem.get(id) }));
  const entries = found.flatMap(({ view, evidence }) => (view && evidence ? [toReport(view, evidence)] : []));
  const standings = found.map(({ evidence }) => evidence?.standing ?? 'void');
  const weakest = WEAKEST_FIRST.find((standing) => standings.includes(standing));
  return { entries, ...(weakest && weakest !== 'void' && { standing: weakest }) };
}

function toReport({ report, lineOf }: RegisterView, { standing, entry }: ItemEvidence): EvidenceReport {
  const { decision, statement, files, links, owner, date, reviewBy, until, justification, span } = entry;
  return {
    standing,
    ...(decision && { decision }),
    ...(statement && { statement }),
    files: files.map(({ path }) => path),
    links,
    ...(owner && { owner }),
    ...(date && { date }),
    ...(reviewBy && { reviewBy }),
    ...(until && { until }),
    ...(justification && { justification }),
    path: report.path,
    uri: report.uri,
    line: lineOf(span.start),
  };
}
