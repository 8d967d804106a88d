import type { Status } from '../engine/compliance.ts';

export interface StatusWords {
  readonly title: string;
  /** After a number of items: `12 with open findings`. */
  readonly counted: string;
  readonly meaning: string;
}

/** How every report names a status, best known first to last; the wording never calls anything passed. */
export const STATUS_WORDS: Readonly<Record<Status, StatusWords>> = {
  open: {
    title: 'Open findings',
    counted: 'with open findings',
    meaning: 'At least one finding that nobody has accepted.',
  },
  'evidence-overdue': {
    title: 'Evidence overdue',
    counted: 'with overdue evidence',
    meaning:
      'The review of the evidence, or the end of an accepted risk, lies in the past: somebody has to decide anew.',
  },
  suppressed: {
    title: 'Accepted findings',
    counted: 'with accepted findings only',
    meaning: 'Every finding was accepted, in a comment or in the configuration file.',
  },
  'accepted-risk': {
    title: 'Accepted risk',
    counted: 'with an accepted risk',
    meaning: 'The evidence register says that it is not met, why that is acceptable, and until when.',
  },
  'partly-met': {
    title: 'Met in part',
    counted: 'met in part by evidence',
    meaning: 'The evidence register says that it is met in part, and what is missing.',
  },
  'partly-checked': {
    title: 'Partly checked',
    counted: 'partly checked, nothing found',
    meaning:
      'Rules found nothing, but did not see all of it: files or rules were left out, or the rest takes evidence that nobody has given.',
  },
  clean: {
    title: 'Checked, nothing found',
    counted: 'checked, nothing found',
    meaning: 'Rules looked at files and found nothing. That is a good sign, not a proof that the guideline is met.',
  },
  evidence: {
    title: 'Evidence given',
    counted: 'with evidence',
    meaning:
      'The evidence register says that it is met and names what shows it. Guidelint looked whether the files exist, not what they say.',
  },
  'needs-human': {
    title: 'Needs a human',
    counted: 'for a human',
    meaning: 'Files cannot show it: people have to judge it and keep the evidence.',
  },
  unchecked: {
    title: 'Not checked',
    counted: 'not checked',
    meaning: 'Files can show it, but nobody looked: no rule exists yet, or the scan was stopped.',
  },
  'switched-off': {
    title: 'Switched off',
    counted: 'switched off',
    meaning: 'Every rule that looks for it is off in the configuration.',
  },
  'other-role': {
    title: 'Another role',
    counted: 'for other roles',
    meaning: 'It speaks to roles that the project does not have, as its evidence register says.',
  },
  'not-applicable': {
    title: 'Not applicable',
    counted: 'not applicable',
    meaning: 'The evidence register says that it does not apply, and why.',
  },
  'not-relevant': {
    title: 'No file to check',
    counted: 'without a file to check',
    meaning: 'Rules look for it, but the workspace holds no file of the kind they read.',
  },
};

/** Statuses that mean the same to somebody in a hurry, with the words for a number of items. */
export const STATUS_GROUPS = {
  gap: { words: 'falling short', statuses: ['open', 'evidence-overdue'] },
  accepted: { words: 'accepted or met in part', statuses: ['suppressed', 'accepted-risk', 'partly-met'] },
  quiet: { words: 'checked, nothing found', statuses: ['clean', 'partly-checked'] },
  stated: { words: 'met, as people state', statuses: ['evidence'] },
  unknown: { words: 'not known', statuses: ['needs-human', 'unchecked', 'switched-off'] },
  aside: { words: 'set aside', statuses: ['other-role', 'not-applicable', 'not-relevant'] },
} as const satisfies Record<string, { readonly words: string; readonly statuses: readonly Status[] }>;
export type StatusGroup = keyof typeof STATUS_GROUPS;

export function groupOf(status: Status): StatusGroup {
  const found = Object.entries(STATUS_GROUPS).find(([, { statuses }]) => statuses.some((one) => one === status));
  return (found?.[0] ?? 'unknown') as StatusGroup;
}

/** Last part of a folder's path or URI. */
export function folderName(folder: string): string {
  const name = folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
