import { missingGroup } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const undocumentedModelLineage = missingGroup({
  card: 'model-card',
  asks: MODEL_ASKS,
  fields: ['base-model', 'tuning-data'],
  id: 'GL109',
  name: 'undocumented-model-lineage',
  title: 'Tuned model whose base or tuning data the card does not name',
  why: 'Weaknesses and backdoors of a base model live on in what is made from it, and whoever writes the feedback steers the model. Both can only be traced if the card names them.',
  how: 'Name the base model as `base_model` or in a sentence, and the source of the tuning and feedback data. Write "none" where there was none. Only cards that say the model was tuned are asked.',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\nOur classifier is fine-tuned, with good results.\n',
      fixed:
        '# Model Card: Toxicity classifier\n\nOur classifier is fine-tuned, with good results.\n\n## Base model\n\n[TODO: the model this one is derived from, with its revision (a 40-digit commit), or none]\n\n## Fine-tuning and feedback data\n\n[TODO: source, consent, how operational feedback is filtered, or none]\n',
      good: '# Model Card: Toxicity classifier\n\nA version of bert-base-uncased, fine-tuned on the archive of our forum.\n',
    },
    {
      title: 'not tuned, or only tunable',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\nTrained from scratch. It can be fine-tuned for other languages.\n',
    },
    {
      title: 'feedback in the name of the data',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\nBased on bert-base-uncased.\n\n## Training data\n\nPrompts of [hh-rlhf](https://github.com/anthropics/hh-rlhf).\n',
    },
  ],
});
