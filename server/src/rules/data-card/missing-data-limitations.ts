import { missingField } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const missingDataLimitations = missingField({
  card: 'data-card',
  field: 'limitations',
  ask: DATA_ASKS.limitations,
  id: 'GL205',
  name: 'missing-data-limitations',
  title: 'Data card without known limitations',
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
