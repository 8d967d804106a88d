import { missingField } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const missingDataIntendedUse = missingField({
  card: 'data-card',
  field: 'intended-use',
  ask: DATA_ASKS['intended-use'],
  id: 'GL207',
  name: 'missing-data-intended-use',
  title: 'Data card without the intended use',
  why: 'Whether data is good enough, and whether its collection was lawful, can only be judged against what it is for.',
  how: 'Say in a section "Intended use" what the data may be used for, and by whom. `task_categories` alone does not say it.',
  message: 'The card does not say what the data is intended for',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Limitations\n\nNo posts before 2019.\n',
      fixed:
        '# Data card: Forum archive\n\n## Intended use\n\n[TODO: what the data may be used for, by whom]\n\n## Limitations\n\nNo posts before 2019.\n',
      good: '# Data card: Forum archive\n\n## Uses\n\nTraining the classifier of our moderators.\n',
    },
    {
      title: 'a sentence',
      path: 'DATA_CARD.md',
      good: '# Data card: Forum archive\n\nThe data is intended for training the classifier of our moderators.\n',
    },
    {
      title: 'said in passing',
      path: 'DATA_CARD.md',
      good: '# Data card: Sample patches\n\nThe patches are used solely for tests of the reader.\n',
    },
  ],
});
