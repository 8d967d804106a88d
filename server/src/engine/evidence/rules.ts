import { defineRule } from '../rule.ts';

/**
 * Rules about the evidence register, reported by the engine like those about the configuration: a register in order is no
 * proof of anything, so none of them makes a guideline item look checked.
 */
const RECORD = ['etsi-en-304-223:5.2.4-1', 'eu-ai-act:11.1'] as const;
const PATH = '.guidelint/evidence.yaml';

/** An entry with these lines changed; without a change it is in order. */
function entry(lines: Readonly<Record<string, string | undefined>> = {}): string {
  const whole: Record<string, string | undefined> = {
    item: 'etsi-en-304-223:5.1.1-1',
    decision: 'met',
    statement: 'The yearly training has a part on attacks on AI.',
    links: '[https://example.org/training]',
    owner: 'security lead',
    date: '2026-10-01',
    'review-by': '2027-10-01',
    ...lines,
  };
  const written = Object.entries(whole).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `${written.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`).join('\n')}\n`;
}
const register = (...entries: readonly string[]) => `evidence:\n${entries.join('')}`;
const GOOD = register(entry());

export const evidenceProblem = defineRule({
  meta: {
    id: 'GL907',
    name: 'evidence-problem',
    title: 'Evidence entry that does not count',
    kinds: ['evidence'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: RECORD,
    why: 'An entry with a mistake is not taken for evidence, so the item stays without an answer although somebody gave one.',
    how: 'Correct the key or value; all other entries count.',
    messages: { problem: '{problem}' },
    examples: [
      {
        path: PATH,
        bad: register(entry({ decision: 'meet' })),
        fixed: GOOD,
        good: GOOD,
      },
      { title: 'a day that does not exist', path: PATH, bad: register(entry({ date: '2026-02-30' })) },
      {
        title: 'nothing that shows it',
        path: PATH,
        bad: register(entry({ links: undefined })),
        good: register(entry({ links: undefined, files: '[docs/training.md]' })),
      },
    ],
  },
});

export const unknownEvidenceItem = defineRule({
  meta: {
    id: 'GL908',
    name: 'unknown-evidence-item',
    title: 'Evidence for a guideline item that does not exist',
    kinds: ['evidence'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: RECORD,
    why: 'The entry answers for nothing: the item that was meant stays open in every report.',
    how: 'Use an id of the catalogue, `framework:item`; `guidelint explain` finds it by number or citation.',
    messages: { unknown: 'There is no guideline item `{item}`{guess}' },
    examples: [
      {
        path: PATH,
        bad: register(entry({ item: 'etsi-en-304-223:5.1.1.1' })),
        fixed: GOOD,
        good: GOOD,
      },
    ],
  },
});

export const duplicateEvidence = defineRule({
  meta: {
    id: 'GL909',
    name: 'duplicate-evidence',
    title: 'Two evidence entries for one guideline item',
    kinds: ['evidence'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: RECORD,
    why: 'Two answers to one question: nobody can say which holds, so neither counts.',
    how: 'Keep one entry for the item and move into it what the other knows.',
    messages: { duplicate: '`{item}` also stands in line {line}; neither entry counts for it' },
    examples: [{ path: PATH, bad: register(entry(), entry({ decision: 'partly' })), good: GOOD }],
  },
});

export const evidenceOverdue = defineRule({
  meta: {
    id: 'GL910',
    name: 'evidence-overdue',
    title: 'Evidence whose review is overdue',
    kinds: ['evidence'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: ['ncsc-cisa-2023:ncsc-2.3.6', ...RECORD],
    why: 'What was true when it was written may not be true any more. Reports show the item as overdue, not as met.',
    how: 'Look at the evidence again; then set `date` to the day you did and `review-by` to the next one.',
    messages: { overdue: 'The review was due on {date}' },
    examples: [{ path: PATH, bad: register(entry({ date: '2024-10-01', 'review-by': '2025-10-01' })), good: GOOD }],
  },
});

const risk = (lines: Readonly<Record<string, string | undefined>>) =>
  register(
    entry({
      decision: 'accepted-risk',
      statement: undefined,
      links: undefined,
      'review-by': undefined,
      justification: 'Pilot with synthetic data only.',
      until: '2027-03-31',
      ...lines,
    }),
  );

export const expiredRisk = defineRule({
  meta: {
    id: 'GL911',
    name: 'expired-risk',
    title: 'Accepted risk that has expired',
    kinds: ['evidence'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: ['ncsc-cisa-2023:ncsc-1.2.2', ...RECORD],
    why: 'The risk was accepted up to a day that has passed. Nobody has accepted it since.',
    how: 'Remove the risk, or decide anew with a justification that still holds.',
    messages: { expired: 'The risk was accepted until {date}' },
    examples: [{ path: PATH, bad: risk({ until: '2025-03-31', date: '2024-10-01' }), good: risk({}) }],
  },
});

export const deadEvidenceLink = defineRule({
  fromSurroundings: true,
  meta: {
    id: 'GL912',
    name: 'dead-evidence-link',
    title: 'Evidence file that does not exist',
    kinds: ['evidence'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: RECORD,
    why: 'What cannot be found shows nothing to an auditor. The entry does not count until its files are there.',
    how: 'Correct the path, relative to the folder that holds `.guidelint`, or bring the file back.',
    messages: { dead: 'There is no file `{file}` in this repository{guess}' },
    examples: [
      {
        path: PATH,
        bad: register(entry({ files: '[training.md]' })),
        fixed: register(entry({ files: '[docs/training.md]' })),
        good: register(entry({ files: '[docs/training.md]' })),
        files: { 'docs/training.md': '# Training\n' },
      },
    ],
  },
});

export const contradictedEvidence = defineRule({
  fromSurroundings: true,
  meta: {
    id: 'GL913',
    name: 'contradicted-evidence',
    title: 'Evidence that open findings contradict',
    kinds: ['evidence'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: RECORD,
    why: 'The register says that the item is met or does not apply, and files of the same project fall short of it. Reports count the findings, not the entry.',
    how: 'Repair what was found, accept each finding with a reason, or change the decision.',
    messages: { contradicted: 'Says `{decision}`, but {findings} for `{item}`: {rules}' },
    examples: [
      {
        path: PATH,
        bad: register(entry({ item: 'cwe:CWE-502' })),
        good: GOOD,
        files: { 'load.py': 'import torch\nmodel = torch.load("m.pt", weights_only=False)\n' },
      },
    ],
  },
});

export const unjustifiedException = defineRule({
  meta: {
    id: 'GL914',
    name: 'unjustified-exception',
    title: 'Item set aside without a justification',
    kinds: ['evidence'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: ['ncsc-cisa-2023:ncsc-1.2.2', ...RECORD],
    why: 'Without a reason, and for a risk without an end, nobody can tell a decision from an omission. The entry does not count.',
    how: 'Write a `justification`; a risk is accepted `until` a day.',
    messages: { missing: '`{decision}` needs `{key}`' },
    examples: [
      { path: PATH, bad: risk({ justification: undefined }), good: risk({}) },
      { title: 'a risk that is accepted for ever', path: PATH, bad: risk({ until: undefined }) },
    ],
  },
});

export const unconfirmedEvidence = defineRule({
  meta: {
    id: 'GL915',
    name: 'unconfirmed-evidence',
    title: 'Evidence entry that nobody has confirmed',
    kinds: ['evidence'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: RECORD,
    why: 'A placeholder is a question, not an answer. The entry does not count until a person has answered it.',
    how: 'Look at the files that the entry names, decide, and replace every `TODO`. Remove the entry if they show nothing.',
    messages: { placeholder: 'Not confirmed yet: `{key}` is still a placeholder' },
    examples: [{ path: PATH, bad: register(entry({ decision: 'TODO' })), good: GOOD }],
  },
});

export const evidenceCandidate = defineRule({
  fromSurroundings: true,
  meta: {
    id: 'GL916',
    name: 'evidence-candidate',
    title: 'File that may be evidence and is not in the register',
    kinds: ['evidence'],
    severity: 'hint',
    confidence: 'low',
    fix: 'suggestion',
    guidelines: RECORD,
    why: 'Files of this kind often show what a guideline asks for. Nothing is counted until somebody has looked and says so in the register.',
    how: 'Add the entry with the quick fix, look at the file, and fill in the decision; or switch the rule off for this register.',
    messages: { candidate: '`{file}`{more} may be evidence ({what}) for {items}' },
    examples: [
      {
        path: PATH,
        bad: GOOD,
        good: `${GOOD}${entry({ item: '[etsi-en-304-223:5.2.2-4, cra:AnnexI.II.5]', files: '[SECURITY.md]' })}`,
        files: { 'SECURITY.md': '# Security policy\n' },
      },
    ],
  },
});

export const EVIDENCE_RULES = [
  evidenceProblem,
  unknownEvidenceItem,
  duplicateEvidence,
  evidenceOverdue,
  expiredRisk,
  deadEvidenceLink,
  contradictedEvidence,
  unjustifiedException,
  unconfirmedEvidence,
  evidenceCandidate,
] as const;
