import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Markdown, plainText, readMarkdown } from '../../server/src/languages/markdown.ts';

const headingsOf = (text: string) => readMarkdown(text).headings.map(({ level, text: title }) => [level, title]);

test('headings in every notation, as a reader sees them', () => {
  assert.deepEqual(
    headingsOf(
      [
        '# **Model** card for [x](http://y) #',
        '## 9) Known caveats',
        '### 2.1. `Code` _use_:',
        '## 🚀 Uses {#uses}',
        'Set',
        '===',
        '',
        '<h2 align="center"><b>Limits</b></h2>',
        '',
        '```',
        '# no heading',
        '```',
        '#hashtag',
        '## 3D models',
        '## IV. Results',
        '## Out-of-Scope Use [optional]',
      ].join('\n'),
    ),
    [
      [1, 'Model card for x'],
      [2, 'Known caveats'],
      [3, 'Code use'],
      [2, 'Uses'],
      [1, 'Set'],
      [2, 'Limits'],
      [2, '3D models'],
      [2, 'Results'],
      [2, 'Out-of-Scope Use [optional]'],
    ],
  );
});

test('a section holds its sub-sections and ends at the next of its level', () => {
  const text = '# A\nx\n## B\ny\n### C\nz\n## D\n# E\n';
  const contents = readMarkdown(text).headings.map(({ content }) => text.slice(content.start, content.end));
  assert.deepEqual(contents, ['\nx\n## B\ny\n### C\nz\n## D\n', '\ny\n### C\nz\n', '\nz\n', '\n', '\n']);
});

test('blocks, tables, code and links have the offsets of the whole text', () => {
  const text =
    '---\na: b\n---\n- item `code <!-- no -->`\n\n| f | h |\n|---|---|\n| x \\| y | |\n\n```Python run\nprint()\n\n```\n\n<!-- hid -->\n\nSee [t](u "v") ![i](j.png) <https://k.l>, https://m.n/o. <!-- in -->\r\n';
  const markdown = readMarkdown(text, 13);
  const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  assert.deepEqual(markdown.blocks.map(({ type, span }) => [type, at(span)]).slice(0, 3), [
    ['item', 'item `code <!-- no -->`'],
    ['row', 'x \\| y | '],
    ['code', '```Python run\nprint()\n\n```'],
  ]);
  assert.deepEqual(
    markdown.tables[0]?.header.map(({ text: cell }) => cell),
    ['f', 'h'],
  );
  assert.deepEqual(
    markdown.tables[0]?.rows.map((row) => row.map((cell) => [cell.text, at(cell.span)])),
    [
      [
        ['x \\| y', 'x \\| y'],
        ['', ''],
      ],
    ],
  );
  assert.deepEqual(
    markdown.code.map(({ language, content }) => [language, at(content)]),
    [['python', 'print()\n']],
  );
  assert.deepEqual(markdown.comments.map(at), ['<!-- hid -->', '<!-- in -->']);
  assert.deepEqual(
    markdown.links.map(({ text: label, url, image, span }) => [label, url, image, at(span)]),
    [
      ['t', 'u', false, '[t](u "v")'],
      ['i', 'j.png', true, '![i](j.png)'],
      ['https://k.l', 'https://k.l', false, 'https://k.l'],
      ['https://m.n/o', 'https://m.n/o', false, 'https://m.n/o'],
    ],
  );
});

test('plain text drops marks and keeps words', () => {
  const cases = [
    ['**[More Information Needed](https://x)**', 'More Information Needed'],
    ['\\[TODO\\]', '[TODO]'],
    ['snake_case and _emphasis_', 'snake_case and emphasis'],
    ['<br/>a <!-- b --> ![c](d)', 'a'],
    ['<your name>', '<your name>'],
    ['2 * 3', '2 3'],
  ] as const;
  for (const [markdown, plain] of cases) assert.equal(plainText(markdown), plain);
});

function check({ headings, blocks, tables, code, comments, links }: Markdown, length: number, from: number): void {
  const spans = [
    ...headings.flatMap(({ span, content }) => [span, content]),
    ...[...blocks, ...tables, ...code, ...links].map(({ span }) => span),
    ...comments,
  ];
  for (const { start, end } of spans) assert.ok(from <= start && start <= end && end <= length);
}

test('any text can be read, also cut at any place', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '\n',
      '\r\n',
      '# ',
      '- ',
      '> ',
      '|',
      '|-|',
      '```',
      '<!--',
      '-->',
      '[a](',
      ')',
      '**',
      '===',
      '<h2>',
      '</h2>',
      '\t',
      '1. ',
      '![',
      '\\',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      check(readMarkdown(text), text.length, 0);
    }),
    { numRuns: 500 },
  );
});

test('hostile texts take no time', () => {
  const texts = [
    '[a]('.repeat(20_000),
    '['.repeat(100_000),
    `${'![a'.repeat(20_000)}${']'.repeat(20_000)}`,
    '*a **b '.repeat(20_000),
    `${'- '.repeat(20_000)}a`,
    `${'> '.repeat(20_000)}a`,
    '<!-- '.repeat(20_000),
    '`'.repeat(100_000),
    '<h2>a'.repeat(20_000),
    '# a\n\nb\n\n'.repeat(10_000),
    `| a | b |\n|---|---|\n${'| x | y |\n'.repeat(5_000)}`,
    'http://'.repeat(20_000),
  ];
  for (const text of texts) {
    const start = performance.now();
    const markdown = readMarkdown(text);
    check(markdown, text.length, 0);
    assert.ok(performance.now() - start < 10_000, text.slice(0, 20));
  }
});

test('tables are read with Windows line ends and with blanks behind their rows', () => {
  for (const text of [
    '| a | b |\r\n|---|---|\r\n| c | d |\r\n',
    '| a | b |  \n|:--|:-:|  \n| c | d |  \n',
    '> | a | b |\r\n> |---|---|\r\n> | c | d |\r\n',
  ]) {
    const [table] = readMarkdown(text).tables;
    assert.deepEqual(
      table?.rows.map((row) => row.map((cell) => cell.text)),
      [['c', 'd']],
      text,
    );
    const [cell] = table?.rows[0] ?? [];
    assert.equal(cell && text.slice(cell.span.start, cell.span.end), 'c');
  }
});
