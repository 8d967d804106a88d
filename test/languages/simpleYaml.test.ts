import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { readSimpleYaml } from '../../server/src/languages/simpleYaml.ts';

const CARD = `annotations_creators:
- expert-generated
language:
- en
- "no"
license: cc-by-4.0
size_categories:
- 10K<n<100K
paperswithcode_id: null
empty:
pretty_name: 'Reading: a corpus'
version: 1.0
configs:
  - config_name: default
    data_files:
    - split: train
      path: data/train-*
    gated: false
dataset_info:
  features:
  - name: label
    dtype:
      class_label:
        names:
          '0': negative
          1: positive
  - - nested
    - list
  download_size: 123456
`;
const PROMPT = `name: review
description: "Reads a change: what it does, and what it breaks"
tools: search, edit/files
metadata:
  author: forum-team <team@forum.org>
  reviewed: 2026-01-31
`;
const PIECES = [
  'null',
  'Null',
  'true',
  '1.0',
  '0x1f',
  '1e3',
  '.inf',
  '-1',
  '0o7',
  '007',
  '~',
  'a: b',
  'x #y',
  '[',
  '[]',
];
const MARKS = [
  ' ',
  '  ',
  '\n',
  '\n\n',
  '- ',
  '-',
  ':',
  ': ',
  "'",
  '"',
  '#',
  '|',
  '&a',
  '*a',
  '!t',
  '? ',
  '---\n',
  '\t',
  '\\',
  '%',
  '@',
];

/** Everything that readers of a node go by. */
function shape(node: unknown): unknown {
  if (isScalar(node)) return ['scalar', node.value, node.source, node.range];
  if (isSeq(node)) return ['list', node.range, node.items.map(shape)];
  if (isMap(node)) return ['map', node.range, node.items.map(({ key, value }) => [shape(key), shape(value)])];
  return node;
}

/** @returns whether it was simple. */
function agrees(text: string): boolean {
  const simple = readSimpleYaml(text);
  if (!simple) return false;
  const { contents, errors } = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, strict: false });
  assert.deepEqual(errors, [], text);
  assert.deepEqual(shape(simple), shape(contents), text);
  return true;
}

test('heads of cards and prompts are read as the package reads them', () => {
  for (const text of [CARD, PROMPT]) assert.ok(agrees(text), text);
});

test('what is not simple is left to the package', () => {
  const others = [
    '',
    'word\n',
    '- item\n',
    'a: [b, c]\n',
    'a: |\n  text\n',
    'a: b\n  goes on\n',
    'a: b # why\n',
    'a: &x b\n',
  ];
  for (const text of [
    ...others,
    'a: b\n c: d\n',
    'a:\n  b: c\n d: e\n',
    "a: 'it''s'\n",
    'a: b',
    'a: Null\n',
    'a: 0x1f\n',
  ]) {
    assert.equal(readSimpleYaml(text), undefined, text);
  }
});

test('in no head that was changed anywhere is it read otherwise', () => {
  const anywhere = fc.record({
    text: fc.constantFrom(CARD, PROMPT),
    at: fc.nat(600),
    dropped: fc.nat(3),
    put: fc.constantFrom('', ...MARKS, ...PIECES),
  });
  let simple = 0;
  const check = ({ text, at, dropped, put }: { text: string; at: number; dropped: number; put: string }) => {
    if (agrees(text.slice(0, at) + put + text.slice(at + dropped))) simple++;
  };
  fc.assert(fc.property(anywhere, check), { numRuns: 4000 });
  // As values too, where spellings matter.
  for (const put of PIECES) agrees(`key: ${put}\nlist:\n- ${put}\n${put}: value\n`);
  assert.ok(simple > 500, `only ${simple} were simple`);
});

test('long runs of one character are answered', () => {
  for (const run of ['a', ' ', "'", '"', ':', 'a: ', '0', '\n', '- a\n', 'a:\n', '.']) {
    for (const text of [run.repeat(100_000), `a: ${run.repeat(100_000)}\n`]) {
      const simple = readSimpleYaml(text);
      assert.ok(simple === undefined || isMap(simple));
    }
  }
});
