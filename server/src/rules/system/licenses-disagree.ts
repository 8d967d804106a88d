import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { folderOf, isWeights } from '../../inventory/places.ts';
import { documentsOf, documentType, nameOfDocument, type Statement, statementsOf } from '../../inventory/statements.ts';

const MIT =
  'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files\n';

export const licensesDisagree = defineRule({
  meta: {
    id: 'GL704',
    name: 'licenses-disagree',
    title: 'Card and licence text (or AI-BOM) name different licences',
    kinds: ['model-card', 'data-card'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: ['etsi-en-304-223:5.2.4-1', 'ncsc-cisa-2023:ncsc-2.3', 'owasp-llm-2025:LLM03'],
    why: 'Whoever uses the model relies on one of the two, and may do what the other forbids.',
    how: 'Find out under which licence it was released, and say so in both.',
    messages: { differs: 'The card says `{stated}`, but {other} is `{found}`' },
    examples: [
      {
        path: 'README.md',
        bad: '---\nlicense: apache-2.0\nlibrary_name: transformers\n---\n\n# Toy\n',
        good: '---\nlicense: mit\nlibrary_name: transformers\n---\n\n# Toy\n',
        files: { LICENSE: MIT, 'model.safetensors': 'weights' },
      },
      {
        title: 'a licence of the code beside a card',
        path: 'MODEL_CARD.md',
        good: '---\nlicense: cc-by-nc-4.0\n---\n\n# Model Card for toy\n',
        files: { LICENSE: MIT, 'pyproject.toml': '[project]\nname = "toy"\n', 'train.py': 'x = 1\n' },
      },
    ],
  },
  *checkSystem(inventory) {
    const documents = documentsOf(inventory);
    for (const file of documents) {
      if (documentType(file) !== 'card') continue;
      const own = licencesOf(file);
      const [stated] = own;
      if (!stated) continue;
      const others = documents.filter((other) => isAbout(file, other, documents, inventory));
      for (const other of others) {
        const found = licencesOf(other);
        const [first] = found;
        if (!first || found.some(({ value }) => own.some((each) => each.value === value))) continue;
        const data = { stated: stated.value, found: first.value, other: nameOfDocument(other) };
        const related = [{ span: first.span, message: 'The other licence', uri: other.uri }];
        yield { file, span: stated.span, message: 'differs', data, related };
      }
    }
  },
});

function licencesOf(file: SourceFile): Statement[] {
  return statementsOf(file).filter(({ topic }) => topic === 'license');
}

/** Whether what a document says of a licence is said of what the card is about. */
function isAbout(card: SourceFile, other: SourceFile, documents: readonly SourceFile[], inventory: Inventory): boolean {
  const folder = folderOf(card.path);
  if (folderOf(other.path) !== folder) return false;
  const siblings = documents.filter(
    (each) => documentType(each) === 'card' && each.kind === card.kind && folderOf(each.path) === folder,
  );
  if (siblings.length > 1) return false;
  switch (documentType(other)) {
    case 'bom':
      return card.kind === 'model-card';
    case 'croissant':
      return card.kind === 'data-card';
    case 'licence':
      return isRelease(folder, card, inventory) && documents.filter((each) => isLicenceIn(folder, each)).length === 1;
    default:
      return false;
  }
}

function isLicenceIn(folder: string, file: SourceFile): boolean {
  return documentType(file) === 'licence' && folderOf(file.path) === folder;
}

/** The folder holds a released model, and no program that may have a licence of its own. */
function isRelease(folder: string, card: SourceFile, { artefacts, files }: Inventory): boolean {
  if (card.kind !== 'model-card') return false;
  const weights = [...artefacts.keys()].some((path) => folderOf(path) === folder && isWeights(path));
  const code = [...files.values()].some(({ kind, path }) => kind === 'python' && path.startsWith(folder));
  return weights && !code;
}
