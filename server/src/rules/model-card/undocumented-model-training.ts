import { missingGroup } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const undocumentedModelTraining = missingGroup({
  card: 'model-card',
  asks: MODEL_ASKS,
  fields: ['training-procedure', 'compute', 'preprocessing', 'data-dates', 'privacy'],
  id: 'GL111',
  name: 'undocumented-model-training',
  title: 'Model card silent on how the model was trained',
  why: 'How a model was trained decides what it can have memorised and what poisoned data could have done to it. If you provide a general-purpose model, the AI Act asks for the process, its data and its compute.',
  how: 'Describe in a section "Training procedure" the method and the choices that mattered. The strict profile also asks for the preparation and dates of the data, for personal data and for compute.',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Training data\n\nThe archive of our forum.\n\n## Contact\n\nsecurity@example.org\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Training data\n\nThe archive of our forum.\n\n## Training procedure\n\n[TODO: method, objective and the choices that mattered]\n\n## Contact\n\nsecurity@example.org\n',
      good: '# Model Card: Toxicity classifier\n\n## Training procedure\n\nThree epochs at 2e-5.\n',
    },
    {
      title: 'the objective alone',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\n## Training data\n\nThe archive of our forum, cleaned of signatures.\n\n- **Custom training objective:** cross-entropy with a penalty for confident errors\n\n## Personal data\n\nNone.\n',
    },
  ],
});
