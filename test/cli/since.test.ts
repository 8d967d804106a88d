import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { unrecordedPromptChange } from '../../server/src/rules/prompt/unrecorded-prompt-change.ts';
import { runCli, workspace } from './runCli.ts';

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
}

function repository(t: TestContext): string {
  const folder = workspace(t, { 'old.py': 'x = BAD\n', 'gone.py': 'x = BAD\n', 'sub/ä b.py': 'x = 1\n' });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  return folder;
}

async function pathsOf(folder: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await runCli(folder, ['check', '--format', 'json', ...args]);
  return (JSON.parse(stdout).findings as { path: string }[]).map(({ path }) => path);
}

test('only what has changed is reported, new files included', async (t) => {
  const folder = repository(t);
  assert.deepEqual(await pathsOf(folder, '--since', 'HEAD'), []);
  writeFileSync(join(folder, 'sub/ä b.py'), 'x = BAD\n');
  writeFileSync(join(folder, 'new.py'), 'x = BAD\n');
  rmSync(join(folder, 'gone.py'));
  assert.deepEqual(await pathsOf(folder, '--since', 'HEAD'), ['new.py', 'sub/ä b.py']);
  assert.deepEqual(await pathsOf(join(folder, 'sub'), '--since', 'HEAD'), ['ä b.py']);
});

test('what the other branch has changed meanwhile does not count', async (t) => {
  const folder = repository(t);
  git(folder, 'checkout', '-q', '-b', 'work');
  writeFileSync(join(folder, 'mine.py'), 'x = BAD\n');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'mine');
  git(folder, 'checkout', '-q', 'main');
  writeFileSync(join(folder, 'old.py'), 'x = 2\n');
  git(folder, 'commit', '-q', '-am', 'theirs');
  git(folder, 'checkout', '-q', 'work');
  assert.deepEqual(await pathsOf(folder, '--since', 'main'), ['mine.py']);
});

test('no repository, no such revision, and what looks like an option', async (t) => {
  const outside = await runCli(workspace(t, { 'a.py': 'x = BAD\n' }), ['check', '--since', 'HEAD']);
  assert.equal(outside.code, 2);
  assert.match(outside.stderr, /not a git repository/);
  const folder = repository(t);
  for (const revision of ['nowhere', '--output=x', '']) {
    const { code, stderr } = await runCli(folder, ['check', `--since=${revision}`]);
    assert.equal(code, 2, revision);
    assert.match(stderr, /git knows no revision/);
  }
});

test('a repository cannot make the check start a program', async (t) => {
  const folder = repository(t);
  const marker = join(folder, 'started');
  const keys = ['core.fsmonitor', 'diff.external', 'filter.f.clean', 'filter.f.process', 'diff.f.textconv'];
  for (const key of keys) git(folder, 'config', key, `touch ${marker}; false`);
  writeFileSync(join(folder, '.git/info/attributes'), '*.py filter=f diff=f\n');
  writeFileSync(join(folder, 'old.py'), 'x = RISKY\n');
  assert.deepEqual(await pathsOf(folder, '--since', 'HEAD'), ['old.py']);
  assert.throws(() => rmSync(marker), /ENOENT/);
});

const prompt = (version: number, text: string) => `---\nname: a\nversion: ${version}\n---\nsystem:\n${text}\n`;

test('a prompt that changed while its version did not is reported against the revision', async (t) => {
  const folder = workspace(t, { 'a.prompty': prompt(1, 'Be kind.'), 'b.prompty': prompt(1, 'Be kind.') });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  writeFileSync(join(folder, 'a.prompty'), prompt(1, 'Be rude.'));
  writeFileSync(join(folder, 'b.prompty'), prompt(2, 'Be rude.'));
  writeFileSync(join(folder, 'new.prompty'), prompt(1, 'Be rude.'));
  git(folder, 'commit', '-q', '-am', 'second');
  const found = async (...args: string[]) => {
    const loadRules = async () => [unrecordedPromptChange];
    const { stdout } = await runCli(folder, ['check', '--format', 'json', ...args], { loadRules });
    return (JSON.parse(stdout).findings as { path: string; message: string }[]).map(
      ({ path, message }) => `${path}: ${message}`,
    );
  };
  assert.deepEqual(await found('--since', 'HEAD~1'), ['a.prompty: This was changed, but `version` still says `1`']);
  assert.deepEqual(await found('--since', 'HEAD'), []);
  assert.deepEqual(await found(), []);
});
