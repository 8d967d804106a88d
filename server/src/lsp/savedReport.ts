import type { Connection } from 'vscode-languageserver';
import { readComplianceJson } from '../reports/complianceJson.ts';
import type { Files } from '../workspace/files.ts';
import { SAVED_REPORT, type SavedReportParams, type SavedReportReply } from './protocol.ts';

/** A report on a very large project; more is something else. In bytes. */
const MAX_REPORT = 100 * 1024 * 1024;

/** Reads reports that were saved as JSON, for the client to compare with. */
export function offerSavedReports(connection: Connection, files: Files): void {
  connection.onRequest(SAVED_REPORT, async ({ uri }: SavedReportParams): Promise<SavedReportReply> => {
    const content = await files.readText(uri, MAX_REPORT);
    if ('problem' in content) return { problem: content.detail };
    const report = readComplianceJson(content.text);
    if ('problem' in report) return report;
    const { time, tool, catalogue, frameworks, findings } = report;
    return {
      report: {
        time,
        tool: { version: tool.version },
        catalogue,
        frameworks: frameworks.map(({ id, items }) => ({ id, items: items.map(({ id, status }) => ({ id, status })) })),
        findings: findings.map(({ ruleId, path, fingerprint, message, severity, suppression }) => ({
          ruleId,
          path,
          fingerprint,
          message,
          severity,
          ...(suppression && { suppression }),
        })),
      },
    };
  });
}
