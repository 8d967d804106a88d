import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { URI } from 'vscode-uri';
import { SourceFile } from '../../server/src/engine/sourceFile.ts';
import { nodeFiles } from '../../server/src/hosts/nodeFiles.ts';
import { hubLoadsOf } from '../../server/src/inventory/hubLoads.ts';
import { documentType, statementsOf } from '../../server/src/inventory/statements.ts';
import { comparableLicense, licenseOfText } from '../../server/src/languages/card/licenseText.ts';
import { bareName, hubIdIn, isHubId } from '../../server/src/languages/hubId.ts';
import { rules } from '../../server/src/rules/index.ts';
import { scan } from '../../server/src/workspace/scan.ts';
import { workspace } from '../cli/runCli.ts';
import { fileOf, TODAY } from '../helpers/lintText.ts';

const DIGEST = '4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a';
const other = (path: string, text: string) => new SourceFile({ uri: `file:///w/${path}`, path, text, kind: 'other' });
const said = (file: SourceFile) =>
  statementsOf(file).map(({ topic, value, subject }) => [topic, value, ...(subject ? [subject] : [])].join(' '));

test('licences are known by their text', () => {
  const own = readFileSync(fileURLToPath(new URL('../../LICENSE', import.meta.url)), 'utf8');
  assert.equal(licenseOfText(own), 'mit');
  for (const [text, id] of [
    [
      '                                 Apache License\n                           Version 2.0, January 2004\n',
      'apache-2.0',
    ],
    ['                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007\n', 'gpl-3.0'],
    [
      'GNU LESSER GENERAL PUBLIC LICENSE\n Version 3\n incorporates the terms of version 3 of the GNU General Public License\n',
      'lgpl-3.0',
    ],
    [
      'Redistribution and use in source and binary forms, with or without\nmodification, are permitted\n',
      'bsd-2-clause',
    ],
    ['Creative Commons Attribution-NonCommercial 4.0 International\n', 'cc-by-nc-4.0'],
    ['LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\n', 'llama3.1'],
    ['The code:\n\nApache License\nVersion 2.0\n\nThe data: Attribution 4.0 International\n', undefined],
    ['All rights reserved.\n', undefined],
  ] as const) {
    assert.equal(licenseOfText(text), id, text);
  }
});

test('licences are compared as ids', () => {
  for (const [written, id] of [
    ['Apache-2.0', 'apache-2.0'],
    ['GPL-3.0-or-later', 'gpl-3.0'],
    ['https://creativecommons.org/licenses/by-nc/4.0/', 'cc-by-nc-4.0'],
    ['https://spdx.org/licenses/MIT.html', 'mit'],
    ['other', undefined],
    ['MIT OR Apache-2.0', undefined],
    ['https://example.com/licence', undefined],
  ] as const) {
    assert.equal(comparableLicense(written), id, written);
  }
});

test('names of a hub are told from paths and words', () => {
  for (const id of ['org/name', 'bert-base-uncased', 'meta-llama/Llama-3.1-8B']) assert.ok(isHubId(id), id);
  for (const path of ['./model', '/data/model', 'models/x', 'outputs', 'word', 'a/b/c', 'model.pt', '', 'my-model']) {
    assert.ok(!isHubId(path), path);
  }
  assert.equal(hubIdIn('https://huggingface.co/datasets/org/name/tree/main'), 'org/name');
  assert.equal(hubIdIn('pkg:huggingface/org/name@abc'), 'org/name');
  assert.equal(bareName('Org/Name'), 'name');
});

test('an AI-BOM states digests, licence and base model; libraries in it do not', () => {
  const bom = {
    bomFormat: 'CycloneDX',
    metadata: {
      component: {
        type: 'machine-learning-model',
        name: 'toy',
        licenses: [{ license: { id: 'MIT' } }],
        pedigree: {
          ancestors: [
            { group: 'org', name: 'base' },
            { name: 'x', purl: 'pkg:huggingface/a/b@1' },
          ],
        },
        components: [{ type: 'file', name: 'in/m.gguf', hashes: [{ alg: 'SHA-256', content: DIGEST.toUpperCase() }] }],
      },
    },
    components: [
      {
        type: 'library',
        name: 'torch',
        licenses: [{ license: { id: 'BSD-3-Clause' } }],
        hashes: [{ alg: 'SHA-256', content: DIGEST }],
      },
      { type: 'file', name: 'x.bin', hashes: [{ alg: 'MD5', content: 'd'.repeat(32) }] },
    ],
  };
  assert.deepEqual(said(other('m/bom.json', JSON.stringify(bom))), [
    'license mit',
    'base-model org/base',
    'base-model a/b',
    `digest ${DIGEST} m/in/m.gguf`,
  ]);
});

