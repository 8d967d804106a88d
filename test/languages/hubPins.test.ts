import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { applyEdits } from '../../server/src/engine/fixes.ts';
import { nodeFiles } from '../../server/src/hosts/nodeFiles.ts';
import { cachedRepository, downloadedCommit, hubPins, pinsIn } from '../../server/src/languages/hubPins.ts';
import { rules } from '../../server/src/rules/index.ts';
import { scan } from '../../server/src/workspace/scan.ts';

const A = 'a'.repeat(40);
const B = '0123456789abcdef0123456789abcdef01234567';

test('files that pair an id with a commit are read, all else says nothing', () => {
  const cases: [string, string, string[]][] = [
    ['out/adapter_config.json', `{"base_model_name_or_path": "o/m", "revision": "${A}"}`, ['model o/m']],
    ['adapter_config.json', '{"base_model_name_or_path": "o/m", "revision": "main"}', []],
    ['adapter_config.json', `{"base_model_name_or_path": "o/m", "revision": "${A.toUpperCase()}"}`, []],
    ['adapter_config.json', '{"base_model_name_or_path": ["o/m"', []],
    ['kernels.lock', `[{"repo_id": "o/k", "sha": "${A}", "variants": {}}, {"repo_id": "o/l"}, 3]`, ['model o/k']],
    [
      'MLmodel',
      `flavors:\n  transformers:\n    source_model_name: o/m\n    source_model_revision: ${A}\n    tokenizer_name: o/t\n    tokenizer_revision: ${B}\n`,
      ['model o/m', 'model o/t'],
    ],
    [
      'data.dvc',
      `deps:\n- path: d.csv\n  repo:\n    url: https://huggingface.co/datasets/o/d\n    rev_lock: ${A}\nouts:\n- path: d.csv\n`,
      ['dataset o/d'],
    ],
    ['data.dvc', `deps:\n- path: d\n  repo:\n    url: https://github.com/o/d\n    rev_lock: ${A}\n`, []],
    ['other.json', `{"repo_id": "o/k", "sha": "${A}"}`, []],
  ];
  for (const [path, text, expected] of cases)
    assert.deepEqual(
      pinsIn(path, text).map(({ kind, id }) => `${kind} ${id}`),
      expected,
      text,
    );
});

test('names of cache folders, and notes of a download', () => {
  assert.deepEqual(cachedRepository('models--o--my-m.x'), { kind: 'model', id: 'o/my-m.x' });
  assert.deepEqual(cachedRepository('datasets--imdb'), { kind: 'dataset', id: 'imdb' });
  assert.equal(cachedRepository('spaces--o--s'), undefined);
  assert.equal(downloadedCommit([`${A}\nx\n1.0\n`, `${A}\ny\n2.0\n`]), A);
  assert.equal(downloadedCommit([`${A}\n`, `${B}\n`]), undefined);
  assert.equal(downloadedCommit([]), undefined);
});

test('the nearest folder decides, and two commits for one name say nothing', () => {
  const pin = { kind: 'model', id: 'o/m', path: 'x' } as const;
  const other = { ...pin, commit: B, revision: 'v1' };
  assert.equal(hubPins([[{ ...pin, commit: A }], [{ ...pin, commit: B }]]).of('model', 'o/m')?.commit, A);
  assert.equal(hubPins([[{ ...pin, commit: A }, other]]).of('model', 'o/m')?.commit, A);
  assert.equal(hubPins([[{ ...pin, commit: A }, other]]).of('model', 'o/m', 'v1')?.commit, B);
  const two = [
    { ...pin, commit: A },
    { ...pin, commit: B },
  ];
  assert.equal(hubPins([two]).of('model', 'o/m'), undefined);
  assert.equal(hubPins([two]).of('dataset', 'o/m'), undefined);
});

