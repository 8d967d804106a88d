import { missingField } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const missingTrainingData = missingField({
  card: 'model-card',
  field: 'training-data',
  ask: MODEL_ASKS['training-data'],
  id: 'GL104',
  name: 'missing-training-data',
  title: 'Model card without the sources of the training data',
  why: 'When a data set turns out to be poisoned, withdrawn or illegal to use, only a card that names its sources shows which models are affected. If you provide a general-purpose model, the AI Act asks for a public summary of the training content.',
  how: 'Name each source with its id or URL, revision, licence and date, in a section "Training data" or as `datasets` in the front matter.',
  message: 'The card does not say what data the model was trained on',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Limitations\n\nIrony is often taken for abuse.\n\n## Evaluation\n\nF1 0.81 on the held-out half.\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Limitations\n\nIrony is often taken for abuse.\n\n## Training data\n\n[TODO: each source with its id or URL, revision, licence and the date it was acquired]\n\n## Evaluation\n\nF1 0.81 on the held-out half.\n',
      good: '---\nlicense: mit\ndatasets:\n  - our-org/forum-archive-2024\n---\n# Toxicity classifier\n',
    },
    {
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\nA BERT model fine-tuned on the 2024 archive of our forum.\n',
    },
  ],
});
