import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../server/src/engine/fixes.ts';
import { type Notebook, notebookFromCells, readNotebook } from '../../server/src/languages/notebook.ts';

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata?: object;
}

function ipynb(cells: readonly Cell[], metadata: object = {}): string {
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }, undefined, 1);
}

function read(raw: string): Notebook {
  const notebook = readNotebook(raw);
  assert.ok(!('error' in notebook), 'error' in notebook ? notebook.error : '');
  return notebook;
}

const LINES: readonly Cell[] = [
  { cell_type: 'markdown', source: ['# Title\n', 'text'] },
  { cell_type: 'code', source: ['import torch\n', 'x = "tab\\tquote\\" é 😀"\n', 'torch.load(x)'] },
  { cell_type: 'code', source: [] },
  { cell_type: 'code', source: 'a = 1\nb = 2' },
];

test('joins the code cells in order', () => {
  const { program, cells, cellAt } = read(ipynb(LINES));
  assert.equal(program, 'import torch\nx = "tab\\tquote\\" é 😀"\ntorch.load(x)\n\na = 1\nb = 2');
  assert.deepEqual(
    cells.map(({ index, start, end }) => [index, program.slice(start, end)]),
    [
      [1, 'import torch\nx = "tab\\tquote\\" é 😀"\ntorch.load(x)'],
      [2, ''],
      [3, 'a = 1\nb = 2'],
    ],
  );
  const found = cellAt(program.indexOf('b = 2'));
  assert.deepEqual([found?.cell.index, found?.offset], [3, 6]);
});

test('finds every character again in the raw text', () => {
  const raw = ipynb(LINES);
  const { program, cells, toRaw } = read(raw);
  for (const { start, end } of cells) {
    for (let offset = start; offset < end; offset++) {
      const at = toRaw(offset);
      const escaped = /^\\(?:u[0-9a-f]{4}|.)/i.exec(raw.slice(at));
      const written = escaped ? JSON.parse(`"${escaped[0]}"`) : raw[at];
      assert.equal(written, program[offset], `offset ${offset}`);
    }
  }
});

test('edits the raw text and keeps it a notebook', () => {
  const raw = ipynb(LINES);
  const { program, rawEdits } = read(raw);
  const at = program.indexOf('torch.load(x)');
  const edits = rawEdits([
    { start: at + 12, end: at + 12, text: ', weights_only=True' },
    { start: program.indexOf('a = 1'), end: program.indexOf('b = 2'), text: 'c = "\n"\n' },
    { start: 0, end: program.indexOf('x = '), text: '' },
  ]);
  assert.ok(edits);
  const after = read(applyEdits(raw, edits));
  assert.equal(after.program, 'x = "tab\\tquote\\" é 😀"\ntorch.load(x, weights_only=True)\n\nc = "\n"\nb = 2');
});

test('refuses an edit across cells', () => {
  const { program, rawEdits } = read(ipynb(LINES));
  const from = program.indexOf('load(x)');
  assert.equal(rawEdits([{ start: from, end: program.indexOf('b = 2'), text: '' }]), undefined);
});

test('edits anywhere in a cell give what the same edit of the program gives', () => {
  const raw = ipynb(LINES);
  const { program, cells, rawEdits } = read(raw);
  const cell = cells[0] as { start: number; end: number };
  const offset = fc.integer({ min: cell.start, max: cell.end });
  fc.assert(
    fc.property(offset, offset, fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', 'é') }), (a, b, text) => {
      const edit = { start: Math.min(a, b), end: Math.max(a, b), text };
      const edits = rawEdits([edit]);
      assert.ok(edits);
      assert.equal(read(applyEdits(raw, edits)).program, applyEdits(program, [edit]));
    }),
  );
});

const HIDDEN: readonly (readonly [string, string])[] = [
  ['%matplotlib inline', '#matplotlib inline'],
  ['!pip install x', '#pip install x'],
  ['!!ls', '#!ls'],
  ['?torch.load', '#torch.load'],
  ['torch.load?', '#orch.load?'],
  ['files = !ls', '#iles = !ls'],
  ['if x:\n    !ls -l\ny = 1', 'if x:\n    0#s -l\ny = 1'],
  ['!pip install \\\n  x\ny = 1', '#pip install \\\n  #\ny = 1'],
  ['%%time\nx = 1', '#%time\nx = 1'],
  ['%%bash\nrm -rf x\n\nls', '#%bash\n#m -rf x\n\n#s'],
  ['x = a %b\ny = "50%" # why?', 'x = a %b\ny = "50%" # why?'],
  ['x = (a\n    % b)', 'x = (a\n    % b)'],
  ['a != b', 'a != b'],
];
for (const [cell, program] of HIDDEN) {
  test(`hides what is no Python in ${JSON.stringify(cell)}`, () => {
    const notebook = notebookFromCells([{ text: cell }]);
    assert.equal(notebook.program, program);
    assert.equal(notebook.program.length, cell.length);
  });
}

test('leaves cells of other languages out', () => {
  const kernel = { kernelspec: { language: 'R', name: 'ir' } };
  assert.equal(read(ipynb(LINES, kernel)).program, '');
  const own = { cell_type: 'code', source: 'SELECT 1', metadata: { vscode: { languageId: 'sql' } } };
  assert.equal(read(ipynb([own, { cell_type: 'code', source: 'a' }])).program, 'a');
  assert.equal(
    notebookFromCells([
      { text: 'x', language: 'sql' },
      { text: 'y', language: 'python' },
    ]).program,
    'y',
  );
});

test('an editor gives cells without a raw text', () => {
  const { toRaw, rawEdits, cells } = notebookFromCells([{ text: 'a' }, { text: 'b' }]);
  assert.deepEqual(cells, [
    { index: 0, start: 0, end: 1 },
    { index: 1, start: 2, end: 3 },
  ]);
  assert.equal(toRaw(2), 2);
  assert.deepEqual(rawEdits([{ start: 2, end: 3, text: 'c' }]), [{ start: 2, end: 3, text: 'c' }]);
});

test('reads the form of version 3 and a byte order mark', () => {
  const old = { nbformat: 3, worksheets: [{ cells: [{ cell_type: 'code', input: ['a\n', 'b'] }] }] };
  assert.equal(read(JSON.stringify(old)).program, 'a\nb');
  const raw = `\uFEFF${ipynb([{ cell_type: 'code', source: 'abc' }])}`;
  const { toRaw } = read(raw);
  assert.equal(raw.slice(toRaw(0), toRaw(3)), 'abc');
});

const BROKEN: readonly (readonly [string, RegExp])[] = [
  ['', /not valid JSON/],
  ['print(1)', /not valid JSON/],
  ['{"cells": [', /not valid JSON: see line 1/],
  ['[]', /not valid JSON/],
  ['{"a": 1}', /no list of cells/],
  ['{"cells": {}}', /no list of cells/],
  ['['.repeat(200_000), /not valid JSON|nested too deeply/],
];
for (const [raw, error] of BROKEN) {
  test(`says what is wrong with ${JSON.stringify(raw.slice(0, 20))}`, () => {
    const notebook = readNotebook(raw);
    assert.match('error' in notebook ? notebook.error : '', error);
  });
}

test('bears cells of any shape', () => {
  const json = JSON.stringify({
    cells: [null, 1, {}, { cell_type: 'code' }, { cell_type: 'code', source: [1, null, 'a'] }],
  });
  assert.equal(read(json).program, 'a');
});

test('never throws on a cut-off file', () => {
  const raw = ipynb(LINES);
  for (let end = 0; end < raw.length; end++) readNotebook(raw.slice(0, end));
});
