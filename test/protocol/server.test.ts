import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  type CodeAction,
  type CompletionItem,
  type Diagnostic,
  type Hover,
} from 'vscode-languageserver/node';
import { type Client, startClient, until } from '../helpers/lspClient.ts';

const LOAD = 'import torch\n\nmodel = torch.load("model.pt", weights_only=False)\n';

/** A workspace folder on disk. */
function workspace(files: Readonly<Record<string, string>>): {
  uri: (path?: string) => string;
  write: (path: string, text: string) => void;
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'guidelint-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    uri: (path = '') => pathToFileURL(join(folder, path)).toString().replace(/\/$/, ''),
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const codes = (items: readonly Diagnostic[]) => items.map(({ code }) => code);

describe('a client that pulls', () => {
  const space = workspace({ 'load.py': LOAD, 'requirements.txt': 'torch==2.5.1\n' });
  let client: Client;
  before(async () => {
    client = await startClient({ folders: [space.uri()] });
  });
  after(async () => {
    await client.stop();
    space.remove();
  });

  test('is told what the server can do', () => {
    const { capabilities, serverInfo } = client.initialized;
    assert.equal(serverInfo?.name, 'Guidelint');
    assert.deepEqual(capabilities.diagnosticProvider, {
      identifier: 'guidelint',
      interFileDependencies: false,
      workspaceDiagnostics: false,
    });
    assert.deepEqual(capabilities.notebookDocumentSync?.notebookSelector.length, 1);
  });

  test('gets a finding with a link, data and a result id, and `unchanged` for the same text', async () => {
    const uri = space.uri('load.py');
    await client.open(uri, LOAD, 'python');
    const report = await client.pull(uri);
    assert.equal(report.kind, 'full');
    const [finding] = report.items;
    assert.ok(finding);
    assert.equal(finding.code, 'GL301');
    assert.match(finding.codeDescription?.href ?? '', /^https:/);
    assert.equal(finding.source, 'guidelint');
    assert.equal(finding.range.start.line, 2);
    const again = await client.pull(uri, report.resultId);
    assert.equal(again.kind, 'unchanged');
    await client.change(uri, 2, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' },
    ]);
    const moved = await client.pull(uri, report.resultId);
    assert.equal(moved.kind, 'full');
    assert.equal(moved.items[0]?.range.start.line, 3);
    assert.deepEqual(moved.items[0]?.data, finding.data, 'the fingerprint follows the text');
    assert.deepEqual(client.published.size, 0, 'nothing is published as well');
  });

  test('repairs, disables, explains and opens the guideline, in that order', async () => {
    const uri = space.uri('act.py');
    await client.open(uri, LOAD, 'python');
    const [diagnostic] = await client.findings(uri);
    assert.ok(diagnostic);
    const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    const titles = actions.map(({ title }) => title);
    assert.match(titles[0] ?? '', /weights_only=True/);
    assert.match(titles[1] ?? '', /^Disable GL301 .*this line/);
    assert.match(titles[2] ?? '', /^Disable GL301 .*this file/);
    assert.match(titles[3] ?? '', /^Open guideline /);
    assert.match(titles[4] ?? '', /^Explain GL301/);
    const disable = actions[1]?.edit?.documentChanges?.[0];
    assert.ok(disable && 'edits' in disable);
    assert.match(
      String((disable.edits[0] as { newText: string }).newText),
      /^# guidelint-disable-next-line GL301: REASON\n$/,
    );
  });

  test('explains a finding on hover, offline, with the number and the publisher', async () => {
    const uri = space.uri('hover.py');
    await client.open(uri, LOAD, 'python');
    const hover: Hover | null = await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 2, character: 12 },
    });
    assert.ok(hover);
    const { value } = hover.contents as { value: string };
    assert.match(value, /\*\*Why:\*\*/);
    assert.match(value, /\*\*How:\*\*/);
    assert.match(value, /\*\*Guideline:\*\* \[[^\]]+\]\(https:/);
  });

  test('fixes all safely repairable findings of a file, worked out when chosen', async () => {
    const uri = space.uri('AGENTS.md');
    const text = 'One\u200B two.\n\nThree\u202E four.\n';
    await client.open(uri, text);
    const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } },
      context: { diagnostics: [], only: ['source.fixAll'] },
    });
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      ['source.fixAll.guidelint'],
    );
    assert.equal(actions[0]?.edit, undefined);
    const resolved: CodeAction = await client.connection.sendRequest('codeAction/resolve', actions[0]);
    const [change] = resolved.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    assert.equal(change.edits.length, 1);
    await client.change(
      uri,
      2,
      change.edits.map((edit) => ({
        range: (edit as { range: unknown }).range,
        text: (edit as { newText: string }).newText,
      })),
    );
    assert.deepEqual(
      codes(await client.findings(uri)).filter((code) => code === 'GL802'),
      [],
    );
  });

  test('completes front-matter keys and values, and the configuration', async () => {
    const card = space.uri('MODEL_CARD.md');
    await client.open(card, '---\nlicense: \nli\n---\n# Model Card for toy\n');
    const values: CompletionItem[] = await client.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: card },
      position: { line: 1, character: 9 },
    });
    assert.ok(values.some(({ label }) => label === 'apache-2.0'));
    const keys: CompletionItem[] = await client.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: card },
      position: { line: 2, character: 2 },
    });
    assert.ok(keys.some(({ label }) => label === 'library_name'));
    const config = space.uri('.guidelint.yaml');
    await client.open(config, 'rules:\n  uns\n', 'yaml');
    const names: CompletionItem[] = await client.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: config },
      position: { line: 1, character: 5 },
    });
    assert.ok(names.some(({ label }) => label === 'unsafe-model-load'));
  });

  test('gives pages and the index without a network', async () => {
    const page = await client.connection.sendRequest<{ markdown: string }>('guidelint/page', { id: 'GL301' });
    assert.match(page.markdown, /^# GL301 /);
    const guideline = await client.connection.sendRequest<{ markdown: string }>('guidelint/page', { id: 'LLM03:2025' });
    assert.match(guideline.markdown, /Supply Chain/);
    await assert.rejects(client.connection.sendRequest('guidelint/page', { id: 'nonsense' }), /nonsense/);
    const index = await client.connection.sendRequest<{ rules: unknown[]; guidelines: unknown[] }>('guidelint/index');
    assert.ok(index.rules.length > 20);
    assert.equal(index.guidelines.length, 469);
  });

  test('leaves dependencies and the other side of a diff alone', async () => {
    for (const uri of [
      space.uri('node_modules/x/load.py'),
      space.uri('.venv/load.py'),
      space.uri('load.py').replace('file:', 'git:'),
    ]) {
      await client.open(uri, LOAD, 'python');
      assert.deepEqual(await client.findings(uri), [], uri);
    }
  });

  test('checks a notebook as one program and answers by cell', async () => {
    const uri = space.uri('explore.ipynb');
    const cell = (id: string) => `${uri.replace('file:', 'vscode-notebook-cell:')}#${id}`;
    const item = (id: string, text: string) => ({ uri: cell(id), languageId: 'python', version: 1, text });
    await client.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: {
        uri,
        notebookType: 'jupyter-notebook',
        version: 1,
        cells: [
          { kind: 2, document: cell('A') },
          { kind: 2, document: cell('B') },
        ],
      },
      cellTextDocuments: [
        item('A', '%matplotlib inline\nimport torch as t'),
        item('B', 'm = t.load("m.pt", weights_only=False)'),
      ],
    });
    assert.deepEqual(codes(await client.findings(cell('A'))), []);
    const second = await client.findings(cell('B'));
    assert.deepEqual(codes(second), ['GL301']);
    assert.equal(second[0]?.range.start.line, 0);
    // The alias goes away in the first cell: the second must be asked for again.
    const refreshes = client.refreshes();
    await client.connection.sendNotification('notebookDocument/didChange', {
      notebookDocument: { uri, version: 2 },
      change: {
        cells: {
          textContent: [{ document: { uri: cell('A'), version: 2 }, changes: [{ text: 'import json as t' }] }],
        },
      },
    });
    assert.deepEqual(codes(await client.findings(cell('B'))), []);
    await until(() => (client.refreshes() > refreshes ? true : undefined), 'a refresh of the other cell');
  });

  test('marks the cell of an open notebook whose saved output shows a token', async () => {
    const outputs = [{ output_type: 'stream', name: 'stdout', text: ['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'] }];
    const code = (source: string, more = {}) => ({ cell_type: 'code', metadata: {}, source, outputs: [], ...more });
    const cells = [{ cell_type: 'markdown', source: '# A' }, code('x = 1'), code('show(x)\nx', { outputs })];
    space.write('shown.ipynb', JSON.stringify({ nbformat: 4, metadata: {}, cells }));
    const uri = space.uri('shown.ipynb');
    const cell = (id: string) => `${uri.replace('file:', 'vscode-notebook-cell:')}#${id}`;
    const item = (id: string, text: string) => ({ uri: cell(id), languageId: 'python', version: 1, text });
    await client.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: {
        uri,
        notebookType: 'jupyter-notebook',
        version: 1,
        cells: ['A', 'B'].map((id) => ({ kind: 2, document: cell(id) })),
      },
      cellTextDocuments: [item('A', 'x = 1'), item('B', 'show(x)\nx')],
    });
    assert.deepEqual(codes(await client.findings(cell('A'))), []);
    const [found] = await client.findings(cell('B'));
    assert.equal(found?.code, 'GL801');
    assert.deepEqual(found?.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } });
    assert.match(String(found?.message), /^Output 1 of this cell/);
  });

  test('reports the digest of a file that is not the one stated, and notices when the file changes', async () => {
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    space.write('weights.safetensors', 'one');
    const uri = space.uri('CARD/MODEL_CARD.md');
    const text = `# Model Card for toy\n\n| File | sha256 |\n|---|---|\n| ../weights.safetensors | ${digest('two')} |\n`;
    await client.open(uri, text);
    await until(async () => (codes(await client.findings(uri)).includes('GL701') ? true : undefined), 'GL701');
    space.write('weights.safetensors', 'two');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: space.uri('weights.safetensors'), type: 2 }],
    });
    await until(async () => (codes(await client.findings(uri)).includes('GL701') ? undefined : true), 'GL701 to go');
  });

  test('takes over a changed configuration and changed versions at once', async () => {
    const uri = space.uri('versions.py');
    await client.open(uri, 'import torch\nmodel = torch.load("m.pt")\n', 'python');
    assert.deepEqual(codes(await client.findings(uri)), ['GL301']);
    space.write('requirements.txt', 'torch==2.10.0\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: space.uri('requirements.txt'), type: 2 }],
    });
    assert.deepEqual(codes(await client.findings(uri)), []);
    space.write('requirements.txt', 'torch==2.5.1\n');
    space.write('.guidelint.yaml', 'rules:\n  unsafe-model-load: off\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: space.uri('requirements.txt'), type: 2 },
        { uri: space.uri('.guidelint.yaml'), type: 1 },
      ],
    });
    assert.deepEqual(codes(await client.findings(uri)), []);
    rmSync(new URL(space.uri('.guidelint.yaml')));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: space.uri('.guidelint.yaml'), type: 3 }],
    });
    assert.deepEqual(codes(await client.findings(uri)), ['GL301']);
  });
});

