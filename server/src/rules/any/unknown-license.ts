import { defineRule, type Problem } from '../../engine/rule.ts';
import type { Card } from '../../languages/card/card.ts';
import { insertKey } from '../../languages/card/insertion.ts';
import { readLicense } from '../../languages/card/licenses.ts';
import { answerOf } from '../../languages/card/placeholders.ts';
import type { YamlEntry } from '../../languages/yaml.ts';

export const unknownLicense = defineRule({
  meta: {
    id: 'GL804',
    name: 'unknown-license',
    title: 'Licence that no list knows',
    kinds: ['model-card', 'data-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'safe',
    guidelines: ['eu-ai-act:AnnexXI.S1.1', 'ncsc-cisa-2023:ncsc-2.1', 'ncsc-cisa-2023:ncsc-2.3'],
    why: 'Tools that check licences compare ids. A value they do not know is treated as no licence, or as one nobody has approved; the Hub refuses it.',
    how: 'Write an SPDX id or expression, or an id of the Hub. For any other licence write `license: other` with `license_name` and `license_link`.',
    messages: {
      misspelt: '`{value}` is not a licence id; did you mean `{guess}`?',
      unknown: '`{value}` is neither an SPDX nor a Hub licence id; use `other` with `license_name` and `license_link`',
      unnamed: '`license: {value}` needs {missing} beside it, or nobody can read the licence',
    },
    examples: [
      {
        title: 'a different spelling',
        path: 'README.md',
        bad: '---\nlicense: apache 2.0\nlibrary_name: transformers\n---\n# Toxicity classifier\n',
        fixed: '---\nlicense: apache-2.0\nlibrary_name: transformers\n---\n# Toxicity classifier\n',
        good: '---\nlicense: Apache-2.0 OR MIT\nlibrary_name: transformers\n---\n# Toxicity classifier\n',
      },
      {
        title: 'a typo',
        path: 'README.md',
        bad: '---\nlicense: cc-by-sa-4\npretty_name: Forum\ntask_categories:\n  - other\n---\n',
        fixed: '---\nlicense: cc-by-sa-4.0\npretty_name: Forum\ntask_categories:\n  - other\n---\n',
      },
      {
        title: 'a licence of its own',
        path: 'README.md',
        bad: '---\nlicense: other\nlibrary_name: transformers\n---\n# Toxicity classifier\n',
        fixed:
          '---\nlicense: other\nlibrary_name: transformers\nlicense_name: TODO # name of the licence\nlicense_link: TODO # URL of its text, or LICENSE for the file beside the card\n---\n# Toxicity classifier\n',
        good: '---\nlicense: other\nlicense_name: forum-research-1\nlicense_link: LICENSE\nlibrary_name: transformers\n---\n# Toxicity classifier\n',
      },
      {
        path: 'README.md',
        bad: '---\nlicense: company-internal\nlibrary_name: transformers\n---\n# Toxicity classifier\n',
        good: '---\nlicense:\n  - llama3.1\n  - mit\nlibrary_name: transformers\n---\n# Toxicity classifier\n',
      },
    ],
  },
  *check({ card }) {
    for (const entry of card.frontMatter.items('license')) yield* inValue(card, entry);
  },
});

/** Ways to say "not a listed licence"; only the first is an id of the Hub. */
const OTHER = /^(?:other|proprietary|custom)$/i;

const PLACEHOLDERS = {
  license_name: 'TODO # name of the licence',
  license_link: 'TODO # URL of its text, or LICENSE for the file beside the card',
} as const;

function* inValue(card: Card, { text: value, span }: YamlEntry): Iterable<Problem> {
  const { frontMatter, text } = card;
  // An unanswered value is a placeholder, reported as such.
  if (answerOf(value || 'a mapping') !== 'filled') return;
  const absent = (['license_name', 'license_link'] as const).filter((key) => !frontMatter.get(key)?.text);
  if (OTHER.test(value)) {
    if (absent.length === 0) return;
    const keys = absent.map((key) => `\`${key}\``).join(' and ');
    const [first] = absent;
    const edit = first && !frontMatter.get(first) ? insertKey(card, first, PLACEHOLDERS[first]) : undefined;
    yield {
      span,
      message: 'unnamed',
      data: { value, missing: keys },
      ...(edit && { fixes: [{ title: `Add \`${first}\` to fill in`, kind: 'suggestion', edits: [edit] }] }),
    };
    return;
  }
  const reading = readLicense(value);
  if (reading.known) return;
  const { guess, spelling } = reading;
  if (!guess) {
    if (absent.length > 0) yield { span, message: 'unknown', data: { value: value.slice(0, 80) } };
    return;
  }
  const quoted = /^["']/.test(text.slice(span.start, span.end));
  const edit = quoted ? { start: span.start + 1, end: span.end - 1, text: guess } : { ...span, text: guess };
  yield {
    span,
    message: 'misspelt',
    severity: 'error',
    data: { value, guess },
    fixes: [{ title: `Change to ${guess}`, kind: spelling ? 'safe' : 'suggestion', edits: [edit] }],
  };
}
