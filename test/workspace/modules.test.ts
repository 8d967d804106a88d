import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import type { Files } from '../../server/src/workspace/files.ts';
import { scan } from '../../server/src/workspace/scan.ts';

const ROOT = 'file:///w';

/** Files that exist in memory only; `reads` counts how often each was read. */
function memory(texts: Readonly<Record<string, string>>): Files & { readonly reads: Map<string, number> } {
  const reads = new Map<string, number>();
  const pathOf = (uri: string) => uri.slice(ROOT.length + 1).replace(/\/$/, '');
  return {
    reads,
    async readText(uri) {
      const text = texts[pathOf(uri)];
      reads.set(pathOf(uri), (reads.get(pathOf(uri)) ?? 0) + 1);
      return text === undefined ? { problem: 'unreadable', detail: '' } : { text };
    },
    async list(uri) {
      const base = pathOf(uri) === '' ? '' : `${pathOf(uri)}/`;
      const inside = Object.keys(texts).filter((path) => path.startsWith(base));
      if (inside.length === 0 || texts[base.slice(0, -1)] !== undefined) return undefined;
      const names = new Map(inside.map((path) => [path.slice(base.length).split('/')[0] ?? '', path]));
      return [...names]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, path]) => ({ name, type: path === base + name ? ('file' as const) : ('folder' as const) }));
    },
    stat: async (uri) => (texts[pathOf(uri)] === undefined ? undefined : { size: 1, mtime: 0 }),
    sha256: async () => undefined,
  };
}

async function findingsOf(texts: Readonly<Record<string, string>>): Promise<string[]> {
  const files = memory({ 'requirements.txt': 'torch==2.10.0\n', ...texts });
  const { files: checked } = await scan({ files, folder: ROOT, rules, today: '2026-11-21' });
  return checked.flatMap(({ path, findings }) =>
    findings.filter(({ ruleId }) => ruleId.startsWith('GL3')).map(({ ruleId }) => `${ruleId} ${path}`),
  );
}

const HELPER =
  'import torch\ndef read(path, weights_only=False):\n    return torch.load(path, weights_only=weights_only)\n';
const USE = 'read(p)\n';

const LAYOUTS: readonly (readonly [title: string, helper: string, user: string, text: string])[] = [
  ['beside the file', 'util.py', 'main.py', `from util import read\n${USE}`],
  ['under an alias', 'util.py', 'main.py', 'from util import read as r\nr(p)\n'],
  ['as a module', 'utils/io.py', 'main.py', 'import utils.io as uio\nuio.read(p)\n'],
  ['as a dotted module', 'utils/io.py', 'main.py', 'import utils.io\nutils.io.read(p)\n'],
  ['a module out of a package', 'utils/io.py', 'main.py', 'from utils import io\nio.read(p)\n'],
  ['relative', 'pkg/util.py', 'pkg/main.py', `from .util import read\n${USE}`],
  ['relative to the package above', 'pkg/util.py', 'pkg/sub/main.py', `from ..util import read\n${USE}`],
  ['from the root', 'pkg/util.py', 'pkg/sub/main.py', `from pkg.util import read\n${USE}`],
  ['in a src layout', 'src/pkg/util.py', 'tests/a/run.py', `from pkg.util import read\n${USE}`],
  ['over several lines', 'util.py', 'main.py', `from util import (  # things\n    other,\n    read,\n)\n${USE}`],
  ['in a package itself', 'pkg/__init__.py', 'main.py', 'import pkg\npkg.read(p)\n'],
];
for (const [title, helper, user, text] of LAYOUTS) {
  test(`a wrapper in another file: ${title}`, async () => {
    assert.deepEqual(await findingsOf({ [helper]: HELPER, [user]: text }), [`GL301 ${user}`]);
  });
}

test('a re-export is followed', async () => {
  const files = { 'pkg/__init__.py': 'from .io import read as load_it\n', 'pkg/io.py': HELPER };
  assert.deepEqual(await findingsOf({ ...files, 'main.py': 'from pkg import load_it\nload_it(p)\n' }), [
    'GL301 main.py',
  ]);
});

