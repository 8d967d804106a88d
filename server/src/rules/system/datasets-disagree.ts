import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { folderOf } from '../../inventory/places.ts';
import { documentsOf, documentType, nameOfDocument, type Statement, statementsOf } from '../../inventory/statements.ts';
import { bareName } from '../../languages/hubId.ts';

const CARD =
  '---\nlicense: mit\nlibrary_name: transformers\ndatasets:\n- org/tickets\n---\n\n# Toy\n\nTuned on a year of tickets.\n';
const bom = (dataset: string) =>
  `{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "machine-learning-model", "name": "toy", "modelCard": {"modelParameters": {"datasets": [{"type": "dataset", "name": "${dataset}"}]}}}}}`;

export const datasetsDisagree = defineRule({
  meta: {
    id: 'GL710',
    name: 'datasets-disagree',
    title: 'Card and AI-BOM name different datasets',
    kinds: ['model-card'],
    severity: 'info',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.4-2',
      'etsi-en-304-223:5.2.4-1',
      'ncsc-cisa-2023:ncsc-2.3.1',
      'eu-ai-act:10.2.b',
      'owasp-llm-2025:LLM04',
    ],
    why: 'When a dataset turns out to be poisoned or unlawful, people look in the card and in the AI-BOM whether the model is affected. Here the two give opposite answers.',
    how: 'Find out what the model was trained and tested on, and name it in both.',
    messages: {
      differs: 'The card names `{stated}` as its data, {other} names `{found}`: they have no dataset in common',
    },
    examples: [
      {
        path: 'README.md',
        bad: CARD,
        good: CARD.replace('org/tickets', 'org/letters'),
        files: { 'bom.json': bom('other/letters') },
      },
      {
        title: 'SPDX',
        path: 'README.md',
        bad: CARD,
        files: {
          'toy.spdx.json':
            '{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [{"type": "ai_AIPackage", "spdxId": "m", "name": "toy"}, {"type": "dataset_DatasetPackage", "spdxId": "d", "name": "org/letters"}, {"type": "Relationship", "relationshipType": "trainedOn", "from": "m", "to": ["d"]}]}',
        },
      },
      {
        title: 'a dataset in words may be any',
        path: 'README.md',
        good: CARD,
        files: { 'bom.json': bom('Support tickets of 2024') },
      },
    ],
  },
  *checkSystem(inventory) {
    const documents = documentsOf(inventory);
    const cards = documents.filter((file) => file.kind === 'model-card' && documentType(file) === 'card');
    for (const file of cards) {
      const folder = folderOf(file.path);
      const beside = documents.filter(({ path }) => folderOf(path) === folder);
      if (cards.some((each) => each !== file && folderOf(each.path) === folder)) continue;
      const own = datasetsOf(file);
      const [stated] = own ?? [];
      if (!own || !stated) continue;
      const cardNames = namerOf(file);
      for (const other of beside.filter((each) => /^(?:bom|spdx)$/.test(documentType(each) ?? ''))) {
        const found = datasetsOf(other);
        const [first] = found ?? [];
        if (!found || !first || found.some(cardNames) || own.some(namerOf(other))) continue;
        yield {
          file,
          span: stated.span,
          message: 'differs',
          data: { stated: stated.value, found: first.value, other: nameOfDocument(other) },
          related: [{ span: first.span, message: 'The other dataset', uri: other.uri }],
        };
      }
    }
  },
});

/** The datasets a document names; undefined where one is said in words, by an address or a reference: it may be any. */
function datasetsOf(file: SourceFile): readonly Statement[] | undefined {
  const found = statementsOf(file).filter(({ topic }) => topic === 'dataset');
  return found.every(({ value }) => /^[\w-][\w.-]*\/[\w.-]+$/.test(value)) ? found : undefined;
}

/** Tells whether a document speaks of a dataset anywhere, whatever the owner and the signs between the words. */
function namerOf({ text }: SourceFile): (dataset: Statement) => boolean {
  const plain = (each: string) => each.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const all = plain(text);
  return ({ value }) => {
    // The words before a number name the family: wikitext-103.
    const name = bareName(value);
    const [family = name] = name.split(/[-_.]?\d/, 1);
    return all.includes(plain(family.length > 3 ? family : name));
  };
}
