import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { textReport } from '../../server/src/reports/text.ts';
import { notebookText, PROJECT, scanReport } from './scanReport.ts';

test('findings by file, what was not checked, and a line that sums up', async (t) => {
  const report = await scanReport(t, {
    'src/a.py': 'x = BAD\n'.repeat(11),
    'b.py': 'ODD\nRISKY\n',
    'n.ipynb': notebookText(['text', ['BAD']]),
    'binary.py': Buffer.from([0]),
    'accepted.py': 'BAD  # guidelint-disable-line: agreed\n',
  });
  const text = textReport({ ...report, scan: { ...report.scan, millis: 840 } }, { colors: false });
  const lines = text.split('\n');
  assert.deepEqual(lines.slice(0, 10), [
    'b.py',
    '  1:1  hint     The word `ODD` must not be used  GL398 forbidden-word',
    '  2:1  warning  The word `RISKY` must not be used  GL398 forbidden-word (suggested fix)',
    '',
    'n.ipynb',
    '  cell 2 1:1  error    The word `BAD` must not be used  GL398 forbidden-word (safe fix)',
    '                       cell 2 1:1 the file begins here',
    '',
    'src/a.py',
    '   1:5  error    The word `BAD` must not be used  GL398 forbidden-word (safe fix)',
  ]);
  const guidelines = lines.indexOf('Guidelines');
  assert.deepEqual(lines.slice(guidelines, guidelines + 3), [
    'Guidelines',
    '  GL398  CWE-502: Deserialization of Untrusted Data',
    '',
  ]);
  assert.deepEqual(lines.slice(-5), [
    'Not checked: 1 file',
    '  binary.py is binary',
    '',
    '14 findings (12 errors, 1 warning, 1 hint), 1 suppressed, 12 fixable with --fix, 4 files checked in 0.8 s',
    '',
  ]);
});

test('lines keep to the width of the terminal, and no word of a message is lost', async (t) => {
  const report = await scanReport(t, { 'a.py': `x = "${'word '.repeat(50)}" + BAD\n`, 'broken.ipynb': '{' });
  const messages = report.scan.files.flatMap(({ findings }) => findings.map(({ message }) => message));
  assert.equal(messages.length, 2);
  for (const width of [40, 60, 80, 120]) {
    const text = textReport(report, { colors: false, width });
    const findings = text.slice(0, text.indexOf('\nGuidelines'));
    for (const line of text.slice(0, text.indexOf('\n2 findings')).split('\n'))
      assert.ok(line.length <= width, `${width}: ${line}`);
    for (const message of messages) assert.ok(findings.replace(/\s+/g, ' ').includes(message), `${width}: ${findings}`);
  }
});

test('colours change nothing but colours', async (t) => {
  const report = await scanReport(t, PROJECT);
  const coloured = textReport(report, { colors: true, width: 90 });
  assert.notEqual(coloured, textReport(report, { colors: false, width: 90 }));
  assert.equal(stripVTControlCharacters(coloured), textReport(report, { colors: false, width: 90 }));
});

test('a hostile name or text cannot move the cursor or reorder what is read', {
  skip: process.platform === 'win32' ? 'no such names' : false,
}, async (t) => {
  const report = await scanReport(t, { 'a\u001b[2J\n::error::x\u202E.py': 'BAD' });
  const text = textReport(report, { colors: false });
  assert.equal(text.split('\n')[0], 'a\\u{1B}[2J\\u{A}::error::x\\u{202E}.py');
});

test('many files that were not checked are counted, the first are named', async (t) => {
  const files = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`b${10 + index}.py`, Buffer.from([0])]));
  const text = textReport(await scanReport(t, files), { colors: false });
  assert.match(text, /^Not checked: 25 files\n {2}b10\.py is binary\n/);
  assert.match(text, /\n {2}and 15 more; --format json lists all\n/);
});
