import assert from 'node:assert/strict';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { cacheFolder, openCache } from '../../server/src/cli/cache.ts';
import type { Finding } from '../../server/src/engine/finding.ts';
import type { Rule } from '../../server/src/engine/rule.ts';
import { runCli, testRules, wordRule, workspace } from './runCli.ts';

/** Runs over one project whose rule counts how often it is asked. */
function project(t: TestContext, files: Readonly<Record<string, string>>) {
  const cache = workspace(t);
  const folder = workspace(t, files);
  let asked = 0;
  const counting: Rule = {
    ...wordRule,
    check(file, options) {
      asked++;
      return wordRule.check?.(file, options) ?? [];
    },
  };
  const rules = testRules.map((rule) => (rule === wordRule ? counting : rule));
  return {
    folder,
    cacheFile: () => join(cache, 'guidelint', readdirSync(join(cache, 'guidelint'))[0] ?? ''),
    /** Output, and for how many files the rule was asked. */
    async run(argv: readonly string[] = [], build = '1') {
      asked = 0;
      const { stdout } = await runCli(folder, ['check', '--format', 'json', ...argv], {
        loadRules: async () => rules,
        env: { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: cache },
        build: () => build,
      });
      return { stdout, asked };
    },
  };
}

// On macOS the place does not depend on the environment, and a test must not write into a user's folder.
const skip = process.platform === 'darwin' ? 'the cache folder cannot be moved' : false;

test('a second run asks no rule and says the same', { skip }, async (t) => {
  const { run } = project(t, { 'a.py': 'BAD\n', 'b.py': 'x = 1\n' });
  const first = await run();
  const second = await run();
  assert.deepEqual([first.asked, second.asked], [2, 0]);
  assert.equal(second.stdout, first.stdout);
});

test('only what changed is checked again', { skip }, async (t) => {
  const { run, folder } = project(t, { 'a.py': 'BAD\n', 'b.py': 'x = 1\n' });
  await run();
  writeFileSync(join(folder, 'b.py'), 'BAD\n');
  assert.equal((await run()).asked, 1);
});

test('a changed configuration and another build count', { skip }, async (t) => {
  const { run, folder } = project(t, { 'a.py': 'BAD\n' });
  await run();
  assert.equal((await run([], '2')).asked, 1);
  writeFileSync(join(folder, '.guidelint.yaml'), 'rules:\n  forbidden-word: hint\n');
  const { asked, stdout } = await run([], '2');
  assert.equal(asked, 1);
  assert.match(stdout, /"severity": "hint"/);
});

test('--no-cache neither reads nor writes', { skip }, async (t) => {
  const { run, cacheFile } = project(t, { 'a.py': 'BAD\n' });
  await run(['--no-cache']);
  assert.throws(cacheFile, { code: 'ENOENT' });
  await run();
  assert.equal((await run(['--no-cache'])).asked, 1);
});

for (const [name, damage] of Object.entries({
  'cut off': (text: string) => text.slice(0, -5),
  'changed by a bit': (text: string) => text.replace('GL398', 'GL399'),
  'no JSON': () => 'nonsense',
  empty: () => '',
})) {
  test(`a cache that is ${name} is ignored`, { skip }, async (t) => {
    const { run, cacheFile } = project(t, { 'a.py': 'BAD\n' });
    const first = await run();
    writeFileSync(cacheFile(), damage(readFileSync(cacheFile(), 'utf8')));
    const second = await run();
    assert.equal(second.asked, 1);
    assert.equal(second.stdout, first.stdout);
    assert.equal((await run()).asked, 0, 'and replaced');
  });
}

test('a cache that cannot be written does not matter', { skip }, async (t) => {
  const home = workspace(t, { guidelint: 'a file where the folder should be' });
  const folder = workspace(t, { 'a.py': 'x = 1\n' });
  const env = { XDG_CACHE_HOME: home, LOCALAPPDATA: home };
  const { code, stderr } = await runCli(folder, ['check'], { env, build: () => '1' });
  assert.deepEqual([code, stderr], [0, '']);
});

test('the cache keeps a bounded number of files, the last used first', async (t) => {
  const folder = workspace(t);
  const findings: Finding[] = [];
  const first = await openCache(folder, '/p', '1');
  for (let index = 0; index < 15_000; index++) first.set(`old ${index}`, findings);
  await first.save();
  const second = await openCache(folder, '/p', '1');
  for (let index = 0; index < 15_000; index++) second.set(`new ${index}`, findings);
  await second.save();
  const third = await openCache(folder, '/p', '1');
  const kept = (name: string) =>
    Array.from({ length: 15_000 }, (_, index) => third.get(`${name} ${index}`)).filter(Boolean);
  assert.deepEqual([kept('new').length, kept('old').length], [15_000, 5_000]);
});

test('what was not used for a month goes when another project is saved; strange files stay', async (t) => {
  const folder = workspace(t, { 'notes.txt': 'mine' });
  const month = Date.now() / 1000 - 40 * 24 * 3600;
  const save = async (project: string) => {
    const cache = await openCache(folder, project, '1');
    cache.set('a', []);
    await cache.save();
  };
  await save('/old');
  const [old = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const name of [old, 'notes.txt']) utimesSync(join(folder, name), month, month);
  await save('/new');
  const names = readdirSync(folder);
  assert.equal(names.includes(old), false);
  assert.equal(names.includes('notes.txt'), true);
  assert.equal(names.length, 2);
});

test('the cache stands where the operating system wants it', () => {
  assert.equal(cacheFolder({}, 'linux', '/home/me').replaceAll('\\', '/'), '/home/me/.cache/guidelint');
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/me').replaceAll('\\', '/'), '/c/guidelint');
  assert.equal(cacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux', '/h').replaceAll('\\', '/'), '/h/.cache/guidelint');
  assert.equal(cacheFolder({}, 'darwin', '/Users/me').replaceAll('\\', '/'), '/Users/me/Library/Caches/guidelint');
  assert.match(cacheFolder({ LOCALAPPDATA: 'C:\\L' }, 'win32', 'C:\\me'), /^C:\\L.guidelint.cache$/);
});
