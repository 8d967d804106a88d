import { missingGroup } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const undocumentedDataQuality = missingGroup({
  card: 'data-card',
  asks: DATA_ASKS,
  fields: ['annotation', 'annotators', 'quality'],
  id: 'GL210',
  name: 'undocumented-data-quality',
  title: 'Data card silent on labels and quality checks',
  why: 'Wrong labels, whether by mistake or by attack, are the cheapest way to spoil a model. The card is where checks against them are recorded.',
  how: 'Say how the labels were made, and which checks were run for duplicates, outliers and poisoned records. Write "none" where there are no labels. The strict profile also asks who made them.',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Labels\n\nThe vote of the moderator.\n\n## Limitations\n\nNo posts before 2019.\n',
      fixed:
        '# Data card: Forum archive\n\n## Labels\n\nThe vote of the moderator.\n\n## Quality checks\n\n[TODO: checks for duplicates, outliers, wrong labels and poisoned records, and what they found]\n\n## Limitations\n\nNo posts before 2019.\n',
      good: '# Data card: Forum archive\n\nPosts are labelled by moderators; a hundred of them were manually checked.\n',
    },
    {
      title: 'data without labels',
      path: 'DATA_CARD.md',
      good: '# Data card: Foods\n\n## Quality controls\n\nEvery nutrient value is compared with the official table.\n',
    },
  ],
});
