// The JSON Schemas that the manifest hands to VS Code's JSON and YAML support.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import picomatch from 'picomatch';
import { parse } from 'yaml';
import { PROMPT_SKELETONS } from '../../server/src/languages/prompts/skeletons/index.ts';
import { isExplainedBySchema } from '../../server/src/lsp/schemaFiles.ts';

const root = new URL('../../', import.meta.url);
const json = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const { contributes } = json('package.json');
const contributions: { fileMatch: string | string[]; url: string }[] = [
  ...contributes.jsonValidation,
  ...contributes.yamlValidation,
];
const patternsOf = ({ fileMatch }: { fileMatch: string | string[] }) => [fileMatch].flat();
const validator = (name: string) => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(json(`schemas/${name}.schema.json`));
};

test('every schema compiles, and no file but its own is matched', () => {
  for (const file of readdirSync(new URL('schemas', root))) validator(file.replace('.schema.json', ''));
  for (const contribution of contributions) {
    for (const pattern of patternsOf(contribution)) {
      for (const other of [
        'package.json',
        'config.json',
        'data.yaml',
        'README.yml',
        'metadata.json',
        'docker-compose.yml',
      ]) {
        assert.equal(picomatch(pattern, { basename: !pattern.includes('/') })(other), false, `${pattern} ${other}`);
      }
    }
  }
});

test('what a schema explains, the server leaves to it where the editor applies it', () => {
  for (const contribution of contributions.filter(({ url }) => !/evidence|eval-results/.test(url))) {
    for (const pattern of patternsOf(contribution)) {
      const path = `a/${pattern.replace('**/', '').replace('*', 'x')}`;
      assert.ok(isExplainedBySchema(path, 'yaml', ['yaml']), path);
      assert.ok(!isExplainedBySchema(path, 'yaml', []), path);
    }
  }
  assert.ok(!isExplainedBySchema('a/MODEL_CARD.md', 'markdown', ['json', 'yaml']));
});

test('prompts of GitHub Models', () => {
  const validate = validator('prompt-yml');
  const skeleton = PROMPT_SKELETONS.find(({ id }) => id === 'github-models');
  assert.ok(validate(parse(skeleton?.text('x') ?? '')), JSON.stringify(validate.errors));
  assert.ok(validate({ messages: [{ role: 'user', content: 'x' }], somethingNew: 1 }));
  assert.ok(!validate({ messages: [{ role: 'sytsem', content: 'x' }] }));
  assert.ok(!validate({ name: 'x' }));
});

test('evaluation results', () => {
  const validate = validator('eval-results');
  const entry = { dataset: { id: 'a/b', task_id: 'default' }, value: 0.5, date: '2026-01-31' };
  assert.ok(validate([entry]), JSON.stringify(validate.errors));
  assert.ok(!validate([{ ...entry, dataset: { id: 'a/b' } }]));
  assert.ok(!validate([{ dataset: entry.dataset }]));
});

test('heads of cards', () => {
  const validate = validator('model-card-head');
  assert.ok(
    validate({ license: 'apache-2.0', language: ['en'], datasets: 'a/b', own_key: true }),
    JSON.stringify(validate.errors),
  );
  assert.ok(!validate({ 'model-index': [{ results: [] }] }));
  assert.ok(
    validator('data-card-head')({
      size_categories: ['1K<n<10K'],
      configs: [{ config_name: 'default', data_files: 'x.csv' }],
    }),
  );
});

test('structured cards are explained, and left to their own schemas', () => {
  const validate = validator('model-card-toolkit');
  assert.ok(validate({ model_details: { licenses: [{ identifier: 'Apache-2.0' }] } }), JSON.stringify(validate.errors));
  assert.ok(
    validator('datapackage')({ name: 'x', resources: [], licenses: [{ name: 'MIT' }], sources: [{ title: 'x' }] }),
  );
});
