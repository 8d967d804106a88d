import type { ComplianceReport, ItemReport, ReportedFinding } from './compliance.ts';
import { STATUSES, type Status } from './complianceStatus.ts';
import { SEVERITIES, type Severity } from './finding.ts';

/** One gap, as each publication sees it. */
export interface Gap {
  readonly ruleId: string;
  readonly ruleName: string;
  /** Worst of its open findings. */
  readonly severity: Severity;
  readonly findings: readonly ReportedFinding[];
  /** Items that the rule looks for, by publication, in the order of the report. */
  readonly cited: readonly FrameworkItems[];
  /** Items that speak of the same as one of those, without a rule saying so. */
  readonly related: readonly FrameworkItems[];
}

export interface FrameworkItems {
  readonly framework: string;
  readonly items: readonly ItemReport[];
}

/** The same gap seen from every publication: open findings by rule, worst first, with the items they touch. */
export function crosswalk({ findings, frameworks }: ComplianceReport): Gap[] {
  const byRule = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    if (finding.suppression) continue;
    const known = byRule.get(finding.ruleId);
    if (known) known.push(finding);
    else byRule.set(finding.ruleId, [finding]);
  }
  const itemsOf = (ids: ReadonlySet<string>): FrameworkItems[] =>
    frameworks.flatMap(({ id, items }) => {
      const own = items.filter((item) => ids.has(item.id));
      return own.length > 0 ? [{ framework: id, items: own }] : [];
    });
  const gaps = [...byRule].map(([ruleId, found]): Gap => {
    const ids = new Set(found.flatMap(({ guidelines }) => guidelines));
    const cited = itemsOf(ids);
    const near = cited.flatMap(({ items }) => items.flatMap(({ related }) => related));
    return {
      ruleId,
      ruleName: found[0]?.ruleName ?? '',
      severity: worstOf(found),
      findings: found,
      cited,
      related: itemsOf(new Set(near.filter((id) => !ids.has(id)))),
    };
  });
  const rank = ({ severity }: Gap) => SEVERITIES.indexOf(severity);
  return gaps.sort(
    (a, b) => rank(a) - rank(b) || b.findings.length - a.findings.length || (a.ruleId < b.ruleId ? -1 : 1),
  );
}

function worstOf(findings: readonly ReportedFinding[]): Severity {
  return SEVERITIES.find((level) => findings.some(({ severity }) => severity === level)) ?? 'hint';
}

/** Items by status, for each value of something (phase, level, role): what a chart shows. */
export function tally(
  items: readonly ItemReport[],
  valuesOf: (item: ItemReport) => readonly string[],
): Map<string, Record<Status, number>> {
  const counts = new Map<string, Record<Status, number>>();
  for (const item of items) {
    for (const value of valuesOf(item)) {
      const row =
        counts.get(value) ?? (Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>);
      row[item.status]++;
      counts.set(value, row);
    }
  }
  return counts;
}