test('a BOM states the datasets of its one model, in place or by reference', () => {
  const model = (datasets: unknown) => ({
    type: 'machine-learning-model',
    name: 'toy',
    modelCard: { modelParameters: { datasets } },
  });
  const data = {
    type: 'data',
    'bom-ref': 'd',
    name: 'Tickets',
    externalReferences: [{ type: 'distribution', url: 'https://huggingface.co/datasets/org/tickets' }],
  };
  const main = model([{ ref: 'd' }, { ref: 'nowhere' }, { type: 'dataset', name: 'org/letters' }]);
  const bom = { bomFormat: 'CycloneDX', metadata: { component: main }, components: [data] };
  const expected = ['dataset org/tickets', 'dataset nowhere', 'dataset org/letters'];
  assert.deepEqual(said(other('bom.json', JSON.stringify(bom))), expected);
  const two = { ...bom, components: [data, model([])] };
  assert.deepEqual(said(other('bom.json', JSON.stringify(two))), []);
  const spdx = {
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      { type: 'ai_AIPackage', spdxId: 'm' },
      { type: 'dataset_DatasetPackage', spdxId: 'd', name: 'org/tickets' },
      { type: 'Relationship', relationshipType: 'trainedOn', from: 'm', to: ['d'] },
      { type: 'Relationship', relationshipType: 'testedOn', from: 'other', to: ['d'] },
    ],
  };
  assert.deepEqual(said(other('x.spdx.json', JSON.stringify(spdx))), ['dataset org/tickets']);
});

test('a Croissant file states licence and digests of files beside it', () => {
  const croissant = {
    '@context': { cr: 'http://mlcommons.org/croissant/' },
    license: 'https://creativecommons.org/licenses/by/4.0/',
    distribution: [
      { contentUrl: 'data/a.csv', sha256: DIGEST },
      { contentUrl: 'https://example.com/b.csv', sha256: DIGEST },
      { contentUrl: 'c.csv', sha256: DIGEST, containedIn: { '@id': 'z' } },
      { contentUrl: 'd.csv', sha256: 'foo' },
    ],
  };
  assert.deepEqual(said(other('croissant.json', JSON.stringify(croissant))), [
    'license cc-by-4.0',
    `digest ${DIGEST} data/a.csv`,
  ]);
});

test('broken, deep and long texts are read without an error, in no time', () => {
  const deep = `{"bomFormat": "CycloneDX", "components": ${'[{"components": '.repeat(400)}`;
  const started = performance.now();
  for (const [path, text] of [
    ['bom.json', '{"bomFormat": "CycloneDX", "components": [{"hashes": [{}'],
    ['bom.json', '{"bomFormat": "CycloneDX", "metadata": 3, "components": {"a": null}}'],
    ['bom.json', deep],
    ['adapter_config.json', '[]'],
    ['croissant.json', '{"x": "mlcommons.org/croissant", "distribution": 3}'],
    ...['\n', ' ', '\t', 'a', '#', '# ', '"', 'Apache License '].flatMap((run) =>
      ['LICENSE', 'README.md', 'bom.json'].map((path) => [path, run.repeat(200_000 / run.length)]),
    ),
  ] as const) {
    const file = other(path as string, text as string);
    assert.ok(Array.isArray(statementsOf(file)));
    documentType(file);
    licenseOfText((text as string).slice(0, 60_000));
  }
  assert.ok(performance.now() - started < 3000, `${performance.now() - started} ms`);
});

