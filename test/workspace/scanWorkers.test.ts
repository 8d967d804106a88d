import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/src/engine/finding.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { Files } from '../../server/src/workspace/files.ts';
import { type ScanOptions, type ScanResult, scan } from '../../server/src/workspace/scan.ts';
import {
  openScanWorker,
  type ScanWorker,
  type WorkerTask,
  workersFor,
} from '../../server/src/workspace/scanWorkers.ts';

const FOLDER = 'file:///w';
const LOAD = 'import torch\nm = torch.load("m.pt", weights_only=False)\n';
const NOTEBOOK = { cells: [{ cell_type: 'code', metadata: {}, outputs: [], source: LOAD }], metadata: {}, nbformat: 4 };
const TEXTS: Readonly<Record<string, string>> = {
  '.guidelint.yaml': 'rules:\n  missing-timeout: off\n',
  'README.md': '---\nlicense: mit\nbase_model: acme/toy\n---\n# Model Card for toy\n\n## Model Details\n\nA model.\n',
  'requirements.txt': 'torch==2.4.0\n',
  'LICENSE.py': 'x = 1\n',
  'a.ipynb': JSON.stringify({ ...NOTEBOOK, nbformat_minor: 5 }),
  'workers.py': 'import torch\n\ndef read(path):\n    return torch.load(path, weights_only=False)\n',
  '.cursor/mcp.json': '{"mcpServers": {"x": {"command": "npx", "args": ["-y", "some-server"]}}}',
  'ask.prompt.md': '---\nversion: 1.0.0\n---\nAnswer the question in one sentence.\n',
  'broken.py': '\0',
  ...Object.fromEntries(
    Array.from({ length: 14 }, (_, at) => [`p${at}.py`, `${LOAD}from workers import read\nread("x")\n# ${at}\n`]),
  ),
};

const files: Files = {
  async readText(uri) {
    const text = TEXTS[uri.slice(FOLDER.length + 1)];
    return text === undefined || text === '\0' ? { problem: 'binary', detail: 'is binary' } : { text };
  },
  async list(uri) {
    const base = uri === FOLDER || uri === `${FOLDER}/` ? '' : `${uri.slice(FOLDER.length + 1).replace(/\/$/, '')}/`;
    const inside = Object.keys(TEXTS).filter((path) => path.startsWith(base));
    if (inside.length === 0) return undefined;
    const names = new Map(inside.map((path) => [path.slice(base.length).split('/')[0] ?? '', path]));
    return [...names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, path]) => ({ name, type: path === base + name ? 'file' : 'folder' }));
  },
  stat: async (uri) => (TEXTS[uri.slice(FOLDER.length + 1)] === undefined ? undefined : { size: 1, mtime: 0 }),
  sha256: async () => undefined,
};

const nameOf = (key: string) => key;

/** A worker in this thread that is handed, and hands back, what a thread would: copies. */
function worker(
  task: Partial<WorkerTask> = {},
  before?: ScanOptions['before'],
): ScanWorker & { readonly asked: string[] } {
  const whole = { folder: FOLDER, rules: rules.map(({ meta }) => meta.id), today: '2026-11-21', ...task };
  const check = openScanWorker(structuredClone(whole), rules, { files, nameOf, before });
  const asked: string[] = [];
  return {
    asked,
    async check(entries) {
      await new Promise((resolve) => setImmediate(resolve));
      asked.push(...entries.map(({ path }) => path));
      return structuredClone(await check(structuredClone(entries)));
    },
    stop() {},
  };
}

/** Lets workers answer between files. */
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
const run = (more: Partial<ScanOptions> = {}) =>
  scan({ files, folder: FOLDER, rules, today: '2026-11-21', pause, ...more });

/** All of a result that a report is made of. */
function view({ files: checked, skipped, seen, paths, configProblems, inventory }: ScanResult) {
  return {
    files: checked.map(({ file, ...rest }) => ({ ...rest, text: file.text, notebook: file.notebook?.program })),
    ...{ skipped, seen, paths, configProblems, inventory: [...inventory.files.keys()] },
  };
}

