import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli, workspace } from './runCli.ts';

const PATH = '.guidelint/baseline.json';

const read = (folder: string) =>
  JSON.parse(readFileSync(join(folder, PATH), 'utf8')).findings as Record<string, string[]>;

test('a first baseline holds what is found, and nothing of it is shown again', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD\n', 'b/c.py': 'y = RISKY\n' });
  const first = await runCli(folder, ['check', '--update-baseline']);
  assert.equal(first.code, 0);
  assert.match(first.stderr, /Wrote \.guidelint\/baseline\.json: 2 findings that will not be shown again/);
  assert.deepEqual(Object.keys(read(folder)), ['a.py', 'b/c.py']);
  const again = await runCli(folder, ['check']);
  assert.equal(again.code, 0);
  assert.match(again.stdout, /^No findings, 2 suppressed/);
});

test('a new finding is shown, also beside known ones and after lines were added above', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD\n' });
  await runCli(folder, ['check', '--update-baseline']);
  writeFileSync(join(folder, 'a.py'), '# one\n# two\nx = BAD\ny = RISKY\n');
  const { code, stdout } = await runCli(folder, ['check', '--format', 'json']);
  const findings = JSON.parse(stdout).findings as { message: string; suppression?: { source: string } }[];
  assert.equal(code, 1);
  assert.deepEqual(
    findings.map(({ message, suppression }) => [message, suppression?.source]),
    [
      ['The word `BAD` must not be used', 'baseline'],
      ['The word `RISKY` must not be used', undefined],
    ],
  );
});

test('an update only takes away', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD\n', 'b.py': 'y = RISKY\n' });
  await runCli(folder, ['check', '--update-baseline']);
  const before = read(folder);
  writeFileSync(join(folder, 'a.py'), 'x = 1\n');
  writeFileSync(join(folder, 'b.py'), 'y = RISKY\nz = BAD\n');
  const { code, stderr } = await runCli(folder, ['check', '--update-baseline']);
  assert.equal(code, 1, 'the new finding is not taken up');
  assert.match(stderr, /1 finding left, 1 fewer than before/);
  assert.deepEqual(read(folder), { 'b.py': before['b.py'] });
});

test('an update that looks at some files leaves the others alone', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD\n', 'b.py': 'y = RISKY\n' });
  await runCli(folder, ['check', '--update-baseline']);
  const before = read(folder);
  writeFileSync(join(folder, 'b.py'), 'y = 1\n');
  await runCli(folder, ['check', 'a.py', '--update-baseline']);
  assert.deepEqual(read(folder), before);
});

test('a baseline of another name, none, and one that is missing', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD\n' });
  assert.equal((await runCli(folder, ['check', '--baseline', 'known.json', '--update-baseline'])).code, 0);
  assert.equal((await runCli(folder, ['check', '--baseline', 'known.json'])).code, 0);
  assert.equal((await runCli(folder, ['check'])).code, 1);
  const missing = await runCli(folder, ['check', '--baseline', 'other.json']);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /there is no baseline other\.json/);
  await runCli(folder, ['check', '--update-baseline']);
  assert.equal((await runCli(folder, ['check', '--no-baseline'])).code, 1);
});

const BROKEN: Readonly<Record<string, [text: string, message: RegExp]>> = {
  'no JSON': ['{', /is not JSON/],
  'another version': ['{"version": 7, "what": {}}', /has version 7/],
  'another shape': [
    '{"version": 1, "tool": "1", "findings": {"a.py": ["x"]}}',
    /is not a baseline \(findings\.a\.py\.0/,
  ],
};

for (const [name, [text, message]] of Object.entries(BROKEN)) {
  test(`a baseline that is ${name}: exit code 2, and it is left as it is`, async (t) => {
    const folder = workspace(t, { 'a.py': 'x = BAD\n', [PATH]: text });
    for (const argv of [['check'], ['check', '--update-baseline']]) {
      const { code, stderr } = await runCli(folder, argv);
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.equal(readFileSync(join(folder, PATH), 'utf8'), text);
    }
  });
}

test('a first baseline is not made of a part', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD\n', 'b.py': 'x = BAD\n' });
  const { code, stderr } = await runCli(folder, ['check', 'a.py', '--update-baseline']);
  assert.equal(code, 2);
  assert.match(stderr, /the whole project/);
  assert.equal(existsSync(join(folder, PATH)), false);
});

test('the compliance summary counts known findings as open', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD\n' });
  const before = await runCli(folder, ['summary', '--format', 'json']);
  await runCli(folder, ['check', '--update-baseline']);
  const after = await runCli(folder, ['summary', '--format', 'json']);
  const withoutTime = (text: string) => ({ ...JSON.parse(text), time: '' });
  assert.deepEqual(withoutTime(after.stdout), withoutTime(before.stdout));
});
