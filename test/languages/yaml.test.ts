import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readYaml } from '../../server/src/languages/yaml.ts';

const TEXT = 'license: "mit"   # ok\nversion: 1.0\ntags:\n  - a\n  - \'b c\'\nempty:\nnested:\n  list: [{k: v}]\n';

test('values come with their places', () => {
  const yaml = readYaml(TEXT);
  const at = (span: { start: number; end: number } | undefined) => span && TEXT.slice(span.start, span.end);
  assert.equal(yaml.root, 'map');
  assert.deepEqual(yaml.problems, []);
  assert.equal(yaml.get('license')?.value, 'mit');
  assert.equal(at(yaml.get('license')?.span), '"mit"');
  assert.equal(at(yaml.get('license')?.keySpan), 'license');
  assert.deepEqual([yaml.get('version')?.value, yaml.get('version')?.text], [1, '1.0']);
  assert.deepEqual(yaml.get('tags')?.value, ['a', 'b c']);
  assert.deepEqual(
    yaml.items('tags').map(({ span }) => at(span)),
    ['a', "'b c'"],
  );
  assert.deepEqual(
    yaml.items('license').map(({ text }) => text),
    ['mit'],
  );
  assert.equal(yaml.get('empty')?.value, null);
  assert.deepEqual(yaml.get('empty')?.span, { start: TEXT.indexOf('empty:') + 6, end: TEXT.indexOf('empty:') + 6 });
  assert.equal(yaml.get('nested', 'list', 0, 'k')?.text, 'v');
  assert.equal(yaml.get('nested', 'list', 1), undefined);
  assert.equal(yaml.get('absent'), undefined);
  assert.deepEqual(
    yaml.keys().map(({ text }) => text),
    ['license', 'version', 'tags', 'empty', 'nested'],
  );
});

test('offsets are those of the text around', () => {
  assert.deepEqual(readYaml('a: b', 100).get('a')?.span, { start: 103, end: 104 });
});

test('of broken YAML the rest can be read', () => {
  const yaml = readYaml('license: mit\nlist: [1, 2\nother: x\n');
  assert.equal(yaml.get('license')?.text, 'mit');
  assert.ok(yaml.problems.length > 0);
  assert.match(yaml.problems[0]?.message ?? '', /^not valid YAML: /);
});

test('an alias bomb is read as it is written', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 30; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}]`);
  const yaml = readYaml(lines.join('\n'));
  assert.equal(yaml.items('a29').length, 10);
  assert.deepEqual(yaml.get('a29', 0)?.value, null);
});

test('hostile nesting is refused, not given to the parser', () => {
  for (const text of [
    `a: ${'['.repeat(100_000)}`,
    `a: ${'{b: '.repeat(50_000)}`,
    `${'- '.repeat(50_000)}a`,
    `${'? '.repeat(50_000)}a`,
    Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  ]) {
    const yaml = readYaml(text);
    assert.match(yaml.problems[0]?.message ?? '', /nested deeper/);
    assert.equal(yaml.get('a'), undefined);
  }
  assert.match(readYaml('a: b\n'.repeat(200_000)).problems[0]?.message ?? '', /larger than/);
});

test('wide but flat texts are read', () => {
  const features = '    - name: x\n      dtype: string\n'.repeat(2_000);
  const yaml = readYaml(`dataset_info:\n  features:\n${features}license: mit\n`);
  assert.deepEqual(yaml.problems, []);
  assert.equal(yaml.items('dataset_info', 'features').length, 2_000);
  assert.equal(yaml.get('license')?.text, 'mit');
});

test('any text can be read', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'a: ',
      '- ',
      '\n',
      '  ',
      '&x ',
      '*x',
      '!!t ',
      '[',
      '{',
      '}',
      ']',
      '"',
      "'",
      '|\n',
      '---\n',
      '\t',
      '#',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const yaml = readYaml(text, 7);
      for (const { span } of [...yaml.keys(), ...yaml.problems])
        assert.ok(span.start >= 7 && span.start <= span.end && span.end <= text.length + 8);
      yaml.get('a', 0);
      yaml.items('a');
    }),
    { numRuns: 500 },
  );
});
