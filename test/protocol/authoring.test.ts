// What a client asks for beside findings: the lens of a card and the list behind it, its outline, and drafts of prompt files.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeLens, DocumentSymbol } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CARD_FIELDS, type CardFieldsReply, NEW_PROMPTS, type NewPromptsReply } from '../../server/src/lsp/protocol.ts';
import { type Client, startClient } from '../helpers/lspClient.ts';

const CARD = '# Model Card for toxi\n\n## Intended use\n\nModerators sort comments.\n\n## Limitations\n\n[TODO: x]\n';

const folder = mkdtempSync(join(tmpdir(), 'guidelint-'));
const uri = (path = '') => pathToFileURL(join(folder, path)).toString().replace(/\/$/, '');
let settings: unknown = {};
let client: Client;
before(async () => {
  mkdirSync(join(folder, '.github', 'agents'), { recursive: true });
  writeFileSync(join(folder, '.github', 'agents', 'new-agent.agent.md'), 'x');
  writeFileSync(join(folder, 'AGENTS.md'), 'x');
  client = await startClient({ folders: [uri()], settings: () => settings });
});
after(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

const fieldsOf = (uri: string) => client.connection.sendRequest<CardFieldsReply | null>(CARD_FIELDS, { uri });
const lensesOf = (uri: string) =>
  client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });

test('a card has a lens; behind it the fields, each with its place or with what makes one', async () => {
  const card = uri('MODEL_CARD.md');
  await client.open(card, CARD);
  const [lens] = await lensesOf(card);
  assert.equal(lens?.command?.command, 'guidelint.showCardFields');
  const reply = await fieldsOf(card);
  assert.ok(reply);
  assert.equal(reply.title, lens?.command?.title);
  assert.equal(reply.version, 1);
  const state = (title: string) => reply.fields.find((field) => field.title === title)?.state;
  assert.deepEqual(
    [state('Intended use'), state('Limitations'), state('Guardrails')],
    ['filled', 'placeholder', 'absent'],
  );
  for (const { state, at, insert, guidelines, title } of reply.fields) {
    assert.equal(at === undefined, state === 'absent', title);
    assert.equal(insert !== undefined, state === 'absent', title);
    assert.ok(guidelines.length > 0);
  }
  const missing = reply.fields.find(({ title }) => title === 'Guardrails');
  const document = TextDocument.create(card, 'markdown', 1, CARD);
  const edits = (missing?.insert ?? []).map(({ start, end, text }) => ({ range: { start, end }, newText: text }));
  const text = TextDocument.applyEdits(document, edits);
  await client.change(card, 2, [{ text }]);
  const after = await fieldsOf(card);
  assert.equal(after?.fields.find(({ title }) => title === 'Guardrails')?.state, 'placeholder');
});

test('other files have neither lens nor list, and a card in another language is not counted', async () => {
  await client.open(uri('load.py'), 'import torch\n', 'python');
  assert.deepEqual(await lensesOf(uri('load.py')), []);
  assert.equal(await fieldsOf(uri('load.py')), null);
  const sentence =
    'Dieses Modell ordnet Kommentare, damit Moderatoren sie schneller finden und nicht selbst suchen.\n\n';
  const german = `# Model Card\n\n## Zweck\n\n${sentence.repeat(6)}`;
  await client.open(uri('de/MODEL_CARD.md'), german);
  assert.deepEqual(await lensesOf(uri('de/MODEL_CARD.md')), []);
});

test('a data package has them too', async () => {
  const text = '{\n  "name": "x",\n  "resources": [{ "name": "a", "path": "a.csv" }]\n}\n';
  await client.open(uri('datapackage.json'), text, 'json');
  const sources = (await fieldsOf(uri('datapackage.json')))?.fields.find(({ title }) => title === 'Sources');
  assert.match(sources?.insert?.[0]?.text ?? '', /"sources": \[[\s\S]*TODO/);
  const symbols = await client.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
    textDocument: { uri: uri('datapackage.json') },
  });
  assert.ok(symbols.some(({ name, kind }) => name === 'Name' && kind === 8));
});

test('lens and outline can be turned off', async () => {
  settings = { cards: { codeLens: false, outline: false } };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  assert.deepEqual(await lensesOf(uri('MODEL_CARD.md')), []);
  const symbols = await client.connection.sendRequest('textDocument/documentSymbol', {
    textDocument: { uri: uri('MODEL_CARD.md') },
  });
  assert.equal(symbols, null);
});

test('drafts of prompt files have paths that are free, or are known to be there', async () => {
  const params = { rootUri: uri(), besideUri: uri('sub') };
  const { formats } = await client.connection.sendRequest<NewPromptsReply>(NEW_PROMPTS, params);
  const of = (id: string) => formats.find((format) => format.id === id);
  assert.equal(of('copilot-agent')?.uri, uri('.github/agents/new-agent-2.agent.md'));
  assert.match(of('copilot-agent')?.snippet ?? '', /^---\nname: new-agent-2\n/);
  assert.deepEqual([of('agents-md')?.path, of('agents-md')?.exists], ['AGENTS.md', true]);
  assert.deepEqual([of('prompty')?.uri, of('prompty')?.exists], [uri('sub/new-prompt.prompty'), false]);
  const none = await client.connection.sendRequest<NewPromptsReply>(NEW_PROMPTS, { rootUri: '', besideUri: '' });
  assert.equal(none.formats.length, formats.length);
});
