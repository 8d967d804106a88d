import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { workspace } from './runCli.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const options = { skip: existsSync(CLI) ? false : 'the bundle is not built', timeout: 60_000 };
const env = { ...process.env, NO_COLOR: '1' };

const LOAD = 'import torch\ntorch.load("m.pt", weights_only=False)\n';
/** A report of more than a megabyte, which no pipe takes at once. */
const MANY = `import torch\n${'torch.load("m.pt", weights_only=False)\n'.repeat(2000)}`;
const run = (cwd: string, ...argv: string[]) =>
  spawnSync(process.execPath, [CLI, ...argv], { cwd, encoding: 'utf8', env, maxBuffer: 1e8 });

test('the bundle finds what the rules find, with the exit code of it', options, (t) => {
  const folder = workspace(t, { 'load.py': LOAD });
  const { status, stdout, stderr } = run(folder, 'check', '--no-cache');
  assert.equal(stderr, '');
  assert.match(stdout, /^load\.py\n {2}2:\d+ {2}\w+ .*GL301 unsafe-model-load \(suggested fix\)\n/);
  assert.equal(status, 1);
});

test('the bundle knows its version and its rules', options, (t) => {
  const folder = workspace(t);
  assert.equal(run(folder, '--version').stdout, `${packageJson.version}\n`);
  assert.match(run(folder, 'explain', 'GL301').stdout, /^# GL301 unsafe-model-load\n/);
  assert.ok(JSON.parse(run(folder, 'rules', '--format', 'json').stdout).length > 10);
});

test('a pipe takes the whole of a long report', options, (t) => {
  const folder = workspace(t, { 'load.py': MANY });
  const { stdout } = run(folder, 'check', '--no-cache', '--format', 'json');
  assert.ok(stdout.length > 1_000_000);
  assert.equal(JSON.parse(stdout).findings.length, 2000);
});

test('a reader that leaves early is no error', options, async (t) => {
  const folder = workspace(t, { 'load.py': MANY });
  const child = spawn(process.execPath, [CLI, 'check', '--no-cache'], { cwd: folder, env });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  await once(child, 'close');
  assert.equal(stderr, '');
});

test('Ctrl-C ends a scan at once and says that files were not checked', {
  ...options,
  skip: options.skip || (process.platform === 'win32' ? 'no signals there' : false),
}, async (t) => {
  const files = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`f${index}.py`, LOAD.repeat(20)]));
  const folder = workspace(t, files);
  // How long the program takes to begin depends on the machine: a signal before that ends it as any program.
  for (const delay of [500, 2000, 8000]) {
    const child = spawn(process.execPath, [CLI, 'check', '--no-cache', '--quiet'], { cwd: folder, env });
    const ended = exitOf(child);
    setTimeout(() => child.kill('SIGINT'), delay);
    const { code, stderr } = await ended;
    if (code === null) continue;
    assert.equal(code, 130);
    assert.match(stderr, /^Stopped: files that had not been reached were not checked\.\n$/);
    return;
  }
  assert.fail('the scan had not begun after eight seconds');
});

async function exitOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stdout?.resume();
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

test('`guidelint lsp --stdio` is the language server', options, async (t) => {
  for (const argv of [['lsp', '--stdio'], ['lsp']]) {
    const child = spawn(process.execPath, [CLI, ...argv], { cwd: workspace(t), env });
    t.after(() => child.kill());
    const send = (message: object) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (output.includes('"capabilities"')) break;
    }
    assert.match(output, /"id":1,"result":\{.*"capabilities":\{/);
    child.stdin.end();
  }
});
