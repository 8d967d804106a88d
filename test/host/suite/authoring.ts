// What helps while one writes: completion, hover, outline and lens in cards and prompt files, and new files.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { completionsAt, finding, findingsOf, hoverText, open, ruleOf, waitFor } from './helpers.ts';
import { test } from './runner.ts';

/** Files of the languages VS Code has for prompts, a key the head lacks, and one with a word that our hover says of it. */
const HEADS = [
  ['a.prompt.md', 'prompt', 'tools', 'agent: ask', /since VS Code 1\.106/],
  ['a.instructions.md', 'instructions', 'description', 'applyTo: "*.py"', /into every request/],
  ['a.agent.md', 'chatagent', 'mcp-servers', 'handoffs: []', /pass the conversation on/],
  ['x/SKILL.md', 'skill', 'allowed-tools', 'name: x', /equal to its folder/],
  ['.claude/agents/a.md', 'chatagent', 'maxTurns', 'permissionMode: plan', /before it acts/],
] as const;

test('the heads of prompt files are completed, each key once, and explained', async () => {
  for (const [path, language, missing, line, says] of HEADS) {
    const document = await open(`heads/${path}`, `---\n${line}\n\n---\nText.\n`);
    assert.equal(document.languageId, language, path);
    const keys = await waitFor(async () => {
      const labels = await completionsAt(document.uri, new vscode.Position(2, 0));
      return labels.includes(missing) ? labels : undefined;
    }, `${missing} among the completions of ${path}`);
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    assert.deepEqual(twice, [], path);
    assert.match(await hoverText(document.uri, new vscode.Position(1, 2)), says);
  }
});

test('a card has a lens on its first line, an outline of its fields, and completes its sections', async () => {
  const { uri } = await open('lens/MODEL_CARD.md', '# Model Card for toy\n\n## Intended use\n\nTests.\n\n## \n');
  const lens = await waitFor(async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
    return lenses?.find(({ command }) => command?.command === 'guidelint.showCardFields');
  }, 'a lens');
  assert.equal(lens.range.start.line, 0);
  assert.match(lens.command?.title ?? '', /^1 of \d+ documentation fields filled · /);
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  assert.ok(symbols.some(({ name, kind }) => name === 'Intended use' && kind === vscode.SymbolKind.Field));
  assert.ok((await completionsAt(uri, new vscode.Position(6, 3))).includes('Failure modes'));
});

test('the lens and the outline can be turned off', async () => {
  const { uri } = await open('lens/DATA_CARD.md', '# Data card: toy\n\n## Sources\n\nA forum.\n');
  const lenses = async () =>
    (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10)) ?? [];
  await waitFor(async () => (await lenses()).length > 0, 'a lens');
  const settings = vscode.workspace.getConfiguration('guidelint', uri);
  await settings.update('cards.codeLens', false, vscode.ConfigurationTarget.Workspace);
  await waitFor(async () => (await lenses()).length === 0, 'no lens');
  await settings.update('cards.codeLens', undefined, vscode.ConfigurationTarget.Workspace);
});

test('New Prompt File opens an unsaved file of the format, where its product looks for it', async () => {
  for (const [format, path] of [
    ['copilot-agent', '.github/agents/new-agent.agent.md'],
    ['github-models', 'new-prompt.prompt.yml'],
  ] as const) {
    await vscode.commands.executeCommand('guidelint.newPromptFile', format);
    const document = await waitFor(() => {
      const front = vscode.window.activeTextEditor?.document;
      return front?.isUntitled && front.uri.path.endsWith(path) ? front : undefined;
    }, path);
    assert.match(document.getText(), /\[TODO: /);
    assert.ok(!/\$\{|\\[$}]/.test(document.getText()), 'no mark of a snippet is left');
    await finding(document.uri, 'GL803');
    const rules = new Set(findingsOf(document.uri).map(ruleOf));
    assert.deepEqual(
      [...rules].filter((rule) => !['GL401', 'GL417', 'GL803'].includes(rule)),
      [],
    );
  }
});
