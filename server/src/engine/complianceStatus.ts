import type { Standing } from './evidence/standing.ts';

/**
 * Where one guideline item stands. Nothing that was not checked is ever `clean`, and nothing is `evidence` that nobody has
 * confirmed.
 * - `open`: at least one finding that nobody has accepted, whatever the evidence register says
 * - `evidence-overdue`: the review of the evidence, or the end of an accepted risk, lies in the past
 * - `suppressed`: findings, all of them accepted with a comment or in the configuration
 * - `accepted-risk`: people accept that it is not met, up to a day
 * - `partly-met`: people say it is met in part
 * - `partly-checked`: rules found nothing, but did not see all: the scan was stopped, a file could not be read, a rule is
 *   off for some files, or the item also needs evidence that nobody has given
 * - `clean`: rules looked at all files of the kinds they read and found nothing
 * - `evidence`: people say it is met and name what shows it
 * - `needs-human`: no file can show it; people have to give evidence
 * - `unchecked`: visible in files, but not looked at: no rule yet, or the scan was stopped, or the files could not be read
 * - `switched-off`: every rule for it is off in the configuration
 * - `other-role`: speaks to roles that the project does not have
 * - `not-applicable`: people say that it does not apply, and why
 * - `not-relevant`: rules exist, and the workspace holds no file they look at
 */
export const STATUSES = [
  'open',
  'evidence-overdue',
  'suppressed',
  'accepted-risk',
  'partly-met',
  'partly-checked',
  'clean',
  'evidence',
  'needs-human',
  'unchecked',
  'switched-off',
  'other-role',
  'not-applicable',
  'not-relevant',
] as const;
export type Status = (typeof STATUSES)[number];

export interface StatusFacts {
  /** Rules that cite the item. */
  readonly rules: number;
  /** There is a file of a kind they look at. */
  readonly relevant: boolean;
  /** Every rule is off for every file it would look at. */
  readonly off: boolean;
  /** Files they looked at. */
  readonly looked: number;
  /** A rule did not see a file it would look at, or may not have. */
  readonly missed: boolean;
  readonly open: number;
  readonly suppressed: number;
  /** No kind of file can show it. */
  readonly needsHuman: boolean;
  /** Files can show a part of it only. */
  readonly needsEvidence: boolean;
  /** The scan was stopped. */
  readonly partial: boolean;
  /** What the register says; absent when it says nothing. */
  readonly evidence?: Standing;
  /** The project has none of the roles it speaks to. */
  readonly otherRole: boolean;
}

/** The decision table of `Status`. Findings come first: no statement of people makes them go away. */
export function statusOf(facts: StatusFacts): Status {
  if (facts.open > 0) return 'open';
  if (facts.evidence === 'overdue') return 'evidence-overdue';
  if (facts.suppressed > 0) return 'suppressed';
  if (facts.evidence === 'accepted-risk') return 'accepted-risk';
  if (facts.evidence === 'partly') return 'partly-met';
  if (facts.evidence === 'met') return 'evidence';
  if (facts.evidence === 'not-applicable') return 'not-applicable';
  if (facts.otherRole) return 'other-role';
  if (facts.rules === 0) return facts.needsHuman ? 'needs-human' : 'unchecked';
  if (!facts.relevant) return facts.missed || facts.partial ? 'unchecked' : 'not-relevant';
  if (facts.looked === 0) return facts.off ? 'switched-off' : 'unchecked';
  return facts.partial || facts.missed || facts.needsEvidence ? 'partly-checked' : 'clean';
}
