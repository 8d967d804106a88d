import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readJson } from '../../server/src/languages/json.ts';
import { readSettings } from '../../server/src/languages/settings.ts';
import { readToml } from '../../server/src/languages/toml.ts';

function find(path: string, text: string, ...pattern: string[]) {
  return readSettings({ path, json: path.endsWith('.toml') ? readToml(text) : readJson(text) })
    .find(...pattern)
    .map((setting) => ({
      path: setting.path.join('/'),
      value: setting.value,
      key: text.slice(setting.keySpan.start, setting.keySpan.end),
      whole: text.slice(setting.whole.start, setting.whole.end),
    }));
}

describe('JSON', () => {
  const text = '{ // comment\n "a.b": true, "list": ["x", {"y": 1}], "map": {"k": "v", "l": null}, }';
  test('a key with dots is one key', () => {
    assert.deepEqual(find('s.json', text, 'a.b'), [{ path: 'a.b', value: true, key: 'a.b', whole: 'true' }]);
    assert.deepEqual(find('s.json', text, 'a', 'b'), []);
  });
  test('a star is any key or position', () => {
    assert.deepEqual(
      find('s.json', text, 'map', '*').map(({ path, value }) => [path, value]),
      [
        ['map/k', 'v'],
        ['map/l', null],
      ],
    );
    assert.deepEqual(
      find('s.json', text, 'list', '*').map(({ value, whole }) => [value, whole]),
      [
        ['x', '"x"'],
        [undefined, '{"y": 1}'],
      ],
    );
    assert.deepEqual(
      find('s.json', text, 'list', '*', 'y').map(({ path }) => path),
      ['list/1/y'],
    );
  });
  test('a workspace file has its settings below a key', () => {
    assert.equal(find('x.code-workspace', '{"settings": {"a": 1}}', 'a').length, 1);
    assert.equal(find('x.code-workspace', '{"a": 1}', 'a').length, 0);
  });
});

describe('TOML', () => {
  const text =
    'args = [\n  "a", # first\n  "b",\n]\nopen = [\n "y",\na = "never" # why\r\nb.c = 1\n[t.x]\nd = false\n[projects."/"]\ntrust_level = "trusted"\n[[many]]\ne = {f = true}\nbroken = [\nlast = \'x\'\n[env]\nKEY = "v"\nlong = """a\nb"""\n';
  const cases: [pattern: string[], value: unknown, whole: string][] = [
    [['a'], 'never', '"never"'],
    [['b', 'c'], 1, '1'],
    [['t', '*', 'd'], false, 'false'],
    [['projects', '/', 'trust_level'], 'trusted', '"trusted"'],
    [['many', '0', 'e', 'f'], true, 'true'],
    [['many', '*', 'last'], 'x', "'x'"],
    [['args', '1'], 'b', '"b"'],
    [['env', 'KEY'], 'v', '"v"'],
    [['open', '*'], 'y', '"y"'],
  ];
  for (const [pattern, value, whole] of cases) {
    test(pattern.join('.'), () => {
      const [setting] = find('.codex/config.toml', text, ...pattern);
      assert.deepEqual([setting?.value, setting?.whole], [value, whole]);
    });
  }
});

test('hostile texts are read in passing', () => {
  for (const text of [
    '['.repeat(200_000),
    'a='.repeat(100_000),
    '"'.repeat(200_000),
    ' '.repeat(200_000),
    'a.'.repeat(100_000),
    `a=${'['.repeat(200_000)}`,
    'a=[\n'.repeat(50_000),
    'a="""\\'.repeat(50_000),
    'a={b='.repeat(50_000),
  ]) {
    for (const path of ['.codex/config.toml', 's.json']) assert.deepEqual(find(path, text, 'x'), []);
  }
});
