import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { URI } from 'vscode-uri';
import { nodeFiles } from '../../server/src/hosts/nodeFiles.ts';
import { workspace } from '../cli/runCli.ts';

const POSIX = process.platform === 'win32' ? 'links and pipes need rights there' : false;
const uriOf = (...path: string[]) => URI.file(join(...path)).toString();
const files = nodeFiles();

test('text is read as it is: byte order mark, line ends, every plane of Unicode', async (t) => {
  const text = '\uFEFFa\r\nb\rc\n\u0001 ä 中 😀\u{10FFFF}';
  const folder = workspace(t, { 'a.py': text });
  assert.deepEqual(await files.readText(uriOf(folder, 'a.py'), 1000), { text });
});

test('names that mean something in a URI are found', async (t) => {
  const names = ['a b.py', 'a#b.py', 'a%20b.py', 'ä.py', '(x) [y].py', "it's.py"];
  const folder = workspace(t, Object.fromEntries(names.map((name) => [name, name])));
  for (const name of names) assert.deepEqual(await files.readText(uriOf(folder, name), 1000), { text: name });
});

const UNREADABLE: Readonly<Record<string, [bytes: Uint8Array, problem: string, detail: RegExp]>> = {
  'a NUL early on': [Buffer.from('abc\0def'), 'binary', /^is binary$/],
  'a wrong byte': [Buffer.from([65, 10, 66, 10, 0xff, 65]), 'not-utf8', /first wrong byte in line 3/],
  'Latin-1': [Buffer.from('caf\xe9', 'latin1'), 'not-utf8', /line 1/],
  'an end in the middle of a character': [Buffer.from('aä').subarray(0, 2), 'not-utf8', /line 1/],
  'UTF-16, little endian': [
    Buffer.from('\uFEFFabc', 'utf16le'),
    'not-utf8',
    /^is UTF-16 \(little endian\); save it as UTF-8$/,
  ],
  'UTF-16, big endian': [Buffer.from('\uFEFFabc', 'utf16le').swap16(), 'not-utf8', /^is UTF-16 \(big endian\)/],
  'more than allowed': [Buffer.alloc(3 * 1024 * 1024, 'x'), 'too-large', /^is 3 MB large, more than 2 MB$/],
};

for (const [name, [bytes, problem, detail]] of Object.entries(UNREADABLE)) {
  test(`${name} is told, not thrown`, async (t) => {
    const folder = workspace(t, { 'a.py': bytes });
    const read = await files.readText(uriOf(folder, 'a.py'), 2 * 1024 * 1024);
    assert.ok('problem' in read);
    assert.equal(read.problem, problem);
    assert.match(read.detail, detail);
  });
}

test('a NUL far down is text', async (t) => {
  const text = `${'x'.repeat(10_000)}\0`;
  assert.deepEqual(await files.readText(uriOf(workspace(t, { a: text }), 'a'), 20_000), { text });
});

test('what is no file is told, not waited for', { skip: POSIX, timeout: 5000 }, async (t) => {
  const folder = workspace(t, { 'folder/x': '' });
  symlinkSync('loop', join(folder, 'loop'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const detail = async (name: string) => {
    const read = await files.readText(uriOf(folder, name), 100);
    return 'problem' in read && `${read.problem}: ${read.detail}`;
  };
  assert.equal(await detail('folder'), 'unreadable: is a folder');
  assert.equal(await detail('missing'), 'unreadable: does not exist');
  assert.equal(await detail('dangling'), 'unreadable: does not exist');
  assert.equal(await detail('folder/x/y'), 'unreadable: does not exist');
  assert.equal(await detail('loop'), 'unreadable: is a link that leads nowhere');
  assert.equal(await detail('pipe'), 'unreadable: is not a regular file');
  assert.equal(await files.sha256(uriOf(folder, 'pipe')), undefined);
  assert.equal(await files.sha256(uriOf(folder, 'missing')), undefined);
  assert.equal(await files.stat(uriOf(folder, 'missing')), undefined);
  assert.equal(await files.list(uriOf(folder, 'missing')), undefined);
});

test('a file without permission is told', {
  skip: POSIX || process.getuid?.() === 0 ? 'needs a user with limits' : false,
}, async (t) => {
  const folder = workspace(t, { 'a.py': 'x' });
  chmodSync(join(folder, 'a.py'), 0);
  assert.deepEqual(await files.readText(uriOf(folder, 'a.py'), 100), {
    problem: 'unreadable',
    detail: 'cannot be read: permission denied',
  });
});

test('a listing is in code unit order and tells links apart', { skip: POSIX }, async (t) => {
  const folder = workspace(t, { 'b.py': '', 'B.py': '', 'a/x.py': '', 'ä.py': '' });
  symlinkSync('.', join(folder, 'self'));
  assert.deepEqual(await files.list(uriOf(folder)), [
    { name: 'B.py', type: 'file' },
    { name: 'a', type: 'folder' },
    { name: 'b.py', type: 'file' },
    { name: 'self', type: 'link' },
    { name: 'ä.py', type: 'file' },
  ]);
});

test('a digest is of the bytes, whatever they are, and stops when it is told to', async (t) => {
  const folder = workspace(t);
  const bytes = Buffer.alloc(5 * 1024 * 1024, Buffer.from([0, 1, 2, 250]));
  writeFileSync(join(folder, 'model.bin'), bytes);
  const uri = uriOf(folder, 'model.bin');
  assert.equal(await files.sha256(uri), createHash('sha256').update(bytes).digest('hex'));
  assert.equal(await files.sha256(uri, { aborted: true }), undefined);
});
