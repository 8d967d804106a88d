// The summary's page by itself in a browser: what its script does with filters, findings, keys and messages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { root } from '../../../scripts/ensure.mjs';
import type { ComplianceReport } from '../../../server/src/engine/compliance.ts';
import { type Comparable, compareReports } from '../../../server/src/engine/complianceCompare.ts';
import { lifeCyclePhase } from '../../../server/src/engine/lifeCycle.ts';
import { groupOf } from '../../../server/src/reports/statusWords.ts';
import { renderSummaryHtml, type SummaryMessage } from '../../../server/src/reports/summaryHtml.ts';
import { sampleReport } from '../../reports/sampleReport.ts';

const ORIGIN = 'https://summary.test';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

interface Shown {
  /** What an earlier page has left. */
  readonly state?: unknown;
  /** An earlier report to compare with. */
  readonly before?: Comparable;
  /** The class by which VS Code tells the kind of theme. */
  readonly theme?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Shows the page under its own content policy, with VS Code's interface to webviews in place. */
async function show(report: ComplianceReport, { state, before, theme = 'vscode-light', viewport }: Shown = {}) {
  const page = await browser.newPage(viewport && { viewport });
  const files: Record<string, string> = {
    '/': renderSummaryHtml(
      report,
      { nonce: 'n0nce', cspSource: ORIGIN, scriptUri: `${ORIGIN}/summary.js`, styleUri: `${ORIGIN}/summary.css` },
      before && { comparison: compareReports(before, report), name: 'saved.json' },
    ).replace('<body>', `<body class="${theme}">`),
    '/summary.js': readFileSync(join(root, 'dist', 'summary.js'), 'utf8'),
    '/summary.css': readFileSync(join(root, 'dist', 'summary.css'), 'utf8'),
  };
  const types: Record<string, string> = {
    '/': 'text/html',
    '/summary.js': 'text/javascript',
    '/summary.css': 'text/css',
  };
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const body = files[pathname];
    return route.fulfill(
      body === undefined ? { status: 404 } : { body, contentType: `${types[pathname]}; charset=utf-8` },
    );
  });
  const messages: SummaryMessage[] = [];
  const states: unknown[] = [];
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.exposeFunction('post', (message: SummaryMessage) => void messages.push(message));
  await page.exposeFunction('keep', (kept: unknown) => void states.push(kept));
  await page.addInitScript(
    `globalThis.acquireVsCodeApi = () => ({ postMessage: post, setState: keep, getState: () => (${JSON.stringify(state)}) });`,
  );
  await page.goto(`${ORIGIN}/`);
  return { page, messages, states, errors };
}

const ITEMS = 'tbody[data-id]';
const visibleItems = (page: Page) => page.locator(`${ITEMS}:not([hidden])`).count();
const itemsOf = ({ frameworks }: ComplianceReport) => frameworks.flatMap(({ items }) => items);

test('the page loads under its own policy without an error', async () => {
  const { page, errors } = await show(sampleReport());
  assert.equal(await page.locator('h1').textContent(), 'Compliance summary');
  assert.deepEqual(errors, []);
  await page.close();
});

test('a number of the chart leads to exactly its items, text narrows them down, and clearing shows all', async () => {
  const report = sampleReport();
  const { page } = await show(report);
  const all = itemsOf(report);
  const framework = report.frameworks.find(({ items }) => items.some(({ status }) => groupOf(status) === 'unknown'));
  assert.ok(framework);
  const own = framework.items.filter(({ status }) => groupOf(status) === 'unknown').length;
  await page.locator(`[data-framework="${framework.id}"][data-status="group:unknown"]`).click();
  assert.equal(await visibleItems(page), own);
  const shown = page.locator('#shown');
  assert.equal(await shown.textContent(), `${own} of ${all.length} items`);
  assert.equal(await shown.getAttribute('aria-live'), 'polite');
  assert.equal(await page.locator(':focus').textContent(), 'Every guideline item');

  await page.locator('[data-phase="design"][data-status="group:gap"]').click();
  const gaps = all.filter(({ phase, status }) => lifeCyclePhase(phase) === 'design' && groupOf(status) === 'gap');
  assert.equal(await visibleItems(page), gaps.length);

  await page.getByRole('searchbox').fill('no such words anywhere');
  assert.equal(await shown.textContent(), `None of ${all.length} items matches`);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.locator('#shown', { hasText: /^\d+ items$/ }).waitFor();
  assert.equal(await visibleItems(page), all.length);
  await page.close();
});

