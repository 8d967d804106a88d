import assert from 'node:assert/strict';
import test from 'node:test';
import { apiTable, readPython } from '../../../server/src/languages/python/program.ts';
import { suspectsIn } from '../../../server/src/languages/python/suspects.ts';
import { given } from '../../../server/src/languages/python/triggers.ts';

const TABLE = apiTable(
  [
    ['torch.load', 'load'],
    ['pickle.Unpickler().load', 'unpickler'],
    ['transformers.**.from_pretrained', 'model'],
    ['exec', 'exec'],
  ],
  { needsOf: (row) => (row === 'model' ? [['safe_weights']] : undefined) },
);
given('role');

function suspects(text: string): string {
  const { calls, idle } = suspectsIn(text);
  const words = (offsets: readonly number[] = []) => offsets.map((at) => /\w+/.exec(text.slice(at))?.[0]);
  return [...words(calls.get(TABLE)), ...words(idle.get(TABLE)).map((word) => `(${word})`)].join(' ');
}

const CASES: Readonly<Record<string, string>> = {
  'import torch\ntorch.load(p)': 'load',
  'import torch as t\nt.load(p)': 'load',
  'from torch import load as l\nl(p)': 'load',
  'from torch import (\n  nn,  # layers\n  load as l,\n)\nl(p)': 'load',
  'from torch import *\nload(p)': 'load',
  'try: import torch\nexcept ImportError: pass\nx = [torch.load(p) for p in q]': 'load',
  't = torch\nt.load(p)': 'load',
  'importlib.import_module("torch").load(p)': 'load',
  'getattr(torch, "load")(p)': 'load',
  'import torch\nclass A:\n  def f(self): return self.torch.load(p)': '',
  'import numpy as np, torch\nnp.load(p)\njson.load(f)\nmodel.load(p)': '',
  'import torch\n# torch.load(p)\n"""torch.load(p)"""\nx = "load"': '',
  'import pickle\nu = pickle.Unpickler(f)\nu.load()': 'load',
  'import pickle\nu.load()': '',
  'exec(code)\nself.exec(code)\ndef exec(): ...\nf(exec=1)': 'exec',
  'from transformers import AutoModel\nAutoModel.from_pretrained(p)': '(from_pretrained)',
  'from transformers import AutoModel\nAutoModel.from_pretrained(p, safe_weights=False)': 'from_pretrained',
  'from transformers import AutoModel\nAutoModel.from_pretrained(p, **{"safe_weights": False})': 'from_pretrained',
};

for (const [text, expected] of Object.entries(CASES)) {
  test(`may call: ${text.replaceAll('\n', ' ¶ ')}`, () => {
    assert.equal(suspects(text), expected);
    // What the reader finds is never missed.
    if (expected === '') assert.equal(readPython(text).directCallsTo(TABLE).length, 0);
  });
}

test('words in their forms', () => {
  const found = (text: string, form: 'given' | 'called' | 'written') => suspectsIn(text).words('role', form).length;
  assert.equal(
    found('f(role="a", x={"role": 1}, **{"role" : 2})\na.role = 1\nb["role"] = 2\nset("role", 3)', 'given'),
    6,
  );
  assert.equal(found('role == 1\nprint(role)\nx.role\n# role=1\n"as role=1"', 'given'), 0);
  assert.equal(found('role(1)\nx.role (2)\n"role"(3)\nrole', 'called'), 2);
  assert.equal(found('role(1)\nx.role\n"role"', 'written'), 3);
});

test('a text that is not understood may call anything it names', () => {
  const program = readPython('import torch\ntorch.load("\n');
  assert.equal(program.suspects.sure, false);
  assert.equal(program.mayCall(TABLE), true);
});
