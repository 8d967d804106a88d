import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { URI } from 'vscode-uri';
import { replaceFile } from '../../server/src/cli/writeFile.ts';
import { nodeFiles } from '../../server/src/hosts/nodeFiles.ts';
import { runCli, workspace } from './runCli.ts';

const POSIX = process.platform === 'win32' ? 'has no such file modes' : false;

test('safe fixes are applied, suggestions are not, and what is left is reported', async (t) => {
  const folder = workspace(t, { 'a.py': 'BAD; BAD; RISKY\n', 'b.py': 'x = 1\n' });
  const { code, stdout, stderr } = await runCli(folder, ['check', '--fix']);
  assert.equal(readFileSync(join(folder, 'a.py'), 'utf8'), 'GOOD; GOOD; RISKY\n');
  assert.equal(stderr, 'Fixed 2 findings in a.py\n');
  assert.match(stdout, /^1 finding \(1 warning\), 2 files checked/m);
  assert.equal(code, 1);
});

test('a suppressed finding is not fixed', async (t) => {
  const text = 'BAD  # guidelint-disable-line GL398: for the test\n';
  const folder = workspace(t, { 'a.py': text });
  await runCli(folder, ['check', '--fix']);
  assert.equal(readFileSync(join(folder, 'a.py'), 'utf8'), text);
});

test('everything else of the file stays as it was: line ends, byte order mark, no last line break', async (t) => {
  const folder = workspace(t, { 'a.py': '\uFEFFx = 1\r\ny = BAD\r\n\tz = "ÄÖ😀"\rlast' });
  await runCli(folder, ['check', '--fix']);
  assert.equal(readFileSync(join(folder, 'a.py'), 'utf8'), '\uFEFFx = 1\r\ny = GOOD\r\n\tz = "ÄÖ😀"\rlast');
});

test('the mode of the file stays', { skip: POSIX }, async (t) => {
  const folder = workspace(t, { 'a.py': 'BAD\n' });
  chmodSync(join(folder, 'a.py'), 0o751);
  await runCli(folder, ['check', '--fix']);
  assert.equal(statSync(join(folder, 'a.py')).mode & 0o777, 0o751);
});

test('nothing else is left in the folder, and files without a fix are not written', async (t) => {
  const folder = workspace(t, { 'a.py': 'BAD\n', 'b.py': 'RISKY\n' });
  const before = statSync(join(folder, 'b.py'), { bigint: true });
  await runCli(folder, ['check', '--fix']);
  assert.deepEqual(readdirSync(folder), ['a.py', 'b.py']);
  const after = statSync(join(folder, 'b.py'), { bigint: true });
  assert.deepEqual([after.mtimeNs, after.ino], [before.mtimeNs, before.ino]);
});

test('a file named through a link is repaired where it is', { skip: POSIX }, async (t) => {
  const folder = workspace(t, { 'real/a.py': 'BAD\n' });
  symlinkSync('real/a.py', join(folder, 'link.py'));
  await runCli(folder, ['check', '--fix', 'link.py']);
  assert.equal(readFileSync(join(folder, 'real/a.py'), 'utf8'), 'GOOD\n');
  assert.equal(
    readdirSync(folder, { withFileTypes: true })
      .find(({ name }) => name === 'link.py')
      ?.isSymbolicLink(),
    true,
  );
});

test('a file that changed since it was read is left alone', async (t) => {
  const folder = workspace(t, { 'a.py': 'BAD\n' });
  const files = nodeFiles();
  let reads = 0;
  const { stderr } = await runCli(folder, ['check', '--fix', '--no-cache'], {
    files: {
      ...files,
      async readText(uri, maxBytes) {
        const read = await files.readText(uri, maxBytes);
        // Somebody saves the file between our reading it and our writing it.
        if (uri.endsWith('/a.py') && ++reads === 1) writeFileSync(join(folder, 'a.py'), 'BAD and new\n');
        return read;
      },
    },
  });
  assert.equal(readFileSync(join(folder, 'a.py'), 'utf8'), 'BAD and new\n');
  assert.match(stderr, /^Not fixed: a\.py changed while it was being checked\n/);
});

test('a file that may not be written is left alone, and it is said', {
  skip: POSIX || process.getuid?.() === 0 ? 'needs a user with limits' : false,
}, async (t) => {
  const folder = workspace(t, { 'a.py': 'BAD\n' });
  chmodSync(join(folder, 'a.py'), 0o444);
  const { stderr } = await runCli(folder, ['check', '--fix']);
  assert.equal(readFileSync(join(folder, 'a.py'), 'utf8'), 'BAD\n');
  assert.match(stderr, /^Not fixed: a\.py cannot be written: EACCES\n/);
});

test('a full disk leaves the old file in place', async (t) => {
  const folder = workspace(t);
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    t.skip('no right to mount a small disk');
    return;
  }
  try {
    writeFileSync(join(disk, 'a.py'), 'old');
    await assert.rejects(replaceFile(join(disk, 'a.py'), 'new '.repeat(50_000)), { code: 'ENOSPC' });
    assert.equal(readFileSync(join(disk, 'a.py'), 'utf8'), 'old');
    assert.deepEqual(readdirSync(disk), ['a.py']);
  } finally {
    execFileSync('umount', [disk]);
  }
});

const cell = (...source: string[]) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source });

test('a notebook is repaired in its JSON, of which nothing else changes', async (t) => {
  const notebook = {
    cells: [
      cell('x = "BAD \\"ä\\""\n', 'y = 1'),
      { cell_type: 'markdown', metadata: {}, source: ['BAD stays here'] },
      cell('%matplotlib inline\n', 'z = BAD'),
    ],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  const raw = `${JSON.stringify(notebook, null, 1)}\n`;
  const folder = workspace(t, { 'n.ipynb': raw });
  const { code, stderr } = await runCli(folder, ['check', '--fix']);
  const expected = raw.replace('"x = \\"BAD', '"x = \\"GOOD').replace('z = BAD', 'z = GOOD');
  assert.equal(readFileSync(join(folder, 'n.ipynb'), 'utf8'), expected);
  assert.equal(stderr, 'Fixed 2 findings in n.ipynb\n');
  assert.equal(code, 0);
});

test('with standard input the repaired text is the output and the report goes to standard error', async (t) => {
  const folder = workspace(t);
  const argv = ['check', '--fix', '--stdin-filename', 'a.py'];
  const { code, stdout, stderr } = await runCli(folder, argv, { stdin: 'BAD\r\nRISKY' });
  assert.equal(stdout, 'GOOD\r\nRISKY');
  assert.match(stderr, /2 findings/);
  assert.equal(code, 1);
  assert.deepEqual(readdirSync(folder), [], 'nothing was written');
});

test('with standard input of a kind that is not checked the text comes back as it is', async (t) => {
  const { stdout } = await runCli(workspace(t), ['check', '--fix', '--stdin-filename', 'a.txt'], { stdin: 'BAD' });
  assert.equal(stdout, 'BAD');
});

test('a URI of the operating system leads back to the file', (t) => {
  const folder = workspace(t, { 'ä b#c%25.py': 'x' });
  const path = join(folder, 'ä b#c%25.py');
  assert.equal(URI.parse(URI.file(path).toString()).fsPath.toLowerCase(), path.toLowerCase());
});
