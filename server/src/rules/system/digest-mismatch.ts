import { defineRule } from '../../engine/rule.ts';
import { documentsOf, nameOfDocument, statementsOf } from '../../inventory/statements.ts';

export const digestMismatch = defineRule({
  meta: {
    id: 'GL701',
    name: 'digest-mismatch',
    title: 'Stated SHA-256 that is not the digest of the file',
    kinds: ['model-card', 'data-card'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.4-1.2',
      'ncsc-cisa-2023:ncsc-2.3.4',
      'ncsc-cisa-2023:ncsc-3.2.3',
      'etsi-en-304-223:5.2.1-2',
      'cwe:CWE-345',
    ],
    why: 'Either the document is out of date or the file is not the one that was released. Who checks the digest, as the guidelines ask, will reject the file; who does not may load a manipulated one.',
    how: 'Find out which of the two changed. Only if the file is the right one, put its digest into the document.',
    messages: { mismatch: 'This is not the SHA-256 of `{file}` in this workspace, which is {actual}' },
    examples: [
      {
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toy\n\n| File | sha256 |\n|---|---|\n| model.safetensors | 4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a |\n',
        fixed:
          '# Model Card for toy\n\n| File | sha256 |\n|---|---|\n| model.safetensors | 9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c |\n',
        good: '# Model Card for toy\n\n| File | sha256 |\n|---|---|\n| model.safetensors | 9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c |\n',
        files: { 'model.safetensors': 'weights' },
      },
      {
        title: 'an AI-BOM',
        path: 'model.cdx.json',
        bad: '{ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{ "type": "file", "name": "model.safetensors", "hashes": [{ "alg": "SHA-256", "content": "4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a" }] }] }\n',
        good: '{ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{ "type": "file", "name": "model.safetensors", "hashes": [{ "alg": "SHA-256", "content": "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c" }] }] }\n',
        files: { 'model.safetensors': 'weights' },
      },
      {
        title: 'a Croissant file',
        path: 'croissant.json',
        bad: '{ "@context": { "cr": "http://mlcommons.org/croissant/" }, "distribution": [{ "contentUrl": "train.csv", "sha256": "4f3c2a1b0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a" }] }\n',
        files: { 'train.csv': 'data' },
      },
    ],
  },
  *checkSystem(inventory) {
    for (const file of documentsOf(inventory)) {
      for (const { value, span, subject } of statementsOf(file)) {
        const artefact = subject === undefined ? undefined : inventory.artefacts.get(subject);
        const actual = artefact?.sha256;
        if (!artefact || !actual || actual === value) continue;
        const name = nameOfDocument(artefact);
        yield {
          file,
          span,
          message: 'mismatch',
          data: { file: name, actual },
          fixes: [
            {
              title: `Replace by the digest of ${name}, if that file is the right one`,
              kind: 'suggestion',
              edits: [{ ...span, text: actual }],
            },
          ],
        };
      }
    }
  },
});
