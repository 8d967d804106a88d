import type { GuidelineId } from '../guidelines/generated.ts';
import type { CheckedFile } from './compliance.ts';
import { isOpen, SEVERITIES, type Severity } from './finding.ts';
import { ruleCrashed, unreadableFile } from './hygiene.ts';
import { type Kind, possibleKinds } from './kind.ts';
import type { Rule } from './rule.ts';

/** What rules have seen of one guideline item. */
export interface Seen {
  /** Ids of rules that cite it, and of those that looked at a file. */
  readonly citing: readonly string[];
  readonly looking: readonly string[];
  /** Files they looked at. */
  readonly looked: number;
  /** There is a file of a kind they look at. */
  readonly relevant: boolean;
  /** Every rule is off for every file it would look at. */
  readonly off: boolean;
  /** Some rule did not see a file it would look at, or may not have. */
  readonly missed: boolean;
  readonly open: number;
  readonly suppressed: number;
  readonly worst?: Severity;
}

export interface FileIndex {
  of(id: GuidelineId): Seen;
}

/** Files that every rule treats alike. */
interface Group {
  readonly kind: Kind;
  readonly off: ReadonlySet<string>;
  /** A file that could not be read, or on which a rule failed, counts as looked at by no rule. */
  readonly inDoubt: boolean;
  files: number;
}

interface Tally {
  open: number;
  suppressed: number;
  worst?: Severity;
}

/** Goes through files and findings once, so that a question about an item costs little however many there are. */
export function indexFiles(
  rules: readonly Rule[],
  files: readonly CheckedFile[],
  skipped: readonly { readonly path: string }[],
): FileIndex {
  const checking = rules.filter(({ check, checkSystem }) => check || checkSystem);
  const citing = new Map<string, Rule['meta'][]>();
  for (const { meta } of checking) {
    for (const id of new Set(meta.guidelines)) citing.set(id, [...(citing.get(id) ?? []), meta]);
  }
  const groups = groupFiles(files);
  const unseen = new Set(skipped.flatMap(({ path }) => possibleKinds(path)));
  const tallies = tallyFindings(checking, files);

  return {
    of(id) {
      const metas = citing.get(id) ?? [];
      const relevant = groups.filter(({ kind }) => metas.some(({ kinds }) => kinds.includes(kind)));
      const wants = ({ kinds }: Rule['meta'], { kind }: Group) => kinds.includes(kind);
      const sees = (meta: Rule['meta'], group: Group) =>
        wants(meta, group) && !group.inDoubt && !group.off.has(meta.id);
      const seen = relevant.filter((group) => metas.some((meta) => sees(meta, group)));
      return {
        citing: metas.map((meta) => meta.id),
        looking: metas.filter((meta) => relevant.some((group) => sees(meta, group))).map((meta) => meta.id),
        looked: seen.reduce((sum, { files }) => sum + files, 0),
        relevant: relevant.length > 0,
        off: !relevant.some((group) => metas.some((meta) => wants(meta, group) && !group.off.has(meta.id))),
        missed:
          relevant.some((group) => metas.some((meta) => wants(meta, group) && !sees(meta, group))) ||
          metas.some(({ kinds }) => kinds.some((kind) => unseen.has(kind))),
        ...(tallies.get(id) ?? { open: 0, suppressed: 0 }),
      };
    },
  };
}

function groupFiles(files: readonly CheckedFile[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { kind, off, findings } of files) {
    const inDoubt = findings.some(({ ruleId }) => ruleId === unreadableFile.meta.id || ruleId === ruleCrashed.meta.id);
    const key = JSON.stringify([kind, inDoubt, off]);
    const group = groups.get(key) ?? { kind, off: new Set(off), inDoubt, files: 0 };
    group.files++;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function tallyFindings(checking: readonly Rule[], files: readonly CheckedFile[]): Map<string, Tally> {
  const byRule = new Map(checking.map(({ meta }) => [meta.id, [...new Set(meta.guidelines)]]));
  const tallies = new Map<string, Tally>();
  for (const { findings } of files) {
    for (const finding of findings) {
      for (const id of byRule.get(finding.ruleId) ?? []) {
        const tally = tallies.get(id) ?? { open: 0, suppressed: 0 };
        tallies.set(id, tally);
        if (isOpen(finding)) {
          tally.open++;
          if (!tally.worst || SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(tally.worst))
            tally.worst = finding.severity;
        } else tally.suppressed++;
      }
    }
  }
  return tallies;
}
