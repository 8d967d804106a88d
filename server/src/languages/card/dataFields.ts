import { DATA_CONTENT_FIELDS } from './dataContentFields.ts';
import { DATA_GOVERNANCE_FIELDS } from './dataGovernanceFields.ts';
import { DATA_IDENTITY_FIELDS } from './dataIdentityFields.ts';
import { DATA_USE_FIELDS } from './dataUseFields.ts';
import type { FieldSpec } from './fieldSpec.ts';

/** Fields of a data card, in the order of the common templates. */
export const DATA_FIELDS = [
  ...DATA_IDENTITY_FIELDS,
  ...DATA_USE_FIELDS,
  ...DATA_CONTENT_FIELDS,
  ...DATA_GOVERNANCE_FIELDS,
] as const satisfies readonly FieldSpec[];
