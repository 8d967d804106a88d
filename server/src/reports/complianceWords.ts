import type { ComplianceReport, EvidenceReport } from '../engine/compliance.ts';

/** What no report of ours can say, in every report. */
export const LIMITS: readonly string[] = [
  'It shows what files show. A rule sees one way of falling short of a guideline item, not the item as a whole: that nothing was found is no proof that it is met.',
  'Evidence is what people say in the register. It was looked whether the files named there exist, not what they say; links were not opened.',
  'Shares are of the items that rules looked at, never of all items.',
  'It is no legal advice and no conformity assessment.',
];

/** What a register says of an item, in one sentence. */
export function standingInWords({ standing, decision, until, reviewBy }: EvidenceReport): string {
  switch (standing) {
    case 'void':
      return decision ? `does not count (${decision})` : 'does not count';
    case 'overdue':
      return decision === 'accepted-risk' ? `accepted until ${until}` : `review was due on ${reviewBy}`;
    case 'accepted-risk':
      return `risk accepted until ${until}`;
    case 'not-applicable':
      return 'not applicable';
    default:
      return `${standing === 'met' ? 'met' : 'met in part'}, review by ${reviewBy}`;
  }
}

/** Name of the system, where exactly one register gives one. */
export function systemName({ registers }: ComplianceReport): string | undefined {
  const names = [...new Set(registers.flatMap(({ system }) => system ?? []))];
  return names.length === 1 ? names[0] : undefined;
}