test('what is loaded without a commit is pinned to the one that the workspace uses', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'guidelint-pins-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('.cache/huggingface/hub/models--o--m/refs/main', A);
  put('.cache/huggingface/hub/models--o--m/refs/v1', `${B}\n`);
  put(`hf_cache/datasets--o--d/snapshots/${B}/README.md`, '');
  put('weights/n/.cache/huggingface/download/config.json.metadata', `${B}\nx\n1\n`);
  put('kernels.lock', `[{"repo_id": "o/k", "sha": "${A}", "variants": {}}]`);
  const programs: Record<string, string> = {
    'src/a.py': 'from transformers import AutoModel\nAutoModel.from_pretrained("o/m")\n',
    'src/b.py': 'from transformers import AutoModel\nAutoModel.from_pretrained("o/m", revision="v1")\n',
    'c.py': 'from datasets import load_dataset\nload_dataset("o/d", split="train")\n',
    'd.py': 'from huggingface_hub import snapshot_download\nsnapshot_download("o/n", local_dir="./weights/n")\n',
    'linked.py': 'from huggingface_hub import snapshot_download\nsnapshot_download("o/n", local_dir="linked")\n',
    'e.py': 'from transformers import AutoModel\nAutoModel.from_pretrained("o/m", trust_remote_code=True)\n',
    'f.py': 'from kernels import get_kernel\nget_kernel("o/k")\n',
    'g.py': 'import timm\ntimm.create_model("hf_hub:o/m", pretrained=True)\n',
    'h.py': 'from transformers import AutoModel\nAutoModel.from_pretrained("o/unknown")\n',
    'i.py': `from transformers import AutoModel as A\nA.from_pretrained("o/m")\nA.from_pretrained("o/x")\nA.from_pretrained("o/y")\nA.from_pretrained("o/k")\n`,
    'README.md':
      '---\nlibrary_name: transformers\n---\n# toxi\n\n```python\nm = AutoModel.from_pretrained(\n    "o/m",\n)\nd = load_dataset("o/d", "x")\n```\n',
    'MODEL_CARD.md':
      '# Model Card for toxi\n\nDownload [the weights](https://huggingface.co/o/m/resolve/main/m.safetensors).\n',
  };
  for (const [path, text] of Object.entries(programs)) put(path, text);
  // What a link leads to may lie outside.
  symlinkSync(join(folder, 'weights/n'), join(folder, 'linked'), 'junction');
  const ids = new Set(['GL303', 'GL315', 'GL318', 'GL808']);
  const { files } = await scan({
    files: nodeFiles(),
    folder: pathToFileURL(folder).toString(),
    rules: rules.filter(({ meta }) => ids.has(meta.id)),
    today: '2026-11-21',
  });
  const first = (path: string) => {
    const fixes = files.find((file) => file.path === path)?.findings.flatMap(({ fixes }) => fixes) ?? [];
    const fix = fixes.find(({ title }) => title.startsWith('Pin ')) ?? fixes[0];
    return { title: fix?.title, text: applyEdits(programs[path] ?? '', fix?.edits ?? []) };
  };
  const cache = 'as in .cache/huggingface/hub/models--o--m/refs';
  assert.deepEqual(first('src/a.py'), {
    title: `Pin to aaaaaaa, ${cache}/main`,
    text: `from transformers import AutoModel\nAutoModel.from_pretrained("o/m", revision="${A}")\n`,
  });
  assert.equal(first('src/b.py').title, `Pin to 0123456, ${cache}/v1`);
  assert.equal(first('c.py').title, `Pin to 0123456, as in hf_cache/datasets--o--d/snapshots/${B}`);
  assert.equal(first('d.py').title, 'Pin to 0123456, as in weights/n/.cache/huggingface/download');
  assert.equal(first('linked.py').title, 'Leave a place for the commit');
  assert.match(first('e.py').text, new RegExp(`revision="${A}", code_revision="<commit>"`));
  assert.equal(first('f.py').title, 'Pin to aaaaaaa, as in kernels.lock');
  assert.match(first('g.py').text, new RegExp(`"hf_hub:o/m@${A}"`));
  assert.equal(first('h.py').title, 'Leave a place for the commit');
  assert.equal(first('i.py').title, 'Pin 2 to the commits that the workspace names');
  assert.match(
    first('README.md').text,
    new RegExp(`"o/m", revision="${A}"\n\\)\nd = load_dataset\\("o/d", "x", revision="${B}"\\)`),
  );
  assert.match(first('MODEL_CARD.md').text, new RegExp(`/o/m/resolve/${A}/m.safetensors`));
});
