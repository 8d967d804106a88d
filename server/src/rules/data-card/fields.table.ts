import { asked, type FieldAsks } from '../../engine/fieldRule.ts';
import { isAcquired, isAnnotated, isLabelled, isReleased, isSynthetic } from '../../languages/card/circumstances.ts';
import type { DataFieldId } from '../../languages/card/fields.ts';

/**
 * How a data card is asked for each field: severity in files named as cards, in READMEs of the Hub, and in the strict
 * profile; then the guideline items. Fill rates decide the first two (764 data cards of the Hub, 8 hand-written ones): see the
 * table of model cards for the steps.
 */
export const DATA_ASKS: FieldAsks<DataFieldId> = {
  name: asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d']),
  version: asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d']),
  'release-date': asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d']),
  owner: asked(['hint', 'off', 'warning'], ['etsi-en-304-223:5.2.4-1']),
  license: asked(
    ['info', 'info', 'warning'],
    ['eu-ai-act:AnnexIV.2.d', 'ncsc-cisa-2023:ncsc-2.3', 'ncsc-cisa-2023:ncsc-2.1'],
  ),
  description: asked(['info', 'info', 'info'], ['eu-ai-act:AnnexIV.2.d']),
  language: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexIV.2.d']),

  'intended-use': asked(['warning', 'info', 'warning'], ['etsi-en-304-223:5.2.4-1.1', 'ncsc-cisa-2023:ncsc-2.3.2']),
  'out-of-scope': asked(['info', 'off', 'warning'], ['ncsc-cisa-2023:ncsc-2.3.2']),

  schema: asked(['hint', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d']),
  size: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexXI.S1.2']),
  splits: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexIV.2.d']),
  sources: asked(
    ['info', 'info', 'warning'],
    [
      'etsi-en-304-223:5.2.4-2',
      'etsi-en-304-223:5.2.4-2.1',
      'etsi-en-304-223:5.2.4-1.1',
      'ncsc-cisa-2023:ncsc-2.3.1',
      'eu-ai-act:10.2.b',
      'eu-ai-act:AnnexIV.2.d',
      'eu-ai-act:AnnexXI.S1.2',
    ],
  ),
  acquired: asked(
    ['info', 'info', 'warning'],
    ['etsi-en-304-223:5.2.4-2.1', 'etsi-en-304-223:5.2.4-2', 'ncsc-cisa-2023:ncsc-2.3.1'],
    isAcquired,
  ),
  collection: asked(['info', 'off', 'info'], ['etsi-en-304-223:5.2.4-2', 'eu-ai-act:AnnexIV.2.d']),
  lineage: asked(['off', 'off', 'info'], ['ncsc-cisa-2023:ncsc-2.3.1', 'eu-ai-act:AnnexIV.2.d']),
  preprocessing: asked(['hint', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d', 'eu-ai-act:AnnexXI.S1.2']),
  synthetic: asked(['hint', 'off', 'info'], ['eu-ai-act:53.1.d'], isSynthetic),
  annotation: asked(['hint', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d'], isLabelled),
  annotators: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexIV.2.d'], isAnnotated),
  quality: asked(['hint', 'off', 'info'], ['etsi-en-304-223:5.2.4-2', 'ncsc-cisa-2023:ncsc-2.3.7']),

  'personal-data': asked(
    ['info', 'info', 'warning'],
    [
      'ncsc-cisa-2023:ncsc-1.2.3',
      'etsi-en-304-223:5.1.2-5',
      'eu-ai-act:10.2.b',
      'eu-ai-act:AnnexIV.2.d',
      'owasp-llm-2025:LLM02',
    ],
  ),
  consent: asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d']),
  bias: asked(['hint', 'off', 'info'], ['eu-ai-act:AnnexXI.S1.2']),
  limitations: asked(['warning', 'info', 'warning'], ['etsi-en-304-223:5.2.4-1.1', 'ncsc-cisa-2023:ncsc-2.3.2']),
  access: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexIV.2.d']),
  integrity: asked(['hint', 'hint', 'warning'], ['etsi-en-304-223:5.2.4-1.2', 'ncsc-cisa-2023:ncsc-2.3.4'], isReleased),
  retention: asked(['hint', 'hint', 'warning'], ['etsi-en-304-223:5.2.4-1.1', 'ncsc-cisa-2023:ncsc-2.3.5']),
  maintenance: asked(['off', 'off', 'info'], ['etsi-en-304-223:5.2.4-1']),
  review: asked(['hint', 'hint', 'warning'], ['ncsc-cisa-2023:ncsc-2.3.6', 'etsi-en-304-223:5.2.4-1.1']),
  contact: asked(['hint', 'hint', 'warning'], ['etsi-en-304-223:5.2.4-1']),
  citation: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexIV.2.d']),
};
