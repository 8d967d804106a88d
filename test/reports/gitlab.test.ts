import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli, workspace } from '../cli/runCli.ts';

test("GitLab's report: one issue per open finding, fingerprints unique, levels of GitLab", async (t) => {
  const same = 'x = BAD\ny = RISKY  # guidelint-disable-line GL398: known\n';
  const folder = workspace(t, { 'a.py': same, 'b c.py': same, 'n.py': 'x = NOTE\nx = ODD\n' });
  const { stdout } = await runCli(folder, ['check', '--format', 'gitlab']);
  const issues = JSON.parse(stdout) as {
    description: string;
    check_name: string;
    fingerprint: string;
    severity: string;
    location: { path: string; lines: { begin: number } };
  }[];
  assert.deepEqual(
    issues.map(({ severity, check_name, location }) => [location.path, location.lines.begin, severity, check_name]),
    [
      ['a.py', 1, 'critical', 'GL398'],
      ['b c.py', 1, 'critical', 'GL398'],
      ['n.py', 1, 'minor', 'GL398'],
      ['n.py', 2, 'info', 'GL398'],
    ],
  );
  assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
  assert.match(issues[0]?.description ?? '', /^The word `BAD` must not be used \(GL398 forbidden-word\)$/);
});
