import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { URI } from 'vscode-uri';
import { type DraftType, freeName, makeDraft } from '../../server/src/drafts/draft.ts';
import { nodeFiles } from '../../server/src/hosts/nodeFiles.ts';
import { rules } from '../../server/src/rules/index.ts';
import { openProject } from '../../server/src/workspace/project.ts';
import { workspace } from '../cli/runCli.ts';
import { lintText, TODAY } from '../helpers/lintText.ts';

const WEIGHTS = 'weights of a toy';
const DIGEST = createHash('sha256').update(WEIGHTS).digest('hex');
const PROJECT = {
  LICENSE:
    'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated\n',
  'requirements.txt': 'torch==2.6.0\ntransformers>=4.50\n',
  'train.py':
    'from datasets import load_dataset\nfrom transformers import AutoModelForCausalLM, Trainer\nNAME = "org/base-7b"\ndata = load_dataset("org/tickets")\nown = load_dataset("csv", data_files="x.csv")\nmodel = AutoModelForCausalLM.from_pretrained(NAME)\nTrainer(model=model).train()\n',
  'tests/test_it.py': 'from datasets import load_dataset\nload_dataset("org/test-only")\nmodel.train()\n',
  'model.safetensors': WEIGHTS,
  'config.json': '{"architectures": ["LlamaForCausalLM"]}',
  'eval_results.json': '{"eval_accuracy": 0.5, "eval_runtime": 3, "epoch": 2}',
  'data/train.csv': 'text,label\n"a, b",1\n',
  'data/raw.csv': '1,2\n3,4\n',
};

async function draft(t: TestContext, type: DraftType, place = '', files: Record<string, string> = PROJECT) {
  const root = workspace(t, files);
  const folder = URI.file(root).toString();
  const signal = { aborted: false };
  const options = {
    type,
    files: nodeFiles(),
    folder,
    folderUri: place ? `${folder}/${place}` : folder,
    project: openProject(nodeFiles(), folder, rules),
    today: TODAY,
    loadBomWriter: () => import('../../server/src/hosts/bom.ts'),
    bom: { version: '1.2.3' },
    rules,
    signal,
  };
  return { options, made: await makeDraft(options) };
}

test('a model card is filled with what the workspace says, and has no finding but its blanks', async (t) => {
  const { made } = await draft(t, 'model');
  const { text = '', facts } = made ?? {};
  assert.match(
    text,
    /^---\nlicense: mit\nlibrary_name: transformers\nbase_model: org\/base-7b\ndatasets:\n {2}- org\/tickets\n---\n/,
  );
  assert.match(text, /- torch 2\.6\.0\n/);
  assert.doesNotMatch(text, /transformers >=|- transformers/, 'a version that is not fixed is no fact');
  assert.match(
    text,
    /- \*\*Architecture:\*\* `LlamaForCausalLM`\n- \*\*Base model:\*\* `org\/base-7b` \(named in `train\.py`\)/,
  );
  assert.ok(text.includes(`| \`model.safetensors\` | 16 | \`${DIGEST}\` |`));
  assert.match(text, /\| eval_accuracy \| 0\.5 \| \[TODO: dataset\] \| `eval_results\.json` \|/);
  assert.doesNotMatch(text, /runtime|test-only/);
  assert.deepEqual(facts?.data, []);
  const others = lintText('MODEL_CARD.md', text).filter(({ ruleId }) => ruleId !== 'GL803');
  assert.deepEqual(
    others.map(({ message }) => message),
    [],
  );
});

test('a data card lists files and columns of the folder it is for', async (t) => {
  const { made } = await draft(t, 'data', 'data');
  const { text = '' } = made ?? {};
  assert.match(text, /\| `train\.csv` \| `text` \| \[TODO: meaning\] \|\n\| `train\.csv` \| `label` \|/);
  assert.doesNotMatch(text, /`raw\.csv` \| `1`/, 'a line of values is no header');
  assert.match(text, /- `org\/tickets`, loaded in `train\.py`/);
  assert.match(text, /^---\nlicense: TODO/, 'the licence of the code is none of the data');
  const others = lintText('DATA_CARD.md', text).filter(({ ruleId }) => ruleId !== 'GL803');
  assert.deepEqual(
    others.map(({ message }) => message),
    [],
  );
});

