import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readMagics } from '../../server/src/languages/magics.ts';
import { notebookFromCells, readNotebook, withSavedOutputs } from '../../server/src/languages/notebook.ts';

const short = (cell: string) => readMagics(cell).magics.map(({ kind, name, text }) => [kind, name, text]);

test('reads magics and shell lines', () => {
  const cases: [cell: string, magics: unknown[]][] = [
    ['!pip install x', [['shell', '', 'pip install x']]],
    ['! wget u', [['shell', '', ' wget u']]],
    ['%pip install x', [['shell', '', 'pip install x']]],
    ['pip install x', [['shell', '', 'pip install x']]],
    ['%cd repo', [['shell', '', 'cd repo']]],
    ['%sx ls', [['shell', '', 'ls']]],
    ['files = !ls -l', [['shell', '', 'ls -l']]],
    ['out = %sx ls', [['shell', '', 'ls']]],
    ['%env A=1', [['line', 'env', 'A=1']]],
    ['%load_ext autoreload', [['line', 'load_ext', 'autoreload']]],
    ['!a \\\n  b\nx = 1', [['shell', '', 'a \\\n  b']]],
    ['%%bash -e\ncurl u\nls', [['shell', '', 'curl u\nls']]],
    ['%%script bash\nls', [['shell', '', 'ls']]],
    ['%%script --bg sh\nls', [['shell', '', 'ls']]],
    ['%%writefile a.py\nx = 1', [['cell', 'writefile', 'a.py\nx = 1']]],
    [
      '%%time\n!ls',
      [
        ['line', 'time', ''],
        ['shell', '', 'ls'],
      ],
    ],
    ['torch.load?', []],
    ['x = 5 % 3\ny != z\nprint("100%")', []],
    ['x = (a\n  != b)', []],
  ];
  for (const [cell, magics] of cases) assert.deepEqual(short(cell), magics, cell);
});

test('keeps the length, and says where the text stands', () => {
  const parts = [
    '!pip install x',
    '%env A=1',
    'x = !ls',
    '  !ls',
    '%%bash',
    'x = 1',
    'y\\',
    '!a \\',
    '?x',
    ' ',
    'é😀%',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const cell = lines.join(end);
      const { python, magics } = readMagics(cell);
      assert.equal(python.length, cell.length);
      for (const { text, at, span } of magics) {
        assert.equal(cell.slice(at, at + text.length), text);
        assert.ok(span.start <= at && at + text.length <= span.end + 1);
      }
    }),
  );
});

const cell = (source: string, outputs: object[] = []) => ({ cell_type: 'code', metadata: {}, source, outputs });
const ipynb = (cells: object[], metadata = {}) => JSON.stringify({ nbformat: 4, metadata, cells }, undefined, 1);

test('reads outputs and finds their text again in the file', () => {
  const raw = `\uFEFF${ipynb([
    { cell_type: 'markdown', source: 'x' },
    cell('show()', [
      { output_type: 'stream', text: ['a "quoted"\n', 'line é 😀\n'] },
      { output_type: 'display_data', data: { 'image/png': 'aGk=', 'text/html': '<b>\\</b>' } },
      { output_type: 'error', traceback: ['\u001b[31mError\u001b[0m', 'KEY'] },
    ]),
  ])}`;
  const notebook = readNotebook(raw);
  assert.ok(!('error' in notebook));
  assert.deepEqual(
    notebook.outputs.map((output) => [output.cell, output.index, output.media, output.text()]),
    [
      [1, 0, 'text/plain', 'a "quoted"\nline é 😀\n'],
      [1, 1, 'text/html', '<b>\\</b>'],
      [1, 2, 'text/plain', '\u001b[31mError\u001b[0mKEY'],
    ],
  );
  for (const output of notebook.outputs) {
    for (const word of ['quoted', 'line é', 'KEY', '</b>']) {
      const start = output.text().indexOf(word);
      if (start === -1) continue;
      const place = output.onDisk({ start, end: start + word.length });
      assert.equal(raw.slice(place.start, place.end), word);
    }
  }
});

test('notices a notebook that calls itself trusted', () => {
  const raw = ipynb([
    { ...cell('x'), metadata: { trusted: true } },
    { ...cell('y'), metadata: { trusted: false } },
  ]);
  const notebook = readNotebook(raw);
  assert.ok(!('error' in notebook));
  assert.deepEqual(
    notebook.trusted.map(({ cell: index, onDisk }) => [index, raw.slice(onDisk.start, onDisk.end)]),
    [[0, '"trusted": true']],
  );
});

test('gives an editor the outputs of the cells that are still the same', () => {
  const text = (value: string) => [{ output_type: 'stream', text: value }];
  const saved = readNotebook(
    ipynb([{ cell_type: 'markdown', source: '#' }, cell('a', text('A')), cell('b', text('B')), cell('c', text('C'))]),
  );
  assert.ok(!('error' in saved));
  const edited = notebookFromCells([{ text: 'a' }, { text: 'changed' }, { text: 'new' }, { text: 'c' }]);
  assert.deepEqual(
    withSavedOutputs(edited, saved).outputs.map((output) => [output.cell, output.text()]),
    [
      [0, 'A'],
      [3, 'C'],
    ],
  );
});
