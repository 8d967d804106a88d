import * as z from 'zod';
import type { GuidelineId } from '../guidelines/generated.ts';
import type { Card, Field } from '../languages/card/card.ts';
import type { FieldId, FieldSpec } from '../languages/card/fields.ts';
import { insertKey, insertSection, insertSections } from '../languages/card/insertion.ts';
import { type Fix, SEVERITIES, type Severity } from './finding.ts';
import { defineRule, type Problem, type Rule, type RuleMeta } from './rule.ts';

/** How a field is asked for. */
export interface FieldAsk {
  /** Most specific first. */
  readonly guidelines: RuleMeta['guidelines'];
  /** Severity in a file that is named as a card; `off`: asked by the strict profile only. */
  readonly named: Severity | 'off';
  /** Severity in a card that is not: a README of the Hub. */
  readonly other: Severity | 'off';
  /** Severity in the strict profile, whatever the file is called. */
  readonly strict: Severity;
  /** Where it holds, the question makes sense. */
  readonly when?: (card: Card) => boolean;
}

export type FieldAsks<Id extends FieldId = FieldId> = { readonly [id in Id]: FieldAsk };

/** One row of a table of fields. */
export function asked(
  [named, other, strict]: readonly [Severity | 'off', Severity | 'off', Severity],
  guidelines: FieldAsk['guidelines'],
  when?: FieldAsk['when'],
): FieldAsk {
  return { named, other, strict, guidelines, ...(when && { when }) };
}

type OwnMeta = Omit<RuleMeta, 'kinds' | 'severity' | 'confidence' | 'fix' | 'guidelines' | 'messages'>;

/** What tells one "this card does not say …" rule from another. */
export interface MissingField extends OwnMeta {
  readonly card: 'model-card' | 'data-card';
  readonly field: FieldId;
  readonly ask: FieldAsk;
  /** One sentence: what the card does not say. */
  readonly message: string;
  /** Key and value of the front matter that would state it; offered before a section where there is a front matter. */
  readonly key?: readonly [name: string, value: string];
}

/**
 * A rule that reports a card in which nothing speaks of a field: no key, section, label or sentence. A place that is there
 * but not filled is reported as the placeholder it is, not here.
 */
export function missingField({ card: kind, field: id, ask, message, key, ...meta }: MissingField): Rule {
  return defineRule({
    meta: {
      ...meta,
      kinds: [kind],
      severity: highest([ask.named]),
      confidence: 'medium',
      fix: 'suggestion',
      guidelines: ask.guidelines,
      messages: { missing: message },
      strict: { severity: ask.strict },
    },
    fields: (card) => {
      const severity = highest([card.named ? ask.named : ask.other]);
      return concerns(card, ask) ? [{ id, severity, guidelines: ask.guidelines }] : [];
    },
    *check({ card }) {
      const field = card.field(id);
      if (!isMissing(card, field, ask)) return;
      const section = sectionFix(card, field.spec);
      const edit = key && insertKey(card, ...key);
      const line: Fix[] = edit
        ? [{ title: `Add \`${key[0]}\` to the front matter, to fill in`, kind: 'suggestion', edits: [edit] }]
        : [];
      yield {
        span: card.anchor,
        message: 'missing',
        severity: highest([card.named ? ask.named : ask.other]),
        fixes: card.frontMatter.present ? [...line, section] : [section, ...line],
      };
    },
  });
}

/** What tells one "nobody wrote about any of these" rule from another. */
export interface MissingGroup<Id extends FieldId> extends OwnMeta {
  readonly card: 'model-card' | 'data-card';
  readonly asks: FieldAsks<Id>;
  readonly fields: readonly [Id, ...Id[]];
}

const groupOptions = z.strictObject({
  each: z.boolean().default(false).describe('Ask for every field of the group, and report each one by itself.'),
});

/**
 * One finding for all the fields of a group that a card says nothing about, as severe as the most severe of them. In the
 * strict profile every field is asked for, and reported by itself with its own severity and guideline items.
 */
export function missingGroup<Id extends FieldId>({ card: kind, asks, fields, ...meta }: MissingGroup<Id>): Rule {
  const guidelines = [...new Set(fields.flatMap((id) => asks[id].guidelines))] as [GuidelineId, ...GuidelineId[]];
  const levelOf = (id: Id, card: Card, options: Readonly<Record<string, unknown>>) =>
    options.each ? asks[id].strict : card.named ? asks[id].named : asks[id].other;
  return defineRule({
    meta: {
      ...meta,
      kinds: [kind],
      severity: highest(fields.map((id) => asks[id].named)),
      confidence: 'medium',
      fix: 'suggestion',
      guidelines,
      messages: { missing: 'The card says nothing about {topics}' },
      options: groupOptions,
      strict: { options: { each: true } },
    },
    fields: (card, options) =>
      fields.flatMap((id) => {
        const severity = levelOf(id, card, options);
        return severity !== 'off' && concerns(card, asks[id])
          ? [{ id, severity, guidelines: asks[id].guidelines }]
          : [];
      }),
    *check({ card }, options) {
      const level = (id: Id) => levelOf(id, card, options);
      const missing = fields.filter((id) => level(id) !== 'off' && isMissing(card, card.field(id), asks[id]));
      const spec = (id: Id) => card.field(id).spec;
      if (options.each) {
        for (const id of missing) {
          yield { ...problem(card, [spec(id)], asks[id].strict), guidelines: asks[id].guidelines };
        }
        return;
      }
      const [first, ...rest] = missing;
      if (first) yield problem(card, [spec(first), ...rest.map(spec)], highest(missing.map(level)));
    },
  });
}

function problem(card: Card, specs: readonly [FieldSpec, ...FieldSpec[]], severity: Severity): Problem {
  const titles = specs.map(({ title }) => title);
  const last = titles.pop() as string;
  const topics = titles.length > 0 ? `${titles.join(', ')} and ${last}` : last;
  const fix: Fix =
    specs.length === 1
      ? sectionFix(card, specs[0])
      : {
          title: 'Add the missing sections to fill in',
          kind: 'suggestion',
          edits: [insertSections(card, specs)],
        };
  return { span: card.anchor, message: 'missing', data: { topics }, severity, fixes: [fix] };
}

function sectionFix(card: Card, spec: FieldSpec): Fix {
  return {
    title: `Add a section "${spec.heading}" to fill in`,
    kind: 'suggestion',
    edits: [insertSection(card, spec)],
  };
}

/** Of a card we cannot read nothing is called missing. */
function isMissing(card: Card, { state }: Field, ask: FieldAsk): boolean {
  return state === 'absent' && card.understood && concerns(card, ask);
}

function concerns(card: Card, { when }: FieldAsk): boolean {
  return !when || when(card);
}

function highest(severities: readonly (Severity | 'off')[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'hint';
}
