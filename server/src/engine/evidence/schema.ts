import * as z from 'zod';
import { type GuidelineId, items } from '../../guidelines/catalogue.ts';
import { ROLES } from '../../guidelines/schema.ts';
import { isDate } from '../../languages/card/dates.ts';

/** The register stands in this folder; the paths in it are relative to the folder that holds this one. */
export const EVIDENCE_NAMES = ['.guidelint/evidence.yaml', '.guidelint/evidence.yml'] as const;

/** What people decided about a guideline item, with what that means. */
export const DECISIONS = {
  met: 'Met, and the evidence named here shows it.',
  partly: 'Met in part; the statement says what is missing.',
  'not-applicable': 'Does not apply to this system; the justification says why.',
  'accepted-risk': 'Not met, and the risk is accepted for a time; the justification says why, `until` says how long.',
} as const;
export type Decision = keyof typeof DECISIONS;

const text = z.string().trim().min(1);
const date = z.string().refine((value) => value.length === 10 && isDate(value), 'expected a date such as 2027-01-31');
const file = z
  .string()
  .refine(isInside, 'expected a file of this repository, relative to the folder that holds `.guidelint`');

/** A path that cannot leave the folder: no root, drive, backslash, `..` or control character. */
export function isInside(path: string): boolean {
  return !/^[/~]|^[A-Za-z]:|\\|(?:^|\/)\.\.(?:\/|$)|\p{Cc}/u.test(path) && path.trim() !== '';
}

/**
 * The shape of `.guidelint/evidence.yaml`: from it come the reader, the JSON Schema that editors use, and completion. What
 * a decision demands beyond this (a justification, say) is a rule of its own.
 *
 * @param item what an item id must be; the JSON Schema lists all of them.
 */
export function registerSchema(item: z.ZodType<string> = z.string()) {
  return z.strictObject({
    system: text.optional().describe('Name of the AI system that this register speaks of.'),
    roles: z
      .array(z.enum(ROLES))
      .optional()
      .describe(
        'The roles of ETSI EN 304 223, clause 4, that this project has. Items that speak to other roles only are set aside.',
      ),
    evidence: z
      .array(entrySchema(item))
      .optional()
      .describe('What people answer for, one entry per guideline item or group of items.'),
  });
}

function entrySchema(item: z.ZodType<string>) {
  return z.strictObject({
    item: z
      .union([item, z.array(item).min(1)])
      .describe('The guideline item, such as `etsi-en-304-223:5.2.2-4`, or a list of items with the same evidence.'),
    decision: z.enum(Object.keys(DECISIONS) as [Decision, ...Decision[]]).describe(decisionHelp()),
    statement: text.optional().describe('What is done and how the files or links show it, in one or two sentences.'),
    files: z
      .array(file)
      .optional()
      .describe('Files of this repository, relative to the folder that holds `.guidelint`; they must exist.'),
    links: z
      .array(z.url({ protocol: /^https?$/, error: 'expected an address that begins with https://' }))
      .optional()
      .describe('Addresses of evidence kept elsewhere. They are never opened.'),
    owner: text.describe('The role that answers for this, such as `security lead`; better than the name of a person.'),
    date: date.describe('The day of the decision.'),
    'review-by': date.optional().describe('The day by which somebody looks at it again; from then on it is overdue.'),
    justification: text.optional().describe('Why it does not apply, or why the risk is acceptable.'),
    until: date.optional().describe('The last day on which the risk is accepted.'),
  });
}

function decisionHelp(): string {
  return Object.entries(DECISIONS)
    .map(([name, meaning]) => `${name}: ${meaning}`)
    .join('\n');
}

/** An item id for the JSON Schema: one of the catalogue's, with the titles for completion in editors that read them. */
export function itemIdSchema(): z.ZodType<string> {
  const all = items();
  const ids = all.map(({ id }) => id) as [GuidelineId, ...GuidelineId[]];
  return z.enum(ids).meta({ id: 'item', enumDescriptions: all.map(({ title }) => title) }) as z.ZodType<string>;
}

/** The keys of the register and of an entry, in the order in which they are written, with their help. */
export function registerKeys(): readonly { readonly key: string; readonly help: string }[] {
  return keysOf(registerSchema());
}
export function entryKeys(): readonly { readonly key: string; readonly help: string }[] {
  return keysOf(entrySchema(z.string()));
}

function keysOf(schema: z.ZodObject): { key: string; help: string }[] {
  return Object.entries(schema.shape).map(([key, type]) => ({ key, help: (type as z.ZodType).description ?? '' }));
}
