import type { Severity } from '../engine/finding.ts';
import type { FAIL_ON } from './choices.ts';

const HARM: readonly Severity[] = ['error', 'warning', 'info'];

/** Whether a severity is as harmful as the threshold or more. */
export function reaches(severity: Severity, failOn: (typeof FAIL_ON)[number]): boolean {
  return failOn !== 'never' && HARM.slice(0, HARM.indexOf(failOn) + 1).includes(severity);
}
