import { defineRule } from '../../engine/rule.ts';
import { folderOf, isWeights } from '../../inventory/places.ts';
import { documentsOf, nameOfDocument, statementsOf } from '../../inventory/statements.ts';

const DIGEST = '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c';
const card = (...names: readonly string[]) =>
  `# Model Card for toy\n\n| File | sha256 |\n|---|---|\n${names.map((name) => `| ${name} | ${DIGEST} |\n`).join('')}`;

export const fileListMismatch = defineRule({
  meta: {
    id: 'GL709',
    name: 'file-list-mismatch',
    title: 'Digests are stated for other model files than are there',
    kinds: ['model-card', 'data-card'],
    severity: 'info',
    confidence: 'high',
    fix: 'none',
    guidelines: ['etsi-en-304-223:5.2.4-1.2', 'ncsc-cisa-2023:ncsc-2.3.4', 'etsi-en-304-223:5.2.1-2', 'cwe:CWE-353'],
    why: 'A file without a stated digest can be exchanged unnoticed, and it is the one that people may load.',
    how: 'List every model file with its digest and no other; the command *Insert SHA-256 of Model Files* does.',
    messages: {
      missing: '`{file}` is not in this folder, although other model files are',
      unlisted: 'A digest is stated for some model files of this folder, but not for {names}',
    },
    examples: [
      {
        path: 'MODEL_CARD.md',
        bad: card('model-q4.gguf'),
        good: card('model-q8.gguf'),
        files: { 'model-q8.gguf': 'weights' },
      },
      {
        path: 'MODEL_CARD.md',
        bad: card('a.safetensors'),
        files: { 'a.safetensors': 'weights', 'b.safetensors': 'more' },
      },
    ],
  },
  *checkSystem(inventory) {
    if (!inventory.whole) return;
    for (const file of documentsOf(inventory)) {
      const listed = statementsOf(file).filter(({ subject }) => subject !== undefined && isWeights(subject));
      const folders = new Set(listed.map(({ subject = '' }) => folderOf(subject)));
      for (const folder of folders) {
        const there = [...inventory.artefacts.keys()].filter((path) => folderOf(path) === folder && isWeights(path));
        if (there.length === 0) continue;
        const own = listed.filter(({ subject = '' }) => folderOf(subject) === folder);
        for (const { subject = '', subjectSpan, span } of own) {
          if (inventory.artefacts.has(subject)) continue;
          const data = { file: nameOfDocument({ path: subject }) };
          yield { file, span: subjectSpan ?? span, message: 'missing', data };
        }
        const unlisted = there.filter((path) => !own.some(({ subject }) => subject === path));
        const [first] = own;
        if (!first || unlisted.length === 0 || unlisted.length === there.length) continue;
        const shown = unlisted.slice(0, 3).map((path) => `\`${nameOfDocument({ path })}\``);
        const more = unlisted.length > 3 ? ` and ${unlisted.length - 3} more` : '';
        yield {
          file,
          span: first.subjectSpan ?? first.span,
          message: 'unlisted',
          data: { names: shown.join(', ') + more },
        };
      }
    }
  },
});
