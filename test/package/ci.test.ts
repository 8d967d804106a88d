import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { maybeRelevant } from '../../server/src/engine/kind.ts';
import { runCli } from '../cli/runCli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const exec = promisify(execFile);

function project(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'guidelint-ci-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'a b.py'), 'import pickle\n\nx = pickle.load(file)\n');
  writeFileSync(join(folder, 'c.py'), 'import pickle\n\nx = pickle.load(file)\n');
  return folder;
}

/** Runs the action's script as GitHub does: bash that stops at the first failure, inputs as variables. */
async function act(folder: string, inputs: Readonly<Record<string, string>>) {
  const { runs, inputs: declared } = parse(read('action.yml'));
  const { run, env } = runs.steps.at(-1) as { run: string; env: Record<string, string> };
  const values = Object.entries(env).map(([name, expression]) => {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1];
    return [name, input ? (inputs[input] ?? String(declared[input].default)) : join(ROOT, 'dist', 'cli.js')];
  });
  const options = { cwd: folder, env: { ...process.env, ...Object.fromEntries(values) } };
  return exec('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], options).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
}

const skip = process.platform === 'win32' ? 'the script is written for bash' : false;

test('the action annotates, writes SARIF and fails', { skip }, async (t) => {
  const folder = project(t);
  const { code, stdout } = await act(folder, {});
  assert.equal(code, 1);
  assert.match(stdout, /^::warning file=a b\.py,line=3/m);
  assert.match(stdout, /^::warning file=c\.py,line=3/m);
  assert.equal(JSON.parse(readFileSync(join(folder, 'guidelint.sarif'), 'utf8')).runs[0].results.length, 2);
});

test('inputs of the action are values, never commands', { skip }, async (t) => {
  const folder = project(t);
  const { code, stdout } = await act(folder, { paths: 'a b.py\n', 'fail-on': 'never', 'sarif-file': '' });
  assert.equal(code, 0);
  assert.match(stdout, /a b\.py/);
  assert.doesNotMatch(stdout, /c\.py/);
  const hostile = '$(touch started); `touch started`\n--output=started';
  assert.equal((await act(folder, { paths: hostile, 'sarif-file': '' })).code, 2);
  assert.equal(existsSync(join(folder, 'started')), false);
});

test('the commands of the examples are understood', async (t) => {
  const files = ['docs/ci/github-shards.yml', 'docs/ci/gitlab-ci.yml'];
  for (const file of files) assert.doesNotThrow(() => parse(read(file)), file);
  const lines = files.flatMap((file) =>
    [...read(file).matchAll(/(?:run:|-) guidelint (.*)$/gm)].map(([, line]) => line),
  );
  assert.ok(lines.length >= 5);
  const folder = project(t);
  for (const line of lines as string[]) {
    const words = line.replace(/\$\{\{ matrix\.shard \}\}/, '1').split(' ');
    if (words[0] === 'merge') continue;
    const { code, stderr } = await runCli(folder, words);
    assert.equal(code, 0, `${line}\n${stderr}`);
  }
});

test('the hook looks at every ending that has a kind', async () => {
  const [hook] = parse(read('.pre-commit-hooks.yaml')) as [{ entry: string; files: string; language: string }];
  const files = new RegExp(hook.files.replace('(?i)', ''), 'i');
  for (const path of [
    'a.py',
    'n.ipynb',
    'MODEL_CARD.md',
    '.github/x.prompt.md',
    'mcp.json',
    '.cursorrules',
    'a/b.PROMPTY',
  ])
    assert.match(path, files);
  for (const path of ['a.png', 'b.js', 'model.safetensors']) assert.doesNotMatch(path, files);
  const examples = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' });
  for (const path of [
    ...examples.map((name) => name.replaceAll('\\', '/')),
    'Dockerfile',
    'Makefile',
    'run.sh',
    '.env',
  ])
    if (maybeRelevant(path)) assert.match(path, files);
});