test('filters by publication, phase, role, level and status, each and together', async () => {
  const report = sampleReport();
  const { page } = await show(report);
  const all = itemsOf(report);
  const clear = async () => {
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.locator('#shown', { hasText: /^\d+ items$/ }).waitFor();
  };
  const expectCount = async (name: string, value: string, wanted: (item: (typeof all)[number]) => boolean) => {
    const list = page.locator(`select[name=${name}]`);
    await list.focus();
    await list.selectOption(value);
    assert.equal(await visibleItems(page), all.filter(wanted).length, `${name} ${value}`);
    assert.ok(all.some(wanted), `${name} ${value} finds something`);
    assert.equal(await page.locator(':focus').getAttribute('name'), name, 'keeps the focus');
    await clear();
  };
  await expectCount('framework', 'cra', ({ id }) => id.startsWith('cra:'));
  await expectCount('phase', 'development', ({ phase }) => lifeCyclePhase(phase) === 'development');
  await expectCount('phase', 'Impact', ({ phase }) => phase?.split(', ').includes('Impact') ?? false);
  await expectCount('role', 'Data Custodians', ({ roles }) => roles.includes('Data Custodians'));
  await expectCount('level', 'shall', ({ level }) => level === 'shall');
  await expectCount('level', 'none', ({ level }) => level === undefined);
  await expectCount('status', 'accepted-risk', ({ status }) => status === 'accepted-risk');
  await expectCount('status', 'group:accepted', ({ status }) => groupOf(status) === 'accepted');

  await page.getByLabel('Publication').selectOption('etsi-en-304-223');
  await page.locator('select[name=level]').selectOption('should');
  await page.locator('select[name=role]').selectOption('System Operators');
  const both = all.filter(
    ({ id, level, roles }) => id.startsWith('etsi-') && level === 'should' && roles.includes('System Operators'),
  );
  assert.equal(await visibleItems(page), both.length);
  await page.close();
});

test('sorts by a heading, with the mouse and the keyboard, and says how', async () => {
  const report = sampleReport();
  const { page } = await show(report);
  const order = () => page.locator(ITEMS).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id') ?? ''));
  const all = itemsOf(report);
  const heading = page.getByRole('columnheader', { name: 'Guideline' });
  await heading.getByRole('button').click();
  assert.deepEqual(
    await order(),
    all.map(({ id }) => id),
  );
  assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
  await page.keyboard.press('Enter');
  assert.deepEqual(await order(), all.map(({ id }) => id).reverse());
  assert.equal(await heading.getAttribute('aria-sort'), 'descending');
  assert.equal(await page.locator(':focus').textContent(), 'Guideline', 'keeps the focus');

  await page.getByRole('columnheader', { name: 'Findings' }).getByRole('button').click();
  const open = new Map(all.map(({ id, open }) => [id as string, open]));
  const numbers = (await order()).map((id) => open.get(id) ?? 0);
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => b - a),
  );
  assert.equal(await heading.getAttribute('aria-sort'), 'none');
  await page.close();
});

test('an open item shows the same gap in other publications, and leads there', async () => {
  const report = sampleReport();
  const { page } = await show(report);
  await page.getByLabel('Publication').selectOption('etsi-en-304-223');
  const row = page.locator('tbody[data-id="etsi-en-304-223:5.2.3-2"]');
  await row.locator('.toggle').click();
  const terms = await row.locator('.elsewhere dt').allTextContents();
  for (const title of ['OWASP LLM 2025', 'OWASP ML 2023', 'MITRE ATLAS', 'CWE'])
    assert.ok(terms.includes(title), title);
  await row.locator('[data-item="cwe:CWE-502"]').click();
  const other = page.locator('tbody[data-id="cwe:CWE-502"]');
  await other.locator('.findings').waitFor();
  assert.equal(await page.getByLabel('Publication').inputValue(), '', 'a filter that hides it is taken back');
  assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Details of CWE-502');
  await page.close();
});

test('evidence is shown where there is some and opens its entry; else it can be added', async () => {
  const report = sampleReport();
  const { page, messages } = await show(report);
  const all = itemsOf(report);
  const answered = all.find(({ status }) => status === 'evidence-overdue');
  const waiting = all.find(({ status }) => status === 'needs-human');
  assert.ok(answered && waiting);
  const one = page.locator(`tbody[data-id="${answered.id}"]`);
  await one.locator('.toggle').click();
  assert.match(
    await one.locator('.detail').innerText(),
    /review was due on 2026-01-31 The plan covers it\..*security lead, 2025-10-14/s,
  );
  await one.getByRole('button', { name: 'Edit evidence' }).click();
  const other = page.locator(`tbody[data-id="${waiting.id}"]`);
  await other.locator('.toggle').click();
  await other.getByRole('button', { name: 'Add evidence…' }).click();
  const { uri, line } = answered.evidence[0] ?? {};
  assert.deepEqual(messages, [{ open: { uri, line, character: 0 } }, { evidence: waiting.id }]);
  await page.close();
});

