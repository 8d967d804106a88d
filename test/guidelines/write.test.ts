import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeGenerated } from '../../scripts/generate/write.ts';

const root = mkdtempSync(join(tmpdir(), 'guidelint-'));
after(() => rmSync(root, { recursive: true }));

test('generated files are written, looked at, and removed when nobody generates them any more', () => {
  const files = new Map([['docs/a/one.md', 'one\n']]);
  const run = (check: boolean) => writeGenerated(files, ['docs/a'], { check, root });

  assert.deepEqual(run(true), ['docs/a/one.md']);
  assert.ok(!existsSync(join(root, 'docs')), 'a check changes nothing');
  assert.deepEqual(run(false), ['docs/a/one.md']);
  assert.deepEqual(run(true), []);

  writeFileSync(join(root, 'docs/a/one.md'), 'one\r\n');
  assert.deepEqual(run(true), [], 'a checkout with other line ends is fresh');

  mkdirSync(join(root, 'docs/a/old'));
  writeFileSync(join(root, 'docs/a/old/two.md'), 'two\n');
  writeFileSync(join(root, 'docs/mine.md'), 'mine\n');
  writeFileSync(join(root, 'docs/a/one.md'), 'changed\n');
  assert.deepEqual(run(true), ['docs/a/old/two.md', 'docs/a/one.md']);
  assert.deepEqual(run(false), ['docs/a/old/two.md', 'docs/a/one.md']);
  assert.equal(readFileSync(join(root, 'docs/a/one.md'), 'utf8'), 'one\n');
  assert.ok(!existsSync(join(root, 'docs/a/old/two.md')));
  assert.ok(existsSync(join(root, 'docs/mine.md')), 'files outside the generated folders stay');
});
