import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource, type CodeAction, type TextDocumentEdit } from 'vscode-languageserver/node';
import {
  CARD_TEMPLATES_LIST,
  type CardTemplatesReply,
  DIGESTS,
  type DigestsReply,
  NEW_CARD,
  type NewCardParams,
  type NewCardReply,
  SCAN,
} from '../../server/src/lsp/protocol.ts';
import { type Client, startClient } from '../helpers/lspClient.ts';

const DIGEST = createHash('sha256').update('weights').digest('hex');
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const CARD = '# Model Card for toy\n\n## Integrity\n\n[TODO: the sha256 of every file]\n';

describe('drafts and digests in an editor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guidelint-'));
  const uri = (path = '') => pathToFileURL(join(folder, path)).toString().replace(/\/$/, '');
  const card = uri('MODEL_CARD.md');
  let client: Client;
  const draft = (type: NewCardParams['type'], folderUri = uri()) =>
    client.connection.sendRequest<NewCardReply>(NEW_CARD, { type, folderUri });

  before(async () => {
    writeFileSync(join(folder, 'model.safetensors'), 'weights');
    writeFileSync(
      join(folder, 'adapter_config.json'),
      `{"base_model_name_or_path": "org/base-7b", "revision": "${COMMIT}"}`,
    );
    client = await startClient({ folders: [uri()] });
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('drafts are filled from the workspace', async () => {
    const model = await draft('model');
    assert.equal(model.fileName, 'MODEL_CARD.md');
    assert.match(model.text ?? '', /\nbase_model: org\/base-7b\n/);
    assert.ok(model.text?.includes(DIGEST));
    const bom = await draft('bom');
    assert.equal(bom.fileName, 'ai-bom.cdx.json');
    assert.equal(JSON.parse(bom.text ?? '').metadata.component.components[0].hashes[0].content, DIGEST);
    assert.match((await draft('data', '')).text ?? '', /^---\nlicense: TODO/, 'without a folder placeholders only');
  });

  test('a card may have the headings of a template', async () => {
    const { templates } = await client.connection.sendRequest<CardTemplatesReply>(CARD_TEMPLATES_LIST);
    assert.ok(templates.some(({ id, type, file }) => id === 'datasheet' && type === 'data' && file === 'DATASHEET.md'));
    const params: NewCardParams = { type: 'model', template: 'hub-model-card', folderUri: uri() };
    const { fileName, text = '' } = await client.connection.sendRequest<NewCardReply>(NEW_CARD, params);
    assert.equal(fileName, 'README.md');
    assert.match(text, /\nbase_model: org\/base-7b\n/);
    assert.ok(text.includes('### Direct Use') && text.includes(DIGEST));
  });

  test('code is pinned to the commit that the workspace names', async () => {
    const code = uri('load.py');
    await client.open(code, 'from peft import PeftConfig\nPeftConfig.from_pretrained("org/base-7b")\n', 'python');
    const found = (await client.findings(code)).find(({ code }) => code === 'GL318');
    assert.ok(found);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: code },
      range: found.range,
      context: { diagnostics: [found] },
    });
    assert.equal(actions[0]?.title, 'Pin to 0123456, as in adapter_config.json');
  });

  test('a draft can be cancelled', async () => {
    const source = new CancellationTokenSource();
    const params: NewCardParams = { type: 'model', folderUri: uri() };
    const reply = client.connection.sendRequest<NewCardReply>(NEW_CARD, params, source.token);
    source.cancel();
    assert.equal((await reply).text, undefined);
  });

  test('digests are computed for the card in front, on request and as a quick fix', async () => {
    await client.open(card, CARD, 'markdown');
    const { files, edits, version } = await client.connection.sendRequest<DigestsReply>(DIGESTS, { uri: card });
    assert.deepEqual([files, edits.length, version], [1, 1, 1]);
    assert.ok(edits[0]?.text.includes(DIGEST));

    const found = (await client.findings(card)).find(({ code }) => code === 'GL803');
    assert.ok(found);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: card },
      range: found.range,
      context: { diagnostics: [found] },
    });
    const action = actions.find(({ title }) => title.startsWith('Insert the SHA-256'));
    assert.ok(action && !action.edit, 'nothing is read before it is chosen');
    const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
    const [change] = (resolved.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.equal(change?.edits[0] && 'newText' in change.edits[0] && change.edits[0].newText, edits[0]?.text);
  });

  test('a document that states no digests has none inserted', async () => {
    const other = uri('notes.md');
    await client.open(other, '# Notes\n', 'markdown');
    assert.deepEqual(await client.connection.sendRequest(DIGESTS, { uri: other }), { files: 0, edits: [] });
  });

  test('after a scan a card is held against its neighbours while it is written', async () => {
    await client.connection.sendRequest(SCAN, {});
    await client.change(card, 2, [{ text: `---\nlibrary_name: peft\nbase_model: org/else-7b\n---\n${CARD}` }]);
    assert.ok((await client.findings(card)).some(({ code }) => code === 'GL705'));
    await client.change(card, 3, [{ text: `---\nlibrary_name: peft\nbase_model: org/base-7b\n---\n${CARD}` }]);
    assert.ok(!(await client.findings(card)).some(({ code }) => code === 'GL705'));
  });
});
