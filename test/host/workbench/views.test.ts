// The trees behind our icon in the activity bar, and the number at the foot of the window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onWorkbench } from './driver.ts';

const inWorkbench = onWorkbench({ folder: 'examples/insecure' });

test(
  'the trees show the system and the guidelines, filter, and open what is chosen',
  inWorkbench(async (workbench) => {
    const { page } = workbench;
    await page.locator('.activitybar').getByRole('tab', { name: 'Guidelint' }).click();
    const rows = page.locator('.pane-body .monaco-list-row');
    const row = (text: string) => rows.filter({ hasText: text }).first();
    await row('Cards').waitFor({ timeout: 60_000 });
    await row('MODEL_CARD.md').waitFor();
    await page.locator('.pane-header', { hasText: 'Guidelines' }).waitFor();
    const framework = row('ETSI');
    await framework.waitFor();
    await workbench.setTheme('light');
    await workbench.screenshot('views-light');
    await workbench.setTheme('dark');

    const before = await rows.count();
    await workbench.runCommand('Guidelint: Show Only What Has Open Findings');
    await row('Cards').waitFor();
    assert.ok((await rows.count()) <= before);

    await row('MODEL_CARD.md').click();
    await page.locator('.tab.active[data-resource-name="MODEL_CARD.md"]').waitFor();
    const count = page.locator('#guidelint\\.guidelint\\.guidelint\\.findings');
    await count.locator('[aria-label*="Findings in this file"][aria-label*="Configuration: "]').waitFor();
    assert.match((await count.innerText()).trim(), /^\d+$/);
  }),
);
