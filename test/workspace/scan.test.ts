import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { nodeFiles } from '../../server/src/hosts/nodeFiles.ts';
import { rules } from '../../server/src/rules/index.ts';
import { scan } from '../../server/src/workspace/scan.ts';

const LOAD = 'import torch\nm = torch.load("m.pt", weights_only=False)\n';

/** Scans a folder made of these texts and removes it again. */
async function scanned(
  files: Readonly<Record<string, string | Uint8Array>>,
  only?: readonly string[],
  prepare?: (folder: string) => void,
) {
  const folder = mkdtempSync(join(tmpdir(), 'guidelint-scan-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  prepare?.(folder);
  const uri = (path: string) => pathToFileURL(join(folder, path)).toString().replace(/\/$/, '');
  const result = await scan({
    files: nodeFiles(),
    folder: uri(''),
    rules,
    today: '2026-11-21',
    ...(only && { only: only.map(uri) }),
  });
  rmSync(folder, { recursive: true, force: true });
  const found = result.files.flatMap(({ path, findings }) =>
    findings.filter(({ suppression }) => !suppression).map(({ ruleId, severity }) => `${path} ${ruleId} ${severity}`),
  );
  return { ...result, found };
}

test('dependencies, .gitignore files on the way and excluded paths are left out, also below a named folder', async () => {
  const files = {
    '.gitignore': '/src/generated/\n*.tmp.py\n',
    'src/.gitignore': '!keep.tmp.py\n',
    'src/a.py': LOAD,
    'src/b.tmp.py': LOAD,
    'src/keep.tmp.py': LOAD,
    'src/generated/c.py': LOAD,
    'src/node_modules/x/d.py': LOAD,
    'src/deep/.guidelint.yaml': 'exclude: ["old/"]\n',
    'src/deep/old/e.py': LOAD,
    'src/deep/f.py': LOAD,
  };
  const expected = ['src/a.py GL301 error', 'src/deep/f.py GL301 error', 'src/keep.tmp.py GL301 error'];
  assert.deepEqual((await scanned(files)).found, expected);
  assert.deepEqual((await scanned(files, ['src'])).found, expected);
  assert.deepEqual((await scanned(files, ['src/generated/c.py'])).found, ['src/generated/c.py GL301 error']);
});

test('the nearest configuration wins whole, and its paths are relative to its folder', async () => {
  const { found } = await scanned({
    '.guidelint.yaml': 'rules:\n  GL301: off\n',
    'a.py': LOAD,
    'sub/.guidelint.yaml':
      'accept:\n  - { rule: GL301, files: ["x/*.py"], reason: ours }\nkinds:\n  model-card: ["cards/*.md"]\n',
    'sub/b.py': LOAD,
    'sub/x/c.py': LOAD,
    'sub/cards/toy.md': '# Toy\n\nA toy.\n',
    'cards/toy.md': '# Toy\n\nA toy.\n',
  });
  assert.deepEqual(
    found.filter((line) => line.includes('GL301')),
    ['sub/b.py GL301 error'],
  );
  assert.ok(found.some((line) => line.startsWith('sub/cards/toy.md GL102')));
  assert.ok(!found.some((line) => line.startsWith('cards/toy.md')));
});

test('the nearest versions decide in a monorepo', async () => {
  const load = 'import torch\nm = torch.load("m.pt")\n';
  const { found } = await scanned({
    'requirements.txt': 'torch==2.10.0\n',
    'old/requirements.txt': 'torch==2.4.0\n',
    'a.py': load,
    'old/b.py': load,
  });
  assert.deepEqual(found, ['old/b.py GL301 warning']);
});

test('what cannot be read is said, and a circle of links ends', async () => {
  const { skipped, found, configProblems } = await scanned(
    {
      'binary.py': new Uint8Array([0, 1, 2, 3]),
      'latin.py': new Uint8Array([0x23, 0xff, 0xfe, 0x0a]),
      'broken.ipynb': '{"cells": [',
      '.guidelint.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
      'sub/a.py': LOAD,
    },
    undefined,
    (folder) => symlinkSync(folder, join(folder, 'sub', 'loop'), 'junction'),
  );
  assert.deepEqual(
    skipped.map(({ path }) => path),
    ['.guidelint.yaml', 'binary.py', 'latin.py'],
  );
  assert.deepEqual(found, ['broken.ipynb GL905 warning', 'sub/a.py GL301 error']);
  assert.ok(configProblems > 0, 'a configuration that cannot be read is a problem');
});

test('a scan that is stopped says so and calls nothing whole', async () => {
  const { partial, files } = await scan({
    files: nodeFiles(),
    folder: pathToFileURL(process.cwd()).toString(),
    rules,
    today: '2026-11-21',
    signal: { aborted: true },
  });
  assert.equal(partial, true);
  assert.deepEqual(files, []);
});
