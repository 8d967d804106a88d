import type { Finding, Fix } from './finding.ts';
import { type Edit, overlaps } from './span.ts';

/** Fixes may uncover findings that have fixes of their own; after so many rounds something fights itself. */
const MAX_PASSES = 10;

/** The text after the edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let position = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

/** Fixes that can be applied together: of two that touch the same place the first wins, the other waits for the next pass. */
export function compatibleFixes(fixes: readonly Fix[]): Fix[] {
  const chosen: Fix[] = [];
  const taken: Edit[] = [];
  for (const fix of fixes) {
    if (fix.edits.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    chosen.push(fix);
    taken.push(...fix.edits);
  }
  return chosen;
}

/** The first safe fix of each finding that is not suppressed. */
export function safeFixes(findings: readonly Finding[]): Fix[] {
  return findings.flatMap((finding) => {
    const fix = finding.suppression ? undefined : finding.fixes.find(({ kind }) => kind === 'safe');
    return fix ? [fix] : [];
  });
}

/**
 * Applies all safe fixes until none is left.
 *
 * @param relint findings of a text, as `lint` gives them.
 * @returns the new text and how many fixes were applied; the text as it was if there was nothing to do.
 */
export function fixAll(text: string, relint: (text: string) => readonly Finding[]): { text: string; applied: number } {
  let applied = 0;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const fixes = compatibleFixes(safeFixes(relint(text)));
    if (fixes.length === 0) break;
    applied += fixes.length;
    text = applyEdits(
      text,
      fixes.flatMap(({ edits }) => edits),
    );
  }
  return { text, applied };
}
