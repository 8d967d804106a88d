import type { FieldSpec } from './fieldSpec.ts';
import { MODEL_GOVERNANCE_FIELDS } from './modelGovernanceFields.ts';
import { MODEL_IDENTITY_FIELDS } from './modelIdentityFields.ts';
import { MODEL_TRAINING_FIELDS } from './modelTrainingFields.ts';
import { MODEL_USE_FIELDS } from './modelUseFields.ts';

/** Fields of a model card, in the order of the common templates. */
export const MODEL_FIELDS = [
  ...MODEL_IDENTITY_FIELDS,
  ...MODEL_USE_FIELDS,
  ...MODEL_TRAINING_FIELDS,
  ...MODEL_GOVERNANCE_FIELDS,
] as const satisfies readonly FieldSpec[];
