import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComplianceReport, Status } from '../../server/src/engine/compliance.ts';
import { compareReports } from '../../server/src/engine/complianceCompare.ts';
import { LIFE_CYCLE, lifeCyclePhase } from '../../server/src/engine/lifeCycle.ts';
import { groupOf, STATUS_GROUPS, STATUS_WORDS } from '../../server/src/reports/statusWords.ts';
import { renderSummaryHtml, type SummaryData } from '../../server/src/reports/summaryHtml.ts';
import { sampleReport } from './sampleReport.ts';

const PAGE = {
  nonce: 'n0nce',
  cspSource: 'https://host',
  scriptUri: 'https://host/s.js',
  styleUri: 'https://host/s.css',
};

const render = (report: ComplianceReport) => renderSummaryHtml(report, PAGE);
const renderCompared = (report: ComplianceReport, before: ComplianceReport, name = 'saved.json') =>
  renderSummaryHtml(report, PAGE, { comparison: compareReports(before, report), name });

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
    registers: report.registers.map((register) => ({ ...register, system: text, path: text, uri: `file:///${text}` })),
    assets: report.assets.map((asset) => ({
      ...asset,
      path: text,
      uri: `file:///${text}`,
      links: asset.links.map(({ relation }) => ({ relation, target: text, uri: `file:///${text}` })),
    })),
    findings: report.findings.map((finding, index) => ({
      ...finding,
      path: text,
      uri: `file:///${text}`,
      message: text,
      ruleName: text,
      ...(index % 2 === 0 && { suppression: { reason: text } }),
    })),
    frameworks: report.frameworks.map((framework) => ({
      ...framework,
      title: text,
      shortTitle: text,
      publisher: text,
      version: text,
      items: framework.items.map((item) => ({
        ...item,
        title: text,
        citation: text,
        rules: item.rules.map(() => text),
        evidence: item.evidence.map((said) => ({
          ...said,
          statement: text,
          justification: text,
          owner: text,
          files: [text],
          links: [text],
          path: text,
          uri: `file:///${text}`,
        })),
      })),
    })),
  };
}

/** What was open before and is gone, as an earlier report tells it: from a file that anybody may have written. */
function earlier(text: string): ComplianceReport {
  const report = hostile(text);
  const [first] = report.findings;
  assert.ok(first);
  const { suppression, ...open } = first;
  return {
    ...report,
    time: text,
    findings: [{ ...open, ruleId: text, fingerprint: 'gone', message: text, path: text }],
    frameworks: report.frameworks.map((framework) => ({
      ...framework,
      items: framework.items.map((item, index) => (index % 3 === 0 ? { ...item, status: 'clean' } : item)),
    })),
  };
}

