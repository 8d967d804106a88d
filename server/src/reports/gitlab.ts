import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Report, reportedFindings } from './located.ts';

/** Levels of GitLab's Code Quality report, docs.gitlab.com/ci/testing/code_quality. */
const LEVELS = { error: 'critical', warning: 'major', info: 'minor', hint: 'info' } as const;

/** Open findings as a Code Quality report, which GitLab shows in merge requests. Fingerprints are unique in the report. */
export function gitlabReport({ scan }: Report): string {
  const issues = reportedFindings(scan)
    .filter(({ finding }) => !finding.suppression)
    .map(({ finding, place: { path, region } }) => ({
      description: `${finding.message} (${finding.ruleId} ${finding.ruleName})`,
      check_name: finding.ruleId,
      // GitLab tells issues apart by this alone, and ours does not contain the path.
      fingerprint: bytesToHex(sha256(utf8ToBytes(`${path}\n${finding.ruleId}\n${finding.fingerprint}`))).slice(0, 32),
      severity: LEVELS[finding.severity],
      location: { path, lines: { begin: region.startLine, end: region.endLine } },
    }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
