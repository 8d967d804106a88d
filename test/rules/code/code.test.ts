import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../server/src/engine/fixes.ts';
import { lintText } from '../../helpers/lintText.ts';

const find = (path: string, text: string, packages?: Record<string, string>) =>
  lintText(path, text, packages).filter(({ ruleId }) => /^GL3/.test(ruleId));
const severities = (path: string, text: string, packages?: Record<string, string>) =>
  find(path, text, packages).map(({ ruleId, severity }) => `${ruleId} ${severity}`);

const LOAD = 'import torch\ntorch.load(p)\n';

test('the default of torch.load depends on the version', () => {
  assert.deepEqual(severities('a.py', LOAD), ['GL301 warning']);
  assert.deepEqual(severities('a.py', LOAD, { torch: '>=2.0' }), ['GL301 warning']);
  assert.deepEqual(severities('a.py', LOAD, { torch: '==2.10.0' }), []);
  assert.deepEqual(severities('a.py', 'import torch\ntorch.load(p, weights_only=None)\n', { torch: '==2.10.0' }), []);
  assert.deepEqual(severities('a.py', 'import torch\ntorch.load(p, weights_only=None)\n'), ['GL301 warning']);
  assert.deepEqual(severities('a.py', 'import torch\ntorch.load(p, weights_only=0)\n', { torch: '==2.9.0' }), [
    'GL301 error',
  ]);
});

test('the file that decides on the version is named', () => {
  const [finding] = find('a.py', LOAD, { torch: '==2.5.1' });
  assert.deepEqual(finding?.evidence, ['requirements.txt, line 1, allows torch ==2.5.1.']);
  assert.equal(finding?.confidence, 'high');
  assert.equal(find('a.py', LOAD)[0]?.confidence, 'medium');
});

test('an old torch that does not know the argument gets no fix', () => {
  assert.deepEqual(find('a.py', LOAD, { torch: '==1.12.0' })[0]?.fixes, []);
});

test('tests count one level less', () => {
  assert.deepEqual(severities('tests/test_a.py', LOAD), ['GL301 info']);
  assert.deepEqual(severities('test_a.py', 'f(trust_remote_code=True)\n'), ['GL303 info']);
});

test('data from elsewhere counts one level more, and the way is shown', () => {
  const text = 'import sys, pickle\npath = sys.argv[1]\nwith open(path, "rb") as file:\n    data = pickle.load(file)\n';
  const [finding] = find('a.py', text);
  assert.equal(finding?.severity, 'error');
  assert.deepEqual(
    finding?.related.map(({ span }) => text.slice(span.start, span.end)),
    ['sys.argv', 'path', 'file'],
  );
  assert.deepEqual(severities('a.py', 'import numpy as np\nnp.load(input(), allow_pickle=True)\n'), ['GL301 error']);
  assert.deepEqual(severities('a.py', 'import numpy as np\nnp.load("a.npy", None, True)\n'), ['GL301 warning']);
});

test('a pinned commit lowers trust_remote_code to a warning', () => {
  const commit = 'a'.repeat(40);
  const call = (more: string) =>
    `from transformers import AutoModel\nAutoModel.from_pretrained(n, trust_remote_code=True${more})\n`;
  assert.deepEqual(severities('a.py', call('')), ['GL303 error']);
  assert.deepEqual(severities('a.py', call(', revision="main"')), ['GL303 error']);
  assert.deepEqual(severities('a.py', call(`, revision="${commit}"`)), ['GL303 error']);
  assert.deepEqual(severities('a.py', call(`, revision="${commit}", code_revision="${commit}"`)), ['GL303 warning']);
});

test('datasets 4 ignores trust_remote_code', () => {
  const text = 'from datasets import load_dataset\nload_dataset(n, trust_remote_code=True)\n';
  assert.deepEqual(severities('a.py', text), ['GL303 warning']);
  assert.deepEqual(severities('a.py', text, { datasets: '==3.6.0' }), ['GL303 error']);
  assert.deepEqual(severities('a.py', text, { datasets: '>=4.0' }), ['GL303 hint']);
});

test('the loader decides about YAML', () => {
  const load = (more: string) => `import yaml\nyaml.load(text${more})\n`;
  assert.deepEqual(severities('a.py', load(', yaml.UnsafeLoader')), ['GL305 error']);
  assert.deepEqual(severities('a.py', load(', yaml.FullLoader')), ['GL305 warning']);
  assert.deepEqual(severities('a.py', load(', yaml.FullLoader'), { pyyaml: '>=6' }), ['GL305 info']);
  assert.deepEqual(severities('a.py', load('')), ['GL305 warning']);
  assert.deepEqual(severities('a.py', load(''), { PyYAML: '==5.0' }), ['GL305 error']);
  assert.deepEqual(severities('a.py', load(''), { PyYAML: '==6.0' }), []);
  assert.deepEqual(severities('a.py', load(', Loader=mine.Loader')), []);
});

test('a list of arguments is run only where the model chooses the program', () => {
  const run = (args: string) =>
    `import subprocess, ollama\nx = ollama.generate(m, p)["response"]\nsubprocess.run(${args})\n`;
  assert.deepEqual(severities('a.py', run('x, shell=True')), ['GL304 error']);
  assert.deepEqual(severities('a.py', run('x.split()')), ['GL304 error']);
  assert.deepEqual(severities('a.py', run('[x, "-v"]')), ['GL304 error']);
  assert.deepEqual(severities('a.py', run('["python", "-c", x]')), ['GL304 error']);
  assert.deepEqual(severities('a.py', run('["echo", x]')), []);
  assert.deepEqual(severities('a.py', run('f"echo {x}", shell=True')), ['GL304 error']);
  assert.deepEqual(severities('a.py', `import shlex\n${run('f"echo {shlex.quote(x)}", shell=True')}`), []);
});

test('findings of a notebook stand in its program', () => {
  const raw = JSON.stringify({
    metadata: {},
    cells: [
      { cell_type: 'code', source: ['%matplotlib inline\n', 'import pickle as p'] },
      { cell_type: 'code', source: ['data = p.load(f)'] },
    ],
  });
  assert.deepEqual(severities('a.ipynb', raw), ['GL302 warning']);
});

test('the first fix of every place gives a text that still parses to the same calls', () => {
  const text =
    'import torch\nstate = torch.load(\n    path,  # from the trainer\n    map_location="cpu"  # no GPU here\n)\n';
  const [finding] = find('a.py', text);
  assert.equal(
    applyEdits(text, finding?.fixes[0]?.edits ?? []),
    'import torch\nstate = torch.load(\n    path,  # from the trainer\n    map_location="cpu",  # no GPU here\n    weights_only=True\n)\n',
  );
});
