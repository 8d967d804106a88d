import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli, testRules, workspace } from './runCli.ts';

for (const name of ['GL398', 'gl398', 'forbidden-word', 'FORBIDDEN-WORD']) {
  test(`${name} is the rule`, async (t) => {
    const { code, stdout } = await runCli(workspace(t), ['explain', name]);
    assert.equal(code, 0);
    assert.match(stdout, /^# GL398 forbidden-word\n/);
    assert.match(stdout, /It makes `tests` fail\./);
    assert.match(stdout, /\[CWE-502[^\]]*\]\(https:\/\/cwe\.mitre\.org\//);
  });
}

for (const name of ['cwe:CWE-502', 'CWE-502', 'cwe-502']) {
  test(`${name} is the weakness, with the rules that look for it`, async (t) => {
    const { code, stdout } = await runCli(workspace(t), ['explain', name]);
    assert.equal(code, 0);
    assert.match(stdout, /^# Deserialization of Untrusted Data\n/);
    assert.match(stdout, /`forbidden-word`/);
  });
}

test('a number that several publications use is not guessed', async (t) => {
  const { code, stderr } = await runCli(workspace(t), ['explain', 'llm03']);
  assert.equal(code, 2);
  assert.equal(stderr, 'guidelint: llm03 is in several publications: owasp-llm-2025:LLM03, owasp-llm-2026:LLM03\n');
});

test('headings stand out on a terminal', async (t) => {
  const env = { FORCE_COLOR: '1' };
  const { stdout } = await runCli(workspace(t), ['explain', 'GL398'], { env });
  assert.ok(stdout.startsWith('\u001b[1m# GL398 forbidden-word\u001b[22m\n'));
});

test('rules are listed as a table and as JSON', async (t) => {
  const folder = workspace(t);
  const table = (await runCli(folder, ['rules'])).stdout.trimEnd().split('\n');
  assert.equal(table.length, testRules.length + 1);
  assert.match(table[1] ?? '', /^GL398 +forbidden-word +warning +safe +Word that must not stand in a program$/);
  const list = JSON.parse((await runCli(folder, ['rules', '--format', 'json'])).stdout);
  assert.deepEqual(
    list.map(({ id }: { id: string }) => id),
    testRules.map(({ meta }) => meta.id),
  );
  assert.deepEqual(Object.keys(list[0]), [
    'id',
    'name',
    'title',
    'kinds',
    'severity',
    'confidence',
    'fix',
    'guidelines',
    'why',
    'how',
  ]);
});
