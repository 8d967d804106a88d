import iso6391 from 'iso-639-1';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { Card } from '../../languages/card/card.ts';
import { isDate } from '../../languages/card/dates.ts';
import { answerOf } from '../../languages/card/placeholders.ts';
import { scalarsIn } from '../../languages/card/structuredCard.ts';
import type { YamlEntry } from '../../languages/yaml.ts';

/** Codes of countries that are taken for those of their languages, where no language has the code. */
const COUNTRIES: Readonly<Record<string, string>> = { jp: 'ja', cn: 'zh', cz: 'cs', dk: 'da', gr: 'el', ua: 'uk' };
/** Codes of ISO 639-1 that were withdrawn and are still in use. */
const WITHDRAWN = new Set(['bh', 'in', 'iw', 'ji', 'jw', 'mo', 'sh']);
/** What the Hub takes besides codes. */
const SPECIAL = new Set(['code', 'multilingual', 'unknown', 'other']);
const DATE_KEYS = ['date', 'release_date', 'last_updated', 'last_reviewed', 'next_review', 'date_collected'];

export const wrongCardValue = defineRule({
  meta: {
    id: 'GL807',
    name: 'wrong-card-value',
    title: 'Language or date that programs cannot read',
    kinds: ['model-card', 'data-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: ['etsi-en-304-223:5.2.4-1', 'ncsc-cisa-2023:ncsc-2.3', 'eu-ai-act:AnnexIV.2.d'],
    why: 'Front matter is read by programs: by the Hub, by inventories, by the check of overdue reviews. A value in another shape is passed over in silence.',
    how: 'Write languages as ISO 639 codes (`en`, `swa`) and dates as `2026-01-31`.',
    messages: {
      language: '`{value}` is not an ISO 639 code{guess}',
      shape: '`{value}` is not an ISO date such as 2026-01-31',
      day: 'There is no day `{value}`',
    },
    examples: [
      {
        title: 'the name of a language',
        path: 'README.md',
        bad: '---\nlibrary_name: transformers\nlanguage:\n  - German\n---\n# toxi\n',
        fixed: '---\nlibrary_name: transformers\nlanguage:\n  - de\n---\n# toxi\n',
        good: '---\nlibrary_name: transformers\nlanguage: [de, swa, zh-Hant, code, "no"]\n---\n# toxi\n',
      },
      {
        title: 'a date',
        path: 'MODEL_CARD.md',
        bad: '---\nlast_reviewed: 2026/02/01\n---\n# Model Card for toxi\n',
        fixed: '---\nlast_reviewed: 2026-02-01\n---\n# Model Card for toxi\n',
        good: '---\nlast_reviewed: 2026-02-01\nnext_review: 2099-02\n---\n# Model Card for toxi\n',
      },
      {
        title: 'a date in the JSON of the Model Card Toolkit',
        path: 'model_card.json',
        bad: '{"model_details": {"name": "toxi", "version": {"name": "1.0", "date": "2026/02/01"}}, "considerations": {}}\n',
        fixed:
          '{"model_details": {"name": "toxi", "version": {"name": "1.0", "date": "2026-02-01"}}, "considerations": {}}\n',
      },
      {
        title: 'a day that does not exist',
        path: 'MODEL_CARD.md',
        bad: '---\nnext_review: 2099-02-31\n---\n# Model Card for toxi\n',
      },
    ],
  },
  *check({ card }) {
    for (const entry of card.frontMatter.items('language')) yield* inLanguage(card, entry);
    for (const key of DATE_KEYS) {
      for (const entry of card.frontMatter.items(key)) yield* inDate(entry);
    }
    for (const { node } of card.places?.placesOf('language') ?? []) {
      for (const scalar of scalarsIn(node)) yield* inLanguage(card, scalar);
    }
    for (const { node } of card.places?.placesOf('release-date') ?? []) {
      for (const scalar of scalarsIn(node)) yield* inDate(scalar);
    }
  },
});

function* inLanguage({ text }: Card, { text: value, span }: Pick<YamlEntry, 'text' | 'span'>): Iterable<Problem> {
  const code = value.toLowerCase();
  if (answerOf(value || 'a mapping') !== 'filled' || value.length > 60) return;
  // Of three letters there are 7,900 codes; longer tags name a script or region behind the code.
  if (SPECIAL.has(code) || WITHDRAWN.has(code) || iso6391.validate(code)) return;
  if (/^[a-z]{3}$/.test(code) || /^[a-z]{2,3}[-_]\w/.test(code)) return;
  const guess = iso6391.getCode(value) || COUNTRIES[code];
  // Two letters may be a code younger than our list; a word may be a language in another language.
  if (!guess && !/^[a-z]{2}$/.test(code)) return;
  const quoted = /^["']/.test(text.slice(span.start, span.end));
  const edit = quoted ? { start: span.start + 1, end: span.end - 1 } : span;
  yield {
    span,
    message: 'language',
    data: { value, guess: guess ? `; did you mean \`${guess}\`?` : '' },
    ...(guess
      ? { fixes: [{ title: `Change to ${guess}`, kind: 'suggestion', edits: [{ ...edit, text: guess }] }] }
      : { severity: 'info' }),
  };
}

function* inDate({ text: value, span }: Pick<YamlEntry, 'text' | 'span'>): Iterable<Problem> {
  if (/^\d{4}-\d{2}(?:-\d{2})?$/.test(value)) {
    if (!isDate(value)) yield { span, message: 'day', data: { value } };
    return;
  }
  if (!/^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}$/.test(value)) return;
  const [, year, month = '', day = ''] = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(value) ?? [];
  const iso = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : '';
  yield {
    span,
    message: 'shape',
    data: { value },
    // Of 01/02/2026 nobody knows which is the month.
    ...(isDate(iso) && { fixes: [{ title: `Change to ${iso}`, kind: 'suggestion', edits: [{ ...span, text: iso }] }] }),
  };
}