test('what changed is told, its findings and items can be opened, and the focus goes there', async () => {
  const now = sampleReport();
  const first = itemsOf(now).find(({ status }) => status === 'open');
  assert.ok(first);
  const before = {
    ...now,
    time: '<b>',
    findings: now.findings.slice(1),
    frameworks: now.frameworks.map(({ id, items }) => ({
      id,
      items: items.map((item) => (item.id === first.id ? { ...item, status: 'clean' as const } : item)),
    })),
  };
  const one = await show(now);
  await one.page.getByRole('button', { name: 'Compare with a saved report…' }).click();
  assert.deepEqual(one.messages, [{ command: 'compare' }]);
  const state = one.states.at(-1);
  await one.page.close();

  const { page, messages, errors } = await show(now, { before, state });
  assert.match((await page.locator(':focus').textContent()) ?? '', /^What changed since <b>/);
  await page.locator('#changes-worse summary').click();
  await page.locator(`#changes-worse [data-item="${first.id}"]`).click();
  assert.equal(await page.locator(':focus').getAttribute('aria-label'), `Details of ${first.citation}`);
  await page.locator('#changes-appeared summary').click();
  await page.locator('#changes-appeared [data-finding]').click();
  await page.getByRole('button', { name: 'Stop comparing' }).click();
  const { uri, line, character } = now.findings[0] ?? {};
  assert.deepEqual(messages, [{ open: { uri, line, character } }, { command: 'stopComparing' }]);
  assert.deepEqual(errors, []);
  await page.close();
});

test('the parts of the system open in the editor', async () => {
  const { page, messages } = await show(sampleReport());
  await page.getByText('What the system is made of').click();
  await page.getByRole('button', { name: 'MODEL_CARD.md', exact: true }).click();
  assert.deepEqual(messages, [{ open: { uri: 'file:///home/me/examples/MODEL_CARD.md', line: 0, character: 0 } }]);
  await page.close();
});

test('an item opens with the keyboard, and lists its findings in portions', async () => {
  const report = sampleReport(3000);
  const { page } = await show(report);
  const row = page.locator(ITEMS).first();
  const id = await row.getAttribute('data-id');
  const own = report.findings.filter(({ guidelines }) => guidelines.includes(id ?? ''));
  assert.ok(own.length > 200);

  const toggle = row.getByRole('button', { name: /^Details of/ });
  await toggle.focus();
  await page.keyboard.press('Enter');
  assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  const findings = row.locator('.findings > li:not(.more)');
  assert.equal(await findings.count(), 100);

  await row.getByRole('button', { name: `Show 100 more of ${own.length - 100}` }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await findings.count(), 200);
  const focused = page.locator(':focus');
  assert.equal(
    await focused.getAttribute('data-finding'),
    await findings.nth(100).locator('button').first().getAttribute('data-finding'),
  );

  await toggle.focus();
  await page.keyboard.press('Space');
  assert.equal(await row.locator('.detail').isVisible(), false);
  await page.close();
});

test('what is chosen goes to the editor: a finding with its place, a guideline, a rule, a command', async () => {
  const report = sampleReport();
  const { page, messages } = await show(report);
  const row = page.locator(ITEMS).first();
  const id = (await row.getAttribute('data-id')) ?? '';
  const [finding] = report.findings.filter(({ guidelines }) => guidelines.includes(id));
  assert.ok(finding);
  await row.locator('th button').click();
  await row.locator('.toggle').click();
  await row.locator('.findings li').first().locator('button').first().click();
  await row.locator('.findings li').first().locator('button').nth(1).click();
  await page.getByRole('button', { name: 'Refresh' }).click();
  const formats = ['HTML', 'Markdown', 'CSV', 'JSON', 'OSCAL', 'SARIF'];
  for (const name of formats) await page.getByRole('button', { name: `Export as ${name}` }).click();
  const { uri, line, character, ruleId } = finding;
  assert.deepEqual(messages, [
    { page: id },
    { open: { uri, line, character } },
    { page: ruleId },
    { command: 'refresh' },
    ...formats.map((name) => ({ export: name.toLowerCase() })),
  ]);
  await page.close();
});

