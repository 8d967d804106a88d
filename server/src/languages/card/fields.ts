import { DATA_FIELDS } from './dataFields.ts';
import type { CardType, FieldSpec } from './fieldSpec.ts';
import { MODEL_FIELDS } from './modelFields.ts';

export type { CardType, FieldSpec } from './fieldSpec.ts';
export { DATA_FIELDS, MODEL_FIELDS };

export type ModelFieldId = (typeof MODEL_FIELDS)[number]['id'];
export type DataFieldId = (typeof DATA_FIELDS)[number]['id'];
export type FieldId = ModelFieldId | DataFieldId;

export function fieldsOf(type: CardType): readonly FieldSpec[] {
  return type === 'model' ? MODEL_FIELDS : DATA_FIELDS;
}
