import { missingGroup } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const unidentifiedModel = missingGroup({
  card: 'model-card',
  asks: MODEL_ASKS,
  fields: ['name', 'version', 'release-date', 'owner', 'language', 'citation'],
  id: 'GL108',
  name: 'unidentified-model',
  title: 'Model card that does not say whose model it is',
  why: 'Whoever finds a weakness, or wants to know whether a warning concerns them, needs to know which model this is and who answers for it. If you provide a high-risk system, the AI Act asks for name, version and provider.',
  how: 'Name the model in the title, and the organisation or team as "Developed by". The strict profile also asks for version, release date, languages and citation.',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort comments with it.\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Developed by\n\n[TODO: the organisation or team that answers for the model]\n\n## Intended use\n\nModerators sort comments with it.\n',
      good: '# Model Card: Toxicity classifier\n\n- **Developed by:** Forum team, Example Ltd\n',
    },
    {
      title: 'a README of the Hub, whose owner stands in its address',
      path: 'README.md',
      good: '---\nlibrary_name: transformers\n---\n# toxi\n\nRates comments.\n',
    },
    {
      title: 'the label of a longer form',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\n**Organization developing the model:** Example Ltd\n\n**Model version:** 1.2.0\n\n**Model date:** 2025-06-30\n',
    },
  ],
});
