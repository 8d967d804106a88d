import { defineRule, type Problem } from '../../engine/rule.ts';
import { lineAt, type Span } from '../../engine/span.ts';
import type { Card } from '../../languages/card/card.ts';

type Path = readonly (string | number)[];

/** What the Hub's client needs of each result; without it the whole index is dropped. Source: `huggingface_hub`. */
const REQUIRED: readonly Path[] = [
  ['task', 'type'],
  ['dataset', 'type'],
  ['dataset', 'name'],
];
/** Hand-written indexes have a few dozen results. */
const MAX_RESULTS = 500;

export const incompleteModelIndex = defineRule({
  meta: {
    id: 'GL114',
    name: 'incomplete-model-index',
    title: 'Evaluation results that the Hub drops',
    kinds: ['model-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: ['eu-ai-act:AnnexIV.2.g', 'ncsc-cisa-2023:ncsc-2.3', 'eu-ai-act:13.3.b.ii'],
    why: 'One result without task, data set or value makes programs drop the whole `model-index`: the card shows results that no check ever sees.',
    how: 'Give each entry a `name`, and each result `task.type`, `dataset.type`, `dataset.name` and metrics with `type` and `value`.',
    messages: { missing: 'The {what} needs `{key}`; without it the whole `model-index` is dropped' },
    examples: [
      {
        path: 'README.md',
        bad: '---\nmodel-index:\n  - name: toxi\n    results:\n      - task:\n          type: text-classification\n        dataset:\n          name: forum\n        metrics:\n          - type: f1\n---\n# toxi\n',
        good: '---\nmodel-index:\n  - name: toxi\n    results:\n      - task:\n          type: text-classification\n        dataset:\n          type: our-org/forum\n          name: forum\n        metrics:\n          - type: f1\n            value: 0\n---\n# toxi\n',
      },
      {
        title: 'an index without results yet, and no index',
        path: 'README.md',
        good: '---\nlibrary_name: transformers\nmodel-index:\n  - name: toxi\n    results: []\n---\n# toxi\n',
      },
    ],
  },
  *check({ card }) {
    for (let model = 0; model < lengthOf(card, ['model-index']); model++) {
      const entry: Path = ['model-index', model];
      yield* need(card, 'entry', entry, ['name']);
      for (let index = 0; index < Math.min(lengthOf(card, [...entry, 'results']), MAX_RESULTS); index++) {
        const result: Path = [...entry, 'results', index];
        for (const key of REQUIRED) yield* need(card, 'result', result, key);
        if (lengthOf(card, [...result, 'metrics']) === 0) yield* need(card, 'result', result, ['metrics']);
        for (let metric = 0; metric < lengthOf(card, [...result, 'metrics']); metric++) {
          yield* need(card, 'metric', [...result, 'metrics', metric], ['type']);
          yield* need(card, 'metric', [...result, 'metrics', metric], ['value']);
        }
        if (isThere(card, [...result, 'source', 'name'])) yield* need(card, 'source', [...result, 'source'], ['url']);
      }
    }
  },
});

function* need(card: Card, what: string, at: Path, key: Path): Iterable<Problem> {
  const entry = card.frontMatter.get(...at);
  if (!entry || isThere(card, [...at, ...key])) return;
  // A task or data set that is there but incomplete is the place to repair.
  const parent = key.length > 1 ? card.frontMatter.get(...at, key[0] as string) : undefined;
  const span = parent?.keySpan ?? entry.keySpan ?? firstLine(card, entry.span);
  yield { span, message: 'missing', data: { what, key: key.join('.') } };
}

function isThere({ frontMatter }: Card, path: Path): boolean {
  const value = frontMatter.get(...path)?.value;
  return value !== undefined && value !== null && value !== '';
}

function lengthOf({ frontMatter }: Card, path: Path): number {
  const value = frontMatter.get(...path)?.value;
  return Array.isArray(value) ? value.length : 0;
}

function firstLine({ text }: Card, { start, end }: Span): Span {
  return { start, end: Math.min(end, lineAt(text, start).end) };
}
