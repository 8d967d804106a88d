import { missingField } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const missingFailureModes = missingField({
  card: 'model-card',
  field: 'failure-modes',
  ask: MODEL_ASKS['failure-modes'],
  id: 'GL107',
  name: 'missing-failure-modes',
  title: 'Model card without failure modes',
  why: 'Limits say where the model is weak, failure modes say what then happens: a wrong refusal, a leaked prompt, a confident invention. Without them nobody can plan for the failure. If you provide a high-risk system, the AI Act asks for circumstances that lead to risk.',
  how: 'List in a section "Failure modes" or "Risks" how the model can fail, also under attack: what triggers it, the effect, and how it is noticed.',
  message: 'The card does not say how the model can fail, or what risk follows',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Support bot\n\n## Limitations\n\nIt was tested in English only.\n\n## Guardrails\n\nAnswers are reviewed by a person.\n',
      fixed:
        '# Model Card: Support bot\n\n## Limitations\n\nIt was tested in English only.\n\n## Failure modes\n\n[TODO: how the model can fail, also under attack; what triggers it, the effect, and how it is noticed]\n\n## Guardrails\n\nAnswers are reviewed by a person.\n',
      good: '# Model Card: Support bot\n\n## Risks\n\nInstructions hidden in a customer mail can make it promise refunds.\n',
    },
  ],
});
