import type { Fix } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';
import type { FieldId } from '../../languages/card/fields.ts';
import { placesAt } from '../../languages/card/formats/format.ts';
import { insertValues } from '../../languages/card/insertValue.ts';

/**
 * What a format makes mandatory and no field of a card stands for, by format and kind: specifications of Croissant 1.0,
 * SPDX 3.0 (AI and Dataset profiles) and CycloneDX (where only a `modelCard` describes a model).
 */
const REQUIRED: Readonly<Record<string, Readonly<Partial<Record<'model' | 'data', readonly string[]>>>>> = {
  cyclonedx: { model: ['modelCard'] },
  croissant: { data: ['conformsTo'] },
  spdx: {
    model: ['software_downloadLocation', 'software_primaryPurpose'],
    data: ['software_primaryPurpose'],
  },
};

/** What a new `modelCard` asks its author first. */
const FIRST = [
  'intended-use',
  'limitations',
  'failure-modes',
  'guardrails',
  'training-data',
  'evaluation',
] as const satisfies readonly FieldId[];

export const incompleteCardFormat = defineRule({
  meta: {
    id: 'GL811',
    name: 'incomplete-card-format',
    title: 'Card that lacks what its format demands',
    kinds: ['model-card', 'data-card'],
    severity: 'info',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: ['etsi-en-304-223:5.2.4-1', 'ncsc-cisa-2023:ncsc-2.3', 'eu-ai-act:AnnexIV.2.d'],
    why: 'Programs that read the format look for these parts. Without them the document is refused, or taken for something else, and what it documents reaches nobody.',
    how: 'Add the part; the specification of the format says what belongs into it.',
    messages: {
      missing: '{format} needs {keys} here',
      whole: 'This model has no {keys}, the place of {format} for its documentation',
    },
    examples: [
      {
        path: 'croissant.json',
        bad: '{"@context": {"cr": "http://mlcommons.org/croissant/"}, "@type": "sc:Dataset", "name": "forum", "distribution": [], "recordSet": []}\n',
        good: '{"@context": {"cr": "http://mlcommons.org/croissant/"}, "@type": "sc:Dataset", "dct:conformsTo": "http://mlcommons.org/croissant/1.0", "name": "forum", "distribution": [], "recordSet": []}\n',
      },
      {
        title: 'a BOM that only names its model',
        path: 'model.cdx.json',
        bad: '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "machine-learning-model", "name": "toxi"}]}\n',
        good: '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library", "name": "toxi"}]}\n',
      },
    ],
  },
  *check({ card }) {
    const { format, subject, broken } = card.places?.structure ?? {};
    if (!format || !subject || broken || subject.type !== card.type) return;
    const missing = (REQUIRED[format.id]?.[card.type] ?? []).filter(
      (key) => placesAt(subject.node, key, format.prefix).length === 0,
    );
    if (missing.length === 0) return;
    const keys = missing.map((key) => `\`${key}\``).join(' and ');
    const whole = missing.includes(format.whole ?? '');
    const edits = whole
      ? insertValues(
          card,
          FIRST.map((id) => card.field(id).spec),
        )
      : [];
    const fixes: Fix[] = edits.length > 0 ? [{ title: `Add ${keys} to fill in`, kind: 'suggestion', edits }] : [];
    yield { span: card.anchor, message: whole ? 'whole' : 'missing', data: { format: format.title, keys }, fixes };
  },
});