test('wrappers of wrappers, classes and base classes are followed', async () => {
  const files = {
    'a.py': HELPER,
    'b.py': 'import a\nclass Store:\n    def get(self, path, **options):\n        return a.read(path, **options)\n',
  };
  const main =
    'from b import Store\nclass Mine(Store):\n    def go(self):\n        self.get(p, weights_only=True)\n        self.get(p)\n';
  assert.deepEqual(await findingsOf({ ...files, 'main.py': main }), ['GL301 main.py']);
});

test('what a module does whatever is passed is reported in the module only', async () => {
  const helper =
    'import pickle, torch\ndef a(f):\n    return pickle.load(f)\ndef b(f, d):\n    return torch.load(f, d, weights_only=False)\n';
  const main = 'from util import a, b\na(f)\nb(f, "cpu")\n';
  assert.deepEqual(await findingsOf({ 'util.py': helper, 'main.py': main }), ['GL302 util.py', 'GL301 util.py']);
});

test('a constant of another file decides', async () => {
  const use = (text: string) => ({ 'settings.py': 'SAFE = False\nNAME = "x"\n', 'main.py': `import torch\n${text}` });
  assert.deepEqual(await findingsOf(use('from settings import SAFE\ntorch.load(p, weights_only=SAFE)\n')), [
    'GL301 main.py',
  ]);
  assert.deepEqual(await findingsOf(use('import settings\ntorch.load(p, weights_only=settings.SAFE)\n')), [
    'GL301 main.py',
  ]);
  assert.deepEqual(await findingsOf(use('import settings as s\ntorch.load(p, weights_only=s.OTHER)\n')), []);
});

test('modules that import each other, or themselves, or nothing, end', async () => {
  const files = {
    'a.py': `from b import read\nfrom a import x\n${USE}`,
    'b.py': `from a import *\nfrom .b import read\n${HELPER}`,
    'main.py': 'from . import *\nfrom .... import x\nimport nowhere.at.all\nfrom a import read\nread(p)\n',
  };
  assert.deepEqual(await findingsOf(files), ['GL301 a.py', 'GL301 main.py']);
});

test('installed packages are not looked into', async () => {
  const main = 'from lib import read\nread(p)\n';
  assert.deepEqual(
    await findingsOf({ 'site-packages/lib.py': HELPER, 'site-packages/main.py': 'x', 'main.py': main }),
    [],
  );
});

test('a cached result is not used when the module has changed', async () => {
  const entries = new Map<string, unknown>();
  const cache = {
    nameOf: (key: string) => key,
    has: (key: string) => entries.has(key),
    get: (key: string) => entries.get(key) as never,
    set: (key: string, value: unknown) => void entries.set(key, value),
  };
  const run = async (helper: string) => {
    const files = memory({
      'requirements.txt': 'torch==2.10.0\n',
      'util.py': helper,
      'main.py': `from util import read\n${USE}`,
    });
    const { files: checked } = await scan({ files, folder: ROOT, rules, today: '2026-11-21', cache });
    return checked.flatMap(({ path, findings }) => findings.map(({ ruleId }) => `${ruleId} ${path}`));
  };
  assert.deepEqual(await run(HELPER), ['GL301 main.py']);
  assert.deepEqual(await run(HELPER.replace('=False', '=True')), []);
  assert.deepEqual(await run(HELPER), ['GL301 main.py']);
});

test('of a command put together in another file, what the caller passes decides', async () => {
  const desktop =
    'import subprocess\n\n\nclass Desktop:\n    def run(self, command: str):\n        return subprocess.run(["powershell", "-Command"] + command.split())\n\n    def probe(self, path: str):\n        return subprocess.run(["ffprobe", "-v", "quiet", path])\n\n    def launch(self, name: str):\n        app = APPS[name]\n        return self.run(f"Start-Process {app}")\n';
  const server =
    'from mcp.server.fastmcp import FastMCP\nfrom desktop import Desktop\n\nmcp = FastMCP("x")\n\n\n@mcp.tool()\ndef use(text: str, desktop: Desktop) -> str:\n    return desktop.METHOD(text)\n';
  for (const [method, expected] of [
    ['run', ['GL344 server.py']],
    ['probe', []],
    ['launch', []],
  ] as const) {
    const found = await findingsOf({ 'desktop.py': desktop, 'server.py': server.replace('METHOD', method) });
    assert.deepEqual(
      found.filter((each) => each.endsWith('server.py')),
      expected,
      method,
    );
  }
});
