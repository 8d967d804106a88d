import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestEdits } from '../../server/src/drafts/insertDigests.ts';
import { applyEdits } from '../../server/src/engine/fixes.ts';
import { SourceFile } from '../../server/src/engine/sourceFile.ts';
import { statementsOf } from '../../server/src/inventory/statements.ts';
import { fileOf } from '../helpers/lintText.ts';

const A = '4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a';
const B = '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c';
const DIGESTS = new Map([
  ['a.safetensors', A],
  ['b.gguf', B],
]);

const open = (path: string, text: string) =>
  path.endsWith('.md') ? fileOf(path, text) : new SourceFile({ uri: `file:///w/${path}`, path, text, kind: 'other' });

/** The text after the edits; asserts that it states all digests and that nothing is left to do. */
function repaired(path: string, text: string, digests = DIGESTS): string {
  const after = applyEdits(text, digestEdits(open(path, text), digests));
  const stated = statementsOf(open(path, after)).filter(({ topic }) => topic === 'digest');
  assert.deepEqual(new Map(stated.map(({ subject, value }) => [subject, value])), digests);
  assert.deepEqual(digestEdits(open(path, after), digests), []);
  return after;
}

const TITLE = '# Model Card for toy\n\n';
const ROWS = `| File | sha256 |\n|---|---|\n| \`a.safetensors\` | ${A} |\n| \`b.gguf\` | ${B} |`;

test('a placeholder gives way to a table', () => {
  const text = `${TITLE}## Integrity\n\n[TODO: the sha256 of every file]\n\n## Contact\n\nUs.\n`;
  assert.equal(repaired('MODEL_CARD.md', text), `${TITLE}## Integrity\n\n${ROWS}\n\n## Contact\n\nUs.\n`);
});

test('a section that is missing is added', () => {
  assert.equal(repaired('MODEL_CARD.md', `${TITLE}Words.\n`), `${TITLE}Words.\n\n## Integrity\n\n${ROWS}\n`);
});

test('a section with other words keeps them', () => {
  const text = `${TITLE}## Integrity\n\nSigned with Sigstore.\n\n## Contact\n\nUs.\n`;
  assert.equal(
    repaired('MODEL_CARD.md', text),
    `${TITLE}## Integrity\n\nSigned with Sigstore.\n\n${ROWS}\n\n## Contact\n\nUs.\n`,
  );
});

test('in a table wrong digests are replaced, blanks filled and files added', () => {
  const digests = new Map([...DIGESTS, ['c.onnx', A]]);
  const text = `${TITLE}| sha256 | File | Size |\n|---|---|---|\n| ${B} | a.safetensors | 1 |\n| TODO | \`b.gguf\` | 2 |\n\nEnd.\n`;
  assert.equal(
    repaired('MODEL_CARD.md', text, digests),
    `${TITLE}| sha256 | File | Size |\n|---|---|---|\n| ${A} | a.safetensors | 1 |\n| ${B} | \`b.gguf\` | 2 |\n| ${A} | \`c.onnx\` |  |\n\nEnd.\n`,
  );
});

test('an impossible digest is replaced', () => {
  const one = new Map([['a.safetensors', A]]);
  const after = repaired('MODEL_CARD.md', `${TITLE}a.safetensors: sha256:${A.slice(0, 40)}\n`, one);
  assert.equal(after, `${TITLE}a.safetensors: sha256:${A}\n`);
});

test('line ends stay as they are', () => {
  const after = repaired('MODEL_CARD.md', '# Model Card for toy\r\n\r\n## Integrity\r\n\r\n[TODO: x]\r\n');
  assert.doesNotMatch(after, /[^\r]\n/);
});

test('an AI-BOM: hashes are added to components, wrong ones replaced, files added', () => {
  const bom = (components: unknown) =>
    `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }, null, 2)}\n`;
  const known = repaired(
    'x.cdx.json',
    bom([
      { type: 'file', name: 'a.safetensors' },
      { type: 'file', name: 'b.gguf', hashes: [{ alg: 'SHA-256', content: A }] },
    ]),
  );
  assert.deepEqual(JSON.parse(known).components[0].hashes, [{ alg: 'SHA-256', content: A }]);
  for (const components of [[], undefined, [{ type: 'library', name: 'torch' }]]) {
    const { components: after } = JSON.parse(repaired('x.cdx.json', bom(components)));
    assert.equal(after.at(-1).name, 'b.gguf');
    assert.equal(after.length, (components?.length ?? 0) + 2);
  }
});

test('a Croissant file: the digest of each file it lists', () => {
  const text = JSON.stringify({
    '@context': { cr: 'http://mlcommons.org/croissant/' },
    distribution: [
      { contentUrl: './a.safetensors', sha256: 'foo' },
      { contentUrl: 'b.gguf', name: 'b' },
    ],
  });
  repaired('croissant.json', text);
});

test('broken documents are left alone', () => {
  for (const text of ['{ "bomFormat": "CycloneDX", "components": [', '{ "bomFormat": "CycloneDX", "components": 3 }']) {
    assert.doesNotThrow(() => digestEdits(open('x.cdx.json', text), DIGESTS));
  }
  assert.deepEqual(digestEdits(open('notes.json', '{}'), DIGESTS), []);
});
