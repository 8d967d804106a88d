// The HTML report as a browser shows and prints it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { complianceHtml } from '../../../server/src/reports/complianceHtml.ts';
import { sampleReport } from '../../reports/sampleReport.ts';

/** What is left of an A4 page inside the margins of the report's style, in CSS pixels (96 to the inch). */
const A4 = { width: Math.floor((180 / 25.4) * 96), height: Math.floor((269 / 25.4) * 96) };

// Run in the page, so they are texts: what is compiled here does not run there.
const WIDTH = 'document.documentElement.scrollWidth';
const PAPER = 'getComputedStyle(document.body).backgroundColor';
const WORST_CONTRAST = `(() => {
  const light = (rgb) => {
    const [r, g, b] = rgb.match(/[\\d.]+/g).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratios = [...document.querySelectorAll('p, td, th, li, small, .bar span, .severity, .bad')].map((element) => {
    const style = getComputedStyle(element);
    const none = style.backgroundColor === 'rgba(0, 0, 0, 0)';
    const own = none ? getComputedStyle(element.closest('.warning') ?? document.body).backgroundColor : style.backgroundColor;
    const [a, b] = [light(own), light(style.color)];
    return { ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), name: element.tagName + '.' + element.className };
  });
  return ratios.sort((a, b) => a.ratio - b.ratio)[0];
})()`;

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

test('the summary on top is one printed page, however much there is to tell', async () => {
  const page = await browser.newPage({ viewport: A4, colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  for (const report of [
    sampleReport(),
    { ...sampleReport(5000), partial: true, skipped: [{ path: 'a', reason: 'b' }] },
  ]) {
    await page.setContent(complianceHtml(report));
    const box = await page.locator('.first').boundingBox();
    assert.ok(box && box.height <= A4.height, `${box?.height} of ${A4.height} pixels`);
    assert.equal(await page.evaluate(WIDTH), A4.width, 'nothing runs over the edge');
    const paper = await page.evaluate(PAPER);
    assert.equal(paper, 'rgb(255, 255, 255)', 'paper is white');
  }
  await page.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test(`nothing runs over the edge, and text can be read: ${colorScheme}, ${width} pixels`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.setContent(complianceHtml(sampleReport()));
      assert.ok(Number(await page.evaluate(WIDTH)) <= width);
      // WCAG 2.1, 1.4.3: 4.5 to 1, for the numbers in the bars too.
      const worst = await (page.evaluate(WORST_CONTRAST) as Promise<{ name: string; ratio: number }>);
      assert.ok(worst && worst.ratio >= 4.5, `${worst.name} ${worst.ratio.toFixed(2)}`);
      await page.close();
    });
  }
}
