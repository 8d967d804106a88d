import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli, workspace } from './runCli.ts';

test('nothing found: 0', async (t) => {
  const { code, stdout, stderr } = await runCli(workspace(t, { 'a.py': 'x = 1\n' }), ['check']);
  assert.equal(code, 0);
  assert.match(stdout, /^No findings, 1 file checked in \d+\.\d s\n$/);
  assert.equal(stderr, '');
});

test('no file to check: 0, and it is said', async (t) => {
  const { code, stdout } = await runCli(workspace(t, { 'a.txt': 'BAD' }), ['check']);
  assert.equal(code, 0);
  assert.equal(stdout, 'Found no file to check.\n');
});

const FAILING: Readonly<Record<string, readonly string[]>> = {
  BAD: ['error', 'warning', 'info'],
  RISKY: ['warning', 'info'],
  NOTE: ['info'],
  ODD: [],
};

for (const [word, failing] of Object.entries(FAILING)) {
  for (const level of ['error', 'warning', 'info', 'never']) {
    test(`a finding of ${word} with --fail-on ${level}`, async (t) => {
      const folder = workspace(t, { 'a.py': `x = ${word}\n` });
      const { code } = await runCli(folder, ['check', '--fail-on', level]);
      assert.equal(code, failing.includes(level) ? 1 : 0);
    });
  }
}

test('warnings fail by default, information does not', async (t) => {
  assert.equal((await runCli(workspace(t, { 'a.py': 'RISKY' }), ['check'])).code, 1);
  assert.equal((await runCli(workspace(t, { 'a.py': 'NOTE' }), ['check'])).code, 0);
});

test('accepted findings do not fail', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD  # guidelint-disable-line GL398: for the test\n' });
  const { code, stdout } = await runCli(folder, ['check']);
  assert.equal(code, 0);
  assert.match(stdout, /^No findings, 1 suppressed, 1 file checked/);
});

const USAGE: Readonly<Record<string, [argv: string[], message: RegExp]>> = {
  'an unknown option': [['check', '--formt', 'json'], /unknown option '--formt'\n\(Did you mean --format\?\)/],
  'an unknown format': [['check', '--format', 'xml'], /'xml' is invalid.*text, json, sarif, github/],
  'an unknown command': [['chek'], /unknown command 'chek'\n\(Did you mean check\?\)/],
  'a path that does not exist': [['check', 'nowhere'], /^guidelint: there is no file or folder nowhere\n$/],
  'a configuration that does not exist': [
    ['check', '-c', 'no.yaml'],
    /^guidelint: the configuration no.yaml does not exist\n$/,
  ],
  'standard input without a name': [['check', '-'], /--stdin-filename/],
  'standard input and files': [['check', '-', 'a.py', '--stdin-filename', 'b.py'], /together with files/],
  'a report that cannot be written': [
    ['check', '-o', 'no/such/folder/x.txt'],
    /^guidelint: cannot write no\/such\/folder\/x.txt: /,
  ],
  'an unknown rule to explain': [['explain', 'forbiden-word'], /did you mean forbidden-word\?/],
};

for (const [name, [argv, message]] of Object.entries(USAGE)) {
  test(`${name}: 2`, async (t) => {
    const { code, stdout, stderr } = await runCli(workspace(t, { 'a.py': 'x = 1\n' }), argv);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\bat .*\.ts:/, 'no stack');
  });
}

test('a call without a command prints the help: 2', async (t) => {
  const { code, stderr } = await runCli(workspace(t), []);
  assert.equal(code, 2);
  assert.match(stderr, /Usage: guidelint/);
});

test('a wrong configuration: 2, after the findings', async (t) => {
  const folder = workspace(t, { 'a.py': 'BAD\n', '.guidelint.yaml': 'rules:\n  forbidden-wrod: off\n' });
  const { code, stdout, stderr } = await runCli(folder, ['check']);
  assert.equal(code, 2);
  assert.match(stdout, /GL398 forbidden-word/);
  assert.match(stdout, /GL901 configuration-problem/);
  assert.match(stderr, /^The configuration has 1 problem; the parts that are right were applied\.\n$/);
});

test('a wrong configuration that is not among the files is named all the same', async (t) => {
  const folder = workspace(t, { 'sub/a.py': 'x = 1\n', '.guidelint.yaml': 'rules:\n  forbidden-wrod: off\n' });
  const { code, stderr } = await runCli(folder, ['check', 'sub/a.py']);
  assert.equal(code, 2);
  assert.match(stderr, /^\.guidelint\.yaml:2:3: .*did you mean/);
});

test('a wrong configuration given with --config: 2, with its place', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = 1\n', 'other.yaml': 'rules:\n  GL398: lowd\n' });
  const { code, stderr } = await runCli(folder, ['check', '--config', 'other.yaml']);
  assert.equal(code, 2);
  assert.match(stderr, /^other\.yaml:2:10: /);
});

test('a configuration given with --config is used instead of the nearest', async (t) => {
  const folder = workspace(t, {
    'a.py': 'BAD\n',
    '.guidelint.yaml': 'rules:\n  GL398: error\n',
    'other.yaml': 'rules:\n  forbidden-word: off\n',
  });
  assert.equal((await runCli(folder, ['check'])).code, 1);
  assert.equal((await runCli(folder, ['check', '-c', 'other.yaml'])).code, 0);
});

test('a defect of our own: 3, with a stack to report', async (t) => {
  const { code, stderr } = await runCli(workspace(t), ['check'], {
    loadRules: async () => {
      throw new TypeError('boom');
    },
  });
  assert.equal(code, 3);
  assert.match(stderr, /internal error[\s\S]*TypeError: boom\n +at /);
});

test('Ctrl-C: 130, with what was found, and it is said that the rest was not checked', async (t) => {
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${1000 + index}.py`, 'BAD\n']));
  const { code, stdout, stderr } = await runCli(workspace(t, files), ['check'], {
    onInterrupt(callback) {
      setTimeout(callback, 5);
      return () => {};
    },
  });
  assert.equal(code, 130);
  assert.match(stderr, /not checked/);
  const checked = Number(/(\d+) files? checked/.exec(stdout)?.[1] ?? 0);
  assert.ok(checked < 200, `${checked} of 200 were checked`);
});

test('version and help: 0, on standard output', async (t) => {
  const folder = workspace(t);
  assert.deepEqual(await runCli(folder, ['--version']), { code: 0, stdout: '9.8.7\n', stderr: '' });
  for (const argv of [['--help'], ['check', '--help']]) {
    const { code, stdout, stderr } = await runCli(folder, argv);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^Usage: guidelint/);
    assert.ok(
      stdout.split('\n').every((line) => line.length <= 120),
      stdout,
    );
  }
});
