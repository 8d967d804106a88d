// Findings where they belong, in every kind of file, while it is edited.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, finding, findingsOf, inWorkspace, noFinding, open, retype, ruleOf, waitFor } from './helpers.ts';
import { test } from './runner.ts';

test('opening a Python file activates the extension', async () => {
  await open('findings/activate.py', 'print(1)\n');
  await waitFor(() => extension().isActive, 'activation');
});

/** A file of examples/insecure and a rule that must find something in it. */
const examples = [
  ['MODEL_CARD.md', 'GL101'],
  ['DATA_CARD.md', 'GL203'],
  ['train.py', 'GL301'],
  ['prompts/reply.prompt.md', 'GL401'],
  ['AGENTS.md', 'GL402'],
  ['.vscode/mcp.json', 'GL501'],
  ['prompts/system.txt', 'GL801'],
] as const;

for (const [path, rule] of examples) {
  test(`${path} shows ${rule}, with a link to the guideline`, async () => {
    const { uri } = await open(`insecure/${path}`);
    const { code } = await finding(uri, rule);
    assert.ok(typeof code === 'object' && /^https:/.test(code.target.toString()));
  });
}

test('a finding comes and goes with the edit', async () => {
  const document = await open('findings/load.py', 'import torch\n');
  await retype(document, 'import torch\n\nmodel = torch.load("model.pt", weights_only=False)\n');
  const diagnostic = await finding(document.uri, 'GL301');
  assert.equal(diagnostic.range.start.line, 2);
  assert.equal(findingsOf(document.uri).length, 1);
  await retype(document, 'import torch\n');
  await noFinding(document.uri);
});

test('a finding in a notebook is on its cell, and sees the imports of another', async () => {
  const cells = [
    new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'import torch', 'python'),
    new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '# Load', 'markdown'),
    new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'torch.load("m.pt", weights_only=False)', 'python'),
  ];
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(cells));
  await vscode.window.showNotebookDocument(notebook);
  const cell = notebook.cellAt(2).document.uri;
  const diagnostic = await finding(cell, 'GL301');
  assert.equal(diagnostic.range.start.line, 0);
  assert.deepEqual(findingsOf(notebook.cellAt(0).document.uri), []);
});

test('the configuration beside a file counts as soon as it is saved', async () => {
  const { uri } = await open('configured/load.py', 'import torch\ntorch.load("m.pt", weights_only=False)\n');
  await finding(uri, 'GL301');
  const config = inWorkspace('configured/.guidelint.yaml');
  await vscode.workspace.fs.writeFile(config, new TextEncoder().encode('rules:\n  GL301: off\n'));
  await noFinding(uri, 'GL301');
  await vscode.workspace.fs.delete(config);
  await finding(uri, 'GL301');
});

test('a typing mistake in the configuration is a finding in it', async () => {
  const { uri } = await open('mistaken/.guidelint.yaml', 'rulez:\n  GL301: off\n');
  const diagnostic = await finding(uri);
  assert.equal(diagnostic.range.start.line, 0);
  assert.match(ruleOf(diagnostic), /^GL9\d\d$/);
});