test('a client without pull is sent findings, and they go when the document is closed', async () => {
  const space = workspace({});
  const client = await startClient({ folders: [space.uri()], pull: false });
  const uri = space.uri('load.py');
  await client.open(uri, LOAD, 'python');
  const sent = await until(() => client.published.get(uri), 'published findings');
  assert.deepEqual(codes(sent), ['GL301']);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await until(() => (client.published.get(uri)?.length === 0 ? true : undefined), 'the findings to go');
  await client.stop();
  space.remove();
});

test('a scan shows findings of closed files with progress, and they are cleared', async () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`m${index}.py`, LOAD]));
  const space = workspace(many);
  const client = await startClient({ folders: [space.uri()] });
  const reports: { kind: string; percentage?: number }[] = [];
  client.connection.onNotification('$/progress', ({ value }) => void reports.push(value));
  const reply = await client.connection.sendRequest<{ files: number; findings: number; cancelled: boolean }>(
    'guidelint/scan',
    { workDoneToken: 'scan' },
  );
  assert.deepEqual([reply.files, reply.findings, reply.cancelled], [300, 300, false]);
  assert.equal(reports[0]?.kind, 'begin');
  assert.equal(reports.at(-1)?.kind, 'end');
  assert.ok(reports.some(({ kind }) => kind === 'report'));
  await until(() => (client.published.size === 300 ? true : undefined), 'all findings');
  // Opening a file hands it over to pull; its published findings go.
  await client.open(space.uri('m0.py'), LOAD, 'python');
  await until(() => (client.published.get(space.uri('m0.py'))?.length === 0 ? true : undefined), 'no double findings');
  await client.connection.sendRequest('guidelint/clear');
  await until(
    () => ([...client.published.values()].every(({ length }) => length === 0) ? true : undefined),
    'all cleared',
  );
  await client.stop();
  space.remove();
});

