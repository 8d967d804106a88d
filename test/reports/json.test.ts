import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonReport } from '../../server/src/reports/json.ts';
import { notebookText, scanReport } from './scanReport.ts';

test('the shape that scripts rely on', async (t) => {
  const report = await scanReport(t, {
    'a.py': '\uFEFFx = BAD  # guidelint-disable-line GL398: agreed (until 2030-01-31)\n',
    'n.ipynb': notebookText([['x = 1\n', 'y = RISKY']]),
    'z.py': Buffer.from([0]),
  });
  const { findings, ...rest } = JSON.parse(jsonReport(report));
  assert.deepEqual(rest, {
    version: 1,
    tool: { name: 'Guidelint', version: '9.8.7' },
    partial: false,
    files: 2,
    open: { error: 0, warning: 1, info: 0, hint: 0 },
    suppressed: 1,
    skipped: [{ path: 'z.py', reason: 'is binary' }],
  });
  const [{ fingerprint, ...accepted }, notebook] = findings;
  assert.match(fingerprint, /^[0-9a-f]{32}$/);
  const region = { startLine: 1, startColumn: 5, endLine: 1, endColumn: 8 };
  assert.deepEqual(accepted, {
    ruleId: 'GL398',
    ruleName: 'forbidden-word',
    severity: 'error',
    confidence: 'high',
    message: 'The word `BAD` must not be used',
    path: 'a.py',
    region,
    guidelines: [
      {
        id: 'cwe:CWE-502',
        citation: 'CWE-502',
        title: 'Deserialization of Untrusted Data',
        url: 'https://cwe.mitre.org/data/definitions/502.html',
      },
      accepted.guidelines[1],
    ],
    evidence: ['`BAD` is in the list'],
    related: [
      {
        path: 'a.py',
        region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
        message: 'the file begins here',
      },
    ],
    fixes: [{ title: 'Write GOOD', kind: 'safe', edits: [{ region, text: 'GOOD' }] }],
    suppression: { source: 'comment', reason: 'agreed', until: '2030-01-31' },
  });
  assert.deepEqual(
    [notebook.path, notebook.region, notebook.cell],
    [
      'n.ipynb',
      { startLine: 10, startColumn: 10, endLine: 10, endColumn: 15 },
      { number: 1, region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 10 } },
    ],
  );
});