test('code names what it loads; other names are unknown', () => {
  const loads = hubLoadsOf(
    fileOf(
      'train.py',
      'from datasets import load_dataset as ld\nimport transformers\nBASE = "org/base-7b"\nd = ld("imdb")\nt = transformers.AutoTokenizer.from_pretrained("org/tok-1")\nm = transformers.AutoModel.from_pretrained(BASE)\nloss.backward()\n',
    ),
  );
  assert.deepEqual(
    [loads.models.map(({ id }) => id), loads.datasets.map(({ id }) => id), loads.complete, loads.trains],
    [['org/base-7b'], ['imdb'], true, true],
  );
  const unknown = hubLoadsOf(
    fileOf('x.py', 'from transformers import AutoModel\nAutoModel.from_pretrained(args.m)\nloss.backward()\n'),
  );
  const idle = hubLoadsOf(fileOf('x.py', 'from datasets import load_dataset\nload_dataset("org/x-1")\n'));
  assert.deepEqual([idle.datasets, idle.trains], [[], false], 'only what a model is trained on matters');
  assert.deepEqual([unknown.models, unknown.complete, unknown.trains], [[], false, true]);
});

const card = (digest: string) =>
  `# Model Card for toy\n\n| File | sha256 |\n|---|---|\n| m.safetensors | ${digest} |\n`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function found(root: string, only?: readonly string[]) {
  const folder = URI.file(root).toString();
  const uris = only?.map((path) => URI.file(`${root}/${path}`).toString());
  const result = await scan({
    files: nodeFiles(),
    folder,
    rules: rules.filter(({ meta }) => /^GL7/.test(meta.id)),
    today: TODAY,
    ...(uris && { only: uris }),
  });
  return result.files.flatMap(({ path, findings }) => findings.map(({ ruleId }) => `${ruleId} ${path}`));
}

test('a pointer of Git LFS stands for the file it names', async (t) => {
  const pointer = (oid: string) => `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 5000000\n`;
  assert.deepEqual(await found(workspace(t, { 'MODEL_CARD.md': card(DIGEST), 'm.safetensors': pointer(DIGEST) })), []);
  assert.deepEqual(
    await found(workspace(t, { 'MODEL_CARD.md': card(DIGEST), 'm.safetensors': pointer(sha256('x')) })),
    ['GL701 MODEL_CARD.md'],
  );
  assert.deepEqual(await found(workspace(t, { 'm.safetensors': pointer(DIGEST) })), ['GL708 m.safetensors']);
});

test('a file that git ignores is compared where a card names it', async (t) => {
  const files = { '.gitignore': '*.safetensors\n', 'MODEL_CARD.md': card(DIGEST), 'm.safetensors': 'weights' };
  assert.deepEqual(await found(workspace(t, files)), ['GL701 MODEL_CARD.md']);
});

test('findings in files without a kind are kept: an AI-BOM, a model file', async (t) => {
  const hashes = [{ alg: 'SHA-256', content: DIGEST }];
  const bom = { bomFormat: 'CycloneDX', components: [{ type: 'file', name: 'm.safetensors', hashes }] };
  const folder = workspace(t, { 'x.cdx.json': JSON.stringify(bom), 'm.safetensors': 'weights' });
  assert.deepEqual(await found(folder), ['GL701 x.cdx.json']);
});

test('of a part of the workspace nothing is said to be missing', async (t) => {
  const folder = workspace(t, {
    'a/m.safetensors': '\0'.repeat(1_000_000),
    'a/train.py': 'from datasets import load_dataset\nload_dataset("org/x-1")\nloss.backward()\n',
    'README.md': '# x\n',
  });
  assert.deepEqual(await found(folder), ['GL708 a/m.safetensors', 'GL707 a/train.py']);
  assert.deepEqual(await found(folder, ['a']), []);
  assert.deepEqual(await found(folder, ['a/train.py']), []);
});

test('a README that describes the model is enough, one that does not is not', async (t) => {
  const weights = { 'm/model.safetensors': '\0'.repeat(1_000_000) };
  const page = '# Toy\n\n## Training data\n\nx\n\n## Limitations\n\ny\n';
  assert.deepEqual(await found(workspace(t, { ...weights, 'm/README.md': page })), []);
  assert.deepEqual(await found(workspace(t, { ...weights, 'README.md': page })), []);
  assert.deepEqual(await found(workspace(t, { ...weights, 'README.md': '# Toy\n\n## Install\n' })), [
    'GL708 m/model.safetensors',
  ]);
});