test('editor settings change severities, and folders keep their own configuration', async () => {
  const one = workspace({ '.guidelint.yaml': 'rules:\n  GL301: hint\n' });
  const two = workspace({});
  const settings = {
    enable: true,
    rules: { customizations: [{ rule: 'unsafe-*', severity: 'downgrade' }] },
    run: 'sometimes',
  };
  const client = await startClient({ folders: [one.uri(), two.uri()], settings: () => settings });
  await client.open(one.uri('load.py'), LOAD, 'python');
  await client.open(two.uri('load.py'), LOAD, 'python');
  assert.equal((await client.findings(one.uri('load.py')))[0]?.severity, 4);
  assert.equal((await client.findings(two.uri('load.py')))[0]?.severity, 2, 'an error, downgraded');
  await until(() => client.log.find((line) => line.includes('guidelint.run')), 'a log line on the bad setting');
  await client.stop();
  one.remove();
  two.remove();
});

test('a scan that is cancelled stops and says so', async () => {
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`m${index}.py`, LOAD]));
  const space = workspace(many);
  const client = await startClient({ folders: [space.uri()] });
  const source = new CancellationTokenSource();
  const reply = client.connection.sendRequest<{ files: number; cancelled: boolean }>(
    'guidelint/scan',
    {},
    source.token,
  );
  source.cancel();
  const { files, cancelled } = await reply;
  assert.equal(cancelled, true);
  assert.ok(files < 2000, `${files} files`);
  await client.stop();
  space.remove();
});

