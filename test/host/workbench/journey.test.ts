// The main job, as a person does it and as the README shows it: from a squiggle to the summary.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { onWorkbench } from './driver.ts';

const load = 'import torch\n\nmodel = torch.load("model.pt", weights_only=False)\n';
// A folder of its own, whose torch has no known hole.
const files = { 'tools/load.py': load, 'tools/requirements.txt': 'torch==2.10.0\n' };
const inWorkbench = onWorkbench({ folder: 'examples/insecure', files });

test(
  'a finding is underlined and listed under Problems',
  inWorkbench(async (workbench) => {
    await workbench.openFile('MODEL_CARD.md');
    await workbench.squiggle();
    await workbench.problem('GL1');
    await workbench.screenshot('finding');
    await workbench.runCommand('View: Toggle Problems');
  }),
);

test(
  'the hover explains it',
  inWorkbench(async (workbench) => {
    await workbench.openFile('tools/load.py');
    await workbench.squiggle();
    await workbench.goTo(3, 12);
    const text = await workbench.hover('Guideline:');
    assert.match(text, /Why:/);
    assert.match(text, /NCSC/);
    await workbench.screenshot('hover');
  }),
);

test(
  'the light bulb repairs it',
  inWorkbench(async (workbench) => {
    await workbench.openFile('tools/load.py');
    await workbench.squiggle();
    await workbench.goTo(3, 12);
    const titles = await workbench.quickFixes('quick-fix');
    assert.match(titles[0] ?? '', /weights_only=True/);
    await workbench.quickFix('weights_only=True');
    await workbench.noSquiggle();
    await workbench.save();
    assert.equal(readFileSync(join(workbench.folder, 'tools', 'load.py'), 'utf8'), load.replace('False', 'True'));
  }),
);

test(
  'disabling asks for the reason and writes it down',
  inWorkbench(async (workbench) => {
    await workbench.openFile('serve.py');
    await workbench.openFile('tools/load.py');
    await workbench.goTo(3, 1);
    await workbench.page.keyboard.type('torch.load("b.pt", weights_only=False)\n');
    await workbench.squiggle();
    await workbench.goTo(3, 3);
    await workbench.quickFix('for this line');
    await workbench.answer('Our own file, made by the build');
    await workbench.noSquiggle();
    assert.match(await workbench.text(), /guidelint-disable-next-line GL301: Our own file, made by the build\n/);
  }),
);

test(
  'the palette opens the summary, readable in every theme',
  inWorkbench(async (workbench) => {
    await workbench.runCommand('Guidelint: Show Compliance Summary');
    const page = await workbench.webview();
    await page.getByRole('heading', { name: 'Compliance summary' }).waitFor();
    for (const theme of ['dark', 'hc', 'light'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`summary-${theme}`);
    }
  }),
);
