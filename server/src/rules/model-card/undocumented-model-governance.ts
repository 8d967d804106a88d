import { missingGroup } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const undocumentedModelGovernance = missingGroup({
  card: 'model-card',
  asks: MODEL_ASKS,
  fields: ['integrity', 'retention', 'review', 'contact', 'lifecycle', 'vulnerability-reporting'],
  id: 'GL106',
  name: 'undocumented-model-governance',
  title: 'Model card silent on digests, retention, review or contact',
  why: 'The guidelines ask for what a user needs over the years: digests to check a download with, how long things are kept, when the card is looked at again, and whom to tell about a weakness. Few cards say it, so this is one hint and not four warnings.',
  how: 'Add the sections that are missing. A digest per weight file, a duration, two dates and an address are enough. Digests are asked for where the card speaks of released files; the strict profile also asks for maintenance and for how to report a vulnerability.',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort comments with `toxi.safetensors`.\n\n## Contact\n\nsecurity@example.org\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort comments with `toxi.safetensors`.\n\n## Integrity\n\n[TODO: the sha256 of every released weight file, or where its signature is found]\n\n## Retention\n\n[TODO: how long model versions, training data and inference logs are kept]\n\n## Review\n\n[TODO: when the card was last reviewed, and when it is next]\n\n## Contact\n\nsecurity@example.org\n',
      good: '# Model Card: Toxicity classifier\n\n- **SHA-256:** see `SHA256SUMS`\n- **Retention:** logs 90 days\n- **Next review:** 2027-06-30\n- **Contact:** security@example.org\n',
    },
    {
      title: 'a model whose files are not released needs no digest',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\nRuns inside our forum only.\n\n- **Retention:** logs 90 days\n- **Next review:** 2027-06-30\n- **Contact:** security@example.org\n',
    },
  ],
});
