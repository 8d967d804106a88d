import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, CompletionItem, Hover } from 'vscode-languageserver/node';
import type { EvidenceReply, SavedReportReply } from '../../server/src/lsp/protocol.ts';
import { toComplianceJson } from '../../server/src/reports/complianceJson.ts';
import { type Client, startClient, until } from '../helpers/lspClient.ts';
import { sampleReport } from '../reports/sampleReport.ts';

const REGISTER = `roles: [Developers]
evidence:
  - item: cwe:CWE-502
    decision: met
    statement: All files are loaded safely.
    files: [docs/loading.md]
    owner: security lead
    date: 2026-01-31
    review-by: 2099-01-31
`;

describe('the evidence register in an editor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guidelint-'));
  const uri = (path = '') => pathToFileURL(join(folder, path)).toString().replace(/\/$/, '');
  const register = uri('.guidelint/evidence.yaml');
  let client: Client;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const codes = async () => (await client.findings(register)).map(({ code }) => code).sort();
  const ask = <T>(method: string, line: number, character: number) =>
    client.connection.sendRequest<T>(method, { textDocument: { uri: register }, position: { line, character } });

  before(async () => {
    write('load.py', 'import torch\nmodel = torch.load("m.pt", weights_only=False)\n');
    write('SECURITY.md', '# Security\n');
    write('.guidelint/evidence.yaml', REGISTER);
    client = await startClient({ folders: [uri()] });
    await client.open(register, REGISTER, 'yaml');
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a file that is missing is known at once, and that it has come', async () => {
    assert.deepEqual(await codes(), ['GL912']);
    write('docs/loading.md', '# Loading\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('docs/loading.md'), type: 1 }],
    });
    await until(async () => ((await codes()).length === 0 ? true : undefined), 'GL912 to go');
  });

  test('contradictions and candidates are known after a scan, and follow what is edited', async () => {
    await client.connection.sendRequest('guidelint/scan', {});
    assert.deepEqual(await codes(), ['GL913', 'GL916']);
    const load = uri('load.py');
    await client.open(load, 'import torch\nmodel = torch.load("m.pt", weights_only=True)\n', 'python');
    await client.findings(load);
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: register, version: 2 },
      contentChanges: [{ text: `${REGISTER}# edited\n` }],
    });
    assert.deepEqual(await codes(), ['GL916']);
  });

  test('a candidate is entered by a quick fix', async () => {
    const [diagnostic] = await client.findings(register);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: register },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic] },
    });
    assert.equal(actions[0]?.title, 'Add an entry for SECURITY.md to confirm');
    assert.match(JSON.stringify(actions[0]?.edit), /decision: TODO/);
  });

  test('an item has its entry found, or gets one to fill in', async () => {
    const ask = (item: string) =>
      client.connection.sendRequest<EvidenceReply>('guidelint/evidence', { folderUri: uri(), item });
    const known = await ask('cwe:CWE-502');
    assert.deepEqual([known.line, known.text], [2, `${REGISTER}# edited\n`]);
    const { text, line = -1, exists } = await ask('eu-ai-act:15.1');
    assert.equal(exists, true);
    assert.equal(text.split('\n')[line], '  - item: eu-ai-act:15.1');
    assert.match(text.split('\n')[line + 1] ?? '', /decision: TODO/);
    const wrong = await ask('cwe:CWE-1\nevidence: []');
    assert.deepEqual([wrong.line, wrong.text], [undefined, `${REGISTER}# edited\n`]);
  });

  test('a saved report is read to compare with, or it says why not', async () => {
    const report = sampleReport();
    write('saved.json', JSON.stringify(toComplianceJson(report, [])));
    write('broken.json', '{"version": 1}');
    const ask = (path: string) =>
      client.connection.sendRequest<SavedReportReply>('guidelint/savedReport', { uri: uri(path) });
    const saved = (await ask('saved.json')).report;
    assert.equal(saved?.findings.length, report.findings.length);
    assert.deepEqual(
      saved?.frameworks.map(({ id, items }) => [id, items.length]),
      report.frameworks.map(({ id, items }) => [id, items.length]),
    );
    assert.match((await ask('broken.json')).problem ?? '', /^is not a compliance report/);
    assert.ok((await ask('none.json')).problem);
  });

  test('items complete by title, decisions, roles and keys by name', async () => {
    const labels = async (line: number, character: number) =>
      (await ask<CompletionItem[]>('textDocument/completion', line, character)).map(({ label }) => label);
    const items = await ask<CompletionItem[]>('textDocument/completion', 2, 21);
    assert.equal(items.length, 469);
    const one = items.find(({ label }) => label === 'cwe:CWE-502');
    assert.match(one?.detail ?? '', /Deserialization/);
    assert.deepEqual(one?.textEdit, {
      range: { start: { line: 2, character: 10 }, end: { line: 2, character: 21 } },
      newText: 'cwe:CWE-502',
    });
    assert.deepEqual(await labels(3, 17), ['met', 'partly', 'not-applicable', 'accepted-risk']);
    assert.deepEqual(await labels(0, 8), ['Developers', 'System Operators', 'Data Custodians']);
    assert.ok((await labels(6, 6)).includes('owner'));
    assert.match((await labels(7, 10))[0] ?? '', /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(await labels(9, 0), ['system', 'roles', 'evidence']);
  });

  test('hover explains items, decisions and keys', async () => {
    const text = async (line: number, character: number) => {
      const hover = await ask<Hover | null>('textDocument/hover', line, character);
      return (hover?.contents as { value: string } | undefined)?.value;
    };
    assert.match((await text(2, 14)) ?? '', /CWE-502: Deserialization of Untrusted Data/);
    assert.match((await text(3, 15)) ?? '', /evidence named here shows it/);
    assert.match((await text(6, 6)) ?? '', /role that answers/);
    assert.equal(await text(4, 20), undefined);
  });

  test('the summary is exported in every format, without a path of this machine', async () => {
    for (const format of ['html', 'markdown', 'csv', 'json', 'oscal', 'sarif']) {
      const { text, partial } = await client.connection.sendRequest<{ text: string; partial: boolean }>(
        'guidelint/export',
        { format },
      );
      assert.equal(partial, false);
      assert.ok(text.length > 1000, format);
      assert.ok(!text.includes(dirname(folder)), format);
    }
  });

  test('the command gets candidates and a register with their entries, and writes nothing', async () => {
    const request = (params: object) =>
      client.connection.sendRequest<EvidenceReply>('guidelint/evidence', { folderUri: uri(), ...params });
    const reply = await request({});
    assert.deepEqual(
      [reply.uri, reply.exists, reply.candidates.map(({ file }) => file)],
      [register, true, ['SECURITY.md']],
    );
    const { text } = await request({ add: ['SECURITY.md'] });
    assert.match(text, /# edited\n {2}- item:\n {6}- etsi-en-304-223:5\.2\.2-4\n[\s\S]*files: \[SECURITY\.md\]/);
  });
});
