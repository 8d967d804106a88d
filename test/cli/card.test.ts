import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TEMPLATES } from '../../server/src/cli/choices.ts';
import { CARD_TEMPLATES } from '../../server/src/languages/card/templates.ts';
import { rules } from '../../server/src/rules/index.ts';
import { runCli, workspace } from './runCli.ts';

const real = { loadRules: async () => rules };
const PROJECT = {
  'm/model.safetensors': 'weights',
  'm/train.py':
    'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("org/base-7b")\nloss.backward()\n',
};

test('card init writes a draft, says what it found, and replaces nothing unless told', async (t) => {
  const folder = workspace(t, PROJECT);
  const first = await runCli(folder, ['card', 'init', 'm'], real);
  assert.equal(first.code, 0);
  assert.equal(first.stdout, '');
  assert.match(
    first.stderr,
    /^Wrote m\/MODEL_CARD\.md: 1 file, 1 base model from the workspace, \d+ places to fill in\n$/,
  );
  const path = join(folder, 'm', 'MODEL_CARD.md');
  assert.match(readFileSync(path, 'utf8'), /^---\nlicense: TODO .*\nbase_model: org\/base-7b\n/);
  writeFileSync(path, 'mine\n');
  const again = await runCli(folder, ['card', 'init', 'm'], real);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /^guidelint: m\/MODEL_CARD\.md is there already; --force replaces it/);
  assert.equal(readFileSync(path, 'utf8'), 'mine\n');
  assert.equal((await runCli(folder, ['card', 'init', 'm', '--force', '-q'], real)).stderr, '');
  assert.match(readFileSync(path, 'utf8'), /^---\n/);
});

test('card init takes a type and a file', async (t) => {
  const folder = workspace(t, { 'd/a.csv': 'x,y\n1,2\n' });
  await runCli(folder, ['card', 'init', 'd', '-t', 'data', '-q'], real);
  await runCli(folder, ['card', 'init', 'd', '-t', 'croissant', '-o', 'c.json', '-q'], real);
  assert.match(readFileSync(join(folder, 'd/DATA_CARD.md'), 'utf8'), /\| `a\.csv` \| `x` \|/);
  assert.equal(JSON.parse(readFileSync(join(folder, 'c.json'), 'utf8')).distribution[0].contentUrl, 'a.csv');
});

