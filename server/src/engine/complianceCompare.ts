import type { Status } from './complianceStatus.ts';
import type { Severity } from './finding.ts';

/** What of a report is compared: a report of now, or one read from a file. */
export interface Comparable<F extends ComparableFinding = ComparableFinding> {
  readonly time: string;
  readonly tool: { readonly version: string };
  readonly catalogue: string;
  readonly frameworks: readonly {
    readonly id: string;
    readonly items: readonly { readonly id: string; readonly status: Status }[];
  }[];
  readonly findings: readonly F[];
}

export interface ComparableFinding {
  readonly ruleId: string;
  readonly path: string;
  readonly fingerprint: string;
  readonly message: string;
  readonly severity: Severity;
  /** Present where somebody has accepted it. */
  readonly suppression?: unknown;
}

/**
 * - `better`, `worse`: both times it is known how the item stands
 * - `lost`: it was known, and is not any more; that is no improvement
 * - `changed`: neither, such as from not checked to not applicable
 */
export type Direction = 'better' | 'worse' | 'lost' | 'changed';

export interface ItemChange {
  readonly id: string;
  readonly framework: string;
  readonly before: Status;
  readonly after: Status;
  readonly direction: Direction;
}

export interface Comparison<F extends ComparableFinding = ComparableFinding> {
  /** Time of the earlier report. */
  readonly since: string;
  /** What makes the two differ although nobody changed the project. */
  readonly otherTool: boolean;
  readonly otherCatalogue: boolean;
  /** In the order of the catalogue; items that only one report has are left out. */
  readonly items: readonly ItemChange[];
  /** Open now and not open, or not there, then. */
  readonly appeared: readonly F[];
  /** Open then, and now gone or accepted. */
  readonly resolved: readonly ComparableFinding[];
}

/** What changed from one report to the next. Pure. */
export function compareReports<F extends ComparableFinding>(before: Comparable, after: Comparable<F>): Comparison<F> {
  const statuses = new Map(before.frameworks.flatMap(({ items }) => items.map(({ id, status }) => [id, status])));
  const items = after.frameworks.flatMap((framework) =>
    framework.items.flatMap(({ id, status }): ItemChange[] => {
      const earlier = statuses.get(id);
      if (earlier === undefined || earlier === status) return [];
      return [{ id, framework: framework.id, before: earlier, after: status, direction: directionOf(earlier, status) }];
    }),
  );
  const openBefore = openKeys(before.findings);
  const openAfter = openKeys(after.findings);
  return {
    since: before.time,
    otherTool: before.tool.version !== after.tool.version,
    otherCatalogue: before.catalogue !== after.catalogue,
    items,
    appeared: after.findings.filter((finding) => isOpen(finding) && !openBefore.has(keyOf(finding))),
    resolved: before.findings.filter((finding) => isOpen(finding) && !openAfter.has(keyOf(finding))),
  };
}

const isOpen = ({ suppression }: ComparableFinding) => suppression === undefined;
const keyOf = ({ path, ruleId, fingerprint }: ComparableFinding) => `${ruleId} ${fingerprint} ${path}`;
const openKeys = (findings: readonly ComparableFinding[]) => new Set(findings.filter(isOpen).map(keyOf));

/** How good it is, where something is known; what is not here says nothing about the item. */
const GRADE: Readonly<Partial<Record<Status, number>>> = {
  open: 0,
  'evidence-overdue': 1,
  suppressed: 2,
  'accepted-risk': 2,
  'partly-met': 2,
  'partly-checked': 2,
  clean: 3,
  evidence: 3,
};

function directionOf(before: Status, after: Status): Direction {
  const from = GRADE[before];
  const to = GRADE[after];
  if (from === undefined && to === undefined) return 'changed';
  if (to === undefined) return 'lost';
  if (from === undefined) return to <= 1 ? 'worse' : 'better';
  return to > from ? 'better' : to < from ? 'worse' : 'changed';
}