test('accepted findings say so, with reason and date, and come after open ones', async () => {
  const report = sampleReport(24);
  const [first, ...others] = report.findings;
  assert.ok(first);
  const accepted = { ...first, suppression: { reason: 'test data', until: '2027-01-31' } };
  const { page } = await show({ ...report, findings: [accepted, ...others] });
  const row = page.locator(`tbody[data-id="${first.guidelines[0]}"]`);
  await row.locator('.toggle').click();
  const texts = await row.locator('.findings > li').allInnerTexts();
  assert.match(texts.at(-1) ?? '', /accepted: test data \(until 2027-01-31\)/);
  assert.equal(texts.filter((text) => text.includes('accepted:')).length, 1);
  await page.close();
});

test('texts of findings stay text', async () => {
  const report = sampleReport();
  const message = '<img src=x onerror="post(1)"> `<b>code</b>`';
  const { page, messages } = await show({
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, message })),
  });
  await page.locator('.toggle').first().click();
  const link = page.locator('.findings li').first().locator('button').first();
  assert.equal(await link.textContent(), '<img src=x onerror="post(1)"> <b>code</b>');
  assert.equal(await link.locator('code').textContent(), '<b>code</b>');
  assert.equal(await page.locator('.findings img, .findings b').count(), 0);
  assert.deepEqual(messages, []);
  await page.close();
});

test('filters and opened items are back after the panel was hidden; after a new scan only the filters', async () => {
  const report = sampleReport();
  const one = await show(report);
  await one.page.getByLabel('Status').selectOption('open');
  await one.page.locator(`${ITEMS}:not([hidden]) .toggle`).nth(1).click();
  await one.page.getByRole('columnheader', { name: 'Level' }).getByRole('button').click();
  await one.page.getByText('What the system is made of').click();
  await one.page.waitForFunction(`document.querySelector('#parts').open`);
  const open = await one.page.locator('.toggle[aria-expanded=true]').getAttribute('aria-label');
  await one.page.waitForTimeout(50);
  const state = one.states.at(-1);
  await one.page.close();

  const again = await show(report, { state });
  assert.equal(await again.page.getByLabel('Status').inputValue(), 'open');
  assert.equal(await again.page.locator('.toggle[aria-expanded=true]').getAttribute('aria-label'), open);
  assert.equal(await again.page.getByRole('columnheader', { name: 'Level' }).getAttribute('aria-sort'), 'ascending');
  assert.equal(await again.page.locator('#parts').evaluate((fold) => fold.hasAttribute('open')), true);
  await again.page.close();

  const later = await show({ ...report, time: '2026-07-29T08:00:00.000Z' }, { state });
  assert.equal(await later.page.getByLabel('Status').inputValue(), 'open');
  assert.equal(await later.page.locator('.toggle[aria-expanded=true]').count(), 0);
  await later.page.close();
});

for (const count of [5_000, 10_000]) {
  test(`${count} findings do not become elements before they are looked at`, async () => {
    const { page, errors } = await show(sampleReport(count));
    // Until the script has run: everything can be chosen from then on. Not asserted, because machines differ.
    const ready = await page.evaluate('Math.round(performance.getEntriesByType("navigation")[0].domInteractive)');
    const filtered = await page.evaluate(`(() => {
    const started = performance.now();
    const field = document.querySelector('[name=status]');
    field.value = 'group:unknown';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    document.body.getBoundingClientRect();
    return Math.round(performance.now() - started);
  })()`);
    console.log(
      `  469 items × ${count} findings: interactive after ${ready} ms, filtered and laid out in ${filtered} ms`,
    );
    await page.getByRole('button', { name: 'Clear filters' }).click();
    const elements = () => page.locator('*').count();
    const before = await elements();
    assert.ok(before < 20_000, `${before} elements`);
    await page.locator('.toggle').first().click();
    assert.ok((await elements()) - before < 100 * 12);
    assert.deepEqual(errors, []);
    await page.close();
  });
}

for (const width of [320, 420, 800, 1600]) {
  test(`nothing runs over the edge at ${width} pixels, with everything opened`, async () => {
    const report = sampleReport();
    const { page } = await show(report, {
      viewport: { width, height: 900 },
      before: { ...report, findings: [], frameworks: [] },
    });
    await page.evaluate(`for (const fold of document.querySelectorAll('details')) fold.open = true;
      for (const toggle of [...document.querySelectorAll('.toggle')].slice(0, 40)) toggle.click();`);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
    await page.close();
  });
}
