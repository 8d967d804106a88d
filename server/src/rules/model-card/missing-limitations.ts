import { missingField } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const missingLimitations = missingField({
  card: 'model-card',
  field: 'limitations',
  ask: MODEL_ASKS.limitations,
  id: 'GL103',
  name: 'missing-limitations',
  title: 'Model card without known limitations',
  why: 'Every model fails on some input. Users who do not know on which will trust it there, and attackers look for exactly those places. If you provide a high-risk system, the AI Act asks for its limits.',
  how: 'List in a section "Limitations" the input types, languages, groups or conditions where the model fails or was not tested.',
  message: 'The card does not name any limitation of the model',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort reported comments with it.\n\n## Training data\n\nThe 2024 archive of our forum.\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort reported comments with it.\n\n## Limitations\n\n[TODO: input types, languages, groups or conditions where the model fails or was not tested]\n\n## Training data\n\nThe 2024 archive of our forum.\n',
      good: '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort reported comments with it.\n\n## Known issues\n\nIrony is often taken for abuse.\n',
    },
    {
      title: 'in a combined section',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\n## Bias, Risks, and Limitations\n\nDialects were not tested.\n',
    },
  ],
});
