import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isBelow,
  isManifestName,
  type Manifest,
  packagesFrom,
} from '../../../server/src/languages/packages/packages.ts';

const at = (path: string, text: string, name = 'torch') => {
  const found = packagesFrom([{ path, text }]).get(name);
  return found && `${found.specifier || 'any'} at ${found.source.line}`;
};

/** One case per format and per trap. */
const CASES: readonly (readonly [title: string, path: string, text: string, expected: string | undefined])[] = [
  ['PEP 751', 'pylock.toml', 'lock-version = "1.0"\n[[packages]]\nname = "torch"\nversion = "2.7.1"\n', '==2.7.1 at 3'],
  ['PEP 751 with a name', 'pylock.gpu.toml', '[[packages]]\nname = "torch"\nversion = "2.7.1"\n', '==2.7.1 at 2'],
  [
    'conda-lock',
    'conda-lock.yml',
    'version: 1\npackage:\n- name: numpy\n  version: 1.26.0\n  manager: conda\n- name: pytorch\n  version: 2.3.1\n  manager: conda\n',
    '==2.3.1 at 6',
  ],
  ['pdm.lock', 'pdm.lock', '[[package]]\nname = "torch"\nversion = "2.1.0"\n', '==2.1.0 at 2'],
  ['PDM', 'pyproject.toml', '[tool.pdm.dev-dependencies]\ntest = ["torch>=2.2"]\n', '>=2.2 at 2'],
  [
    'uv constraints',
    'pyproject.toml',
    '[project]\ndependencies = ["torch>=2.0"]\n[tool.uv]\nconstraint-dependencies = ["torch>=2.6"]\n',
    '>=2.0,>=2.6 at 4',
  ],
  [
    'markers of a Python the project refuses',
    'pyproject.toml',
    '[project]\nrequires-python = ">=3.9"\ndependencies = [\n "torch==1.13; python_version < \'3.9\'",\n "torch==2.6; python_version >= \'3.9\'",\n]\n',
    '==2.6 at 5',
  ],
  ['Poetry groups', 'pyproject.toml', '[tool.poetry.group.dev.dependencies]\ntorch = "^2.6"\n', '>=2.6 at 2'],
  [
    'setup.py',
    'setup.py',
    'from setuptools import setup\nsetup(\n  install_requires=[\n    "torch>=1.9",\n  ],\n)\n',
    '>=1.9 at 4',
  ],
  [
    'setup.py, extras and names',
    'setup.py',
    'from setuptools import setup\nREQ = ["numpy"] + ["torch==2.1"]\nsetup(install_requires=REQ, extras_require={"torch": ["x"]})\n',
    '==2.1 at 2',
  ],
  [
    'setup.py, chosen from a table by name',
    'setup.py',
    '_deps = [\n    "numpy",\n    "torch>=2.6",\n]\nsetup(install_requires=[deps["numpy"]], extras_require=extras)\n',
    '>=2.6 at 3',
  ],
  ['setup.py, computed', 'setup.py', 'setup(install_requires=open("r.txt").read().split())\n', undefined],
  ['setup.cfg', 'setup.cfg', '[options.extras_require]\ngpu =\n    torch==2.2\n', '==2.2 at 3'],
  ['Pipfile', 'Pipfile', '[dev-packages]\ntorch = {version = "==2.0", extras = ["a"]}\n', '==2.0 at 2'],
  [
    'Dockerfile',
    'Dockerfile',
    'FROM python:3.11\nRUN pip install --no-cache-dir torch==2.4.0 numpy && echo x\n',
    '==2.4.0 at 2',
  ],
  [
    'Dockerfile over lines',
    'gpu.Dockerfile',
    'RUN python -m pip install \\\n    numpy \\\n    "torch>=2.1,<3"\n',
    '>=2.1,<3 at 3',
  ],
  ['Dockerfile, an index', 'Dockerfile', 'RUN pip install -i https://x/torch==1 torch==2.4.0;\n', '==2.4.0 at 1'],
  ['Dockerfile, a comment', 'Dockerfile', '# RUN pip install torch==2.4.0\n', undefined],
  ['Dockerfile, no version', 'Dockerfile', 'RUN pip install torch\n', undefined],
  ['GitLab', '.gitlab-ci.yml', 'test:\n  script:\n    - pip install torch==2.5.0\n', '==2.5.0 at 3'],
  ['an epoch', 'requirements.txt', 'torch==1!2.0', '==1!2.0 at 1'],
  ['compatible release', 'requirements.txt', 'torch~=2.5.0', '~=2.5.0 at 1'],
  ['exclusion', 'requirements.txt', 'torch!=2.5.0', '!=2.5.0 at 1'],
  ['arbitrary equality', 'requirements.txt', 'torch===2.5.0', '===2.5.0 at 1'],
  ['an address', 'requirements.txt', 'torch @ https://x.org/torch-2.4.0-py3-none-any.whl', '==2.4.0 at 1'],
  ['an address without a version', 'requirements.txt', 'torch @ https://x.org/torch.zip', 'any at 1'],
  ['a bare address', 'requirements.txt', 'https://x.org/torch-2.4.0-py3-none-any.whl', undefined],
  ['an editable', 'requirements.txt', '-e git+https://x.org/torch.git#egg=torch', undefined],
  [
    'hashes over lines',
    'requirements.txt',
    'torch==2.4.0 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb\n',
    '==2.4.0 at 1',
  ],
  ['a byte order mark', 'requirements.txt', '\uFEFFtorch==2.4.0\n', '==2.4.0 at 1'],
  ['CRLF', 'requirements.txt', 'numpy\r\ntorch==2.4.0 \\\r\n  --hash=sha256:aa\r\n', '==2.4.0 at 2'],
  ['a marker', 'requirements.txt', 'torch==2.4.0 ; python_version<"3.8" and extra == "x"', '==2.4.0 at 1'],
];
for (const [title, path, text, expected] of CASES) {
  test(`versions: ${title}`, () => {
    assert.ok(isManifestName(path));
    assert.equal(at(path, text), expected);
  });
}

