import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startThreads, startWorkers } from '../../server/src/hosts/workers.ts';
import type { WorkerTask } from '../../server/src/workspace/scanWorkers.ts';
import { runCli, workspace } from '../cli/runCli.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const options = { skip: existsSync(`${DIST}cli.js`) ? false : 'the bundle is not built', timeout: 20_000 };
const LOAD = 'import torch\ntorch.load("m.pt", weights_only=False)\n';
const TASK: WorkerTask = { folder: 'file:///w', rules: [], today: '2026-11-21' };
const ENTRY = { uri: 'file:///w/a.py', path: 'a.py' };

/** One thread that runs this text. */
function thread(t: TestContext, text: string, signal = { aborted: false }) {
  const folder = workspace(t);
  writeFileSync(join(folder, 'thread.js'), text);
  const log: string[] = [];
  const [worker] = startThreads(join(folder, 'thread.js'), 1, { task: TASK, signal, log: (line) => log.push(line) });
  assert.ok(worker);
  t.after(() => worker.stop());
  return { worker, log };
}

for (const name of ['cli.js', 'server.js']) {
  test(`${name} is a thread that helps when it is asked to`, options, async (t) => {
    const folder = workspace(t, { 'a.py': LOAD, 'notes.txt': 'none of ours' });
    const uri = (path: string) => pathToFileURL(join(folder, path)).toString();
    const task = { ...TASK, folder: pathToFileURL(folder).toString(), rules: ['GL301'], cached: new Set<string>() };
    const log: string[] = [];
    const link = { task, signal: { aborted: false }, log: (line: string) => log.push(line) };
    const [worker] = startThreads(DIST + name, 1, link);
    t.after(() => worker?.stop());
    const entries = ['a.py', 'notes.txt', 'gone.py'].map((path) => ({ uri: uri(path), path }));
    const [code, notes, gone] = (await worker?.check(entries)) ?? [];
    assert.ok(code && 'findings' in code && code.findings);
    assert.deepEqual([code.kind, code.raw, code.findings.map(({ ruleId }) => ruleId)], ['python', LOAD, ['GL301']]);
    assert.match(code.name ?? '', /^[0-9a-f]{40}$/);
    assert.deepEqual(notes, { kind: 'other', raw: '', findings: [] });
    assert.deepEqual([gone, log], [{ reason: 'does not exist' }, []]);
  });
}

test('a scan with several threads checks every file once', options, (t) => {
  const folder = workspace(t, Object.fromEntries(Array.from({ length: 420 }, (_, at) => [`f${at}.py`, LOAD])));
  const argv = [`${DIST}cli.js`, 'check', '--format', 'json', '--no-cache', '--jobs', '3'];
  const { stdout, stderr, status } = spawnSync(process.execPath, argv, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const paths = JSON.parse(stdout).findings.map(({ path }: { path: string }) => path);
  assert.deepEqual([stderr, status, paths.length, new Set(paths).size], ['', 1, 420, 420]);
  assert.deepEqual(paths, [...paths].sort());
});

test('a thread that fails, ends or says what cannot be read is given up', { timeout: 10_000 }, async (t) => {
  const failed = thread(t, 'throw new Error("no luck")');
  await assert.rejects(failed.worker.check([ENTRY]), /no luck/);
  assert.deepEqual(failed.log, ['A thread of the scan has failed: no luck']);
  await assert.rejects(failed.worker.check([ENTRY]), /no luck/, 'also when it is asked later');
  const gone = thread(t, 'require("node:worker_threads").parentPort.once("message", () => process.exit(7))');
  await assert.rejects(gone.worker.check([ENTRY]), /ended with 7/);
});

test('a thread in the middle of a file is ended when the scan is stopped', { timeout: 10_000 }, async (t) => {
  const signal = { aborted: false };
  const { worker, log } = thread(t, 'for (;;);', signal);
  const answer = worker.check([ENTRY]);
  signal.aborted = true;
  await assert.rejects(answer, /stopped/);
  assert.deepEqual(log, []);
});

test('where no thread can be started there is none', () => {
  const log: string[] = [];
  const link = { task: TASK, signal: { aborted: false }, log: (line: string) => log.push(line) };
  assert.deepEqual(startThreads('relative.js', 2, link), []);
  assert.match(log.join(), /^No further thread can be started: /);
});

test('from its sources the program has one thread and says so; a number of threads is a number', async (t) => {
  assert.equal(startWorkers, undefined);
  const folder = workspace(t, { 'a.py': 'x = 1\n' });
  assert.match((await runCli(folder, ['check', '--jobs', '2'])).stderr, /^Note: run from its sources/);
  assert.equal((await runCli(folder, ['check', '--jobs', '1'])).stderr, '');
  for (const jobs of ['0', 'all', '-1', '1.5']) {
    const { code, stderr } = await runCli(folder, ['check', `--jobs=${jobs}`]);
    assert.equal(code, 2);
    assert.match(stderr, /--jobs wants a number of threads/);
  }
});
