import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Files } from '../../server/src/workspace/files.ts';
import { openProject } from '../../server/src/workspace/project.ts';

const ROOT = 'file:///w';

function memory(texts: Readonly<Record<string, string>>): Files {
  const pathOf = (uri: string) => uri.slice(ROOT.length + 1).replace(/\/$/, '');
  return {
    async readText(uri) {
      const text = texts[pathOf(uri)];
      return text === undefined ? { problem: 'unreadable', detail: '' } : { text };
    },
    async list(uri) {
      const base = pathOf(uri) === '' ? '' : `${pathOf(uri)}/`;
      const names = new Map(
        Object.keys(texts)
          .filter((path) => path.startsWith(base))
          .map((path) => [path.slice(base.length).split('/')[0] ?? '', path]),
      );
      if (names.size === 0) return undefined;
      return [...names].map(([name, path]) => ({ name, type: path === base + name ? 'file' : 'folder' }));
    },
    stat: async () => undefined,
    sha256: async () => undefined,
  };
}

const CASES: readonly (readonly [
  title: string,
  files: Readonly<Record<string, string>>,
  expected: string | undefined,
])[] = [
  [
    'included requirements',
    {
      'requirements.txt': '-r reqs/base.txt\n',
      'reqs/base.txt': 'numpy\n-r gpu.txt\n',
      'reqs/gpu.txt': 'torch==2.4.0\n',
    },
    '==2.4.0 reqs/gpu.txt:1',
  ],
  [
    'an included constraint',
    { 'requirements.txt': 'torch\n--constraint=pins.txt\n', 'pins.txt': 'numpy\ntorch==2.6.0\n' },
    '==2.6.0 pins.txt:2',
  ],
  [
    'includes in a circle, missing and outside',
    {
      'requirements.txt': '-r a.txt\n-r none.txt\n-r ../../torch.txt\n-r /torch.txt\n-r https://x.org/r.txt\n',
      'a.txt': '-r requirements.txt\ntorch==2.3.0\n',
      'torch.txt': 'torch==1.0\n',
    },
    '==2.3.0 a.txt:2',
  ],
  [
    'the nearest folder of a monorepo',
    { 'requirements.txt': 'torch==1.9\n', 'app/pyproject.toml': '[project]\ndependencies = ["torch==2.6"]\n' },
    '==2.6 app/pyproject.toml:2',
  ],
  [
    'a script nearby outweighs nothing above',
    { 'requirements.txt': 'torch==2.6\n', 'app/Dockerfile': 'RUN pip install torch==1.9\n' },
    '==2.6 requirements.txt:1',
  ],
  ['a script alone', { 'app/Dockerfile': 'RUN pip install torch==1.9\n' }, '==1.9 app/Dockerfile:1'],
  [
    'a workflow',
    { '.github/workflows/test.yml': 'steps:\n  - run: pip install torch==2.2\n' },
    '==2.2 .github/workflows/test.yml:2',
  ],
  ['nothing', { 'README.md': 'pip install torch==2.2\n' }, undefined],
];
for (const [title, files, expected] of CASES) {
  test(`the file that decides on a version: ${title}`, async () => {
    const project = openProject(memory({ 'app/main.py': '', ...files }), ROOT, []);
    const found = (await project.packagesFor(`${ROOT}/app/main.py`)).get('torch');
    assert.equal(found && `${found.specifier} ${found.source.path}:${found.source.line}`, expected);
  });
}

test('a part of a project is checked with the versions of the whole', async () => {
  const texts = {
    '.git': 'gitdir: elsewhere\n',
    'pyproject.toml': '[project]\ndependencies = ["torch==2.6", "numpy==1.26"]\n',
    'reqs/base.txt': 'keras==3.9\n',
    'requirements.txt': '-r reqs/base.txt\n',
    'parts/app/requirements.txt': 'numpy==1.14\n',
    'parts/app/main.py': '',
  };
  const files = memory(texts);
  const inTree = {
    ...files,
    stat: async (uri: string) => (uri === `${ROOT}/.git` ? { size: 1, mtime: 1 } : undefined),
  };
  const said = async (from: Files) => {
    const packages = await openProject(from, `${ROOT}/parts/app`, []).packagesFor(`${ROOT}/parts/app/main.py`);
    return ['torch', 'numpy', 'keras'].map((name) => {
      const found = packages.get(name);
      return found && `${found.specifier} ${found.source.path}`;
    });
  };
  assert.deepEqual(await said(inTree), [
    '==2.6 ../../pyproject.toml',
    '==1.14 requirements.txt',
    '==3.9 ../../reqs/base.txt',
  ]);
  assert.deepEqual(await said(files), [undefined, '==1.14 requirements.txt', undefined]);
});