test('`guidelint lsp --stdio` is the same server', async () => {
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const client = await startClient({ command: [process.execPath, cli, 'lsp', '--stdio'] });
  assert.equal(client.initialized.serverInfo?.name, 'Guidelint');
  await client.stop();
});

describe('a baseline', () => {
  const space = workspace({ 'load.py': LOAD });
  let client: Client;
  before(async () => {
    client = await startClient({ folders: [space.uri()] });
  });
  after(async () => {
    await client.stop();
    space.remove();
  });

  test('hides what is known, as the command line does, and shows what is new', async () => {
    const uri = space.uri('load.py');
    await client.open(uri, LOAD, 'python');
    assert.deepEqual(codes(await client.findings(uri)), ['GL301']);
    const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
    const cwd = fileURLToPath(space.uri());
    execFileSync(process.execPath, [cli, 'check', '--update-baseline', '--no-cache', '--quiet'], { cwd });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: space.uri('.guidelint/baseline.json'), type: 1 }],
    });
    assert.deepEqual(codes(await client.findings(uri)), []);
    const text = `${LOAD}other = torch.load("b.pt", weights_only=False)\n`;
    await client.change(uri, 2, [{ text }]);
    assert.deepEqual(codes(await client.findings(uri)), ['GL301']);
  });
});

describe('a document that imports a module of the workspace', () => {
  const worker = (safe: string) =>
    `import torch\n\ndef read(path, weights_only=${safe}):\n    return torch.load(path, weights_only=weights_only)\n`;
  const caller = 'from pkg.io import read\n\nread("model.pt")\n';
  const space = workspace({ 'pkg/io.py': worker('True'), 'main.py': caller, 'requirements.txt': 'torch==2.10.0\n' });
  let client: Client;
  before(async () => {
    client = await startClient({ folders: [space.uri()] });
  });
  after(async () => {
    await client.stop();
    space.remove();
  });

  test('is judged anew when the module is edited, saved or not', async () => {
    const uri = space.uri('main.py');
    await client.open(uri, caller, 'python');
    assert.deepEqual(codes(await client.findings(uri)), []);

    const before = client.refreshes();
    const module = space.uri('pkg/io.py');
    await client.open(module, worker('True'), 'python');
    await client.change(module, 2, [{ text: worker('False') }]);
    await until(() => (client.refreshes() > before ? true : undefined), 'a refresh after the edit');
    const [finding, ...others] = await client.findings(uri);
    assert.deepEqual(others, []);
    assert.equal(finding?.code, 'GL301');
    assert.equal(finding?.range.start.line, 2);
    const [related] = finding?.relatedInformation ?? [];
    assert.equal(related?.location.uri, module);
    assert.equal(related?.location.range.start.line, 3);

    const hover: Hover | null = await client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 2, character: 1 },
    });
    assert.ok(hover);
    const { value } = hover.contents as { value: string };
    assert.match(value, /`read` calls `torch\.load` with what it is given here, in line 4 of pkg\/io\.py\./);
    assert.match(
      value,
      /`read` passes `weights_only=False` on unless it is told otherwise, from line 3 of pkg\/io\.py\./,
    );
  });

  test('is judged anew when the module changes on disk', async () => {
    const uri = space.uri('main.py');
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: space.uri('pkg/io.py') },
    });
    await until(
      async () => ((await client.findings(uri)).length === 0 ? true : undefined),
      'the text on disk to count',
    );
    space.write('pkg/io.py', worker('False'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: space.uri('pkg/io.py'), type: 2 }],
    });
    await until(async () => ((await client.findings(uri)).length === 1 ? true : undefined), 'the new text to count');
  });
});
