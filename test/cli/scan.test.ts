import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli, workspace } from './runCli.ts';

const POSIX = process.platform === 'win32' ? 'links need rights there' : false;

/** Paths and start lines of the findings. */
async function findings(cwd: string, ...argv: string[]): Promise<string[]> {
  const { stdout } = await runCli(cwd, ['check', '--format', 'json', ...argv]);
  const report = JSON.parse(stdout) as { findings: { path: string; region: { startLine: number } }[] };
  return report.findings.map(({ path, region }) => `${path}:${region.startLine}`);
}

test('folders and files can be named together; paths are relative to the current folder', async (t) => {
  const folder = workspace(t, { 'a/x.py': 'BAD', 'a/y.py': 'BAD', 'b/z.py': 'BAD', 'c/q.py': 'BAD' });
  assert.deepEqual(await findings(folder, 'a', 'b/z.py'), ['a/x.py:1', 'a/y.py:1', 'b/z.py:1']);
  assert.deepEqual(await findings(join(folder, 'a')), ['x.py:1', 'y.py:1']);
});

test('paths elsewhere: a folder is a project of its own, files belong to the work tree that holds them', async (t) => {
  const folder = workspace(t, { '.git/HEAD': '', 'a/x.py': 'BAD', 'b/z.py': 'BAD', 'b/c/q.py': 'BAD' });
  assert.deepEqual(await findings(join(folder, 'a'), join(folder, 'b')), ['c/q.py:1', 'z.py:1']);
  assert.deepEqual(await findings(join(folder, 'a'), '../b/z.py'), ['b/z.py:1']);
  assert.deepEqual(await findings(join(folder, 'a'), '.', '../b/c'), ['a/x.py:1', 'b/c/q.py:1']);
});

test('the text report names paths as the user would', async (t) => {
  const folder = workspace(t, { 'a/x.py': 'BAD', 'b/z.py': 'BAD' });
  const { stdout } = await runCli(join(folder, 'a'), ['check', '.', '../b']);
  assert.deepEqual(stdout.match(/^\S+\.py$/gm), ['x.py', join('..', 'b', 'z.py')]);
});

test('the configuration of a folder elsewhere is in force there', async (t) => {
  const elsewhere = workspace(t, { '.guidelint.yaml': 'exclude: [skip/]\n', 'x.py': 'BAD', 'skip/y.py': 'BAD' });
  assert.deepEqual(await findings(workspace(t), elsewhere), ['x.py:1']);
});

test('a configuration above the current folder is not used, and that is said', async (t) => {
  const folder = workspace(t, { '.git/HEAD': '', '.guidelint.yaml': 'rules: { GL398: off }\n', 'a/b/x.py': 'BAD' });
  const { code, stderr } = await runCli(join(folder, 'a', 'b'), ['check']);
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `Note: ${join('..', '..', '.guidelint.yaml')} is not used; run guidelint in its folder, or name it with --config.\n`,
  );
  const named = await runCli(join(folder, 'a', 'b'), ['check', '-c', '../../.guidelint.yaml']);
  assert.deepEqual([named.code, named.stderr], [0, '']);
});

test('a file named twice is checked once', async (t) => {
  const folder = workspace(t, { 'a/x.py': 'BAD' });
  assert.deepEqual(await findings(folder, 'a', 'a/x.py', '.'), ['a/x.py:1']);
});

test('links are not followed, so a loop ends and nothing outside is read', { skip: POSIX }, async (t) => {
  const outside = workspace(t, { 'o.py': 'BAD' });
  const folder = workspace(t, { 'a/x.py': 'BAD' });
  symlinkSync('..', join(folder, 'a/up'));
  symlinkSync(outside, join(folder, 'out'));
  assert.deepEqual(await findings(folder), ['a/x.py:1']);
});

test('what could not be read is said in every format', { skip: POSIX }, async (t) => {
  const folder = workspace(t, { 'utf16.py': Buffer.from('\uFEFFBAD', 'utf16le'), 'ok.py': 'x = 1\n' });
  mkdirSync(join(folder, 'sub'));
  execFileSync('mkfifo', [join(folder, 'sub/pipe.py')]);
  const run = async (format: string) =>
    (await runCli(folder, ['check', 'utf16.py', 'ok.py', 'sub/pipe.py', '--format', format])).stdout;
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const report = await run(format);
    assert.match(report, /utf16\.py/, format);
    assert.match(report, /UTF-16/, format);
    assert.match(report, /pipe\.py/, format);
    assert.match(report, /not a regular file/, format);
  }
  const { stdout } = await runCli(folder, ['summary']);
  assert.match(stdout, /1 file could not be checked/);
});

test('a report goes to a file, whole, and a line about it to standard error', async (t) => {
  const folder = workspace(t, { 'a.py': 'BAD\n' });
  const argv = ['check', '--format', 'json', '-o', 'out.json'];
  const { code, stdout, stderr } = await runCli(folder, argv);
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^Wrote out\.json: 1 finding \(1 error\), 1 fixable with --fix, 1 file checked in/);
  assert.equal(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')).findings.length, 1);
  assert.equal((await runCli(folder, [...argv, '--quiet'])).stderr, '');
});

test('--quiet leaves the findings only', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = 1\n', 'b.py': Buffer.from([0]) });
  assert.deepEqual(await runCli(folder, ['check', '-q']), { code: 0, stdout: '', stderr: '' });
});
