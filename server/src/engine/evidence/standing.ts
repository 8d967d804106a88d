import type { GuidelineId } from '../../guidelines/generated.ts';
import type { EvidenceEntry, Register } from './register.ts';
import type { Decision } from './schema.ts';

/**
 * What an entry is worth on a day: its decision; `overdue` when the day of its review or the end of an accepted risk has
 * passed; `void` when it counts for nothing because something in it is wrong, it stands twice, or a file of it is missing.
 */
export type Standing = Decision | 'overdue' | 'void';

export interface ItemEvidence {
  readonly standing: Standing;
  readonly entry: EvidenceEntry;
}

/** Whether a file that a register names exists; undefined where nobody has looked. Paths as in the register. */
export type FileExists = (path: string) => boolean | undefined;

/**
 * The evidence of a register by guideline item. Pure.
 *
 * @param today ISO date.
 */
export function evidenceByItem(register: Register, today: string, exists: FileExists): Map<GuidelineId, ItemEvidence> {
  const byItem = new Map<GuidelineId, ItemEvidence>();
  for (const entry of register.entries) {
    const standing = standingOf(entry, today, exists);
    for (const { id } of entry.items) {
      byItem.set(id, {
        standing: register.duplicates.has(id) ? 'void' : standing,
        entry: byItem.get(id)?.entry ?? entry,
      });
    }
  }
  return byItem;
}

/** A file that nobody has looked for does not count as being there. */
function standingOf(entry: EvidenceEntry, today: string, exists: FileExists): Standing {
  const { sound, decision, files } = entry;
  if (!sound || !decision || isFuture(entry, today)) return 'void';
  if (!files.every(({ path }) => exists(path) === true)) return 'void';
  return isOverdue(entry, today) || isExpired(entry, today) ? 'overdue' : decision;
}

export function isFuture({ date }: EvidenceEntry, today: string): boolean {
  return date !== undefined && date > today;
}

export function isOverdue({ reviewBy }: EvidenceEntry, today: string): boolean {
  return reviewBy !== undefined && reviewBy < today;
}

export function isExpired({ until, decision }: EvidenceEntry, today: string): boolean {
  return decision === 'accepted-risk' && until !== undefined && until < today;
}
