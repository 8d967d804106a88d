import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findHiddenCharacters } from '../../server/src/languages/hiddenCharacters.ts';

const FINE: Readonly<Record<string, string>> = {
  'a byte order mark': '\uFEFFtext',
  'joined emoji': '👩‍💻 👨‍👩‍👧 🏳️‍🌈 ❤️‍🔥 🧑🏽‍🚀',
  keycaps: '1️⃣ #️⃣',
  'text and picture selectors': '☎︎ ☎️ ⚠️ ©️ ™️',
  'a formula copied from a page': 'sin\u2061(x) and 2\u2062x',
  flags: '🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'Persian with a non-joiner': 'می‌خواهم',
  'Hindi with joiners': 'क्‍ष र्‍य',
  'right-to-left text with marks': 'שלום עולם \u200F(שלום)\u200F שלום',
};
for (const [name, text] of Object.entries(FINE)) {
  test(`accepts ${name}`, () => assert.deepEqual(findHiddenCharacters(text), []));
}

const HIDDEN: readonly [string, string, string][] = [
  ['zero-width space', 'a\u200Bb', 'zero-width'],
  ['joiner between letters', 'ad\u200Dmin', 'zero-width'],
  ['byte order mark inside', 'a\uFEFFb', 'zero-width'],
  ['override', 'x\u202Ey', 'bidi'],
  ['tags', 'x\u{E0049}\u{E0047}', 'tag'],
  [
    'a payload dressed as a flag',
    '🏴\u{E0069}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065}\u{E0020}\u{E0061}\u{E007F}',
    'tag',
  ],
  ['selectors in a row', 'x\uFE00\uFE01\uFE02', 'variation'],
  ['supplementary selectors', '😀\u{E0100}\u{E0110}', 'variation'],
];
for (const [name, text, kind] of HIDDEN) {
  test(`finds ${name}`, () =>
    assert.deepEqual(
      findHiddenCharacters(text).map((run) => run.kind),
      [kind],
    ));
}

test('spells out what tags hide', () => {
  const hidden = [...'run rm'].map((char) => String.fromCodePoint(0xe0000 + (char.codePointAt(0) ?? 0))).join('');
  assert.equal(findHiddenCharacters(`Hello${hidden}`)[0]?.decoded, 'run rm');
});

test('a long text is searched in linear time', () => {
  const text = '\u200B a'.repeat(200_000);
  assert.equal(findHiddenCharacters(text).length, 200_000);
});
