import { missingGroup } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const undocumentedModelDesign = missingGroup({
  card: 'model-card',
  asks: MODEL_ASKS,
  fields: ['architecture', 'io', 'software', 'files'],
  id: 'GL110',
  name: 'undocumented-model-design',
  title: 'Model card silent on architecture, inputs and outputs',
  why: 'What a model takes and returns is what an attacker can vary and what the calling program has to check. If you provide a general-purpose model, the AI Act asks for architecture, parameters and the format of input and output.',
  how: 'State the kind of model and its size, and what goes in and comes out. The strict profile also asks for framework versions and files.',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n- **Developed by:** Forum team\n- **Output:** a score from 0 to 1\n\n## License\n\nMIT\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n- **Developed by:** Forum team\n- **Output:** a score from 0 to 1\n\n## License\n\nMIT\n\n## Architecture\n\n[TODO: the kind of model, its number of parameters and context length]\n',
      good: '# Model Card: Toxicity classifier\n\n- **Architecture:** BERT, 110M parameters\n- **Output:** a score from 0 to 1\n',
    },
    {
      title: 'named in the title',
      path: 'MODEL_CARD.md',
      good: '# Model Card: a graph transformer for forum threads\n\n## Inputs\n\nA thread as a graph of posts.\n',
    },
    {
      title: 'as columns of a table',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\n| Parameters | Input modalities | Output modalities |\n|---|---|---|\n| 110M | Text | One score |\n',
    },
  ],
});
