import type { TestContext } from 'node:test';
import { URI } from 'vscode-uri';
import { nodeFiles } from '../../server/src/hosts/nodeFiles.ts';
import type { Report } from '../../server/src/reports/located.ts';
import { scan } from '../../server/src/workspace/scan.ts';
import { testRules, workspace } from '../cli/runCli.ts';

/** The report of a folder with these files, checked with the rules of the command line's tests. */
export async function scanReport(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
  only?: readonly string[],
): Promise<Report> {
  const folder = URI.file(workspace(t, files)).toString();
  const result = await scan({
    files: nodeFiles(),
    folder,
    rules: testRules,
    today: '2026-11-21',
    ...(only && { only: only.map((path) => `${folder}/${encodeURIComponent(path)}`) }),
  });
  return { version: '9.8.7', rules: testRules, scan: result };
}

/** Text of a notebook as Jupyter writes it. */
export function notebookText(cells: readonly (readonly string[] | string)[]): string {
  const notebook = {
    cells: cells.map((source) =>
      typeof source === 'string'
        ? { cell_type: 'markdown', metadata: {}, source: [source] }
        : { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source },
    ),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** One project with everything a report has to get right. */
export const PROJECT: Readonly<Record<string, string | Uint8Array>> = {
  'a b/x#%(1).py': '\uFEFFx = BAD; y = BAD\r\nz = RISKY\r\n',
  'ä:b.py': 'NOTE\nODD\n',
  'accepted.py':
    '# guidelint-disable-next-line GL398: agreed: 100%, yes (until 2030-01-31)\nBAD\nBAD  # guidelint-disable-line\n',
  'n.ipynb': notebookText([['import os\n', 'x = 1'], 'BAD', ['# two\n', 'y = BAD\n', 'z = "ä" + RISKY']]),
  'broken.ipynb': '{"cells": [',
  'binary.py': Buffer.from([0, 1, 2]),
  'clean.py': 'x = 1\n',
};
