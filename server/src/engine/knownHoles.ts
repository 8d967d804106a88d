import type { PackageVersion } from '../languages/packages/packages.ts';
import { lowered } from '../languages/python/program.ts';
import { type CallTable, checkRow } from './callRule.ts';
import type { Problem } from './rule.ts';
import type { SourceFile } from './sourceFile.ts';

/** One version and no other, as in a lock file. */
const PINNED = /^\s*={2,3}\s*[^\s,*]+\s*$/;

/** Whether a version is settled. A range says what is allowed, and most often something newer is installed. */
function isPinned(version: PackageVersion | undefined): boolean {
  return version !== undefined && PINNED.test(version.specifier);
}

/**
 * Calls of functions that have a known hole in the version which the project names; every row has `versions`. Of several rows
 * about one package in one call the first that holds counts, and all calls with the same flaw (`data.flaw`) are one problem,
 * since one line of a manifest mends them. The problem's `data` also says what is `allowed`.
 *
 * @param ranges what a range of versions means: one level less, or nothing at all.
 */
export function* knownHoles(file: SourceFile, table: CallTable, ranges: 'lower' | 'no'): Iterable<Problem> {
  const first = new Map<string, Problem>();
  for (const problem of problemsOf(file, table, ranges)) {
    const flaw = `${problem.data?.package} ${problem.data?.flaw}`;
    const known = first.get(flaw);
    const related = known && [...(known.related ?? []), { span: problem.span, message: 'Here too' }];
    first.set(flaw, known && related ? { ...known, related } : problem);
  }
  yield* first.values();
}

function* problemsOf(file: SourceFile, table: CallTable, ranges: 'lower' | 'no'): Iterable<Problem> {
  for (const match of file.python.callsTo(table)) {
    const seen = new Set<string>();
    for (const row of match.row) {
      const name = row.versions?.package ?? '';
      const version = file.packages.get(name);
      if (!version || seen.has(name) || (ranges === 'no' && !isPinned(version))) continue;
      const harm = row.severity ?? 'warning';
      const severity = isPinned(version) ? harm : lowered(harm);
      const problem = checkRow(file, { ...match, row: { ...row, severity } }, severity);
      if (!problem) continue;
      seen.add(name);
      const allowed = `${name} ${version.specifier || 'in any version'}`;
      yield { ...problem, data: { ...problem.data, allowed, installed: version.lowest } };
    }
  }
}
