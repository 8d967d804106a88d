import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complianceReport } from '../../server/src/engine/compliance.ts';
import { renderSummaryMarkdown } from '../../server/src/reports/summaryMarkdown.ts';
import { positionsIn } from '../../server/src/workspace/positions.ts';
import { sampleReport } from './sampleReport.ts';
import { PROJECT, scanReport } from './scanReport.ts';

async function summaryOf(...[t, files]: Parameters<typeof scanReport>) {
  const { scan, rules, version } = await scanReport(t, files);
  return complianceReport({
    version,
    time: '2026-11-21T12:00:00.000Z',
    folders: ['project|1'],
    rules,
    files: scan.files,
    skipped: scan.skipped,
    partial: scan.partial,
    assets: [],
    position: positionsIn(scan.files),
  });
}

/** The text below a heading up to the next of its level. */
function section(markdown: string, heading: string): string {
  const start = markdown.indexOf(`\n## ${heading}\n`);
  assert.notEqual(start, -1, `there is a section ${heading}`);
  const end = markdown.indexOf('\n## ', start + 4);
  return markdown.slice(start, end === -1 ? undefined : end);
}

test('numbers first, then what is open, accepted, left to people and not checked', async (t) => {
  const markdown = renderSummaryMarkdown(await summaryOf(t, PROJECT));
  assert.match(markdown, /\| Project \| project\\\|1 \|/);
  assert.match(markdown, /\| Files \| 6 files checked \(4 Python files, 2 notebooks\) \|/);
  assert.match(
    section(markdown, 'Overview'),
    /\*\*9 findings open\*\* \(3 errors, 3 warnings, 2 info, 1 hint\), 2 accepted\./,
  );
  assert.match(
    section(markdown, 'What is open'),
    /\| GL398 forbidden-word \| error \| 7 \| `a b\/x#%\(1\)\.py:1`, `a b\/x#%\(1\)\.py:1`, `a b/,
  );
  assert.match(
    section(markdown, 'Guideline items with open findings'),
    /\| CWE-502: Deserialization of Untrusted Data \| {2}\| error \| 7 \| GL398 \|/,
  );
  const accepted = section(markdown, 'Accepted findings');
  assert.match(accepted, /\| GL398 forbidden-word \| `accepted\.py:2` \| agreed: 100%, yes \| 2030-01-31 \|/);
  assert.match(accepted, /\| `accepted\.py:3` \| \*\*no reason given\*\* \| {2}\|/);
  assert.match(section(markdown, 'Files that could not be checked'), /\| `binary\.py` \| is binary \|/);
});

test('the numbers of the overview are those of the items listed below it', () => {
  const report = sampleReport();
  const markdown = renderSummaryMarkdown(report);
  for (const { title, counts } of report.frameworks) {
    if (counts['needs-human'] === 0) continue;
    assert.match(
      section(markdown, 'Needs a human'),
      new RegExp(`${title.split(' ')[0]}[^\\n]*: ${counts['needs-human']} items?</summary>`),
    );
  }
  const total = report.frameworks.reduce(
    (sum, { items }) => sum + items.filter(({ status }) => status === 'unchecked').length,
    0,
  );
  const listed = section(markdown, 'Not checked').match(/^\| (?!Item|---)/gm)?.length;
  assert.equal(listed, total);
});

test('a stopped scan and skipped files are told before any number', async (t) => {
  const report = await summaryOf(t, PROJECT);
  const markdown = renderSummaryMarkdown({ ...report, partial: true });
  const overview = markdown.indexOf('## Overview');
  for (const warning of ['The check was stopped before its end', '1 file could not be checked']) {
    const at = markdown.indexOf(warning);
    assert.ok(at > 0 && at < overview, warning);
  }
  assert.doesNotMatch(renderSummaryMarkdown(await summaryOf(t, { 'a.py': 'x = 1\n' })), /^> /m);
});

test('nothing from the project becomes markup', () => {
  const report = sampleReport();
  const evil = 'a`b|c<script>[x](y)*\n# d';
  const [first] = report.findings;
  assert.ok(first);
  const finding = { ...first, path: evil, suppression: { reason: evil } };
  const markdown = renderSummaryMarkdown({
    ...report,
    folders: [evil],
    findings: [{ ...finding }],
    skipped: [{ path: evil, reason: evil }],
  });
  assert.doesNotMatch(markdown, /(?<!\\)<script>(?!.*`)/);
  assert.doesNotMatch(markdown, /^# d/m);
  const rows = markdown.split('\n').filter((line) => line.includes('<script') || line.includes('\\<script'));
  const cells = rows.map((row) => row.split(/(?<!\\)\|/).length - 2);
  assert.deepEqual(cells, [2, 4, 2], 'the project, the accepted finding, the skipped file');
});
