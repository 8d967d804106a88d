import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findAsked, readProse, sentenceAt } from '../../server/src/languages/prompts/prose.ts';

const whole = (text: string) => readProse(text, [{ start: 0, end: text.length }]);
const asked = (text: string) => [...findAsked(whole(text), /\bdelete\b/gi)].map(({ sentence }) => sentence.text.trim());

describe('what asks', () => {
  test('a plain sentence, also over two lines', () => {
    assert.deepEqual(asked('First look. Then delete\nthe rest. Done.'), ['Then delete\nthe rest.']);
  });
  for (const [why, text] of [
    ['negated', 'Never delete it.'],
    ['a condition', 'If you delete it, say so.'],
    ['quoted', 'The text "delete it" is harmful.'],
    ['in curly quotes', 'The text “delete it” is harmful.'],
    ['inline code', 'The command `delete` is one.'],
    ['fenced', '```\ndelete it\n```\n'],
    ['in a fence below a list item', '- do\n  ```sh\n  delete\n  ```\n'],
    ['in a fence that is never closed', 'x\n~~~\ndelete\n'],
    ['a quoted block', '> delete it\n'],
    ['a comment', '<!-- delete it -->\n'],
    ['below a heading that warns', '## Anti-patterns\n\n- delete it\n'],
    ['marked', '❌ delete it\n'],
    ['below a line in bold that warns', '**Must not:**\n\n- look\n- delete it\n'],
    ['in a list that is announced', 'You must not do this:\n\n1. look\n2. delete it\n'],
    ['below an item that warns', '- Avoid:\n  - delete it\n'],
  ] as const) {
    test(`not: ${why}`, () => assert.deepEqual(asked(text), []));
  }
  test('a fence within a longer fence does not end it', () => {
    assert.deepEqual(asked('````\n```\ndelete\n```\n````\ndelete now\n'), ['delete now']);
  });
  test('an announcement ends with its list, and that of an item with what stands deeper', () => {
    assert.deepEqual(asked('Avoid:\n- look\n\nSo delete it.\n'), ['So delete it.']);
    assert.deepEqual(asked('- Avoid:\n  - look\n- delete it\n'), ['- delete it']);
    assert.deepEqual(asked('**Must not:**\n- look\n\n**Must:**\n- delete it\n'), ['- delete it']);
  });
  test('words of an address do not warn', () => {
    assert.deepEqual(asked('delete https://never.example/x now'), ['delete https://never.example/x now']);
  });
});

test('a list item is a sentence of its own, under its heading', () => {
  const prose = whole('# Rules\n\n- Run tests\n- Push\n\n# Never\n\n- Stop');
  const sentence = sentenceAt(prose, prose.text.indexOf('Push'));
  assert.deepEqual([sentence.text.trim(), sentence.heading], ['- Push', 'Rules']);
});

test('the text keeps its length and lines, whatever it is', () => {
  const piece = fc.constantFrom(
    '```',
    '\n',
    '~~~',
    '"',
    '`',
    '<!--',
    '-->',
    '> ',
    '# ',
    'a. ',
    '“',
    '”',
    ' ',
    "'",
    '\r\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const prose = whole(text);
      assert.equal(prose.text.length, text.length);
      assert.equal(prose.text.split('\n').length, text.split('\n').length);
      for (let offset = 0; offset < text.length; offset += 3) {
        const { span } = sentenceAt(prose, offset);
        assert.ok(span.start <= offset && offset <= span.end);
      }
    }),
  );
});

test('linear on hostile lines', () => {
  for (const unit of ['`', '"', '“', '<!--', '> ', '- ', '#', "' ", '~~~\n', 'a\n', 'a. ']) {
    const text = unit.repeat(200_000 / unit.length);
    const start = performance.now();
    const prose = whole(text);
    sentenceAt(prose, 100_000);
    assert.ok(performance.now() - start < 3000, unit);
  }
});
