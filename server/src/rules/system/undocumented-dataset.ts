import { defineRule } from '../../engine/rule.ts';
import { hubLoadsOf } from '../../inventory/hubLoads.ts';
import { documentsOf, documentType } from '../../inventory/statements.ts';
import { bareName } from '../../languages/hubId.ts';

const TRAINING =
  'from datasets import load_dataset\nfrom transformers import Trainer\n\ndata = load_dataset("org/tickets-v2", split="train")\nTrainer(model=model, train_dataset=data).train()\n';

export const undocumentedDataset = defineRule({
  meta: {
    id: 'GL707',
    name: 'undocumented-dataset',
    title: 'Training data that no card speaks of',
    kinds: ['python', 'notebook'],
    severity: 'hint',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.4-2',
      'etsi-en-304-223:5.2.4-2.1',
      'ncsc-cisa-2023:ncsc-2.3.1',
      'eu-ai-act:10.2.b',
      'owasp-llm-2025:LLM04',
    ],
    why: 'When a public dataset turns out to be poisoned or unlawful, only who has written down what was taken from where and when can tell whether the model is affected.',
    how: 'Describe the dataset in a data card, with the address it was taken from and the day; the command *New Data Card* makes a draft.',
    messages: {
      absent: 'This trains on `{name}`, which no model or data card of the workspace speaks of',
      many: 'This trains on {count} datasets that no model or data card of the workspace speaks of: {names}',
    },
    examples: [
      { path: 'train.py', bad: TRAINING },
      {
        title: 'a data card names it',
        path: 'train.py',
        good: TRAINING,
        files: { 'DATA_CARD.md': '# Data Card for tickets-v2\n\nTaken from org/tickets-v2 on 2026-01-31.\n' },
      },
      {
        title: 'loaded for a look',
        path: 'look.py',
        good: 'from datasets import load_dataset\n\nprint(load_dataset("org/tickets-v2", split="train")[0])\n',
      },
    ],
  },
  *checkSystem(inventory) {
    if (!inventory.whole) return;
    let documented: string | undefined;
    for (const file of inventory.files.values()) {
      const { datasets } = hubLoadsOf(file);
      if (datasets.length === 0) continue;
      documented ??= documentsOf(inventory)
        .filter((each) => documentType(each) !== 'licence' && documentType(each) !== 'adapter')
        .map(({ text }) => text.toLowerCase())
        .join('\n');
      const said = documented;
      const silent = datasets.filter(({ id }) => !said.includes(bareName(id)));
      const names = [...new Set(silent.map(({ id }) => id))];
      const [first] = silent;
      if (!first) continue;
      if (names.length === 1) yield { file, span: first.span, message: 'absent', data: { name: first.id } };
      else {
        const data = { count: String(names.length), names: names.slice(0, 5).join(', ') };
        yield { file, span: first.span, message: 'many', data };
      }
    }
  },
});
