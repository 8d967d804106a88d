import type { ComplianceReport } from '../engine/compliance.ts';
import type { Compared } from './comparisonWords.ts';
import { complianceCsv } from './complianceCsv.ts';
import { complianceHtml } from './complianceHtml.ts';
import { toComplianceJson } from './complianceJson.ts';
import { LIMITS } from './complianceWords.ts';
import type { Report } from './located.ts';
import { oscalReport } from './oscal.ts';
import { sarifReport } from './sarif.ts';
import { renderSummaryMarkdown } from './summaryMarkdown.ts';

/** What every export is made of: the model, and for SARIF the findings with their places. */
export interface ExportSource {
  readonly report: ComplianceReport;
  readonly scan: Report;
  /** With an earlier report; Markdown and HTML tell of it. */
  readonly compared?: Compared;
}

/** The text of each format. All are pure: equal input gives equal bytes. */
const RENDER = {
  markdown: ({ report, compared }) => renderSummaryMarkdown(report, compared),
  html: ({ report, compared }) => complianceHtml(report, compared),
  json: ({ report }) => `${JSON.stringify(toComplianceJson(report, LIMITS), null, 2)}\n`,
  csv: ({ report }) => complianceCsv(report),
  sarif: ({ scan }) => sarifReport(scan),
  oscal: ({ report }) => oscalReport(report),
} as const satisfies Record<string, (source: ExportSource) => string>;

export type ExportFormat = keyof typeof RENDER;

export function exportAs(format: ExportFormat, source: ExportSource): string {
  return RENDER[format](source);
}
