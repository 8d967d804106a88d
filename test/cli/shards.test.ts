import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { inShard, parseShard } from '../../server/src/workspace/shard.ts';
import { runCli, workspace } from './runCli.ts';

const FILES = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [
    `src/${index % 7}/file ${index}.py`,
    index % 3 ? 'import pickle\n\nx = pickle.load(file)\n' : 'x = 1\n',
  ]),
);
const CARD = `---\nlicense: mit\n---\n# Model Card for X\n\n## Limitations\n\nweights.bin sha256: ${'ab'.repeat(32)}\n`;

for (const format of ['json', 'sarif']) {
  for (const count of [1, 3, 8]) {
    test(`${count} shards merged say what one run says: ${format}`, async (t) => {
      const folder = workspace(t, {
        ...FILES,
        'MODEL_CARD.md': CARD,
        'weights.bin': 'weights',
        'broken.py': new Uint8Array([0xff, 0xfe, 0x00]),
      });
      const loadRules = async () => rules;
      const whole = await runCli(folder, ['check', '--format', format], { loadRules });
      assert.match(whole.stdout, /GL302/);
      const names: string[] = [];
      for (let index = 1; index <= count; index++) {
        const part = await runCli(folder, ['check', '--format', format, '--shard', `${index}/${count}`], { loadRules });
        const name = join(folder, `part-${index}.out`);
        writeFileSync(name, part.stdout);
        names.unshift(name);
      }
      const merged = await runCli(folder, ['merge', ...names, '-o', 'merged.out'], { loadRules });
      assert.equal(merged.code, whole.code, merged.stderr);
      assert.equal(readFileSync(join(folder, 'merged.out'), 'utf8'), whole.stdout);
    });
  }
}

test('every path is in exactly one shard, and none is empty', () => {
  const sizes = Array.from({ length: 5 }, () => 0);
  for (let index = 0; index < 1000; index++) {
    const own = sizes.flatMap((_, shard) => (inShard(`a/${index}.py`, { index: shard + 1, count: 5 }) ? [shard] : []));
    assert.equal(own.length, 1);
    sizes[own[0] as number] = (sizes[own[0] as number] ?? 0) + 1;
  }
  for (const size of sizes) assert.ok(size > 100, String(sizes));
});

test('what is no shard', async (t) => {
  for (const text of ['', '1', '0/2', '3/2', '1/0', '-1/2', '1/2/3', 'a/b', '1/99999'])
    assert.equal(parseShard(text), undefined);
  const { code, stderr } = await runCli(workspace(t), ['check', '--shard', '3/2']);
  assert.equal(code, 2);
  assert.match(stderr, /--shard wants i\/n/);
});

test('shards that are missing, doubled, of another kind, or no reports', async (t) => {
  const folder = workspace(t, { 'a.py': 'x = BAD\n', 'text.json': '[1', 'other.json': '{}' });
  for (const [name, ...argv] of [
    ['one', '--shard', '1/2'],
    ['three', '--shard', '1/3'],
    ['whole'],
    ['sarif', '--format', 'sarif', '--shard', '2/2'],
  ]) {
    await runCli(folder, ['check', '--format', 'json', ...argv, '-o', `${name}.json`]);
  }
  const cases: [names: string[], message: RegExp][] = [
    [['one.json'], /of 2 shards these are missing: 2/],
    [['one.json', 'one.json'], /are both shard 1\/2/],
    [['one.json', 'three.json'], /three\.json is one of 3 shards/],
    [['whole.json'], /is not the report of a shard/],
    [['one.json', 'sarif.json'], /JSON and SARIF/],
    [['text.json'], /text\.json cannot be read: is not JSON/],
    [['other.json'], /other\.json is no report/],
    [['nowhere.json'], /nowhere\.json cannot be read/],
  ];
  for (const [names, message] of cases) {
    const { code, stderr } = await runCli(folder, ['merge', ...names]);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});
