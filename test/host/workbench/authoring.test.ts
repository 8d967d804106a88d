// Writing a card, as a person does it: the lens, the list behind it, a section added, another completed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onWorkbench } from './driver.ts';

const inWorkbench = onWorkbench({ folder: 'examples/insecure' });

test(
  'the lens of a card lists its fields, adds a missing one, and the next is completed as it is typed',
  inWorkbench(async (workbench) => {
    const { page } = workbench;
    await workbench.openFile('MODEL_CARD.md');
    const lens = page.locator('.codelens-decoration a', { hasText: 'documentation fields filled' });
    const before = await lens.innerText();
    await lens.click();
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Intended use' }).first();
    await row.waitFor();
    await workbench.screenshot('card-fields');
    await row.click();
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    // The placeholder is selected: typing answers it.
    await page.locator('.statusbar-item', { hasText: 'selected' }).waitFor();
    await page.keyboard.type('Agents of the support desk sort mails with it.');
    assert.match(await workbench.text(), /## Intended use\n\nAgents of the support desk sort mails with it\./);
    await workbench.goTo(1, 1);
    await page.locator('.codelens-decoration a', { hasText: /^(?!2 of)\d+ of/ }).waitFor();
    assert.notEqual(await lens.innerText(), before);
    await workbench.goTo(26, 4);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('## ');
    await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'Failure modes' }).waitFor();
    await page.keyboard.press('Escape');
  }),
);

test(
  'New Model Card asks for the headings and opens a draft with them',
  inWorkbench(async (workbench) => {
    const { page } = workbench;
    await workbench.runCommand('Guidelint: New Model Card', { leadsOn: true });
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'MODEL_CARD.md' }).first().waitFor();
    await rows.filter({ hasText: 'Hub' }).first().click();
    await page.locator('.tab', { hasText: 'README' }).first().waitFor();
    assert.match(await workbench.text(), /## Uses/);
  }),
);
