import { EVIDENCE_RULES } from './evidence/rules.ts';
import { KINDS } from './kind.ts';
import { defineRule } from './rule.ts';

/**
 * Rules the engine itself reports: they are about files, configuration and suppressions rather than about AI. They are
 * declared like any other so that severity, documentation, SARIF and configuration treat them alike.
 */
const CHANGE_RECORD = ['etsi-en-304-223:5.2.4-1', 'ncsc-cisa-2023:ncsc-2.3'] as const;

export const configProblem = defineRule({
  meta: {
    id: 'GL901',
    name: 'configuration-problem',
    title: 'Configuration that has no effect',
    kinds: ['config'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: ['ncsc-cisa-2023:ncsc-1.3', 'etsi-en-304-223:5.2.2-1'],
    why: 'A typo in `.guidelint.yaml` would switch a check on or off without anybody noticing.',
    how: 'Correct the key or value; everything else in the file stays in force.',
    messages: { problem: '{problem}' },
    examples: [
      {
        path: '.guidelint.yaml',
        bad: 'rules:\n  unsafe-model-lod: warning\n',
        fixed: 'rules:\n  unsafe-model-load: warning\n',
        good: 'rules:\n  unsafe-model-load: warning\n',
      },
    ],
  },
});

export const unusedSuppression = defineRule({
  meta: {
    id: 'GL902',
    name: 'unused-suppression',
    title: 'Suppression that suppresses nothing',
    kinds: [...KINDS],
    severity: 'info',
    confidence: 'high',
    fix: 'safe',
    guidelines: CHANGE_RECORD,
    why: 'The defect is gone or the rule was misspelt. Left in place, the comment would hide the next real finding.',
    how: 'Remove the comment, or correct the rule it names.',
    messages: {
      unused: 'No finding of {rules} here: this suppression can go',
      unknown: 'There is no rule `{rule}`{guess}',
    },
    examples: [
      {
        path: 'train.py',
        bad: 'seed = 1  # guidelint-disable-line GL301: our own checkpoint\n',
        fixed: 'seed = 1\n',
        good: 'seed = 1\n',
      },
    ],
  },
});

export const suppressionWithoutReason = defineRule({
  meta: {
    id: 'GL903',
    name: 'suppression-without-reason',
    title: 'Suppression without a reason',
    kinds: [...KINDS],
    severity: 'info',
    confidence: 'high',
    fix: 'none',
    guidelines: CHANGE_RECORD,
    why: 'An accepted risk is part of the audit trail. Without a reason nobody can tell it from an oversight.',
    how: 'Write why the finding is acceptable after a colon, and until when if it is for a time: `guidelint-disable-line GL301: built by our own pipeline (until 2027-01-31)`.',
    messages: { missing: 'Say after a colon why this is acceptable' },
    examples: [
      {
        path: 'load.py',
        bad: 'import torch\nmodel = torch.load("m.pt", weights_only=False)  # guidelint-disable-line GL301\n',
        good: 'import torch\nmodel = torch.load("m.pt", weights_only=False)  # guidelint-disable-line GL301: written by the job above\n',
      },
    ],
  },
});

export const expiredSuppression = defineRule({
  meta: {
    id: 'GL904',
    name: 'expired-suppression',
    title: 'Suppression that has expired',
    kinds: [...KINDS],
    severity: 'info',
    confidence: 'high',
    fix: 'none',
    guidelines: CHANGE_RECORD,
    why: 'The risk was accepted up to a date that has passed; the finding shows again until somebody decides anew.',
    how: 'Repair the finding, or set a new date with a reason that still holds.',
    messages: { expired: 'Held until {until}; the finding counts again' },
    examples: [
      {
        path: 'load.py',
        bad: 'import torch\nmodel = torch.load("m.pt", weights_only=False)  # guidelint-disable-line GL301: migration (until 2020-01-31)\n',
      },
    ],
  },
});

export const unreadableFile = defineRule({
  meta: {
    id: 'GL905',
    name: 'unreadable-file',
    title: 'File that could not be checked',
    kinds: [...KINDS],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: CHANGE_RECORD,
    why: 'What cannot be read has not been checked, and must not look as if it had.',
    how: 'Repair the file, or exclude it in `.guidelint.yaml` if it is not part of the system.',
    messages: { unreadable: 'Not checked: {problem}' },
    examples: [{ path: 'broken.ipynb', bad: '{"cells": [' }],
  },
});

export const ruleCrashed = defineRule({
  meta: {
    id: 'GL906',
    name: 'rule-crashed',
    title: 'A rule failed on this file',
    kinds: [...KINDS],
    severity: 'info',
    confidence: 'high',
    fix: 'none',
    guidelines: CHANGE_RECORD,
    why: 'A defect of Guidelint, not of your file. All other rules have run; what this one checks has not been checked.',
    how: 'Please report it with the line from the log.',
    messages: { crashed: 'Rule {rule} failed here and checked nothing: {error}' },
    examples: [],
  },
});

export const HYGIENE_RULES = [
  configProblem,
  unusedSuppression,
  suppressionWithoutReason,
  expiredSuppression,
  unreadableFile,
  ruleCrashed,
  ...EVIDENCE_RULES,
] as const;
