import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type Client, startClient } from '../helpers/lspClient.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One finding as both sides tell it: rule, fingerprint, message, one-based range (in a notebook: of the cell), severity. */
type Row = readonly [
  path: string,
  cell: number | undefined,
  ruleId: string,
  fingerprint: string,
  message: string,
  range: string,
  severity: string,
];

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface CliFinding {
  readonly path: string;
  readonly cell?: { readonly number: number; readonly region: Region };
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly message: string;
  readonly severity: string;
  readonly region: Region;
  readonly suppression?: object;
}

function fromCommandLine(folder: string): Row[] {
  const cli = join(ROOT, 'dist', 'cli.js');
  const { stdout, status } = spawnSync(
    process.execPath,
    [cli, 'check', '--format', 'json', '--fail-on', 'never', '--no-cache'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  assert.ok(status === 0 || status === 2, `exit ${status}`);
  const { findings } = JSON.parse(stdout) as { findings: CliFinding[] };
  return findings
    .filter(({ suppression }) => !suppression)
    .map(({ path, cell, ruleId, fingerprint, message, region, severity }) => {
      // A notebook's region is one of the raw file, its cell's the one an editor shows.
      const { startLine, startColumn, endLine, endColumn } = cell?.region ?? region;
      const range = `${startLine}:${startColumn}-${endLine}:${endColumn}`;
      return [path, cell?.number, ruleId, fingerprint, message, range, severity];
    });
}

const SEVERITIES = ['', 'error', 'warning', 'info', 'hint'];

async function fromServer(folder: string): Promise<Row[]> {
  const client = await startClient({ folders: [pathToFileURL(folder).toString()] });
  // A scan leaves behind what rules about several files need; an editor would work it out behind the first answer.
  await client.connection.sendRequest('guidelint/scan', {});
  const rows: Row[] = [];
  for (const file of filesOf(folder)) {
    const path = relative(folder, file).split(sep).join('/');
    const found = path.endsWith('.ipynb')
      ? await notebookFindings(client, file)
      : [{ cell: undefined, items: await fileFindings(client, file) }];
    for (const { cell, items } of found) {
      for (const { code, data, message, range, severity } of items) {
        const { start, end } = range;
        const place = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
        const { fingerprint } = data as { fingerprint: string };
        rows.push([path, cell, String(code), fingerprint, String(message), place, SEVERITIES[severity ?? 0] ?? '']);
      }
    }
  }
  await client.stop();
  return rows;
}

async function fileFindings(client: Client, file: string): Promise<Diagnostic[]> {
  const uri = pathToFileURL(file).toString();
  let text: string;
  try {
    // Without the byte order mark, as editors send it.
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch {
    return [];
  }
  const languageId =
    { py: 'python', md: 'markdown', json: 'json', yaml: 'yaml', yml: 'yaml' }[file.split('.').pop() ?? ''] ??
    'plaintext';
  await client.open(uri, text, languageId);
  return client.findings(uri);
}

async function notebookFindings(client: Client, file: string): Promise<{ cell: number; items: Diagnostic[] }[]> {
  const uri = pathToFileURL(file).toString();
  const raw = JSON.parse(readFileSync(file, 'utf8')) as { cells: { cell_type: string; source: string | string[] }[] };
  const cells = raw.cells.map((cell, index) => ({
    kind: cell.cell_type === 'code' ? 2 : 1,
    document: `${uri.replace('file:', 'vscode-notebook-cell:')}#${index}`,
    text: [cell.source].flat().join(''),
  }));
  await client.connection.sendNotification('notebookDocument/didOpen', {
    notebookDocument: {
      uri,
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: cells.map(({ kind, document }) => ({ kind, document })),
    },
    cellTextDocuments: cells.map(({ document, kind, text }) => ({
      uri: document,
      version: 1,
      languageId: kind === 2 ? 'python' : 'markdown',
      text,
    })),
  });
  const found: { cell: number; items: Diagnostic[] }[] = [];
  for (const [index, { document, kind }] of cells.entries()) {
    if (kind === 2) found.push({ cell: index + 1, items: await client.findings(document) });
  }
  return found;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : [path];
  });
}

const sorted = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).sort();

describe('the command line and the language server find the same', () => {
  for (const folder of ['examples/insecure', 'examples/secure', 'test/fixtures/mixed']) {
    test(folder, async () => {
      const path = join(ROOT, folder);
      const cli = fromCommandLine(path);
      assert.ok(folder.endsWith('secure') || cli.length > 0);
      assert.deepEqual(sorted(await fromServer(path)), sorted(cli));
    });
  }
});
