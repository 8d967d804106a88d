import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDirectives } from '../../server/src/engine/suppressions.ts';
import { lintText } from '../helpers/lintText.ts';

const BAD = 'm = torch.load("m.pt", weights_only=False)';

/** Rule ids of findings that count, and of those that are suppressed. */
function judge(body: string) {
  const findings = lintText('load.py', `import torch\n${body}\n`);
  const ids = (suppressed: boolean) =>
    findings.filter(({ suppression }) => (suppression !== undefined) === suppressed).map(({ ruleId }) => ruleId);
  return { open: ids(false), suppressed: ids(true), findings };
}

const CASES: readonly [name: string, body: string, open: string[], suppressed: string[]][] = [
  ['the same line', `${BAD}  # guidelint-disable-line GL301: ours`, [], ['GL301']],
  ['the next line', `# guidelint-disable-next-line GL301: ours\n${BAD}`, [], ['GL301']],
  ['by name', `# guidelint-disable-next-line unsafe-model-load: ours\n${BAD}`, [], ['GL301']],
  ['the whole file', `# guidelint-disable-file GL301: ours\n\n${BAD}\n${BAD}`, [], ['GL301', 'GL301']],
  ['a block', `# guidelint-disable GL301: ours\n${BAD}\n# guidelint-enable GL301\n${BAD}`, ['GL301'], ['GL301']],
  ['another rule', `# guidelint-disable-next-line GL302: ours\n${BAD}`, ['GL902', 'GL301'], []],
  ['no reason', `# guidelint-disable-next-line GL301\n${BAD}`, ['GL903'], ['GL301']],
  ['still valid', `# guidelint-disable-next-line GL301: ours (until 2027-01-31)\n${BAD}`, [], ['GL301']],
  ['expired', `# guidelint-disable-next-line GL301: ours (until 2026-01-31)\n${BAD}`, ['GL904', 'GL301'], []],
  ['misspelt', `# guidelint-disable-next-line GL30: ours\n${BAD}`, ['GL902', 'GL301'], []],
  ['nothing to suppress', '# guidelint-disable-next-line GL301: ours\nm = 1', ['GL902'], []],
  [
    'two rules above one line',
    `# guidelint-disable-next-line GL301: a\n# guidelint-disable-next-line GL302: b\n${BAD}`,
    ['GL902'],
    ['GL301'],
  ],
];

for (const [name, body, open, suppressed] of CASES) {
  test(name, () => {
    const result = judge(body);
    assert.deepEqual(result.open, open);
    assert.deepEqual(result.suppressed, suppressed);
  });
}

test('the reason and the date are kept', () => {
  const [finding] = judge(
    `# guidelint-disable-next-line GL301: built here, see ADR 7 (until 2027-01-31)\n${BAD}`,
  ).findings;
  assert.deepEqual(finding?.suppression, { source: 'comment', reason: 'built here, see ADR 7', until: '2027-01-31' });
});

test('all comment forms are read', () => {
  const text =
    '<!-- guidelint-disable-file GL101: draft -->\r\n// guidelint-disable-next-line GL501: local\n  # guidelint-disable-line\n';
  const read = readDirectives(text).map(({ scope, reason, rules }) => [scope, reason, rules.map(({ text }) => text)]);
  assert.deepEqual(read, [
    ['file', 'draft', ['GL101']],
    ['next-line', 'local', ['GL501']],
    ['line', '', []],
  ]);
});
