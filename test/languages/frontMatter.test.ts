import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findHead, readFrontMatter } from '../../server/src/languages/frontMatter.ts';

const CARD = '---\nlicense: mit\ntags:\n  - a\n---\n# Title\n';

test('the head ends behind its closing line', () => {
  const front = readFrontMatter(CARD);
  assert.deepEqual([front.present, front.closed, front.start, front.end], [true, true, 0, CARD.indexOf('# Title')]);
  assert.equal(CARD.slice(front.content.start, front.content.end), 'license: mit\ntags:\n  - a\n');
  assert.equal(front.get('license')?.text, 'mit');
  assert.deepEqual(
    front.items('tags').map(({ text }) => text),
    ['a'],
  );
  assert.deepEqual(front.problems, []);
});

test('byte order mark, blank lines and CRLF are tolerated', () => {
  const text = '\uFEFF\r\n\r\n---\r\nlicense: mit\r\n---\r\nBody';
  const front = readFrontMatter(text);
  assert.deepEqual([front.present, front.start, text.slice(front.end)], [true, 5, 'Body']);
  const span = front.get('license')?.span;
  assert.equal(text.slice(span?.start, span?.end), 'mit');
});

test('a head that is never closed ends where the text begins', () => {
  const text = '---\nlicense: mit\ntags:\n  - a\n# Title\nText: more\n';
  const front = readFrontMatter(text);
  assert.deepEqual([front.present, front.closed], [true, false]);
  assert.equal(text.slice(front.end), '# Title\nText: more\n');
  assert.match(front.problems[0]?.message ?? '', /never closed/);
  assert.equal(front.get('license')?.text, 'mit');
});

test('a rule between paragraphs is no head', () => {
  for (const text of [
    '---\n\nSome text\n\n---\n',
    '---\nSome text without end',
    '',
    '---',
    'text\n---\na: b\n---\n',
    '----\na: b\n----\n',
  ]) {
    const front = readFrontMatter(text);
    assert.deepEqual([front.present, front.end, front.keys().length], [false, 0, 0], JSON.stringify(text));
  }
});

test('an empty head, a list and a template are heads', () => {
  assert.equal(readFrontMatter('---\n---\nx').end, 8);
  assert.match(readFrontMatter('---\n- a\n- b\n---\n').problems[0]?.message ?? '', /list/);
  assert.equal(readFrontMatter('---\n{{ card_data }}\n---\n').present, true);
});

test('where it is no YAML, its lines can still be read', () => {
  const text = '---\ndescription: Use this: when asked # really\nglobs: *.ts,*.tsx\nlicense: "mit"\nempty:\n---\n';
  const front = readFrontMatter(text);
  assert.ok(front.problems.length > 0);
  const values = ['description', 'globs', 'license', 'empty', 'none'].map((key) => front.get(key)?.text);
  assert.deepEqual(values, ['Use this: when asked', '*.ts,*.tsx', 'mit', '', undefined]);
  assert.deepEqual(
    front.keys().map(({ text: key }) => key),
    ['description', 'globs', 'license', 'empty'],
  );
  const span = front.get('globs')?.span;
  assert.equal(text.slice(span?.start, span?.end), '*.ts,*.tsx');
  const key = front.get('license')?.keySpan;
  assert.equal(text.slice(key?.start, key?.end), 'license');
});

test('prompt dialects have their own heads', () => {
  const dotprompt = '# Copyright\n\n---\nmodel: x\n---\nHi';
  assert.equal(readFrontMatter(dotprompt).present, false);
  assert.equal(dotprompt.slice(readFrontMatter(dotprompt, 'dotprompt').end), 'Hi');
  const prompty = '+++\nname: x\n+++\nsystem:\n';
  assert.equal(readFrontMatter(prompty).present, false);
  assert.equal(readFrontMatter(prompty, 'prompty').get('name')?.text, 'x');
});

test('keys are found without reading the YAML', () => {
  assert.deepEqual(findHead('---\nlicense: [\n"base_model": x\n  nested: y\n---\n')?.keys, ['license', 'base_model']);
  assert.equal(findHead('no head'), undefined);
});

test('any text can be read, also cut at any place', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('---', '\n', '\r\n', 'a: b', '+++', '- x', '#', '\uFEFF', '"', '[', '{{'),
  );
  fc.assert(
    fc.property(
      fc.array(piece),
      fc.constantFrom('hub' as const, 'dotprompt' as const, 'prompty' as const),
      (pieces, dialect) => {
        const text = pieces.join('');
        const { start, content, end, keys } = readFrontMatter(text, dialect);
        assert.ok(
          0 <= start &&
            start <= end &&
            content.start <= content.end &&
            content.end <= Math.max(end, content.start) &&
            end <= text.length,
        );
        keys();
      },
    ),
    { numRuns: 500 },
  );
  for (let length = 0; length <= CARD.length; length++) readFrontMatter(CARD.slice(0, length)).keys();
});