test('card init takes the headings of a template, and with them its type and file', async (t) => {
  assert.deepEqual([...TEMPLATES].sort(), CARD_TEMPLATES.map(({ id }) => id).sort());
  const folder = workspace(t, { ...PROJECT, 'd/a.csv': 'x,y\n1,2\n' });
  await runCli(folder, ['card', 'init', 'm', '--template', 'hub-model-card', '-q'], real);
  const model = readFileSync(join(folder, 'm/README.md'), 'utf8');
  assert.match(model, /\nbase_model: org\/base-7b\n[\s\S]*\n### Out-of-Scope Use\n\n\[TODO: /);
  assert.match(
    model,
    /\n## Integrity\n\n\| File \|.*\n\|---.*\n\| `model\.safetensors` \| 7 \| `[0-9a-f]{64}` \|\n\n## Retention/,
  );
  await runCli(folder, ['card', 'init', 'd', '--template', 'datasheet', '-q'], real);
  assert.match(readFileSync(join(folder, 'd/DATASHEET.md'), 'utf8'), /\n### Data fields\n\n\| File \| Field[\s\S]*`x`/);
  const wrong = await runCli(folder, ['card', 'init', '--template', 'nothing'], real);
  assert.equal(wrong.code, 2);
});

test('card bom prints the AI-BOM, the same each time, and holds a time only where one is given', async (t) => {
  const folder = workspace(t, PROJECT);
  const { code, stdout, stderr } = await runCli(folder, ['card', 'bom', 'm'], real);
  assert.deepEqual([code, stderr], [0, '']);
  assert.equal((await runCli(folder, ['card', 'bom', 'm'], real)).stdout, stdout);
  const bom = JSON.parse(stdout);
  assert.deepEqual([bom.specVersion, bom.metadata.timestamp, bom.serialNumber], ['1.6', undefined, undefined]);
  const given = [
    '--timestamp',
    '2027-01-31T12:00:00Z',
    '--serial-number',
    'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  ];
  await runCli(folder, ['card', 'bom', 'm', '-o', 'bom.json', ...given], real);
  const written = JSON.parse(readFileSync(join(folder, 'bom.json'), 'utf8'));
  assert.deepEqual([written.metadata.timestamp.slice(0, 10), written.serialNumber], ['2027-01-31', given[3]]);
  assert.equal((await runCli(folder, ['card', 'bom', 'm', '-o', 'bom.json'], real)).code, 2);
});

test('card check reports cards only, and counts the fields by publication', async (t) => {
  const folder = workspace(t, {
    'MODEL_CARD.md': '# Model Card for toy\n\n## Limitations\n\nIt was never tested on long texts.\n',
    'load.py': 'import pickle\npickle.load(f)\n',
  });
  const { code, stdout } = await runCli(folder, ['card', 'check', '--no-cache'], real);
  assert.equal(code, 1);
  assert.match(stdout, /GL102 missing-intended-use/);
  assert.doesNotMatch(stdout, /load\.py/);
  assert.match(
    stdout,
    /\nMODEL_CARD\.md: 1 of \d+ asked fields filled\n(?: {2}\d+ of \d+ +\S.*\n)+ {2}to fill: .*the intended use.*\n$/,
  );
  assert.equal((await runCli(folder, ['card', 'check', '--no-cache', '--fail-on', 'never'], real)).code, 0);
  const { cards, findings } = JSON.parse(
    (await runCli(folder, ['card', 'check', '--no-cache', '-f', 'json'], real)).stdout,
  );
  assert.deepEqual(Object.keys(cards[0]), ['path', 'kind', 'filled', 'asked', 'open', 'frameworks']);
  assert.ok(findings.every(({ path }: { path: string }) => path === 'MODEL_CARD.md'));
});

test('a folder without cards is no failure', async (t) => {
  const { code, stdout } = await runCli(workspace(t, { 'a.py': '' }), ['card', 'check', '--no-cache'], real);
  assert.deepEqual([code, stdout], [0, 'No model card or data card found.\n']);
});

for (const [title, argv, message] of [
  ['no command', ['card'], /Usage: guidelint card/],
  ['a file instead of a folder', ['card', 'init', 'a.py'], /a\.py is no folder/],
  ['a folder that is not there', ['card', 'bom', 'nowhere'], /there is no file or folder nowhere/],
  ['a type that is none', ['card', 'init', '-t', 'bom'], /Allowed choices are model, data, croissant/],
  ['a time that is none', ['card', 'bom', '--timestamp', 'now'], /--timestamp wants a time in UTC/],
  ['a serial number that is none', ['card', 'bom', '--serial-number', '1'], /--serial-number wants urn:uuid:/],
] as const) {
  test(`exit code 2: ${title}`, async (t) => {
    const { code, stderr } = await runCli(workspace(t, { 'a.py': '' }), argv, real);
    assert.equal(code, 2);
    assert.match(stderr, message);
  });
}

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
test('the bundle writes a BOM with the library in its own file', {
  skip: existsSync(CLI) ? false : 'the bundle is not built',
  timeout: 60_000,
}, (t) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'card', 'bom', 'm'], {
    cwd: workspace(t, PROJECT),
    encoding: 'utf8',
  });
  assert.deepEqual([status, stderr], [0, '']);
  assert.equal(JSON.parse(stdout).metadata.component.pedigree.ancestors[0].purl, 'pkg:huggingface/org/base-7b');
});
