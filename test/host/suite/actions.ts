// What else the editor offers at a finding, and completion.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeAction, codeActionsAt, completionsAt, finding, open, waitFor } from './helpers.ts';
import { test } from './runner.ts';

const load = 'import torch\n\nmodel = torch.load("model.pt", weights_only=False)\n';

test('disabling, opening the guideline and explaining are offered too', async () => {
  const document = await open('actions/offered.py', load);
  const { range } = await finding(document.uri, 'GL301');
  await codeAction(document.uri, range, 'weights_only=True');
  const titles = (await codeActionsAt(document.uri, range)).map(({ title }) => title);
  for (const wanted of [/^Disable GL301 .*line/, /^Disable GL301 .*file/, /^Open guideline /, /^Explain GL301/]) {
    assert.ok(
      titles.some((title) => wanted.test(title)),
      `${wanted} in ${titles.join(' | ')}`,
    );
  }
});

test('fix all repairs what is safe to repair and leaves what somebody wrote on purpose', async () => {
  const document = await open('actions/all.py', `${load}one = torch.load("1.pt")\ntwo = torch.load("2.pt")\n`);
  await finding(document.uri, 'GL301');
  await vscode.commands.executeCommand('editor.action.fixAll');
  await waitFor(() => document.getText().match(/weights_only=True/g)?.length === 2, 'both lines repaired');
  assert.ok(document.getText().startsWith(load));
});

test('the front matter of a model card is completed', async () => {
  const { uri } = await open('completed/MODEL_CARD.md', '---\nlib\n---\n# Model\n');
  await waitFor(
    async () => (await completionsAt(uri, new vscode.Position(1, 3))).includes('library_name'),
    'library_name among the completions',
  );
});
