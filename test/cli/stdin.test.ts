import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli, workspace } from './runCli.ts';

test('standard input is checked as the file it is said to be, in the folder it would stand in', async (t) => {
  const folder = workspace(t, { 'sub/.guidelint.yaml': 'rules:\n  forbidden-word: info\n' });
  const { code, stdout } = await runCli(folder, ['check', '--stdin-filename', 'sub/new.py'], { stdin: 'x = BAD\n' });
  assert.equal(code, 0);
  assert.match(
    stdout,
    /new\.py\n {2}1:5 {2}info {5}The word `BAD` must not be used {2}GL398 forbidden-word \(safe fix\)\n/,
  );
});

test('standard input wins over the file of that name', async (t) => {
  const folder = workspace(t, { 'a.py': 'BAD\n' });
  const { code } = await runCli(folder, ['check', '-', '--stdin-filename', 'a.py'], { stdin: 'x = 1\n' });
  assert.equal(code, 0);
});

test('standard input can be a notebook', async (t) => {
  const notebook = { cells: [{ cell_type: 'code', source: 'BAD' }], metadata: {}, nbformat: 4 };
  const argv = ['check', '--stdin-filename', 'n.ipynb'];
  const { stdout } = await runCli(workspace(t), argv, { stdin: JSON.stringify(notebook) });
  assert.match(stdout, /cell 1 1:1 {2}error/);
});

for (const [name, bytes, message] of [
  ['binary', Buffer.from([1, 0, 2]), /^guidelint: standard input is binary\n$/],
  [
    'not UTF-8',
    Buffer.from([65, 10, 0xe9]),
    /^guidelint: standard input is not UTF-8 \(first wrong byte in line 2\)\n$/,
  ],
] as const) {
  test(`standard input that is ${name} is a usage error`, async (t) => {
    const { code, stderr } = await runCli(workspace(t), ['check', '--stdin-filename', 'a.py'], { stdin: bytes });
    assert.equal(code, 2);
    assert.match(stderr, message);
  });
}
