import type { ComplianceReport, EvidenceReport, ItemReport } from '../engine/compliance.ts';
import { STATUS_WORDS } from './statusWords.ts';

type Row = readonly [
  name: string,
  value: (item: ItemReport, said: EvidenceReport | undefined) => string | number | undefined,
];

const COLUMNS: readonly Row[] = [
  ['id', ({ id }) => id],
  ['citation', ({ citation }) => citation],
  ['title', ({ title }) => title],
  ['level', ({ level }) => level],
  ['phase', ({ phase }) => phase],
  ['roles', ({ roles }) => roles.join('; ')],
  ['status', ({ status }) => status],
  ['status_in_words', ({ status }) => STATUS_WORDS[status].title],
  ['worst_severity', ({ severity }) => severity],
  ['open_findings', ({ open }) => open],
  ['accepted_findings', ({ suppressed }) => suppressed],
  ['rules', ({ rules }) => rules.join('; ')],
  ['files_looked_at', ({ files }) => files],
  ['decision', (_, said) => said?.decision],
  [
    'evidence_counts',
    (_, said) => said && (said.standing === 'void' ? 'no' : said.standing === 'overdue' ? 'overdue' : 'yes'),
  ],
  ['statement', (_, said) => said?.statement],
  ['justification', (_, said) => said?.justification],
  ['evidence_files', (_, said) => said?.files.join('; ')],
  ['evidence_links', (_, said) => said?.links.join(' ')],
  ['owner', (_, said) => said?.owner],
  ['date', (_, said) => said?.date],
  ['review_by', (_, said) => said?.reviewBy],
  ['accepted_until', (_, said) => said?.until],
  ['related', ({ related }) => related.join('; ')],
];

/** Every item as CSV (RFC 4180), for a spreadsheet; an item for which several folders give evidence has a row for each. */
export function complianceCsv({ frameworks }: ComplianceReport): string {
  const rows = frameworks.flatMap(({ items }) =>
    items.flatMap((item) => {
      const entries: readonly (EvidenceReport | undefined)[] = item.evidence.length > 0 ? item.evidence : [undefined];
      return entries.map((said) => COLUMNS.map(([, value]) => cell(value(item, said) ?? '')).join(','));
    }),
  );
  return `${[COLUMNS.map(([name]) => name).join(','), ...rows].join('\r\n')}\r\n`;
}

/**
 * A spreadsheet runs what begins like a formula: such a text gets an apostrophe in front, which spreadsheets take for "this
 * is text" (OWASP, CSV injection). The full-width forms count too in some of them.
 */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
