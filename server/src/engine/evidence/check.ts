import { type GuidelineId, localId } from '../../guidelines/catalogue.ts';
import { closest } from '../closest.ts';
import { type Finding, isOpen } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { SourceFile } from '../sourceFile.ts';
import { candidateProblems, yamlText } from './candidates.ts';
import type { EvidenceEntry, RegisterProblem } from './register.ts';
import { contradictedEvidence, deadEvidenceLink, evidenceOverdue, evidenceProblem, expiredRisk } from './rules.ts';
import { isExpired, isFuture, isOverdue } from './standing.ts';

/** What a register says wrong by itself, on the file's day. */
export function* checkRegister({ evidence, today }: SourceFile): Iterable<RegisterProblem> {
  yield* evidence.problems;
  if (!today) return;
  for (const entry of evidence.entries) {
    const { reviewBy, until, date, spans, span } = entry;
    if (isFuture(entry, today)) {
      const problem = `\`date\` ${date} lies in the future`;
      yield { rule: evidenceProblem, span: spans.date ?? span, message: 'problem', data: { problem } };
    }
    if (isOverdue(entry, today)) {
      yield { rule: evidenceOverdue, span: spans['review-by'] ?? span, message: 'overdue', data: { date: reviewBy } };
    }
    if (isExpired(entry, today)) {
      yield { rule: expiredRisk, span: spans.until ?? span, message: 'expired', data: { date: until } };
    }
  }
}

/** What hosts find out around a register. Paths are relative to the folder that holds `.guidelint`. */
export interface RegisterFacts {
  /** Whether a file that the register names is there, for those that were looked for. */
  readonly exists: ReadonlyMap<string, boolean>;
  /** Every file of the project, where it has been walked. */
  readonly paths?: readonly string[];
  /** Findings of the project's files, where it has been checked. */
  readonly findings?: readonly Finding[];
}

/** What a register says wrong about the files around it. What the facts leave open is not reported. */
export function* checkRegisterFacts(
  { evidence, text }: SourceFile,
  facts: RegisterFacts,
  rules: readonly Rule[],
): Iterable<RegisterProblem> {
  for (const entry of evidence.entries) {
    for (const { path, span } of entry.files) {
      if (facts.exists.get(path) === false) yield deadLink(path, span, facts.paths ?? []);
    }
  }
  if (facts.findings) yield* contradictions(evidence.entries, facts.findings, rules);
  if (facts.paths && evidence.readable) yield* candidateProblems(evidence, text, facts.paths);
}

function deadLink(path: string, span: RegisterProblem['span'], paths: readonly string[]): RegisterProblem {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const same = paths.filter((other) => other.slice(other.lastIndexOf('/') + 1) === name);
  const guess = same.length === 1 ? same[0] : closest(path, paths);
  return {
    rule: deadEvidenceLink,
    span,
    message: 'dead',
    data: { file: path, guess: guess ? `; did you mean \`${guess}\`?` : '' },
    fixes: guess
      ? [{ title: `Change to ${guess}`, kind: 'suggestion', edits: [{ ...span, text: yamlText(guess) }] }]
      : [],
  };
}

/** Rules named in one message. */
const RULES_SHOWN = 3;
/** Findings shown beside the message. */
const RELATED_SHOWN = 10;

/** Open findings for an item that is said to be met or not to apply. Hints are no contradiction. */
function* contradictions(
  entries: readonly EvidenceEntry[],
  findings: readonly Finding[],
  rules: readonly Rule[],
): Iterable<RegisterProblem> {
  const checking = new Set(rules.filter((rule) => rule.check || rule.checkSystem).map(({ meta }) => meta.id));
  const byItem = new Map<GuidelineId, Finding[]>();
  for (const finding of findings) {
    if (!isOpen(finding) || finding.severity === 'hint' || !checking.has(finding.ruleId)) continue;
    for (const id of finding.guidelines) byItem.set(id, [...(byItem.get(id) ?? []), finding]);
  }
  for (const { items, decision, spans, span } of entries) {
    if (decision !== 'met' && decision !== 'not-applicable') continue;
    for (const { id } of items) {
      const found = byItem.get(id) ?? [];
      if (found.length === 0) continue;
      const ids = [...new Set(found.map(({ ruleId }) => ruleId))].sort();
      const more = ids.length > RULES_SHOWN ? ` and ${ids.length - RULES_SHOWN} more` : '';
      yield {
        rule: contradictedEvidence,
        span: spans.decision ?? span,
        message: 'contradicted',
        data: {
          decision,
          item: localId(id),
          findings: found.length === 1 ? '1 finding is open' : `${found.length} findings are open`,
          rules: ids.slice(0, RULES_SHOWN).join(', ') + more,
        },
        related: found.slice(0, RELATED_SHOWN).map(({ span, message, uri }) => ({ span, message, uri })),
      };
    }
  }
}
