import * as z from 'zod';
import type { GuidelineId } from '../guidelines/generated.ts';
import type { Card, Field } from '../languages/card/card.ts';
import type { FieldId, FieldSpec } from '../languages/card/fields.ts';
import { insertKey, insertSection, insertSections } from '../languages/card/insertion.ts';
import { insertValues, placeToFill } from '../languages/card/insertValue.ts';
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
      return concerns(card, id, ask) ? [{ id, severity, guidelines: ask.guidelines }] : [];
    },
    *check({ card }) {
      const field = card.field(id);
      if (!isMissing(card, field, ask)) return;
      const section = fixOf(card, [field.spec]);
      const edit = key && !card.places ? insertKey(card, ...key) : undefined;
      const line: Fix[] = edit
        ? [{ title: `Add \`${key?.[0]}\` to the front matter, to fill in`, kind: 'suggestion', edits: [edit] }]
        : [];
      yield {
        span: field.span ?? card.anchor,
        message: 'missing',
        severity: highest([card.named ? ask.named : ask.other]),
        fixes: card.frontMatter.present ? [...line, ...section] : [...section, ...line],
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
        return severity !== 'off' && concerns(card, id, asks[id])
          ? [{ id, severity, guidelines: asks[id].guidelines }]
          : [];
      }),
    *check({ card }, options) {
      const level = (id: Id) => levelOf(id, card, options);
      const missing = fields.filter((id) => level(id) !== 'off' && isMissing(card, card.field(id), asks[id]));
      if (options.each) {
        for (const id of missing) {
          yield { ...problem(card, [card.field(id)], asks[id].strict), guidelines: asks[id].guidelines };
        }
        return;
      }
      const [first, ...rest] = missing.map((id) => card.field(id));
      if (!first) return;
      const [item, ...items] = new Set(missing.flatMap((id) => asks[id].guidelines));
      const ofMissing = item ? { guidelines: [item, ...items] as const } : {};
      yield { ...problem(card, [first, ...rest], highest(missing.map(level))), ...ofMissing };
    },
  });
}

function problem(card: Card, fields: readonly [Field, ...Field[]], severity: Severity): Problem {
  const specs = fields.map(({ spec }) => spec);
  const titles = specs.map(({ title }) => title);
  const last = titles.pop() as string;
  const topics = titles.length > 0 ? `${titles.join(', ')} and ${last}` : last;
  const span = (fields.length === 1 ? fields[0].span : undefined) ?? card.anchor;
  return { span, message: 'missing', data: { topics }, severity, fixes: fixOf(card, specs) };
}

/** Sections, or values where the format keeps these fields; none where no placeholder can be written there. */
export function fixOf(card: Card, specs: readonly FieldSpec[]): Fix[] {
  const [first, ...rest] = specs;
  if (!first) return [];
  if (card.places) {
    const edits = insertValues(card, specs);
    const where = specs.map((spec) => placeToFill(card, spec)).filter((path) => path !== undefined);
    const title = where.length === 1 ? `Add \`${where[0]}\` to fill in` : 'Add the missing fields to fill in';
    return edits.length > 0 ? [{ title, kind: 'suggestion', edits }] : [];
  }
  if (rest.length > 0) {
    const edits = [insertSections(card, [first, ...rest])];
    return [{ title: 'Add the missing sections to fill in', kind: 'suggestion', edits }];
  }
  const title = `Add a section "${first.heading}" to fill in`;
  return [{ title, kind: 'suggestion', edits: [insertSection(card, first)] }];
}

/** Of a card we cannot read nothing is called missing. */
function isMissing(card: Card, { state, spec }: Field, ask: FieldAsk): boolean {
  return state === 'absent' && card.understood && concerns(card, spec.id as FieldId, ask);
}

/** Nobody is asked for what the format of the card has no place for. */
function concerns(card: Card, id: FieldId, { when }: FieldAsk): boolean {
  return card.asks(id) && (!when || when(card));
}

function highest(severities: readonly (Severity | 'off')[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'hint';
}
