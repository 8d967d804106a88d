import * as z from 'zod';
import { ASSET_TYPES } from '../engine/assets.ts';
import type { ComplianceReport } from '../engine/compliance.ts';
import { STATUSES } from '../engine/complianceStatus.ts';
import { DECISIONS } from '../engine/evidence/schema.ts';
import { SEVERITIES } from '../engine/finding.ts';

const text = z.string();
const number = z.int().min(0);
const severity = z.enum(SEVERITIES);
const decision = z.enum(Object.keys(DECISIONS) as [keyof typeof DECISIONS, ...(keyof typeof DECISIONS)[]]);

const evidence = z.object({
  standing: z.enum(['met', 'partly', 'not-applicable', 'accepted-risk', 'overdue', 'void']),
  decision: decision.optional(),
  statement: text.optional(),
  files: z.array(text),
  links: z.array(text),
  owner: text.optional(),
  date: text.optional(),
  reviewBy: text.optional(),
  until: text.optional(),
  justification: text.optional(),
  path: text.describe('Of the register.'),
  line: number.describe('Of the entry, counted from 1.'),
});

const item = z.object({
  id: text.describe('`framework:item`'),
  citation: text,
  title: text,
  level: text.optional(),
  phase: text.optional(),
  roles: z.array(text),
  status: z.enum(STATUSES),
  severity: severity.optional().describe('Worst open finding; only with status `open`.'),
  open: number,
  suppressed: number,
  rules: z.array(text).describe('Rules that looked for it; where none did, those that would.'),
  files: number.describe('Files those rules looked at.'),
  evidence: z.array(evidence).describe('What the register says, whether it counts or not.'),
  related: z.array(text).describe('Items that speak of the same.'),
});

const finding = z.object({
  ruleId: text,
  ruleName: text,
  path: text,
  line: number.describe('Counted from 1.'),
  column: number.describe('Counted from 1, in UTF-16 code units.'),
  message: text,
  severity,
  guidelines: z.array(text),
  fingerprint: text,
  suppression: z.object({ reason: text, until: text.optional() }).optional(),
});

/**
 * What `guidelint summary --format json` writes. Within `version` 1 fields are added and never renamed, removed or given
 * another meaning. Paths are relative to the project; no absolute path is in it.
 */
export const complianceSchema = z.object({
  version: z.literal(1),
  tool: z.object({ name: z.literal('Guidelint'), version: text }),
  catalogue: text.describe('Differs when an item of the catalogue does.'),
  time: text.describe('ISO 8601.'),
  commit: text.optional().describe('Checked out in the project; files may have been changed since.'),
  scope: z.array(text),
  limits: z.array(text).describe('What this report cannot say.'),
  files: z.record(text, number).describe('Files read, by kind.'),
  skipped: z.array(z.object({ path: text, reason: text })),
  partial: z.boolean().describe('The scan was stopped before its end.'),
  severities: z.record(severity, number),
  suppressed: number,
  registers: z.array(
    z.object({
      path: text,
      system: text.optional(),
      roles: z.array(text),
      entries: number,
      problems: number.describe('Things in it that are wrong, so that something does not count.'),
    }),
  ),
  frameworks: z.array(
    z.object({
      id: text,
      title: text,
      shortTitle: text,
      publisher: text,
      version: text,
      counts: z.record(z.enum(STATUSES), number),
      checked: z
        .object({ items: number, withoutOpen: number })
        .describe('Items that rules looked at, and those of them without an open finding.'),
      items: z.array(item),
    }),
  ),
  findings: z.array(finding),
  assets: z
    .array(
      z.object({
        type: z.enum(ASSET_TYPES),
        path: text,
        size: number.optional().describe('In bytes; of model and data files only.'),
        open: number,
        severity: severity.optional(),
        links: z.array(z.object({ relation: text, target: text })),
      }),
    )
    .describe('What the system is made of.'),
});
export type ComplianceJson = z.infer<typeof complianceSchema>;

/** @param limits sentences on what the report cannot say. */
export function toComplianceJson(report: ComplianceReport, limits: readonly string[]): ComplianceJson {
  const { tool, catalogue, time, commit, folders, files, skipped, partial, severities, suppressed } = report;
  return {
    version: 1,
    tool,
    catalogue,
    time,
    ...(commit && { commit }),
    scope: [...folders],
    limits: [...limits],
    files: { ...files } as Record<string, number>,
    skipped: [...skipped],
    partial,
    severities,
    suppressed,
    registers: report.registers.map(({ uri, roles, ...register }) => ({ ...register, roles: [...roles] })),
    frameworks: report.frameworks.map(({ items, ...framework }) => ({
      ...framework,
      items: items.map(({ roles, rules, related, evidence, ...rest }) => ({
        ...rest,
        roles: [...roles],
        rules: [...rules],
        evidence: evidence.map(({ uri, line, files, links, ...said }) => ({
          ...said,
          files: [...files],
          links: [...links],
          line: line + 1,
        })),
        related: [...related],
      })),
    })),
    findings: report.findings.map(({ uri, line, character, guidelines, ...rest }) => ({
      ...rest,
      line: line + 1,
      column: character + 1,
      guidelines: [...guidelines],
    })),
    assets: report.assets.map(({ uri, links, ...asset }) => ({
      ...asset,
      links: links.map(({ relation, target }) => ({ relation, target })),
    })),
  };
}

/**
 * Reads a report that was saved, to compare with. Never throws.
 *
 * @returns what is wrong with the text when it is no report of this version; a sentence's end.
 */
export function readComplianceJson(content: string): ComplianceJson | { readonly problem: string } {
  let data: unknown;
  try {
    data = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'is not JSON' };
  }
  const version = z.object({ version: z.unknown() }).safeParse(data).data?.version;
  if (version !== undefined && version !== 1) {
    return { problem: `has version ${JSON.stringify(version)}, and this Guidelint reads version 1` };
  }
  const read = complianceSchema.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return { problem: `is not a compliance report (${issue?.path.join('.') || 'top level'}: ${issue?.message})` };
}
