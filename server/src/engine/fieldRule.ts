import type { FieldId } from '../languages/card/fields.ts';
import { insertKey, insertSection, insertSections } from '../languages/card/insertion.ts';
import type { Fix } from './finding.ts';
import { defineRule, type Rule, type RuleMeta } from './rule.ts';

/** What tells one "this card does not say …" rule from another. */
export interface MissingField extends Omit<RuleMeta, 'kinds' | 'confidence' | 'fix' | 'messages'> {
  readonly card: 'model-card' | 'data-card';
  readonly field: FieldId;
  /** One sentence: what the card does not say. */
  readonly message: string;
  /** Severity in cards that are not named as one (a Hub README): half of their authors write no such section. */
  readonly unnamed?: 'info';
  /** Key and value of the front matter that would state it; offered before a section where there is a front matter. */
  readonly key?: readonly [name: string, value: string];
}

/**
 * A rule that reports a card in which nothing speaks of a field: no key, section, label or sentence. A place that is there
 * but not filled is reported as the placeholder it is, not here.
 */
export function missingField({ card: kind, field: id, message, unnamed, key, ...meta }: MissingField): Rule {
  return defineRule({
    meta: { ...meta, kinds: [kind], confidence: 'medium', fix: 'suggestion', messages: { missing: message } },
    *check({ card }) {
      const field = card.field(id);
      if (field.state !== 'absent' || !card.understood) return;
      const section: Fix = {
        title: `Add a section "${field.spec.heading}" to fill in`,
        kind: 'suggestion',
        edits: [insertSection(card, field.spec)],
      };
      const edit = key && insertKey(card, ...key);
      const line: Fix[] = edit
        ? [{ title: `Add \`${key[0]}\` to the front matter, to fill in`, kind: 'suggestion', edits: [edit] }]
        : [];
      yield {
        span: card.anchor,
        message: 'missing',
        ...(unnamed && !card.named && { severity: unnamed }),
        fixes: card.frontMatter.present ? [...line, section] : [section, ...line],
      };
    },
  });
}

/** What tells one "nobody wrote about any of these" rule from another. */
export interface MissingGroup extends Omit<RuleMeta, 'kinds' | 'confidence' | 'fix' | 'messages'> {
  readonly card: 'model-card' | 'data-card';
  readonly fields: readonly FieldId[];
}

/** One finding for all the fields of a group that a card says nothing about: matters that next to no public card documents. */
export function missingGroup({ card: kind, fields, ...meta }: MissingGroup): Rule {
  return defineRule({
    meta: {
      ...meta,
      kinds: [kind],
      confidence: 'medium',
      fix: 'suggestion',
      messages: { missing: 'The card says nothing about {topics}' },
    },
    *check({ card }) {
      if (!card.understood) return;
      const [first, ...rest] = fields
        .map((id) => card.field(id))
        .filter(({ state }) => state === 'absent')
        .map(({ spec }) => spec);
      if (!first) return;
      const topics = [first, ...rest].map(({ title }) => title);
      const last = topics.pop() as string;
      yield {
        span: card.anchor,
        message: 'missing',
        data: { topics: topics.length > 0 ? `${topics.join(', ')} and ${last}` : last },
        fixes: [
          {
            title:
              topics.length > 0 ? 'Add the missing sections to fill in' : `Add a section "${first.heading}" to fill in`,
            kind: 'suggestion',
            edits: [insertSections(card, [first, ...rest])],
          },
        ],
      };
    },
  });
}
