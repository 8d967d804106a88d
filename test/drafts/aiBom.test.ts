import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { aiBom } from '../../server/src/drafts/aiBom.ts';
import { wordsOf } from '../../server/src/drafts/bomModelCard.ts';
import { type CardFacts, NO_FACTS } from '../../server/src/languages/card/facts.ts';
import { fileOf } from '../helpers/lintText.ts';

const DIGEST = '4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a';
const FACTS: CardFacts = {
  name: 'toy',
  license: 'apache-2.0',
  libraryName: 'peft',
  architecture: 'BertModel',
  baseModels: [
    { id: 'org/base-7b', path: 'adapter_config.json' },
    { id: 'bert-base-uncased', path: 'train.py' },
  ],
  datasets: [{ id: 'imdb', path: 'train.py' }],
  weights: [
    { path: 'b c.safetensors', size: 7, sha256: DIGEST },
    { path: 'a.gguf', size: 8 },
  ],
  data: [],
  libraries: [{ name: 'scikit-learn', version: '1.5.0' }],
  metrics: [
    { name: 'accuracy', value: 0.91, dataset: 'imdb', path: 'all_results.json' },
    { name: 'loss', value: 0, path: 'all_results.json' },
  ],
};
const OPTIONS = { version: '1.2.3' };

const validator = new JsonStrictValidator(Version.v1dot6);

for (const [title, facts, options] of [
  ['everything known', FACTS, OPTIONS],
  ['nothing known', NO_FACTS, OPTIONS],
  ['a licence that SPDX does not know', { ...FACTS, license: 'llama3.1' }, OPTIONS],
  [
    'time and serial number given',
    FACTS,
    {
      ...OPTIONS,
      timestamp: '2027-01-31T12:00:00Z',
      serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
    },
  ],
] as const) {
  test(`it is valid by the official schema: ${title}`, async () => {
    assert.equal(await validator.validate(aiBom(facts, {}, options)), null);
  });
}

test('the schema would tell if it were not valid', async () => {
  const wrong = aiBom(FACTS, {}, OPTIONS).replace('"modelParameters"', '"modelParameter"');
  assert.notEqual(await validator.validate(wrong), null);
});

test('equal facts in any order give equal text without time or serial number', () => {
  const text = aiBom(FACTS, {}, OPTIONS);
  assert.equal(aiBom({ ...FACTS, weights: [...FACTS.weights].reverse() }, {}, OPTIONS), text);
  assert.doesNotMatch(text, /timestamp|serialNumber/);
});

test('it holds files with digests, ancestors, datasets, libraries and measures', () => {
  const { metadata, components } = JSON.parse(aiBom(FACTS, {}, OPTIONS));
  const { component } = metadata;
  assert.deepEqual(component.licenses, [{ license: { id: 'Apache-2.0' } }]);
  assert.deepEqual(
    component.pedigree.ancestors.map(({ group, name, purl }: Record<string, string>) => [group, name, purl]),
    [
      ['org', 'base-7b', 'pkg:huggingface/org/base-7b'],
      [undefined, 'bert-base-uncased', 'pkg:huggingface/bert-base-uncased'],
    ],
  );
  assert.deepEqual(component.modelCard.modelParameters.datasets, [{ ref: 'data:imdb' }]);
  assert.deepEqual(component.modelCard.quantitativeAnalysis.performanceMetrics, [
    { type: 'accuracy', value: '0.91', slice: 'imdb' },
    { type: 'loss', value: '0' },
  ]);
  const file = component.components.find(({ name }: { name: string }) => name === 'b c.safetensors');
  assert.deepEqual(file.hashes, [{ alg: 'SHA-256', content: DIGEST }]);
  assert.ok(components.some(({ purl }: { purl?: string }) => purl === 'pkg:pypi/scikit-learn@1.5.0'));
});

test('words of the model card take the place of placeholders', () => {
  const card = fileOf(
    'MODEL_CARD.md',
    '---\npipeline_tag: text-classification\n---\n# Model Card for toy\n\n## Intended use\n\nSorting letters by hand.\n\n## Limitations\n\n[TODO: limits]\n',
  ).card;
  const { considerations, modelParameters } = JSON.parse(aiBom(FACTS, wordsOf(card), OPTIONS)).metadata.component
    .modelCard;
  assert.equal(modelParameters.task, 'text-classification');
  assert.deepEqual(considerations.useCases, ['Sorting letters by hand.']);
  assert.match(considerations.technicalLimitations[0], /^\[TODO: /);
});
