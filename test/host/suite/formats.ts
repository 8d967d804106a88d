// One file of each prompt, card and configuration format: the repair that the light bulb offers, applied, gives this text.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { apply, codeAction, finding, open, waitFor } from './helpers.ts';
import { test } from './runner.ts';

const ZWSP = '\u200B';
const DESCRIPTION = 'description: "TODO: what this prompt is for, and who uses it"\n';

/** A format, its file, the text before, the rule, part of the title of the repair, and the text after. */
const CASES: readonly (readonly [
  what: string,
  path: string,
  before: string,
  rule: string,
  fix: string,
  after: string,
])[] = [
  [
    'Copilot prompt',
    'a.prompt.md',
    '---\nagent: ask\n---\nReview it.\n',
    'GL401',
    'Add a description',
    `---\n${DESCRIPTION}agent: ask\n---\nReview it.\n`,
  ],
  [
    'Copilot instructions',
    '.github/instructions/a.instructions.md',
    '---\napplyTo: "*.py"\n---\nTest.\n',
    'GL401',
    'Add a description',
    `---\n${DESCRIPTION}applyTo: "*.py"\n---\nTest.\n`,
  ],
  [
    'repository instructions',
    '.github/copilot-instructions.md',
    `Run the te${ZWSP}sts.\n`,
    'GL802',
    'Delete the hidden',
    'Run the tests.\n',
  ],
  [
    'Copilot agent',
    'a.agent.md',
    '---\ndescription: Reviews code for us.\n---\nReview.\n',
    'GL418',
    'Allow reading',
    '---\ntools: ["read", "search"]\ndescription: Reviews code for us.\n---\nReview.\n',
  ],
  [
    'Claude agent',
    '.claude/agents/a.md',
    '---\nname: a\ndescription: Reviews code for us.\n---\nReview.\n',
    'GL418',
    'Allow reading',
    '---\ntools: Read, Grep, Glob\nname: a\ndescription: Reviews code for us.\n---\nReview.\n',
  ],
  [
    'skill',
    'x/SKILL.md',
    `---\nname: x\ndescription: Formats our reports.\n---\nUse the te${ZWSP}mplate.\n`,
    'GL802',
    'Delete the hidden',
    '---\nname: x\ndescription: Formats our reports.\n---\nUse the template.\n',
  ],
  ['AGENTS.md', 'AGENTS.md', `Run the te${ZWSP}sts.\n`, 'GL802', 'Delete the hidden', 'Run the tests.\n'],
  [
    'Claude command',
    '.claude/commands/a.md',
    `---\ndescription: Tests.\n---\nRun the te${ZWSP}sts.\n`,
    'GL802',
    'Delete the hidden',
    '---\ndescription: Tests.\n---\nRun the tests.\n',
  ],
  [
    'Cursor rule',
    '.cursor/rules/a.mdc',
    `---\nglobs: *.ts\n---\nUse ty${ZWSP}pes.\n`,
    'GL802',
    'Delete the hidden',
    '---\nglobs: *.ts\n---\nUse types.\n',
  ],
  ['.cursorrules', '.cursorrules', `Use ty${ZWSP}pes.\n`, 'GL802', 'Delete the hidden', 'Use types.\n'],
  [
    'Prompty',
    'a.prompty',
    '---\nname: a\n---\nsystem:\nAnswer.\n',
    'GL401',
    'Add a description',
    `---\n${DESCRIPTION}name: a\n---\nsystem:\nAnswer.\n`,
  ],
  [
    'Dotprompt',
    'a.prompt',
    '---\nmodel: x/y\n---\nAnswer.\n',
    'GL401',
    'Add a description',
    `---\n${DESCRIPTION}model: x/y\n---\nAnswer.\n`,
  ],
  [
    'GitHub Models',
    'a.prompt.yml',
    `name: a\nmessages:\n  - role: user\n    content: An${ZWSP}swer.\n`,
    'GL802',
    'Delete the hidden',
    'name: a\nmessages:\n  - role: user\n    content: Answer.\n',
  ],
  [
    'Semantic Kernel',
    'prompts/sk.yaml',
    'name: a\ntemplate: Answer {{q}}\ntemplate_format: handlebars\ninput_variables:\n  - name: q\n    allow_dangerously_set_content: true\n',
    'GL405',
    'Keep the encoding',
    'name: a\ntemplate: Answer {{q}}\ntemplate_format: handlebars\ninput_variables:\n  - name: q\n    allow_dangerously_set_content: false\n',
  ],
  ['skprompt.txt', 'p/skprompt.txt', `An${ZWSP}swer {{$input}}\n`, 'GL802', 'Delete the hidden', 'Answer {{$input}}\n'],
  [
    'LangChain',
    'prompts/lc.json',
    `{ "_type": "prompt", "template": "An${ZWSP}swer {q}", "input_variables": ["q"] }\n`,
    'GL802',
    'Delete the hidden',
    '{ "_type": "prompt", "template": "Answer {q}", "input_variables": ["q"] }\n',
  ],
  [
    'promptfoo',
    'promptfooconfig.yaml',
    `prompts:\n  - An${ZWSP}swer {{q}}\n`,
    'GL802',
    'Delete the hidden',
    'prompts:\n  - Answer {{q}}\n',
  ],
  [
    'BAML',
    'a.baml',
    `function A(q: string) -> string {\n  prompt #"An${ZWSP}swer {{ q }}"#\n}\n`,
    'GL802',
    'Delete the hidden',
    'function A(q: string) -> string {\n  prompt #"Answer {{ q }}"#\n}\n',
  ],
  [
    'Gemini command',
    '.gemini/commands/a.toml',
    `prompt = "An${ZWSP}swer {{args}}"\n`,
    'GL802',
    'Delete the hidden',
    'prompt = "Answer {{args}}"\n',
  ],
  [
    'system prompt',
    'prompts/system.txt',
    `You are a he${ZWSP}lpful assistant.\n`,
    'GL802',
    'Delete the hidden',
    'You are a helpful assistant.\n',
  ],
  [
    'MCP in VS Code',
    '.vscode/mcp.json',
    '{ "servers": { "x": { "type": "http", "url": "http://mcp.example.org/mcp" } } }\n',
    'GL503',
    'Use https',
    '{ "servers": { "x": { "type": "http", "url": "https://mcp.example.org/mcp" } } }\n',
  ],
  [
    'MCP elsewhere',
    '.mcp.json',
    '{ "mcpServers": { "x": { "type": "http", "url": "http://mcp.example.org/mcp" } } }\n',
    'GL503',
    'Use https',
    '{ "mcpServers": { "x": { "type": "http", "url": "https://mcp.example.org/mcp" } } }\n',
  ],
  [
    'settings of VS Code',
    'sub/.vscode/settings.json',
    '{ "chat.tools.global.autoApprove": true }\n',
    'GL504',
    'Change to false',
    '{ "chat.tools.global.autoApprove": false }\n',
  ],
  [
    'settings of Claude Code',
    '.claude/settings.json',
    '{ "enableAllProjectMcpServers": true }\n',
    'GL506',
    'Change to false',
    '{ "enableAllProjectMcpServers": false }\n',
  ],
  [
    'settings of Codex',
    '.codex/config.toml',
    'approval_policy = "never"\n',
    'GL504',
    'Change to "on-request"',
    'approval_policy = "on-request"\n',
  ],
  [
    'Compose',
    'compose.yaml',
    'services:\n  o:\n    image: ollama/ollama\n    ports: ["11434:11434"]\n',
    'GL532',
    'this machine only',
    'services:\n  o:\n    image: ollama/ollama\n    ports: ["127.0.0.1:11434:11434"]\n',
  ],
  [
    'Hydra',
    'conf/train.yaml',
    'model:\n  _target_: transformers.AutoModel.from_pretrained\n  trust_remote_code: true\n',
    'GL529',
    'Change to `false`',
    'model:\n  _target_: transformers.AutoModel.from_pretrained\n  trust_remote_code: false\n',
  ],
  [
    'data package',
    'datapackage.json',
    '{\n  "name": "x",\n  "resources": [{ "name": "a", "path": "a.csv" }]\n}\n',
    'GL201',
    'Add `licenses`',
    '{\n  "name": "x",\n  "resources": [{ "name": "a", "path": "a.csv" }],\n  "licenses": [\n    {\n      "name": "[TODO: the licence of the data, as an SPDX or Hub id such as cc-by-4.0]"\n    }\n  ]\n}\n',
  ],
];

const opened: Promise<vscode.TextDocument>[] = [];

/** Opens the file of a case, once. */
function fileOf(index: number): Promise<vscode.TextDocument> {
  const [, path = '', before = ''] = CASES[index] ?? [];
  opened[index] ??= open(`formats/${path}`, before, { preview: false });
  return opened[index];
}

for (const [index, [what, , before, rule, fix, after]] of CASES.entries()) {
  test(`${what}: the repair of ${rule} gives the right text`, async () => {
    const document = await fileOf(index);
    // The editor opens one file at a time; the next one meanwhile.
    if (index + 1 < CASES.length) fileOf(index + 1).catch(() => undefined);
    const { range } = await finding(document.uri, rule);
    await apply(await codeAction(document.uri, range, fix));
    await waitFor(() => document.getText() !== before, 'the repair');
    assert.equal(document.getText(), after);
  });
}

test('the files of all formats are saved as they were repaired, and close', async () => {
  const all = await Promise.all(opened);
  await vscode.workspace.saveAll();
  assert.deepEqual(
    all.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.path),
    [],
  );
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});
