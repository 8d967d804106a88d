import type { GuidelineId } from '../guidelines/generated.ts';
import type { Edit, Span } from './span.ts';

/** How much harm a finding stands for, most harmful first. `off` switches a rule off. */
export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure a rule is that the finding is true; independent of the harm. */
export type Confidence = 'high' | 'medium' | 'low';

/**
 * A repair of one document. `safe` fixes keep what the program or document means apart from the defect and are applied
 * by fix-all; a `suggestion` may change behaviour and is applied one at a time, on request.
 */
export interface Fix {
  readonly title: string;
  readonly kind: 'safe' | 'suggestion';
  readonly edits: readonly Edit[];
}

/** Another place that explains the finding, in the same document unless `uri` names another. */
export interface Related {
  readonly span: Span;
  readonly message: string;
  readonly uri?: string;
}

/** Why a finding is not shown: somebody accepted it, in a comment beside it, in the configuration file, or as known for long. */
export interface Suppression {
  readonly source: 'comment' | 'config' | 'baseline';
  /** What was written after the colon; empty when no reason was given. */
  readonly reason: string;
  /** ISO date of the last day on which the suppression holds. */
  readonly until?: string;
}

/** Whether nobody has accepted the finding; what a baseline knows of is open all the same. */
export function isOpen({ suppression }: Pick<Finding, 'suppression'>): boolean {
  return !suppression || suppression.source === 'baseline';
}

/** One defect at one place, ready for any host. */
export interface Finding {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly uri: string;
  readonly span: Span;
  /** Where it stands in the file on disk, when that is not in the text that rules see: an output of a notebook. */
  readonly onDisk?: Span;
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Facts that led to the finding (resolved name, version and the file that says so …), one sentence each. */
  readonly evidence: readonly string[];
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  readonly guidelines: readonly GuidelineId[];
  /** Names the finding across edits elsewhere in the file: rule, message, text of the line, occurrence. 32 hex digits. */
  readonly fingerprint: string;
  readonly suppression?: Suppression;
}
