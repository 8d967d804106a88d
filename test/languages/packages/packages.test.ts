import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBelow, isManifestName, NO_PACKAGES, packagesFrom } from '../../../server/src/languages/packages/packages.ts';

/** What one file says, as `specifier at line`. */
function says(path: string, text: string, name = 'torch'): string | undefined {
  const found = packagesFrom([{ path, text }]).get(name);
  return found && `${found.specifier || 'any'} at ${found.source.line}`;
}

const REQUIREMENTS: readonly (readonly [string, string | undefined])[] = [
  ['torch==2.5.1', '==2.5.1 at 1'],
  ['# torch\ntorch >= 2.1, <3  # comment', '>=2.1,<3 at 2'],
  ['Torch', 'any at 1'],
  ['torch[extra,more]~=2.1; python_version < "3.12"', '~=2.1 at 1'],
  ['torch (>=2.0)', '>=2.0 at 1'],
  ['torch==2.1 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\nnumpy', '==2.1 at 1'],
  ['torch @ https://example.org/whl/torch-2.3.0%2Bcu121-cp310-cp310-linux_x86_64.whl', '==2.3.0+cu121 at 1'],
  ['torch @ git+https://github.com/pytorch/pytorch@v2.0', 'any at 1'],
  ['-r other.txt\n-c constraints.txt\n--index-url https://x\n-e .\n./torch\nhttps://x/torch.whl', undefined],
  ['torchvision==0.1\ntorch-geometric', undefined],
  ['torch is great', undefined],
];
for (const [text, expected] of REQUIREMENTS) {
  test(`reads ${JSON.stringify(text)}`, () => assert.equal(says('requirements.txt', text), expected));
}

test('reads pyproject.toml', () => {
  assert.equal(says('pyproject.toml', '[project]\ndependencies = [\n  "numpy",\n  "torch>=2.1",\n]\n'), '>=2.1 at 4');
  assert.equal(says('pyproject.toml', '[project.optional-dependencies]\ngpu = ["torch==2.6"]\n'), '==2.6 at 2');
  assert.equal(says('pyproject.toml', '[dependency-groups]\ndev = [{include-group = "x"}, "torch<2"]\n'), '<2 at 2');
  assert.equal(says('pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.10"\ntorch = "^2.1"\n'), '>=2.1 at 3');
  assert.equal(
    says('pyproject.toml', '[tool.poetry.group.x.dependencies]\ntorch = {version = "~2.1", extras = ["a"]}\n'),
    '>=2.1 at 2',
  );
  assert.equal(says('pyproject.toml', '[tool.poetry.dependencies]\ntorch = "2.1.0"\n'), '==2.1.0 at 2');
  assert.equal(says('pyproject.toml', '[tool.poetry.dependencies]\ntorch = ">=2.1,<3.0"\n'), '>=2.1,<3.0 at 2');
  assert.equal(says('pyproject.toml', '[tool.poetry.dependencies]\ntorch = {git = "https://x"}\n'), 'any at 2');
  assert.equal(says('pyproject.toml', '[tool.poetry.dependencies]\ntorch = "*"\n'), 'any at 2');
});

test('reads lock files', () => {
  const lock =
    'version = 1\n\n[[package]]\nname = "numpy"\nversion = "1.0"\n\n[[package]]\nname = "torch"\nversion = "2.4.1"\n';
  for (const name of ['uv.lock', 'poetry.lock', 'pdm.lock']) assert.equal(says(name, lock), '==2.4.1 at 8');
  assert.equal(says('Pipfile.lock', '{\n "default": {\n  "torch": {\n   "version": "==2.2"\n  }\n }\n}'), '==2.2 at 3');
});

