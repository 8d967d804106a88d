import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { assetsOf } from '../../server/src/engine/assets.ts';
import { DEFAULT_CONFIG } from '../../server/src/engine/config.ts';
import { lint } from '../../server/src/engine/lint.ts';
import { rules } from '../../server/src/rules/index.ts';
import { fileOf } from '../helpers/lintText.ts';

function assets(texts: Readonly<Record<string, string>>, artefacts: readonly string[] = []) {
  const files = Object.entries(texts).map(([path, text]) => fileOf(path, text));
  const checked = files.map((file) => ({
    path: file.path,
    uri: file.uri,
    findings: lint(file, { rules, config: DEFAULT_CONFIG }),
  }));
  const inventory = {
    files: new Map(files.map((file) => [file.path, file])),
    artefacts: new Map(artefacts.map((path) => [path, { path, uri: `file:///w/${path}`, size: 7 }])),
    neighbours: new Map(),
    whole: true,
  };
  return assetsOf(inventory, checked, (path) => `file:///w/${path}`);
}

test('parts come by type and path, code only with findings', () => {
  const found = assets(
    {
      'README.md': '---\nlibrary_name: transformers\nbase_model: org/base\ndatasets: [a/b, c/d]\n---\n# X\n',
      'prompts/x.prompt.md': '---\ndescription: x\n---\nDo it.\n',
      'AGENTS.md': '# Rules\n',
      '.vscode/mcp.json': '{"servers": {"files": {"command": "npx", "args": ["x@1.0.0"]}}}',
      'fine.py': 'x = 1\n',
      'load.py': 'import pickle\nx = pickle.load(f)\n',
    },
    ['model.safetensors', 'data/train.parquet'],
  );
  assert.deepEqual(
    found.map(({ type, path, links }) => [type, path, links.map(({ relation, target }) => `${relation} ${target}`)]),
    [
      ['model', 'model.safetensors', ['described by README.md']],
      ['dataset', 'data/train.parquet', []],
      ['card', 'README.md', ['describes model.safetensors', 'base model org/base', 'trained on a/b', 'trained on c/d']],
      ['prompt', 'prompts/x.prompt.md', []],
      ['agent', 'AGENTS.md', []],
      ['mcp', '.vscode/mcp.json', ['server files']],
      ['code', 'load.py', []],
    ],
  );
  const code = found.at(-1);
  assert.deepEqual([code?.open, code?.severity], [1, 'warning']);
  assert.equal(found[0]?.links[0]?.uri, 'file:///w/README.md');
  assert.equal(found[2]?.links[1]?.uri, undefined, 'a name on a hub is no file');
});

test('a card also describes what it gives a digest of, wherever that stands', () => {
  const digest = createHash('sha256').update('weights').digest('hex');
  const card = `# Model Card for X\n\n- weights/m.bin: sha256 ${digest}\n`;
  const [model] = assets({ 'MODEL_CARD.md': card }, ['weights/m.bin']);
  assert.deepEqual(
    model?.links.map(({ target }) => target),
    ['MODEL_CARD.md'],
  );
});

test('accepted findings are not counted', () => {
  const text = 'import pickle\nx = pickle.load(f)  # guidelint-disable-line GL302: our own\n';
  assert.deepEqual(assets({ 'a.py': text }), []);
});
