import { missingGroup } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const undocumentedModelEvaluation = missingGroup({
  card: 'model-card',
  asks: MODEL_ASKS,
  fields: ['evaluation', 'evaluation-data', 'security-evaluation'],
  id: 'GL112',
  name: 'undocumented-model-evaluation',
  title: 'Model card without evaluation results',
  why: 'Without results nobody can tell a model that was changed or poisoned from the one that was released. If you provide a high-risk system, the AI Act asks for metrics, test data and dated reports.',
  how: 'Give metric, data set and value in a section "Evaluation" or as `model-index` in the front matter. The strict profile also asks for the evaluation data and for tests against attacks.',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Training data\n\nThe archive of our forum.\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Training data\n\nThe archive of our forum.\n\n## Evaluation\n\n[TODO: metric, data set with split and revision, value, date]\n',
      good: '# Model Card: Toxicity classifier\n\n## Results\n\nF1 0.81 on the held-out half.\n',
    },
  ],
});
