import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComplianceReport, Status } from '../../server/src/engine/compliance.ts';
import { STATUS_WORDS } from '../../server/src/reports/statusWords.ts';
import { renderSummaryHtml, type SummaryData } from '../../server/src/reports/summaryHtml.ts';
import { sampleReport } from './sampleReport.ts';

const PAGE = {
  nonce: 'n0nce',
  cspSource: 'https://host',
  scriptUri: 'https://host/s.js',
  styleUri: 'https://host/s.css',
};

const render = (report: ComplianceReport) => renderSummaryHtml(report, PAGE);

/** Everything between `<` and `>`, names only: the structure that no text may change. */
const tags = (page: string) => [...withoutData(page).matchAll(/<(\/?[a-z][a-z0-9]*)/gi)].map(([, name]) => name);

const withoutData = (page: string) =>
  page.replace(/(<script type="application\/json"[^>]*>)[\s\S]*?<\/script>/, '$1</script>');

/** What a reader sees, tags taken out. */
const visible = (page: string) =>
  withoutData(page)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

function dataOf(page: string): SummaryData {
  const island = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page)?.[1];
  assert.ok(island);
  return JSON.parse(island);
}

/** The report with `text` in every place that a stranger can write to. */
function hostile(text: string): ComplianceReport {
  const report = sampleReport();
  return {
    ...report,
    folders: [`file:///home/${encodeURIComponent(text)}`],
    skipped: [{ path: text, reason: text }],
    findings: report.findings.map((finding) => ({
      ...finding,
      path: text,
      uri: `file:///${text}`,
      message: text,
      ruleName: text,
      suppression: { reason: text },
    })),
    frameworks: report.frameworks.map((framework) => ({
      ...framework,
      title: text,
      publisher: text,
      version: text,
      items: framework.items.map((item) => ({
        ...item,
        title: text,
        citation: text,
        rules: item.rules.map(() => text),
      })),
    })),
  };
}

test('no text from outside becomes markup', () => {
  const harmless = render(hostile('harmless'));
  const texts = [
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='x",
    '<!-- <script>',
    '&lt;b&gt;',
    '\u2028',
  ];
  for (const text of texts) {
    const page = render(hostile(text));
    assert.deepEqual(tags(page), tags(harmless), text);
    const { findings, files } = dataOf(page);
    assert.equal(findings[0]?.message, text);
    assert.equal(files[0]?.path, text);
    assert.equal(page.match(/<\/script/gi)?.length, 2);
  }
});

test('the policy allows the page its own script and style, and nothing else', () => {
  const page = render(sampleReport());
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
  assert.equal(policy, "default-src 'none'; style-src https://host 'nonce-n0nce'; script-src 'nonce-n0nce'");
  const scripts = page.match(/<script[^>]*>/g);
  assert.deepEqual(scripts, [
    '<script type="application/json" id="data">',
    '<script nonce="n0nce" src="https://host/s.js">',
  ]);
  assert.doesNotMatch(withoutData(page), /<[^>]*\s(?:on[a-z]+|style)=/i, 'inline handlers and styles');
  assert.doesNotMatch(withoutData(page), /(?:href|src)="(?!https:\/\/host\/|#i-)/, 'anything loaded from elsewhere');
});

test('every item is a row that names its status, and nothing is called passed', () => {
  const report = sampleReport();
  const page = render(report);
  const rows = [...page.matchAll(/<tbody data-id="([^"]*)"[^>]*data-status="([^"]*)"[\s\S]*?<\/tbody>/g)];
  const items = report.frameworks.flatMap((framework) => framework.items);
  assert.equal(rows.length, items.length);
  const statuses = new Map(rows.map(([row, id, status]) => [id, { row, status }]));
  for (const { id, status } of items) {
    const shown = statuses.get(id);
    assert.equal(shown?.status, status);
    assert.ok(visible(shown?.row ?? '').includes(STATUS_WORDS[status].title), id);
    assert.ok(visible(shown?.row ?? '').includes(STATUS_WORDS[status].meaning), id);
  }
  // Titles are the publications' own words.
  assert.doesNotMatch(visible(render(hostile('x'))), /\b(?:pass(?:ed|es)?|compliant|conform(?:s|ant)?|fulfilled)\b/i);
});

test('what was checked without a finding says with what: rules and number of files', () => {
  const report = sampleReport();
  const clean = report.frameworks.flatMap(({ items }) => items).find(({ status }) => status === 'clean');
  assert.ok(clean);
  const rows = render(report).split('<tbody ');
  const row = rows.find((part) => part.startsWith(`data-id="${clean.id}"`)) ?? '';
  assert.match(visible(row), /Checked, nothing found .*2 rules, 12 files .*Looked for by GL305 , GL306 in 12 files\./);
});

test('open items stand first, the most harmful among them at the top', () => {
  const order = [...render(sampleReport()).matchAll(/<td class="status ([a-z-]+) (\w*)">/g)];
  const statuses = Object.keys(STATUS_WORDS) as Status[];
  const ranks = order.map(([, status, severity]) => {
    const inside = ['error', 'warning', 'info', 'hint', ''].indexOf(severity ?? '');
    return statuses.indexOf(status as Status) * 10 + inside;
  });
  assert.deepEqual(
    ranks,
    ranks.toSorted((a, b) => a - b),
  );
  assert.equal(order[0]?.[1], 'open');
  assert.equal(order[0]?.[2], 'error');
});

test('a bar has a text that says the same', () => {
  const report = sampleReport();
  const [framework] = report.frameworks;
  assert.ok(framework);
  const label = /<svg class="bar"[^>]*role="img" aria-label="([^"]*)"/.exec(render(report))?.[1] ?? '';
  assert.match(label, new RegExp(`^Of ${framework.items.length} items: `));
  for (const [status, count] of Object.entries(framework.counts)) {
    const words = `${count} ${STATUS_WORDS[status as Status].counted}`;
    assert.equal(label.includes(words), count > 0, words);
  }
});

test('a scan that was stopped and files that were left out are said at the top', () => {
  const report = sampleReport();
  assert.doesNotMatch(visible(render(report)), /stopped early|could not be checked/);
  const page = visible(
    render({ ...report, partial: true, skipped: [{ path: 'data/big.json', reason: 'larger than 5 MB' }] }),
  );
  assert.match(page, /The scan was stopped early\./);
  assert.match(page, /1 file could not be checked data\/big\.json larger than 5 MB/);
});

test('findings are in the data, once each, with what they share written once', () => {
  const report = sampleReport(10_000);
  const page = render(report);
  const { findings, sorts, files } = dataOf(page);
  assert.equal(findings.length, 10_000);
  assert.ok(sorts.length <= 12);
  assert.equal(new Set(files.map(({ uri }) => uri)).size, files.length);
  const last = report.findings.at(-1);
  const shown = findings.at(-1);
  assert.deepEqual(
    [files[shown?.file ?? -1]?.uri, sorts[shown?.sort ?? -1]?.rule, shown?.line],
    [last?.uri, last?.ruleId, last?.line],
  );
  assert.doesNotMatch(withoutData(page), /part-800/, 'findings become elements only on request');
});

test('an empty workspace has a summary too', () => {
  const page = render({ ...sampleReport(0), folders: [], files: {}, frameworks: [] });
  assert.match(visible(page), /Open documents · no files checked/);
  assert.match(visible(page), /0 items/);
});
