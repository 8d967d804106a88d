// Every command of the palette does what its title says.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, finding, findingsOf, inWorkspace, open, waitFor } from './helpers.ts';
import { test } from './runner.ts';

test('all commands of the manifest exist', async () => {
  await open('commands/a.py', 'print(1)\n');
  await waitFor(() => extension().isActive, 'activation');
  const known = new Set(await vscode.commands.getCommands(true));
  const declared: { command: string }[] = extension().packageJSON.contributes.commands;
  assert.ok(declared.length >= 8);
  assert.deepEqual(
    declared.map(({ command }) => command).filter((command) => !known.has(command)),
    [],
  );
});

test('Scan Workspace shows findings of files that are not open, Clear Results takes them away', async () => {
  await vscode.workspace.fs.writeFile(
    inWorkspace('scan/closed.py'),
    new TextEncoder().encode('import torch\nm = torch.load("m.pt", weights_only=False)\n'),
  );
  await vscode.commands.executeCommand('guidelint.scanWorkspace');
  await finding(inWorkspace('scan/closed.py'), 'GL301');
  await vscode.commands.executeCommand('guidelint.clearResults');
  await waitFor(() => findingsOf(inWorkspace('scan/closed.py')).length === 0, 'no findings');
});

test('New Model Card opens an unsaved card that has no finding but its blanks', async () => {
  await vscode.commands.executeCommand('guidelint.newModelCard', 'default');
  const document = await waitFor(() => vscode.window.activeTextEditor?.document, 'an editor');
  assert.match(document.getText(), /^---\n/);
  await finding(document.uri, 'GL803');
  const others = findingsOf(document.uri).filter(
    (diagnostic) => (diagnostic.code as { value: string }).value !== 'GL803',
  );
  assert.deepEqual(
    others.map(({ message }) => message),
    [],
  );
});

test('New AI-BOM opens an unsaved AI-BOM of the folder', async () => {
  await open('bom/train.py', 'print(1)\n');
  await vscode.workspace.fs.writeFile(inWorkspace('bom/model.safetensors'), new TextEncoder().encode('weights'));
  await vscode.commands.executeCommand('guidelint.newAiBom');
  const document = await waitFor(() => {
    const front = vscode.window.activeTextEditor?.document;
    return front?.fileName.endsWith('ai-bom.cdx.json') ? front : undefined;
  }, 'the AI-BOM');
  const components: { type: string; name: string; hashes: { content: string }[] }[] = JSON.parse(document.getText())
    .metadata.component.components;
  const file = components.find(({ type }) => type === 'file');
  assert.ok(file);
  assert.equal(file.name, 'model.safetensors');
  assert.match(file.hashes[0]?.content ?? '', /^[0-9a-f]{64}$/);
});

test('Insert SHA-256 of Model Files fills the card in front', async () => {
  await vscode.workspace.fs.writeFile(inWorkspace('stated/model.safetensors'), new TextEncoder().encode('weights'));
  const document = await open('stated/MODEL_CARD.md', '# Model Card for toy\n\n## Integrity\n\n[TODO: sha256]\n');
  await vscode.commands.executeCommand('guidelint.insertDigests');
  await waitFor(() => /\| `model\.safetensors` \| [0-9a-f]{64} \|/.test(document.getText()) || undefined, 'the digest');
});

test('a guideline opens inside the editor', async () => {
  await vscode.commands.executeCommand('guidelint.openGuideline', 'etsi-en-304-223:5.2.4-1.2');
  await waitFor(
    () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label }) => /5\.2\.4-1\.2/.test(label)),
    'a tab with the page',
  );
});

test('Restart Server restarts, and findings come back', async () => {
  const document = await open('restart/load.py', 'import torch\nm = torch.load("m.pt", weights_only=False)\n');
  await finding(document.uri, 'GL301');
  await vscode.commands.executeCommand('guidelint.restartServer');
  await finding(document.uri, 'GL301');
});