test('threads that help find the same', async () => {
  const workers = [worker(), worker()];
  const progress: number[] = [];
  const together = await run({ workers: () => workers, onProgress: (done) => progress.push(done) });
  assert.deepEqual(view(together), view(await run()));
  assert.ok(together.files.length > 18 && together.files.every(({ raw }) => raw !== ''));
  assert.deepEqual(together.skipped, [{ path: 'broken.py', reason: 'is binary' }]);
  for (const { asked } of workers) assert.ok(asked.length >= 4, `${asked}`);
  assert.deepEqual(
    progress,
    progress.map((_, index) => index + 1),
  );
});

test('they know a given configuration, the part to check, open documents and what a file was before', async () => {
  const config = { text: 'rules:\n  GL301: hint\n', path: 'mine.yaml' };
  const shard = { index: 1, count: 2 };
  const open = new Map([[`${FOLDER}/workers.py`, 'def read(path):\n    return open(path)\n']]);
  const before = async (uri: string) => TEXTS[uri.slice(FOLDER.length + 1)]?.replace('Answer', 'Never answer');
  const plain = view(await run());
  for (const [task, options] of [
    [{ config }, { config }],
    [{ shard }, { shard }],
    [{ open }, { openText: (uri: string) => open.get(uri) }],
    [{}, { before }],
    [{ rules: ['GL301'] }, { rules: rules.filter(({ meta }) => meta.id === 'GL301') }],
  ] as const) {
    const workers = () => [worker(task, 'before' in options ? before : undefined)];
    const alone = await run(options);
    assert.deepEqual(view(await run({ ...options, workers })), view(alone));
    assert.notDeepEqual(view(alone), plain);
  }
});

test('they send nothing that the cache has, and it keeps what they send', async () => {
  const known = new Map<string, readonly Finding[]>();
  const cache = {
    nameOf,
    has: (name: string) => known.has(name),
    get: (name: string) => known.get(name),
    set: (name: string, findings: readonly Finding[]) => void known.set(name, findings),
  };
  const first = await run({ cache, workers: () => [worker({ cached: new Set() })] });
  const size = known.size;
  assert.ok(size > 18);
  let sent = 0;
  const counted = worker({ cached: new Set(known.keys()) });
  const second = await run({
    cache,
    workers: () => [
      {
        ...counted,
        async check(entries) {
          const outcomes = await counted.check(entries);
          sent += outcomes.filter((one) => 'name' in one && one.findings !== undefined).length;
          return outcomes;
        },
      },
    ],
  });
  assert.deepEqual([sent, known.size], [0, size]);
  assert.deepEqual(view(second), view(first));
});

test('what a thread leaves behind when it ends is checked by another', async () => {
  const plain = view(await run());
  for (const answers of [0, 1]) {
    let left = answers;
    const { check } = worker();
    const mortal: ScanWorker = {
      check: async (entries) => {
        if (left-- > 0) return check(entries);
        throw new Error('out of memory');
      },
      stop() {},
    };
    assert.deepEqual(view(await run({ workers: () => [mortal, worker()] })), plain);
  }
});

test('a scan that is stopped waits for nobody and stops its workers', { timeout: 5000 }, async () => {
  const signal = { aborted: false };
  let stopped = 0;
  const slow: ScanWorker = {
    check: () =>
      new Promise((_, reject) => {
        setTimeout(() => {
          signal.aborted = true;
          reject(new Error('stopped'));
        }, 20);
      }),
    stop: () => void stopped++,
  };
  const result = await run({ signal, workers: () => [slow, slow] });
  assert.deepEqual([result.partial, stopped], [true, 2]);
  assert.ok(result.files.length < 18);
});

test('a thread with other rules refuses to help, and small scans have no workers', () => {
  assert.throws(() => worker({ rules: ['GL000'] }), /rules that this thread does not know/);
  assert.deepEqual(
    [0, 199, 200, 500, 5000].map((count) => workersFor(count, 3)),
    [0, 0, 1, 2, 3],
  );
});