test('a Croissant file lists files, digests and columns under ids without white space', async (t) => {
  const { made } = await draft(t, 'croissant', 'my data', { 'my data/a b.csv': 'the text,label\nx,1\n' });
  const croissant = JSON.parse(made?.text ?? '');
  assert.deepEqual(
    croissant.distribution.map(({ contentUrl }: { contentUrl: string }) => contentUrl),
    ['a b.csv'],
  );
  assert.match(croissant.distribution[0].sha256, /^[0-9a-f]{64}$/);
  const fields = croissant.recordSet[0].field.map((field: Record<string, unknown>) => [field['@id'], field.name]);
  assert.deepEqual(fields, [
    ['records/a_b.csv/the_text', 'the text'],
    ['records/a_b.csv/label', 'label'],
  ]);
  assert.equal(croissant.recordSet[0].field[0].source.fileObject['@id'], croissant.distribution[0]['@id']);
});

test('an AI-BOM of the folder names what an adapter was made from', async (t) => {
  const { made } = await draft(t, 'bom', '', {
    ...PROJECT,
    'adapter_config.json': '{"base_model_name_or_path": "org/other-7b"}',
  });
  const { component } = JSON.parse(made?.text ?? '').metadata;
  assert.deepEqual(
    component.pedigree.ancestors.map(({ name }: { name: string }) => name),
    ['other-7b'],
  );
});

test('drafts in JSON hold a place for every field that is asked for, and stay valid', async (t) => {
  for (const [type, path, files] of [
    ['bom', 'ai-bom.cdx.json', {}],
    ['bom', 'ai-bom.cdx.json', PROJECT],
    ['croissant', 'croissant.json', {}],
    ['croissant', 'croissant.json', PROJECT],
  ] as const) {
    const text = (await draft(t, type, '', files)).made?.text ?? '';
    const others = lintText(path, text).filter(({ ruleId }) => ruleId !== 'GL803');
    assert.deepEqual(
      others.map(({ message }) => message),
      [],
      text,
    );
    if (type === 'bom') assert.equal(await new JsonStrictValidator(Version.v1dot6).validate(text), null);
    else assert.match(JSON.parse(text)['rai:personalSensitiveInformation'], /^\[TODO: /);
  }
});

test('the training code of another model is none of this one', async (t) => {
  const { made } = await draft(t, 'model', 'here', {
    'here/model.safetensors': 'weights',
    'other/MODEL_CARD.md': '# Model Card for other\n',
    'other/train.py': PROJECT['train.py'],
  });
  assert.deepEqual(made?.facts.baseModels, []);
  const { made: beside } = await draft(t, 'model', 'here', {
    'here/model.safetensors': 'weights',
    'src/train.py': PROJECT['train.py'],
  });
  assert.deepEqual(beside?.facts.baseModels, [{ id: 'org/base-7b', path: 'src/train.py' }]);
});

test('an empty workspace gives placeholders only', async (t) => {
  const { made } = await draft(t, 'model', '', {});
  assert.match(made?.text ?? '', /^---\nlicense: TODO .*\nbase_model: TODO .*\ndatasets:\n {2}- TODO /);
});

test('what was cancelled gives nothing', async (t) => {
  const { options } = await draft(t, 'model');
  assert.equal(await makeDraft({ ...options, signal: { aborted: true } }), undefined);
});

test('a name that is taken gets a number', async (t) => {
  const { options } = await draft(t, 'data', '', { 'data_card.md': 'x' });
  assert.equal(await freeName(options.files, options.folderUri, 'data'), 'DATA_CARD_2.md');
  assert.equal(await freeName(options.files, options.folderUri, 'bom'), 'ai-bom.cdx.json');
});
