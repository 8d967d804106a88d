import { defineRule, type Problem } from '../../engine/rule.ts';
import type { Span } from '../../engine/span.ts';
import { type Card, valuesIn } from '../../languages/card/card.ts';
import type { FieldId } from '../../languages/card/fields.ts';
import { scalarsIn } from '../../languages/card/structuredCard.ts';

/** Fields that state an address. */
const FIELDS: readonly FieldId[] = ['contact', 'vulnerability-reporting', 'owner'];
/**
 * Addresses that no mail or page can be at, or that templates come with: the domains kept free for examples (RFC 2606), and
 * words that stand for a name to be put in.
 */
const FAKE =
  /(?<![\w.+-])(?:[\w.+-]{1,64}@(?:[\w-]{1,40}\.)?(?:example\.(?:com|org|net|edu)|(?:your|my)-?(?:domain|company|org|organi[sz]ation|email|team|mail)\.\w{2,6}|(?:domain|company)\.(?:com|org|tld))|(?:your[\w.-]{0,30}|first\.?last(?:name)?|xxx+)@[\w-]{1,60}\.\w{2,10})(?![\w-])|\bhttps?:\/\/(?:www\.)?(?:example\.(?:com|org|net)|(?:your|my)-?(?:domain|company|org|organi[sz]ation)\.\w{2,6})(?:\/[\w./#?=-]{0,200})?/gi;

export const fakeContact = defineRule({
  meta: {
    id: 'GL809',
    name: 'fake-contact',
    title: 'Contact address that nobody reads',
    kinds: ['model-card', 'data-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: ['eu-ai-act:13.3.a', 'etsi-en-304-223:5.2.4-1', 'ncsc-cisa-2023:ncsc-2.3'],
    why: 'Who finds a weakness or poisoned data writes to the address of the card. One made up for an example, or left over from a template, loses the report without a sign.',
    how: 'Write an address or tracker that somebody reads, such as the security contact of your organisation.',
    messages: { fake: '`{address}` is an address of examples: nobody reads it' },
    examples: [
      {
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toxi\n\n## Contact\n\nyour.name@yourcompany.com\n',
        good: '# Model Card for toxi\n\n## Contact\n\nhttps://github.com/forum-team/toxi/issues\n',
      },
      {
        title: 'in a data package',
        path: 'datapackage.json',
        bad: '{"name": "forum", "resources": [], "contributors": [{"title": "Forum team", "email": "contact@example.com"}]}\n',
        good: '{"name": "forum", "resources": [], "contributors": [{"title": "Forum team", "path": "https://github.com/forum-team"}]}\n',
      },
      {
        title: 'an example elsewhere in the text',
        path: 'MODEL_CARD.md',
        good: '# Model Card for toxi\n\n## Intended use\n\nIt finds addresses such as jane@example.com in comments.\n',
      },
    ],
  },
  *check({ card }) {
    const seen = new Set<number>();
    for (const span of [...placesIn(card)]) {
      for (const match of card.text.slice(span.start, span.end).matchAll(FAKE)) {
        const start = span.start + match.index;
        if (seen.has(start)) continue;
        seen.add(start);
        const problem: Problem = {
          span: { start, end: start + match[0].length },
          message: 'fake',
          data: { address: match[0] },
        };
        yield problem;
      }
    }
  },
});

/** What a card says under its contacts, without code. */
function* placesIn(card: Card): Iterable<Span> {
  for (const id of FIELDS) {
    for (const { node } of card.places?.placesOf(id) ?? []) {
      for (const { span } of scalarsIn(node)) yield span;
    }
    const { spec } = card.field(id);
    const { headings, values } = card.placesOf(spec);
    for (const { span } of values) yield span;
    for (const { content } of headings) {
      for (const { type, span } of valuesIn(card.values, content)) {
        if (type !== 'code') yield span;
      }
    }
  }
}
