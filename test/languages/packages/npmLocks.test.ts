import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { nodeFiles } from '../../../server/src/hosts/nodeFiles.ts';
import { npmLock } from '../../../server/src/languages/packages/npmLocks.ts';
import { unpinnedMcpServer } from '../../../server/src/rules/config/unpinned-mcp-server.ts';
import { scan } from '../../../server/src/workspace/scan.ts';

const CASES: readonly (readonly [path: string, text: string])[] = [
  [
    'package-lock.json',
    '{"packages":{"":{},"node_modules/docs-mcp":{"version":"1.2.3"},"node_modules/@a/mcp":{"version":"2.0.1"},"node_modules/x/node_modules/docs-mcp":{"version":"9.0.0"}}}',
  ],
  ['package-lock.json', '{"dependencies":{"docs-mcp":{"version":"1.2.3"},"@a/mcp":{"version":"2.0.1"}}}'],
  [
    'pnpm-lock.yaml',
    "packages:\n\n  '@a/mcp@2.0.1':\n    resolution: {}\n\n  docs-mcp@1.2.3(zod@3.0.0):\n    resolution: {}\n",
  ],
  ['pnpm-lock.yaml', 'packages:\n\n  /@a/mcp@2.0.1:\n    dev: true\n\n  /docs-mcp/1.2.3:\n    dev: true\n'],
  ['yarn.lock', '"@a/mcp@^2.0.0":\n  version "2.0.1"\n\ndocs-mcp@^1.0.0, docs-mcp@^1.2.0:\n  version "1.2.3"\n'],
  ['yarn.lock', '"@a/mcp@npm:^2.0.0":\n  version: 2.0.1\n\n"docs-mcp@npm:1.2.3":\n  version: 1.2.3\n'],
];

for (const [path, text] of CASES) {
  test(`${path}: ${text.slice(0, 40)}`, () => {
    const lock = npmLock(path, text);
    assert.equal(lock.version('docs-mcp'), '1.2.3');
    assert.equal(lock.version('@a/mcp'), '2.0.1');
    assert.equal(lock.version('zod'), undefined);
  });
}

test('several versions of one package, and what is broken, say nothing', () => {
  assert.equal(npmLock('yarn.lock', 'a@^1:\n  version "1.0.0"\n\na@^2:\n  version "2.0.0"\n').version('a'), undefined);
  assert.equal(npmLock('package-lock.json', '{"packages":').version('a'), undefined);
  assert.equal(npmLock('package-lock.json', '{"packages":{"node_modules/a":null}}').version('a'), undefined);
  assert.equal(
    npmLock('package-lock.json', '{"packages":{"node_modules/a":{"version":"file:../a"}}}').version('a'),
    undefined,
  );
});

test('a server is pinned to the version that lies above it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'guidelint-npm-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, 'package-lock.json'), CASES[0]?.[1] ?? '');
  writeFileSync(join(folder, '.vscode/mcp.json'), '{"servers":{"docs":{"command":"npx","args":["-y","docs-mcp"]}}}');
  const { files } = await scan({
    files: nodeFiles(),
    folder: pathToFileURL(folder).toString(),
    rules: [unpinnedMcpServer],
    today: '2026-11-21',
  });
  const [fix] = files.flatMap(({ findings }) => findings.flatMap(({ fixes }) => fixes));
  assert.equal(fix?.title, 'Pin to 1.2.3, as in package-lock.json');
  assert.equal(fix?.edits[0]?.text, 'docs-mcp@1.2.3');
});
