import { defineRule } from '../../engine/rule.ts';
import { SourceFile } from '../../engine/sourceFile.ts';
import type { Artefact } from '../../inventory/inventory.ts';
import { above, cardsOf, folderOf, ownWeights } from '../../inventory/places.ts';
import { documentsOf, documentType, nameOfDocument } from '../../inventory/statements.ts';

/** Weights as a file of the workspace, as far as a finding needs one. */
const fileOf = ({ path, uri }: Artefact) => new SourceFile({ uri, path, text: '', kind: 'other' });
/** Other carriers of what a card says: cards in JSON and YAML, a model's description in a zoo. */
const CARD_FILE = /(?:^|\/)(?:[^/]*model[-_]?card[^/]*\.(?:json|ya?ml|md|html?)|model\.yml|MLmodel)$/i;

export const weightsWithoutCard = defineRule({
  meta: {
    id: 'GL708',
    name: 'weights-without-card',
    title: 'Model file that no card describes',
    kinds: ['model-card'],
    severity: 'info',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.4-1',
      'etsi-en-304-223:5.2.1-1',
      'ncsc-cisa-2023:ncsc-2.3',
      'owasp-llm-2025:LLM03',
      'eu-ai-act:11.1',
    ],
    why: 'Nobody can tell where these weights come from, what they were trained on and made for, or whether they are still the ones that were released.',
    how: 'Add a model card beside the file; the command *New Model Card* makes a draft with what the workspace knows.',
    messages: {
      one: 'No model card describes this file, and no README has sections about its data, training or limits',
      many: 'No model card describes this file and {count} more beside it, and no README has sections about their data, training or limits',
    },
    examples: [
      {
        path: 'models/README.md',
        bad: '# Notes\n',
        files: { 'models/model.safetensors': '\0'.repeat(1_000_000) },
      },
      {
        path: 'models/MODEL_CARD.md',
        good: '# Model Card for toy\n',
        files: { 'models/model.safetensors': '\0'.repeat(1_000_000) },
      },
    ],
  },
  *checkSystem(inventory) {
    if (!inventory.whole) return;
    const weights = ownWeights(inventory);
    if (weights.length === 0) return;
    const cards = [
      ...cardsOf(inventory, 'model-card'),
      ...documentsOf(inventory).filter((file) => ['bom', 'readme'].includes(documentType(file) ?? '')),
      ...[...inventory.files.values(), ...inventory.neighbours.values()].filter(({ path }) => CARD_FILE.test(path)),
    ];
    const folders = new Map<string, Artefact[]>();
    for (const artefact of weights) {
      const name = nameOfDocument(artefact);
      const isNamed = cards.some(({ text }) => text.includes(name));
      if (isNamed || above(artefact.path, cards).length > 0) continue;
      const folder = folderOf(artefact.path);
      folders.set(folder, [...(folders.get(folder) ?? []), artefact]);
    }
    for (const [first, ...others] of folders.values()) {
      if (!first) continue;
      const message = others.length > 0 ? 'many' : 'one';
      yield { file: fileOf(first), span: { start: 0, end: 0 }, message, data: { count: String(others.length) } };
    }
  },
});
