import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '../../../server/src/engine/finding.ts';
import { applyEdits } from '../../../server/src/engine/fixes.ts';
import { lintText } from '../../helpers/lintText.ts';

const of = (text: string, id: string): Finding[] => lintText('load.py', text).filter(({ ruleId }) => ruleId === id);

/** The text after the first fix of a rule whose title fits. */
function fixed(text: string, id: string, title: RegExp): string {
  const fix = of(text, id)
    .flatMap(({ fixes }) => fixes)
    .find((each) => title.test(each.title));
  assert.ok(fix, 'no such fix');
  return applyEdits(text, fix.edits);
}

describe('a pin is a placeholder that is itself a finding', () => {
  const cases: [id: string, title: RegExp, before: string, after: string][] = [
    [
      'GL318',
      /commit/,
      'from transformers import AutoModel\nAutoModel.from_pretrained("a/b")\n',
      'from transformers import AutoModel\nAutoModel.from_pretrained("a/b", revision="<commit>")\n',
    ],
    [
      'GL318',
      /commit/,
      'from huggingface_hub import snapshot_download\nsnapshot_download("a/b", revision="main", max_workers=2)\n',
      'from huggingface_hub import snapshot_download\nsnapshot_download("a/b", revision="<commit>", max_workers=2)\n',
    ],
    [
      'GL318',
      /version/,
      'from langchain import hub\nhub.pull("a/b")\n',
      'from langchain import hub\nhub.pull("a/b:<commit>")\n',
    ],
    [
      'GL318',
      /version/,
      'import timm\ntimm.create_model("hf_hub:a/b")\n',
      'import timm\ntimm.create_model("hf_hub:a/b@<commit>")\n',
    ],
    [
      'GL315',
      /commit/,
      'import torch\ntorch.hub.load("a/b", "m")\n',
      'import torch\ntorch.hub.load("a/b:<commit>", "m")\n',
    ],
    [
      'GL303',
      /Pin/,
      'from transformers import AutoModel\nAutoModel.from_pretrained(n, trust_remote_code=True)\n',
      'from transformers import AutoModel\nAutoModel.from_pretrained(n, trust_remote_code=True, revision="<commit>", code_revision="<commit>")\n',
    ],
  ];
  for (const [id, title, before, after] of cases) {
    test(`${id} ${before.split('\n')[1]}`, () => {
      assert.equal(fixed(before, id, title), after);
      const left = of(after, id);
      assert.equal(left.length, 1);
      assert.doesNotMatch(fixTitles(left), /Leave a place/);
    });
  }
});

function fixTitles(findings: readonly Finding[]): string {
  return findings.flatMap(({ fixes }) => fixes.map(({ title }) => title)).join('; ');
}

test('more than three downloads are one finding, but what runs code stands alone', () => {
  const load = 'AutoModel.from_pretrained("a/b")\n';
  const text = `from transformers import AutoModel\nfrom huggingface_hub import hf_hub_download\n${load.repeat(5)}hf_hub_download("a/b", "model.pkl")\n`;
  assert.deepEqual(
    of(text, 'GL318').map(({ severity, related }) => [severity, related.length]),
    [
      ['hint', 4],
      ['warning', 0],
    ],
  );
});

test('patterns of command lines take linear time', () => {
  for (const run of ['curl ', 'a', '-', '/', '"', ' ', 'wget http://', 'pip install ', '|', 'git+https://x']) {
    const line = run.repeat(Math.ceil(200_000 / run.length));
    const started = performance.now();
    lintText('run.py', `import os\nos.system('''pip install curl wget ${line}''')\n`);
    assert.ok(performance.now() - started < 3000, JSON.stringify(run));
  }
});
