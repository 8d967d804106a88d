import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubReport } from '../../server/src/reports/github.ts';
import { PROJECT, scanReport } from './scanReport.ts';

test('findings become annotations, worst first; names and messages are escaped', async (t) => {
  const report = await scanReport(t, PROJECT);
  const lines = githubReport(report).split('\n');
  assert.deepEqual(lines, [
    '::error file=a b/x#%25(1).py,line=1,endLine=1,col=5,endColumn=8,title=GL398 forbidden-word::The word `BAD` must not be used',
    '::error file=a b/x#%25(1).py,line=1,endLine=1,col=14,endColumn=17,title=GL398 forbidden-word::The word `BAD` must not be used',
    '::error file=n.ipynb,line=27,endLine=27,col=10,endColumn=13,title=GL398 forbidden-word::cell 3, line 2: The word `BAD` must not be used',
    '::warning file=a b/x#%25(1).py,line=2,endLine=2,col=5,endColumn=10,title=GL398 forbidden-word::The word `RISKY` must not be used',
    '::warning file=broken.ipynb,line=1,endLine=1,col=1,endColumn=1,title=GL905 unreadable-file::Not checked: The notebook is not valid JSON: see line 1.',
    '::warning file=n.ipynb,line=28,endLine=28,col=18,endColumn=23,title=GL398 forbidden-word::cell 3, line 3: The word `RISKY` must not be used',
    '::notice file=accepted.py,line=3,endLine=3,col=6,endColumn=30,title=GL903 suppression-without-reason::Say after a colon why this is acceptable',
    '::notice file=ä%3Ab.py,line=1,endLine=1,col=1,endColumn=5,title=GL398 forbidden-word::The word `NOTE` must not be used',
    '::notice file=ä%3Ab.py,line=2,endLine=2,col=1,endColumn=4,title=GL398 forbidden-word::The word `ODD` must not be used',
    '::warning title=Guidelint%3A not checked::1 file not checked:%0Abinary.py is binary',
    '',
  ]);
});

test('what GitHub would drop goes to the log', async (t) => {
  const report = await scanReport(t, { 'a.py': `${'BAD\n'.repeat(13)}RISKY\n` });
  const lines = githubReport(report).trimEnd().split('\n');
  assert.equal(lines.filter((line) => line.startsWith('::error ')).length, 10);
  assert.equal(lines.filter((line) => line.startsWith('::warning ')).length, 1);
  assert.deepEqual(lines.slice(11), [
    'GitHub shows 10 annotations of a level; here are the others:',
    '  a.py:11:1: error: The word `BAD` must not be used (GL398 forbidden-word)',
    '  a.py:12:1: error: The word `BAD` must not be used (GL398 forbidden-word)',
    '  a.py:13:1: error: The word `BAD` must not be used (GL398 forbidden-word)',
  ]);
});

test('a file name cannot begin a command of its own', {
  skip: process.platform === 'win32' ? 'no such names' : false,
}, async (t) => {
  const report = await scanReport(t, { 'x\n::set-output name=a::b,c=d\r.py': 'BAD\n'.repeat(12) });
  const lines = githubReport(report).trimEnd().split('\n');
  assert.equal(lines.length, 13);
  assert.match(lines[0] ?? '', /^::error file=x%0A%3A%3Aset-output name=a%3A%3Ab%2Cc=d%0D\.py,line=1,/);
  assert.match(lines[12] ?? '', /^ {2}x\\u\{A\}::set-output/);
});

test('a clean project says nothing, a stopped scan says so', async (t) => {
  const report = await scanReport(t, { 'a.py': 'x = 1\n' });
  assert.equal(githubReport(report), '');
  assert.match(
    githubReport({ ...report, scan: { ...report.scan, partial: true } }),
    /^::warning title=Guidelint%3A stopped::/,
  );
});
