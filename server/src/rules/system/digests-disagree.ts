import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { documentsOf, documentType, nameOfDocument, type Statement, statementsOf } from '../../inventory/statements.ts';

const ONE = '4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a';
const OTHER = '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c';
const card = (digest: string) =>
  `# Model Card for toy\n\n| File | sha256 |\n|---|---|\n| model.safetensors | ${digest} |\n`;

export const digestsDisagree = defineRule({
  meta: {
    id: 'GL703',
    name: 'digests-disagree',
    title: 'Two documents state different digests of one file',
    kinds: ['model-card', 'data-card'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: ['etsi-en-304-223:5.2.4-1.2', 'ncsc-cisa-2023:ncsc-2.3.4', 'cwe:CWE-345'],
    why: 'One of the two is wrong, and who checks the file by it will take a good one for manipulated, or the other way round.',
    how: 'Compute the digest of the released file once more and put it into both.',
    messages: { differs: 'Of `{file}`, {other} states another SHA-256: {digest}' },
    examples: [
      {
        path: 'MODEL_CARD.md',
        bad: card(ONE),
        good: card(OTHER),
        files: {
          'bom.json': `{ "bomFormat": "CycloneDX", "components": [{ "type": "file", "name": "model.safetensors", "hashes": [{ "alg": "SHA-256", "content": "${OTHER}" }] }] }\n`,
        },
      },
    ],
  },
  *checkSystem(inventory) {
    const first = new Map<string, Statement>();
    // Cards come last: what differs is reported where people read.
    const documents = documentsOf(inventory).sort((a, b) => Number(isCard(a)) - Number(isCard(b)));
    for (const file of documents) {
      for (const statement of statementsOf(file)) {
        const { subject, value, span } = statement;
        // Where the file is there, it tells who is wrong.
        if (subject === undefined || inventory.artefacts.get(subject)?.sha256) continue;
        const known = first.get(subject);
        if (!known) first.set(subject, statement);
        else if (known.file !== file && known.value !== value) {
          const data = {
            file: nameOfDocument({ path: subject }),
            other: nameOfDocument(known.file),
            digest: known.value,
          };
          const related = [{ span: known.span, message: 'The other digest', uri: known.file.uri }];
          yield { file, span, message: 'differs', data, related };
        }
      }
    }
  },
});

function isCard(file: SourceFile): boolean {
  return documentType(file) === 'card';
}