test('no text from outside becomes markup', () => {
  // An odd number of backticks, so that no part of it is set as code.
  const harmless = renderCompared(hostile('harmless'), earlier('harmless'), 'harmless');
  assert.match(harmless, /findings? appeared, 1 gone or accepted/);
  const texts = [
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='x",
    '<!-- <script>',
    '&lt;b&gt;',
    '` <b>',
    '\u2028',
  ];
  for (const text of texts) {
    const page = renderCompared(hostile(text), earlier(text), text);
    assert.deepEqual(tags(page), tags(harmless), text);
    const { findings, files } = dataOf(page);
    assert.equal(findings[0]?.message, text);
    assert.equal(files[0]?.path, text);
    assert.equal(page.match(/<\/script/gi)?.length, 2);
    // Attributes without their values, which may say anything.
    assert.doesNotMatch(withoutData(page).replaceAll(/"[^"]*"/g, ''), /<[^>]*\s(?:on[a-z]+|style)=/i);
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
  const rows = new Map(
    [...page.matchAll(/<tbody data-id="([^"]*)">[\s\S]*?<\/tbody>/g)].map(([row, id]) => [id, visible(row)] as const),
  );
  const items = report.frameworks.flatMap((framework) => framework.items);
  assert.equal(rows.size, items.length);
  for (const { id, status } of items) assert.ok(rows.get(id)?.includes(STATUS_WORDS[status].title), id);
  assert.deepEqual(
    dataOf(page).items.map(({ id, status }) => [id, status]),
    items.map(({ id, status }) => [id, status]),
  );
  // Titles are the publications' own words.
  assert.doesNotMatch(visible(render(hostile('x'))), /\b(?:pass(?:ed|es)?|compliant|conform(?:s|ant)?|fulfilled)\b/i);
});

test('what was checked without a finding says with what: rules and number of files', () => {
  const report = sampleReport();
  const clean = report.frameworks.flatMap(({ items }) => items).find(({ status }) => status === 'clean');
  assert.ok(clean);
  const rows = render(report).split('<tbody ');
  const row = rows.find((part) => part.startsWith(`data-id="${clean.id}"`)) ?? '';
  assert.match(visible(row), /Checked, nothing found .*2 rules, 12 files/);
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

/** The lines of the chart: name, text of the bar, share, and by group the number and the filters behind it. */
function chartOf(page: string) {
  const table = /<table class="standing"[\s\S]*?<\/table>/.exec(page)?.[0] ?? '';
  return [
    ...table.matchAll(/<tr class="(?:total)?"><th scope="row">([^<]*)<small>(\d+) items?<\/small>[\s\S]*?<\/tr>/g),
  ].map(([row, name, total]) => ({
    name,
    total: Number(total),
    label: /role="img" aria-label="([^"]*)"/.exec(row)?.[1] ?? '',
    share: visible(/<td class="share">[\s\S]*?<\/td>/.exec(row)?.[0] ?? '').trim(),
    numbers: [
      ...row.matchAll(/data-framework="([^"]*)" data-phase="([^"]*)" data-status="group:([^"]*)".*?<b>(\d+)<\/b>/g),
    ],
  }));
}

test('the chart has a line for every publication and phase, with the numbers of its items', () => {
  const report = sampleReport();
  const lines = chartOf(render(report));
  const all = report.frameworks.flatMap(({ items }) => items);
  const wanted = [
    ['All publications', all] as const,
    ...report.frameworks.map(({ shortTitle, items }) => [shortTitle, items] as const),
    ...Object.keys(LIFE_CYCLE).map(
      (phase) =>
        [
          phase.charAt(0).toUpperCase() + phase.slice(1),
          all.filter((item) => lifeCyclePhase(item.phase) === phase),
        ] as const,
    ),
  ];
  assert.deepEqual(
    lines.map(({ name, total }) => [name, total]),
    wanted.map(([name, items]) => [name, items.length]),
  );
  for (const [index, [name, items]] of wanted.entries()) {
    const { label = '', share = '', numbers = [] } = lines[index] ?? {};
    assert.match(label, new RegExp(`^Of ${items.length} items?: `));
    let sum = 0;
    for (const [, , , group, number] of numbers) {
      const words = `${number} ${STATUS_GROUPS[group as keyof typeof STATUS_GROUPS].words}`;
      assert.ok(label.includes(words), `${name}: ${words}`);
      assert.equal(Number(number), items.filter(({ status }) => groupOf(status) === group).length);
      sum += Number(number);
    }
    assert.equal(sum, items.length, 'every item is in one group');
    const checked = items.filter(({ files, open }) => files > 0 || open > 0);
    const quiet = checked.filter(({ open }) => open === 0);
    assert.ok(share.startsWith(checked.length === 0 ? 'none checked' : `${quiet.length} of ${checked.length} `), share);
  }
});

test('the system at a glance: how many of what, and what is open in it', () => {
  const page = render(sampleReport());
  const glance = /<section class="glance"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
  const numbers = [
    ...glance.matchAll(
      /<dt>(?:<svg[\s\S]*?<\/svg>)?([^<]*)<\/dt><dd>(\d+)<\/dd>(?:<dd class="worst">[\s\S]*?<\/svg>(\d+))?/g,
    ),
  ];
  assert.deepEqual(
    numbers.slice(5).map(([, words, number, open]) => [words, Number(number), open]),
    [
      ['model file', 1, undefined],
      ['data files', 0, undefined],
      ['card', 1, '3'],
      ['prompt', 1, '1'],
      ['agent', 1, '1'],
      ['MCP servers', 2, '1'],
      ['code file with findings', 1, '2'],
    ],
  );
  assert.match(visible(glance), /weights\/model\.safetensors 268 MB described by MODEL_CARD\.md/);
  assert.match(glance, /data-open="file:\/\/\/home\/me\/examples\/MODEL_CARD\.md"/);
  assert.match(
    visible(render({ ...sampleReport(), assets: [] })),
    /No model, data, card, prompt, agent or MCP server was found/,
  );
});

test('a gap names everybody who asks for its repair', () => {
  const gaps = /<ol class="gaps">([\s\S]*?)<\/ol>/.exec(render(sampleReport()))?.[1] ?? '';
  const first = visible(gaps.split('<li><svg')[1] ?? '');
  assert.match(
    first,
    /error: .*torch\.load.* GL301 unsafe-model-load · 2 findings: training\/train\.py:41 , serving\/app\.py:17/,
  );
  assert.match(first, /ETSI EN 304 223 5\.2\.3-2 .*OWASP LLM 2025 LLM03 .*OWASP ML 2023 ML06 .*CWE CWE-502/);
});

test('what changed says since when, and why two reports may differ for other reasons', () => {
  const now = sampleReport(12);
  const before = { ...sampleReport(9), time: '2026-01-31T08:00:00.000Z', catalogue: 'older' };
  const page = visible(renderCompared(now, before, 'docs/compliance.json'));
  assert.match(
    page,
    /What changed since 2026-01-31T08:00:00\.000Z .*2 findings appeared, 0 gone or accepted; items: .*\. Compared with docs\/compliance\.json/,
  );
  assert.match(page, /made with another catalogue/);
  assert.doesNotMatch(page, /Another version of Guidelint/);
  assert.match(page, /Stop comparing/);
  assert.match(visible(renderCompared(now, now)), /every item stands as it did/);
  assert.doesNotMatch(visible(render(now)), /What changed/);
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
