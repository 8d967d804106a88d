import { missingField } from '../../engine/fieldRule.ts';

export const missingDataLimitations = missingField({
  card: 'data-card',
  field: 'limitations',
  id: 'GL205',
  name: 'missing-data-limitations',
  title: 'Data card without known limitations',
  severity: 'warning',
  unnamed: 'info',
  guidelines: ['etsi-en-304-223:5.2.4-1.1', 'ncsc-cisa-2023:ncsc-2.3.2'],
  why: 'Gaps and biases of the data become gaps and biases of every model trained on it, where they are much harder to find.',
  how: 'Name in a section "Limitations" the gaps, biases, errors and groups the data does not cover.',
  message: 'The card does not name any limitation of the data',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Sources\n\nThe public export of our forum.\n',
      fixed:
        '# Data card: Forum archive\n\n## Sources\n\nThe public export of our forum.\n\n## Limitations\n\n[TODO: gaps, biases, errors and groups the data does not cover]\n',
      good: '# Data card: Forum archive\n\n## Known caveats\n\nNo posts before 2019.\n',
    },
  ],
});
