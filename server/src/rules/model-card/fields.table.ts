import { asked, type FieldAsks } from '../../engine/fieldRule.ts';
import { isReleased, isTuned, needsTuningData } from '../../languages/card/circumstances.ts';
import type { ModelFieldId } from '../../languages/card/fields.ts';

/**
 * How a model card is asked for each field: severity in files named as cards, in READMEs of the Hub, and in the strict
 * profile; then the guideline items. Fill rates decide the first two (1,193 public cards, 19 of them hand-written files named
 * as cards): a warning for what nearly every named card says, info for what half of them say or what the guidelines make
 * most of, a hint for what a third says; below that, the strict profile alone asks, but for the one hint about digests,
 * retention, review and contact.
 */
export const MODEL_ASKS: FieldAsks<ModelFieldId> = {
  name: asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.1']),
  version: asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.1']),
  'release-date': asked(['off', 'off', 'info'], ['eu-ai-act:AnnexXI.S1.1']),
  owner: asked(['hint', 'off', 'warning'], ['eu-ai-act:13.3.a', 'eu-ai-act:AnnexIV.1']),
  license: asked(
    ['info', 'info', 'warning'],
    ['eu-ai-act:AnnexXI.S1.1', 'ncsc-cisa-2023:ncsc-2.1', 'ncsc-cisa-2023:ncsc-2.3'],
  ),
  'base-model': asked(['hint', 'off', 'warning'], ['ncsc-cisa-2023:ncsc-2.3', 'eu-ai-act:AnnexIV.2.a'], isTuned),
  language: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexXI.S1.1']),
  architecture: asked(['hint', 'off', 'info'], ['eu-ai-act:AnnexXI.S1.1']),
  io: asked(['hint', 'off', 'info'], ['eu-ai-act:AnnexXI.S1.1', 'eu-ai-act:AnnexXII.2', 'eu-ai-act:13.3.b.vi']),

  'intended-use': asked(
    ['warning', 'info', 'warning'],
    [
      'etsi-en-304-223:5.2.4-1.1',
      'ncsc-cisa-2023:ncsc-2.3.2',
      'eu-ai-act:AnnexIV.1',
      'eu-ai-act:13.3.b.i',
      'eu-ai-act:AnnexXI.S1.1',
    ],
  ),
  'out-of-scope': asked(
    ['info', 'off', 'warning'],
    ['ncsc-cisa-2023:ncsc-2.3.2', 'etsi-en-304-223:5.2.4-1.1', 'eu-ai-act:13.3.b.iii', 'eu-ai-act:AnnexXI.S1.1'],
  ),
  limitations: asked(
    ['warning', 'info', 'warning'],
    ['etsi-en-304-223:5.2.4-1.1', 'ncsc-cisa-2023:ncsc-2.3.2', 'jrc:gp4', 'eu-ai-act:AnnexIV.3', 'eu-ai-act:13.3.b.ii'],
  ),
  bias: asked(['hint', 'off', 'info'], ['eu-ai-act:13.3.b.v', 'eu-ai-act:AnnexXI.S1.2']),
  'failure-modes': asked(
    ['info', 'info', 'warning'],
    [
      'ncsc-cisa-2023:ncsc-2.3.7',
      'etsi-en-304-223:5.2.4-1.1',
      'jrc:gp4',
      'eu-ai-act:AnnexIV.3',
      'eu-ai-act:13.3.b.iii',
    ],
  ),
  guardrails: asked(
    ['info', 'info', 'warning'],
    ['ncsc-cisa-2023:ncsc-2.3.3', 'etsi-en-304-223:5.2.4-1.1', 'eu-ai-act:13.3.d'],
  ),
  oversight: asked(['off', 'off', 'info'], ['eu-ai-act:13.3.d', 'eu-ai-act:AnnexIV.2.e']),

  'training-data': asked(
    ['info', 'info', 'warning'],
    [
      'ncsc-cisa-2023:ncsc-2.3.1',
      'etsi-en-304-223:5.2.4-1.1',
      'etsi-en-304-223:5.2.4-2',
      'eu-ai-act:AnnexIV.2.d',
      'eu-ai-act:AnnexXI.S1.2',
      'eu-ai-act:53.1.d',
    ],
  ),
  'data-dates': asked(['off', 'off', 'info'], ['etsi-en-304-223:5.2.4-2.1']),
  'tuning-data': asked(
    ['hint', 'off', 'warning'],
    ['ncsc-cisa-2023:ncsc-2.3.1', 'etsi-en-304-223:5.2.4-1.1'],
    needsTuningData,
  ),
  preprocessing: asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d', 'eu-ai-act:AnnexXI.S1.2']),
  privacy: asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.2.d']),
  'training-procedure': asked(['hint', 'off', 'hint'], ['eu-ai-act:AnnexIV.2.b', 'eu-ai-act:AnnexXI.S1.2']),
  compute: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexXI.S1.2', 'eu-ai-act:AnnexIV.2.c', 'eu-ai-act:13.3.e']),
  software: asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.1']),
  evaluation: asked(
    ['info', 'info', 'warning'],
    ['eu-ai-act:AnnexIV.2.g', 'eu-ai-act:AnnexIV.4', 'eu-ai-act:13.3.b.ii'],
  ),
  'evaluation-data': asked(['off', 'off', 'info'], ['eu-ai-act:AnnexIV.2.g', 'eu-ai-act:53.1.a']),
  'security-evaluation': asked(
    ['off', 'off', 'info'],
    ['eu-ai-act:AnnexIV.2.h', 'eu-ai-act:AnnexXI.S2', 'ncsc-cisa-2023:ncsc-2.3'],
  ),

  files: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexIV.1']),
  integrity: asked(['hint', 'hint', 'warning'], ['etsi-en-304-223:5.2.4-1.2', 'ncsc-cisa-2023:ncsc-2.3.4'], isReleased),
  retention: asked(['hint', 'hint', 'warning'], ['etsi-en-304-223:5.2.4-1.1', 'ncsc-cisa-2023:ncsc-2.3.5']),
  review: asked(
    ['hint', 'hint', 'warning'],
    ['ncsc-cisa-2023:ncsc-2.3.6', 'etsi-en-304-223:5.2.4-1.1', 'eu-ai-act:13.3.e'],
  ),
  lifecycle: asked(
    ['off', 'off', 'info'],
    ['etsi-en-304-223:5.2.4-1', 'eu-ai-act:AnnexIV.6', 'eu-ai-act:AnnexIV.9', 'eu-ai-act:13.3.c'],
  ),
  contact: asked(['hint', 'hint', 'warning'], ['eu-ai-act:13.3.a', 'etsi-en-304-223:5.2.4-1']),
  'vulnerability-reporting': asked(['off', 'off', 'info'], ['etsi-en-304-223:5.2.4-1']),
  citation: asked(['off', 'off', 'hint'], ['eu-ai-act:AnnexXI.S1.1']),
};
