// The summary's page by itself in a browser: what its script does with filters, findings, keys and messages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { root } from '../../../scripts/ensure.mjs';
import type { ComplianceReport } from '../../../server/src/engine/compliance.ts';
import { renderSummaryHtml, type SummaryMessage } from '../../../server/src/reports/summaryHtml.ts';
import { sampleReport } from '../../reports/sampleReport.ts';

const ORIGIN = 'https://summary.test';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

/**
 * Shows the page under its own content policy, with VS Code's interface to webviews in place.
 * @param state what an earlier page has left
 */
async function show(report: ComplianceReport, state?: unknown) {
  const page = await browser.newPage();
  const files: Record<string, string> = {
    '/': renderSummaryHtml(report, {
      nonce: 'n0nce',
      cspSource: ORIGIN,
      scriptUri: `${ORIGIN}/summary.js`,
      styleUri: `${ORIGIN}/summary.css`,
    }),
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

const visibleItems = (page: Page) => page.locator('tbody:not([hidden]) .item').count();

test('the page loads under its own policy without an error', async () => {
  const { page, errors } = await show(sampleReport());
  assert.equal(await page.locator('h1').textContent(), 'Compliance summary');
  assert.deepEqual(errors, []);
  await page.close();
});

test('a count leads to exactly its items, text narrows them down, and clearing shows all', async () => {
  const report = sampleReport();
  const { page } = await show(report);
  const framework = report.frameworks.find(({ counts }) => counts['needs-human'] > 1);
  assert.ok(framework);
  await page.locator(`[data-filter="${framework.id}"][data-filter-status="needs-human"]`).click();
  assert.equal(await visibleItems(page), framework.counts['needs-human']);
  const all = report.frameworks.flatMap(({ items }) => items);
  const shown = page.locator('#shown');
  assert.equal(await shown.textContent(), `${framework.counts['needs-human']} of ${all.length} items`);
  assert.equal(await shown.getAttribute('aria-live'), 'polite');

  await page.getByRole('searchbox').fill('no such words anywhere');
  assert.equal(await shown.textContent(), `None of ${all.length} items matches`);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByText(`${all.length} items`, { exact: true }).waitFor();
  assert.equal(await visibleItems(page), all.length);

  await page.getByLabel('Level').selectOption('shall');
  assert.equal(await visibleItems(page), all.filter(({ level }) => level === 'shall').length);
  await page.close();
});

test('an item opens with the keyboard, and lists its findings in portions', async () => {
  const report = sampleReport(3000);
  const { page } = await show(report);
  const row = page.locator('tbody').first();
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
  const row = page.locator('tbody').first();
  const id = (await row.getAttribute('data-id')) ?? '';
  const [finding] = report.findings.filter(({ guidelines }) => guidelines.includes(id));
  assert.ok(finding);
  await row.locator('th button').click();
  await row.locator('.toggle').click();
  await row.locator('.findings li').first().locator('button').first().click();
  await row.locator('.findings li').first().locator('button').nth(1).click();
  for (const name of ['Refresh', 'Save as Markdown', 'Save as JSON']) await page.getByRole('button', { name }).click();
  const { uri, line, character, ruleId } = finding;
  assert.deepEqual(messages, [
    { page: id },
    { open: { uri, line, character } },
    { page: ruleId },
    { command: 'refresh' },
    { command: 'saveMarkdown' },
    { command: 'saveJson' },
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
  await one.page.locator('tbody:not([hidden]) .toggle').nth(1).click();
  const state = one.states.at(-1);
  const open = await one.page.locator('.toggle[aria-expanded=true]').getAttribute('aria-label');
  await one.page.close();

  const again = await show(report, state);
  assert.equal(await again.page.getByLabel('Status').inputValue(), 'open');
  assert.equal(await again.page.locator('.toggle[aria-expanded=true]').getAttribute('aria-label'), open);
  await again.page.close();

  const later = await show({ ...report, time: '2026-07-29T08:00:00.000Z' }, state);
  assert.equal(await later.page.getByLabel('Status').inputValue(), 'open');
  assert.equal(await later.page.locator('.toggle[aria-expanded=true]').count(), 0);
  await later.page.close();
});

test('ten thousand findings do not become elements before they are looked at', async () => {
  const { page, errors } = await show(sampleReport(10_000));
  const elements = () => page.locator('*').count();
  const before = await elements();
  assert.ok(before < 20_000, `${before} elements`);
  await page.locator('.toggle').first().click();
  assert.ok((await elements()) - before < 100 * 12);
  assert.deepEqual(errors, []);
  await page.close();
});
