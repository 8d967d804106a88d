import { missingField } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const missingGuardrails = missingField({
  card: 'model-card',
  field: 'guardrails',
  ask: MODEL_ASKS.guardrails,
  id: 'GL105',
  name: 'missing-guardrails',
  title: 'Model card without guardrails',
  why: 'Who deploys the model has to know which limits are built in and which they must add: filters, rate limits, human review. If you provide a high-risk system, its instructions for use describe the human oversight.',
  how: 'Describe in a section "Guardrails" the input and output filters, limits and human review the model needs, and how it is switched off. Say so if there are none.',
  message: 'The card does not say what guards against wrong or harmful output',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Support bot\n\n## Limitations\n\nIt invents order numbers.\n',
      fixed:
        '# Model Card: Support bot\n\n## Limitations\n\nIt invents order numbers.\n\n## Guardrails\n\n[TODO: input and output filters, rate limits, human review, how the model is switched off]\n',
      good: '# Model Card: Support bot\n\n## Limitations\n\nIt invents order numbers.\n\n## Safeguards\n\nAn order number is shown only if the shop system knows it.\n',
    },
  ],
});
