import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { nodeFiles } from '../../server/src/hosts/nodeFiles.ts';
import { readCommit } from '../../server/src/workspace/commit.ts';
import { runCli, workspace } from './runCli.ts';

const REGISTER = (more = '') => `roles: [Developers]
evidence:
  - item: etsi-en-304-223:5.1.3-1
    decision: met
    statement: There is a threat model.
    files: [docs/threats.md]
    owner: lead
    date: 2026-01-31
    review-by: 2027-01-31
${more}`;
const FILES = { 'a.py': 'x = BAD\n', 'docs/threats.md': '# Threats\n', '.guidelint/evidence.yaml': REGISTER() };
const DATE = ['--date', '2026-11-21'];

describe('guidelint summary', () => {
  test('writes every format, the same bytes each time', async (t) => {
    const folder = workspace(t, FILES);
    const starts = {
      markdown: '# AI',
      md: '# AI',
      html: '<!DOCTYPE html>',
      json: '{',
      csv: 'id,',
      sarif: '{',
      oscal: '{',
    };
    for (const [format, start] of Object.entries(starts)) {
      const [one, two] = [1, 2].map(() => runCli(folder, ['summary', '--format', format, ...DATE]));
      const { code, stdout } = (await one) ?? { code: -1, stdout: '' };
      assert.equal(code, 0, format);
      assert.ok(stdout.startsWith(start), format);
      assert.equal((await two)?.stdout, stdout);
    }
  });

  test('counts evidence, findings and roles', async (t) => {
    const { stdout } = await runCli(workspace(t, FILES), ['summary', '--format', 'json', ...DATE]);
    const report = JSON.parse(stdout);
    const status = (id: string) =>
      report.frameworks
        .flatMap(({ items }: { items: { id: string; status: string }[] }) => items)
        .find((item: { id: string }) => item.id === id).status;
    assert.equal(status('etsi-en-304-223:5.1.3-1'), 'evidence');
    assert.equal(status('cwe:CWE-502'), 'open');
    assert.equal(status('etsi-en-304-223:5.2.1-3.1'), 'other-role');
    assert.equal(report.time, '2026-11-21T00:00:00.000Z');
  });

  test('judges reviews on the day that is given', async (t) => {
    const folder = workspace(t, FILES);
    const later = await runCli(folder, ['summary', '--format', 'json', '--date', '2027-02-01T10:00:00Z']);
    assert.match(later.stdout, /"status": "evidence-overdue"/);
    assert.match(later.stdout, /"time": "2027-02-01T10:00:00.000Z"/);
  });

  test('reports on the publications that are named', async (t) => {
    const folder = workspace(t, FILES);
    const { stdout } = await runCli(folder, ['summary', '--format', 'json', '--framework', 'cwe,jrc', ...DATE]);
    assert.deepEqual(
      JSON.parse(stdout).frameworks.map(({ id }: { id: string }) => id),
      ['jrc', 'cwe'],
    );
    const wrong = await runCli(folder, ['summary', '--framework', 'etsi-en-304-233']);
    assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
    assert.match(wrong.stderr, /did you mean etsi-en-304-223\?/);
  });

  test('fails on the level that is asked for', async (t) => {
    const folder = workspace(t, FILES);
    const code = async (...argv: string[]) => (await runCli(folder, ['summary', ...argv, ...DATE])).code;
    assert.equal(await code(), 0);
    assert.equal(await code('--fail-on', 'shall'), 1);
    assert.equal(await code('--fail-on', 'shall', '--framework', 'cwe'), 0, 'CWE has no levels');
    assert.equal(await code('--fail-on', 'any', '--framework', 'cwe'), 1);
  });

  test('says what changed since a saved report, in Markdown and HTML', async (t) => {
    const folder = workspace(t, { ...FILES, 'a.py': 'x = 1\n' });
    const saved = await runCli(folder, ['summary', '--format', 'json', '-o', 'saved.json', '--date', '2026-11-01']);
    assert.equal(saved.code, 0);
    writeFileSync(join(folder, 'a.py'), 'x = BAD\n');
    const compare = ['summary', '--compare', 'saved.json', ...DATE];
    const { code, stdout } = await runCli(folder, compare);
    assert.equal(code, 0);
    assert.match(stdout, /## What changed since 2026-11-01T00:00:00\.000Z/);
    assert.match(stdout, /\*\*1 finding appeared, 0 gone or accepted; items: .*worse/);
    assert.match(stdout, /\| CWE-502: Deserialization of Untrusted Data \| worse \| .* \| Open findings \|/);
    assert.match(stdout, /### Findings that appeared\n\n.*\n.*\n\| GL\d+ \| error \| `a\.py` \|/);
    const page = (await runCli(folder, [...compare, '--format', 'html'])).stdout;
    assert.match(page, /<h2>What changed since <time datetime="2026-11-01T00:00:00\.000Z">/);
    const narrow = await runCli(folder, [...compare, '--framework', 'jrc']);
    assert.match(narrow.stdout, /\*\*0 findings appeared, 0 gone or accepted/, 'other publications are not gone');
  });

  test('a report that cannot be compared with ends the command, and an earlier one stays', async (t) => {
    const folder = workspace(t, {
      ...FILES,
      'text.json': 'hello',
      'other.json': '{"version": 2}',
      'array.json': '[]',
      'report.md': 'earlier',
    });
    const run = (...argv: string[]) => runCli(folder, ['summary', ...argv, '-o', 'report.md', ...DATE]);
    for (const [name, why] of [
      ['text.json', /text\.json is not JSON/],
      ['other.json', /other\.json has version 2, and this Guidelint reads version 1/],
      ['array.json', /array\.json is not a compliance report/],
      ['none.json', /the report none\.json cannot be read/],
    ] as const) {
      const { code, stderr } = await run('--compare', name);
      assert.equal(code, 2, name);
      assert.match(stderr, why);
    }
    const { code, stderr } = await run('--compare', 'text.json', '--format', 'csv');
    assert.equal(code, 2);
    assert.match(stderr, /csv has no place for it/);
    assert.equal(readFileSync(join(folder, 'report.md'), 'utf8'), 'earlier');
  });

  test('dates that are none are refused', async (t) => {
    for (const date of ['tomorrow', '2026-02-30', '2026-01-01T25:00:00Z', '2026-01-01T10:00:00+02:00']) {
      const { code, stdout } = await runCli(workspace(t, FILES), ['summary', '--date', date]);
      assert.deepEqual([code, stdout], [2, ''], date);
    }
  });

  const BROKEN: Record<string, string | Uint8Array> = {
    'no YAML': 'evidence: [\n',
    'a list': '- a\n',
    'five megabytes and more': `# ${'x'.repeat(5 * 1024 * 1024)}\n`,
    'half a megabyte': `# ${'x'.repeat(500_000)}\n`,
    binary: Buffer.from([0, 1, 2]),
    'UTF-16': Buffer.from('\uFEFFevidence: []\n', 'utf16le'),
  };
  for (const [name, content] of Object.entries(BROKEN)) {
    test(`a register that cannot be read leaves an earlier report alone: ${name}`, async (t) => {
      const folder = workspace(t, { ...FILES, '.guidelint/evidence.yaml': content, 'report.html': 'earlier' });
      const { code, stderr } = await runCli(folder, ['summary', '--format', 'html', '-o', 'report.html', ...DATE]);
      assert.equal(code, 2);
      assert.match(
        stderr,
        /the evidence register \.guidelint\/evidence\.yaml cannot be used: .*; no summary was written/,
      );
      assert.equal(readFileSync(join(folder, 'report.html'), 'utf8'), 'earlier');
    });
  }

  test('an entry that is wrong is told of, and the others count', async (t) => {
    const register = REGISTER(
      '  - item: etsi-en-304-223:5.1.3-1\n    decision: partly\n  - item: &a [*a]\n    decision: met\n',
    );
    const { code, stderr, stdout } = await runCli(workspace(t, { ...FILES, '.guidelint/evidence.yaml': register }), [
      'summary',
      '--format',
      'json',
      ...DATE,
    ]);
    assert.equal(code, 0);
    assert.match(stderr, /evidence\.yaml has \d+ problems; what is wrong does not count/);
    assert.doesNotMatch(stdout, /"status": "evidence"/);
  });

  test('of a part of the project the register of the nearest folder speaks', async (t) => {
    const folder = workspace(t, {
      ...FILES,
      'sub/b.py': 'x = 1\n',
      'other/.guidelint/evidence.yaml': 'evidence: []\n',
      'other/c.py': '',
    });
    const paths = async (...argv: string[]) => {
      const { stdout } = await runCli(folder, ['summary', ...argv, '--format', 'json', ...DATE]);
      return JSON.parse(stdout).registers.map(({ path }: { path: string }) => path);
    };
    assert.deepEqual(await paths(), ['.guidelint/evidence.yaml']);
    assert.deepEqual(await paths('sub'), ['.guidelint/evidence.yaml']);
    assert.deepEqual(await paths('other'), ['other/.guidelint/evidence.yaml']);
    assert.deepEqual(await paths('other', 'sub'), ['.guidelint/evidence.yaml']);
  });
});

describe('the commit that is checked out', () => {
  const A = 'a'.repeat(40);
  const B = 'b'.repeat(64);
  const CASES: readonly [string, Record<string, string>, string | undefined][] = [
    ['on a branch', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${A}\n` }, A],
    ['detached, SHA-256', { '.git/HEAD': `${B}\n` }, B],
    ['packed', { '.git/HEAD': 'ref: refs/heads/x/y\n', '.git/packed-refs': `# pack\n${A} refs/heads/x/y\n^${B}\n` }, A],
    ['above the project', { '../.git/HEAD': `${A}\n` }, A],
    [
      'in a linked work tree',
      {
        '.git': 'gitdir: ../main/.git/worktrees/w\n',
        '../main/.git/worktrees/w/HEAD': 'ref: refs/heads/w\n',
        '../main/.git/worktrees/w/commondir': '../..\n',
        '../main/.git/refs/heads/w': `${A}\n`,
      },
      A,
    ],
    ['before the first commit', { '.git/HEAD': 'ref: refs/heads/main\n' }, undefined],
    ['a forged reference', { '.git/HEAD': 'ref: refs/../../secret\n', secret: A }, undefined],
    ['what is no commit', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': 'hello\n' }, undefined],
    ['binary', { '.git/HEAD': '\0\0' }, undefined],
  ];
  for (const [name, files, commit] of CASES) {
    test(name, async (t) => {
      const folder = join(workspace(t), 'project');
      mkdirSync(folder);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      assert.equal(await readCommit(nodeFiles(), pathToFileURL(folder).toString()), commit);
    });
  }
});
