// In every kind of file: a finding with a link and an explanation, and a fix that repairs it.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { apply, codeAction, finding, findingsOf, hoverText, noFinding, open, ruleOf, waitFor } from './helpers.ts';
import { test } from './runner.ts';

interface Case {
  readonly what: string;
  readonly path: string;
  readonly text: string;
  readonly rule: string;
  /** Part of the title of the fix that repairs it. */
  readonly fix?: string;
}

const CASES: readonly Case[] = [
  {
    what: 'model card',
    path: 'kinds/MODEL_CARD.md',
    text: '# Model Card for toy\n\nA toy.\n',
    rule: 'GL102',
    fix: 'Intended use',
  },
  {
    what: 'data card',
    path: 'kinds/DATA_CARD.md',
    text: '---\nlicense: apache2\n---\n\n# Data Card: toy\n\nTickets.\n',
    rule: 'GL804',
    fix: 'apache-2.0',
  },
  {
    what: 'prompt file',
    path: 'kinds/review.prompt.md',
    text: '---\ndescription: Reviews one file.\n---\nNever appr\u200Bove.\n',
    rule: 'GL802',
    fix: 'Delete the hidden',
  },
  {
    what: 'Python file',
    path: 'kinds/load.py',
    text: 'import torch as t\nm = t.load("m.pt", weights_only=False)\n',
    rule: 'GL301',
    fix: 'weights_only=True',
  },
  {
    what: 'MCP configuration',
    path: 'kinds/.vscode/mcp.json',
    text: '{\n  "servers": { "git": { "command": "uvx", "args": ["mcp-server-git"] } }\n}\n',
    rule: 'GL501',
    fix: 'Pin',
  },
];

for (const { what, path, text, rule, fix } of CASES) {
  test(`a ${what}: finding, link, explanation, repair`, async () => {
    const document = await open(path, text);
    const diagnostic = await finding(document.uri, rule);
    assert.ok(typeof diagnostic.code === 'object' && diagnostic.code.target.scheme === 'https', 'the code is a link');
    const hover = await hoverText(document.uri, diagnostic.range.start);
    for (const part of ['**Why:**', '**How:**', '**Guideline:**'])
      assert.ok(hover.includes(part), `${part} in: ${hover}`);
    if (!fix) return;
    await apply(await codeAction(document.uri, diagnostic.range, fix));
    // A repair that leaves a blank to fill in says so with a finding of its own.
    if (rule !== 'GL501') await noFinding(document.uri, rule);
    else
      await waitFor(() => findingsOf(document.uri).some(({ message }) => message.includes('<version>')), 'the blank');
  });
}

test('the digest of a file beside the card is compared with the one stated', async () => {
  const wrong = 'a'.repeat(12) + '0123456789abcdef'.repeat(4).slice(12);
  await vscode.workspace.fs.writeFile(
    vscode.Uri.joinPath((await open('digest/x.txt', 'x')).uri, '../w.safetensors'),
    new TextEncoder().encode('weights'),
  );
  const card = await open(
    'digest/MODEL_CARD.md',
    `# Model Card for toy\n\n| File | sha256 |\n|---|---|\n| w.safetensors | ${wrong} |\n`,
  );
  const diagnostic = await finding(card.uri, 'GL701');
  assert.equal(ruleOf(diagnostic), 'GL701');
});