test('reads Pipfile, setup.cfg and conda files', () => {
  assert.equal(says('Pipfile', '[packages]\ntorch = ">=2.0"\nnumpy = "*"\n'), '>=2.0 at 2');
  assert.equal(
    says('setup.cfg', '[options]\ninstall_requires =\n    numpy\n    torch>=1.9\npython_requires = >=3.8\n'),
    '>=1.9 at 4',
  );
  const conda =
    'name: x\ndependencies:\n  - python=3.10\n  - conda-forge::pytorch=2.1.*=cuda\n  - pip:\n    - keras==3.0\n';
  assert.equal(says('environment.yml', conda), '>=2.1 at 4');
  assert.equal(says('environment.yml', conda, 'keras'), '==3.0 at 6');
  assert.equal(says('environment.yaml', 'dependencies: [torch ==2.0.1]'), '==2.0.1 at 1');
});

test('a lock file beats a manifest, and the lowest version counts', () => {
  const manifest = { path: 'requirements.txt', text: 'torch>=2.0' };
  const lock = { path: 'uv.lock', text: '[[package]]\nname = "torch"\nversion = "2.7.0"\n' };
  for (const files of [
    [manifest, lock],
    [lock, manifest],
  ]) {
    assert.equal(packagesFrom(files).get('torch')?.source.path, 'uv.lock');
  }
  const markers = 'torch==2.6; python_version >= "3.9"\ntorch==1.13; python_version < "3.9"\ntorch';
  assert.equal(says('requirements.txt', markers), '==1.13 at 2');
  const other = { path: 'requirements-dev.txt', text: 'torch' };
  assert.equal(packagesFrom([other, manifest]).get('torch')?.lowest, '2.0');
});

test('names are compared as PEP 503 says', () => {
  assert.ok(
    packagesFrom([{ path: 'requirements.txt', text: 'Sentence_Transformers==2' }]).get('sentence-transformers'),
  );
});

const BELOW: readonly (readonly [string, string, string])[] = [
  ['==2.5.1', '2.6', 'yes'],
  ['==2.6.0+cu121', '2.6', 'no'],
  ['==2.6.0rc1', '2.6', 'yes'],
  ['==2.5.*', '2.6', 'yes'],
  ['>=2.1,<3', '2.6', 'yes'],
  ['>=2.1,>=2.7', '2.6', 'no'],
  ['~=2.6', '2.6', 'no'],
  ['>2.5', '2.6', 'yes'],
  ['<2.6', '2.6', 'yes'],
  ['<=2.6', '2.6', 'unknown'],
  ['<3', '2.6', 'unknown'],
  ['!=2.0', '2.6', 'unknown'],
  ['', '2.6', 'unknown'],
];
for (const [specifier, version, expected] of BELOW) {
  test(`torch${specifier} may be below ${version}: ${expected}`, () => {
    const packages = packagesFrom([{ path: 'requirements.txt', text: `torch${specifier}` }]);
    assert.equal(isBelow(packages.get('torch'), version), expected);
  });
}

test('nothing is known without a manifest', () => {
  assert.equal(isBelow(NO_PACKAGES.get('torch'), '2.6'), 'unknown');
});

test('a file that cannot be read says nothing', () => {
  for (const path of ['pyproject.toml', 'uv.lock', 'Pipfile.lock', 'Pipfile', 'environment.yml', 'setup.cfg']) {
    for (const text of ['', '\0\0', '{', '[[[', 'a: *a', '['.repeat(50_000), '\uFEFF']) {
      assert.equal(packagesFrom([{ path, text }]).get('torch'), undefined);
    }
  }
});

test('knows the files to look for', () => {
  for (const name of [
    'requirements.txt',
    'requirements-dev.txt',
    'dev-requirements.in',
    'pyproject.toml',
    'poetry.lock',
    'conda.yaml',
    'environment.gpu.yml',
  ]) {
    assert.ok(isManifestName(name), name);
  }
  for (const name of ['package.json', 'requirements.md', 'notes.txt', 'values.yaml'])
    assert.ok(!isManifestName(name), name);
});