const DECIDES: readonly (readonly [specifier: string, expected: string])[] = [
  ['==1!2.0', 'no'],
  ['~=2.5.0', 'yes'],
  ['!=2.5.0', 'unknown'],
  ['===2.5.0', 'yes'],
  ['>=2.0,!=2.5.*', 'yes'],
];
for (const [specifier, expected] of DECIDES) {
  test(`torch${specifier} below 2.6: ${expected}`, () => {
    const packages = packagesFrom([{ path: 'requirements.txt', text: `torch${specifier}` }]);
    assert.equal(isBelow(packages.get('torch'), '2.6'), expected);
  });
}

test('the stronger evidence decides: lock, manifest, script', () => {
  const files: Manifest[] = [
    { path: 'Dockerfile', text: 'RUN pip install torch==2.1.0' },
    { path: 'requirements.txt', text: 'torch>=2.3' },
    { path: 'uv.lock', text: '[[package]]\nname = "torch"\nversion = "2.7.0"\n' },
  ];
  const sources = [files, files.slice(0, 2), files.slice(0, 1), files.toReversed()].map(
    (some) => packagesFrom(some).get('torch')?.source.path,
  );
  assert.deepEqual(sources, ['uv.lock', 'requirements.txt', 'Dockerfile', 'uv.lock']);
});

test('a constraint narrows a requirement', () => {
  const found = packagesFrom([
    { path: 'constraints.txt', text: 'torch==2.6.0' },
    { path: 'requirements.txt', text: 'torch>=2.0' },
  ]).get('torch');
  assert.equal(found?.lowest, '2.6.0');
  assert.equal(found?.source.path, 'constraints.txt');
  assert.equal(isBelow(found, '2.6'), 'no');
});
