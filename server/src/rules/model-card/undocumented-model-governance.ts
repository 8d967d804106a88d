import { missingGroup } from '../../engine/fieldRule.ts';

export const undocumentedModelGovernance = missingGroup({
  card: 'model-card',
  fields: ['integrity', 'retention', 'review', 'contact'],
  id: 'GL106',
  name: 'undocumented-model-governance',
  title: 'Model card silent on digests, retention, review or contact',
  severity: 'hint',
  guidelines: [
    'etsi-en-304-223:5.2.4-1.1',
    'etsi-en-304-223:5.2.4-1.2',
    'ncsc-cisa-2023:ncsc-2.3.4',
    'ncsc-cisa-2023:ncsc-2.3.5',
    'ncsc-cisa-2023:ncsc-2.3.6',
    'eu-ai-act:13.3.a',
    'eu-ai-act:13.3.e',
  ],
  why: 'The guidelines ask for what a user needs over the years: digests to check a download with, how long things are kept, when the card is looked at again, and whom to tell about a weakness. Few cards say it, so this is one hint and not four warnings.',
  how: 'Add the sections that are missing. A digest per weight file, a duration, two dates and an address are enough.',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort comments with it.\n\n## Contact\n\nsecurity@example.org\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort comments with it.\n\n## Integrity\n\n[TODO: the sha256 of every released weight file, or where its signature is found]\n\n## Retention\n\n[TODO: how long model versions, training data and inference logs are kept]\n\n## Review\n\n[TODO: when the card was last reviewed, and when it is next]\n\n## Contact\n\nsecurity@example.org\n',
      good: '# Model Card: Toxicity classifier\n\n- **SHA-256:** see `SHA256SUMS`\n- **Retention:** logs 90 days\n- **Next review:** 2027-06-30\n- **Contact:** security@example.org\n',
    },
  ],
});
