import { missingField } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const missingIntendedUse = missingField({
  card: 'model-card',
  field: 'intended-use',
  ask: MODEL_ASKS['intended-use'],
  id: 'GL102',
  name: 'missing-intended-use',
  title: 'Model card without the intended use',
  why: 'Threats, tests and limits can only be judged against what the model is for. If you provide a high-risk system or a general-purpose model, the AI Act asks for the intended purpose and the tasks it suits.',
  how: 'Say in a section "Intended use" who may use the model, for which decisions, and in which setting. A task name such as `text-classification` alone does not say it.',
  message: 'The card does not say what the model is intended for, and for whom',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Limitations\n\nIrony is often taken for abuse.\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Intended use\n\n[TODO: who may use the model, for which decisions, in which setting]\n\n## Limitations\n\nIrony is often taken for abuse.\n',
      good: '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators of our forum sort reported comments with it.\n\n## Limitations\n\nIrony is often taken for abuse.\n',
    },
    {
      title: 'as a label',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\n- **Intended use:** sorting reported comments for moderators.\n',
    },
    {
      title: 'a section in bold headings of level 1',
      path: 'model-card.md',
      bad: '# **Model details**\n\nA small classifier.\n\n# **Limitations**\n\nIrony is often taken for abuse.',
      fixed:
        '# **Model details**\n\nA small classifier.\n\n# **Intended use**\n\n[TODO: who may use the model, for which decisions, in which setting]\n\n# **Limitations**\n\nIrony is often taken for abuse.',
    },
    {
      title: 'said in passing',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\nIt can be used for sorting reported comments.\n',
    },
    {
      title: 'the card stands elsewhere',
      path: 'MODEL_CARD.md',
      good: '# Model card for toxi\n\nPlease see Appendix D in our [paper](https://example.org/toxi.pdf).\n',
    },
  ],
});
