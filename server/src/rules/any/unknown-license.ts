import { defineRule, type Problem } from '../../engine/rule.ts';
import type { Card } from '../../languages/card/card.ts';
import { placesAt, type Subject } from '../../languages/card/formats/format.ts';
import { insertKey } from '../../languages/card/insertion.ts';
import { canonicalLicense, readLicense } from '../../languages/card/licenses.ts';
import { answerOf } from '../../languages/card/placeholders.ts';
import type { TreeNode } from '../../languages/tree.ts';
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
      unlisted: '`{value}` is no SPDX licence id; a licence of its own goes where the format takes a name and a text',
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
        title: 'in a BOM',
        path: 'model.cdx.json',
        bad: '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "machine-learning-model", "name": "toxi", "licenses": [{"license": {"id": "Apache 2.0"}}]}]}\n',
        fixed:
          '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "machine-learning-model", "name": "toxi", "licenses": [{"license": {"id": "Apache-2.0"}}]}]}\n',
        good: '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "machine-learning-model", "name": "toxi", "licenses": [{"license": {"name": "Forum research licence"}}]}]}\n',
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
    const { format, subject } = card.places?.structure ?? {};
    for (const path of subject ? (format?.licenseIds ?? []) : []) {
      for (const { node } of placesAt((subject as Subject).node, path, format?.prefix)) yield* inData(node);
    }
  },
});

/** A value that the format wants to be an id of SPDX's list, or an expression of such ids. */
function* inData({ text: value, span }: TreeNode): Iterable<Problem> {
  if (answerOf(value) !== 'filled' || OTHER.test(value) || /^(?:LicenseRef-|DocumentRef-)/.test(value)) return;
  const reading = readLicense(value);
  if (reading.known) return;
  const { spelling } = reading;
  const guess = reading.guess && canonicalLicense(reading.guess);
  if (!guess) {
    yield { span, message: 'unlisted', data: { value: value.slice(0, 80) } };
    return;
  }
  yield {
    span,
    message: 'misspelt',
    data: { value, guess },
    fixes: [{ title: `Change to ${guess}`, kind: spelling ? 'safe' : 'suggestion', edits: [{ ...span, text: guess }] }],
  };
}

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
