import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../server/src/engine/config.ts';
import { rules } from '../../server/src/rules/index.ts';

const parse = (text: string) => parseConfig(text, rules, '.guidelint.yaml');

test('a severity can be given by id or name, alone or with options', () => {
  const { config, problems } = parse('rules:\n  GL301: off\n  pickle-load: { severity: hint }\n');
  assert.deepEqual(problems, []);
  assert.deepEqual(
    [...config.severities],
    [
      ['GL301', 'off'],
      ['GL302', 'hint'],
    ],
  );
});

test('what is right applies although something else is wrong', () => {
  const text = 'rules:\n  unsafe-model-lod: error\n  pickle-load: eror\n  GL303: hint\nexlude: ["a"]\n';
  const { config, problems } = parse(text);
  assert.deepEqual([...config.severities], [['GL303', 'hint']]);
  const shown = problems.map(({ span, message }) => [text.slice(span.start, span.end), message]);
  assert.deepEqual(shown.map(([place]) => place).sort(), ['eror', 'exlude', 'unsafe-model-lod']);
  assert.ok(shown.some(([, message]) => message?.includes('did you mean `unsafe-model-load`?')));
  assert.ok(shown.some(([, message]) => message?.includes('did you mean `error`?')));
  assert.ok(shown.some(([, message]) => message?.includes('did you mean `exclude`?')));
});

test('an acceptance that is wrong in part accepts nothing', () => {
  const { config, problems } = parse(
    'accept:\n  - rule: GL301\n    reason: old\n    fils: ["a.py"]\n  - rule: GL302\n    reason: ok\n',
  );
  assert.equal(problems.length, 1);
  assert.deepEqual(
    config.accepted.map(({ rule }) => rule),
    ['GL302'],
  );
});

for (const [name, text] of Object.entries({
  empty: '',
  'a comment only': '# nothing\n',
  'broken YAML': 'rules: [',
  'a list': '- rules\n',
  'an alias bomb': `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((key, index) => `${key}: &${key} [${`*${'abcdefgh'[index]},`.repeat(9)}]`).join('\n')}\n`,
  'deep nesting': `rules: ${'['.repeat(2000)}`,
})) {
  test(`${name} neither throws nor hangs`, () => {
    const { config } = parse(text);
    assert.deepEqual([...config.severities], []);
  });
}
