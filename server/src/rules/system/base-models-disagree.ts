import type { Severity } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';
import { folderOf } from '../../inventory/places.ts';
import { documentsOf, documentType, nameOfDocument, statementsOf } from '../../inventory/statements.ts';
import { bareName, isHubId } from '../../languages/hubId.ts';

/** Endings of repositories that hold the same weights with fewer bits. */
const SMALLER =
  /[-_.](?:unsloth[-_])?(?:bnb[-_])?(?:4|8)[-_]?bits?$|[-_.](?:gptq|awq|gguf|bf16|fp16|hf)(?:[-_.]\w{1,12})*$/i;

export const baseModelsDisagree = defineRule({
  meta: {
    id: 'GL705',
    name: 'base-models-disagree',
    title: 'Card and adapter configuration (or AI-BOM) name different base models',
    kinds: ['model-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.4-1',
      'etsi-en-304-223:5.2.3-1',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM03',
      'atlas:AML.T0010.003',
    ],
    why: 'Who loads the model gets the one that the configuration names. What people know of the base model, its licence and its flaws, they look up by the card.',
    how: 'Name in the card the repository that is loaded.',
    messages: { differs: 'The card names `{stated}` as the base model, {other} names `{found}`' },
    examples: [
      {
        path: 'README.md',
        bad: '---\nlicense: mit\nlibrary_name: peft\nbase_model: org/first-7b\n---\n\n# Toy\n',
        fixed: '---\nlicense: mit\nlibrary_name: peft\nbase_model: org/second-7b\n---\n\n# Toy\n',
        good: '---\nlicense: mit\nlibrary_name: peft\nbase_model: org/second-7b\n---\n\n# Toy\n',
        files: { 'adapter_config.json': '{ "peft_type": "LORA", "base_model_name_or_path": "org/second-7b" }\n' },
      },
      {
        title: 'an adapter that was trained from a folder',
        path: 'README.md',
        good: '---\nlicense: mit\nlibrary_name: peft\nbase_model: org/first-7b\n---\n\n# Toy\n',
        files: { 'adapter_config.json': '{ "peft_type": "LORA", "base_model_name_or_path": "/data/first-7b" }\n' },
      },
    ],
  },
  *checkSystem(inventory) {
    const documents = documentsOf(inventory);
    const cards = documents.filter((file) => file.kind === 'model-card' && documentType(file) === 'card');
    for (const file of cards) {
      const folder = folderOf(file.path);
      if (cards.filter(({ path }) => folderOf(path) === folder).length > 1) continue;
      const own = basesOf(file);
      const [stated] = own;
      if (!stated) continue;
      for (const other of documents.filter(({ path }) => folderOf(path) === folder)) {
        const type = documentType(other);
        if (type !== 'adapter' && type !== 'bom') continue;
        const found = basesOf(other);
        const [first] = found;
        if (!first || found.some(({ value }) => own.some((each) => same(each.value, value)))) continue;
        yield {
          file,
          span: stated.span,
          message: 'differs',
          severity: harmOf(stated.value, first.value),
          data: { stated: stated.value, found: first.value, other: nameOfDocument(other) },
          related: [{ span: first.span, message: 'The other base model', uri: other.uri }],
          fixes: [
            {
              title: `Name ${first.value} as the base model`,
              kind: 'suggestion',
              edits: [{ ...stated.span, text: first.value }],
            },
          ],
        };
      }
    }
  },
});

/** Paths and names in words cannot be compared. */
function basesOf(file: Parameters<typeof statementsOf>[0]) {
  return statementsOf(file).filter(({ topic, value }) => topic === 'base-model' && isHubId(value));
}

/** Names alone are compared where one of them has no owner: the Hub knows old models by both. */
function same(one: string, other: string): boolean {
  if (one.includes('/') && other.includes('/')) return one.toLowerCase() === other.toLowerCase();
  return bareName(one) === bareName(other);
}

/** Another copy of the same weights, or one with fewer bits, is the lesser harm. */
function harmOf(one: string, other: string): Severity {
  const plain = (id: string) =>
    bareName(id)
      .replace(SMALLER, '')
      .replace(SMALLER, '')
      .replace(/^meta-/, '');
  return plain(one) === plain(other) ? 'info' : 'warning';
}
