import { missingField } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const missingModelLicense = missingField({
  card: 'model-card',
  field: 'license',
  ask: MODEL_ASKS.license,
  key: ['license', 'TODO # an SPDX or Hub id, for example apache-2.0'],
  id: 'GL101',
  name: 'missing-model-license',
  title: 'Model card without a licence',
  why: 'Whoever takes the model into a product has to know what its licence allows before anything else. If you provide a general-purpose model, the AI Act names the licence among the facts to document.',
  how: 'State the licence of the weights as `license` in the front matter, with an id such as `apache-2.0`, or in a section of its own.',
  message: 'The card does not state a licence',
  examples: [
    {
      title: 'a Hub card',
      path: 'README.md',
      bad: '---\nlibrary_name: transformers\npipeline_tag: text-classification\n---\n# Toxicity classifier\n\nRates comments.\n',
      fixed:
        '---\nlibrary_name: transformers\npipeline_tag: text-classification\nlicense: TODO # an SPDX or Hub id, for example apache-2.0\n---\n# Toxicity classifier\n\nRates comments.\n',
      good: '---\nlibrary_name: transformers\nlicense: apache-2.0\n---\n# Toxicity classifier\n\nRates comments.\n',
    },
    {
      title: 'a card without front matter',
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort reported comments with it.\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## License\n\n[TODO: the licence of the weights, as an SPDX or Hub id such as apache-2.0]\n\n## Intended use\n\nModerators sort reported comments with it.\n',
      good: '# Model Card: Toxicity classifier\n\n- **License:** MIT\n',
    },
    {
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\nThe weights are released under the Apache 2.0 license.\n',
    },
  ],
});
