import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** Generated, or named one by one in the manifest. */
const filesIn = (folder: string) =>
  readdirSync(join(cwd, folder))
    .map((name) => `${folder}/${name}`)
    .sort();

test('the extension holds what it needs and nothing else', async () => {
  const files = (await listFiles({ cwd, packageManager: PackageManager.None })).map((file) =>
    file.replaceAll('\\', '/'),
  );
  assert.deepEqual(files.sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/bom.js',
    'dist/client.js',
    'dist/package.json',
    'dist/server.js',
    'dist/summary.css',
    'dist/summary.js',
    'docs/walkthrough/fix.svg',
    'docs/walkthrough/sample.py',
    'docs/walkthrough/sample.svg',
    'docs/walkthrough/summary.svg',
    'images/icon.png',
    'images/view.svg',
    'package.json',
    'package.nls.json',
    ...filesIn('schemas'),
    ...filesIn('snippets'),
  ]);
});

test('the package is built and smaller than 1.5 MB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guidelint-vsix-'));
  const packagePath = join(folder, 'guidelint.vsix');
  await createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const { size } = statSync(packagePath);
  rmSync(folder, { recursive: true, force: true });
  assert.ok(size > 100_000 && size < 1_500_000, `${size} bytes`);
});
