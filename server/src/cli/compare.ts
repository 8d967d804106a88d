import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ComplianceReport, ReportedFinding } from '../engine/compliance.ts';
import { type Comparable, type Comparison, compareReports } from '../engine/complianceCompare.ts';
import type { Compared } from '../reports/comparisonWords.ts';
import { readComplianceJson } from '../reports/complianceJson.ts';
import { UsageError } from './context.ts';

/**
 * Reads the report of `--compare`. Publications that were not asked for now are left out of it, so that what concerns them
 * does not look gone.
 *
 * @throws UsageError when there is no report that can be compared with.
 */
export async function readEarlier(
  name: string,
  cwd: string,
  only: ReadonlySet<string> | undefined,
): Promise<(report: ComplianceReport) => Compared<Comparison<ReportedFinding>>> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, name), 'utf8');
  } catch (error) {
    throw new UsageError(`the report ${name} cannot be read: ${(error as Error).message}`);
  }
  const earlier = readComplianceJson(text);
  if ('problem' in earlier) throw new UsageError(`${name} ${earlier.problem}`);
  const concerns = (id: string) => only?.has(id.slice(0, id.indexOf(':'))) ?? true;
  const before: Comparable = {
    ...earlier,
    findings: earlier.findings.filter(({ guidelines }) => !only || guidelines.some(concerns)),
  };
  return (report) => ({ comparison: compareReports(before, report), name });
}
