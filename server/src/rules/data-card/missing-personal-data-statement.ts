import { missingField } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const missingPersonalDataStatement = missingField({
  card: 'data-card',
  field: 'personal-data',
  ask: DATA_ASKS['personal-data'],
  id: 'GL204',
  name: 'missing-personal-data-statement',
  title: 'Data card that does not say whether the data is personal',
  why: 'The sensitivity of the data decides who may see it, what a model may repeat of it, and how attractive the system is to attackers. Where personal data is involved, law asks for its purpose and basis as well.',
  how: 'Say in a section "Personal data" that there is none, or what there is, on what basis, and how it was reduced.',
  message: 'The card does not say whether the data holds personal or sensitive information',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Sources\n\nThe public export of our forum.\n\n## Limitations\n\nNo posts before 2019.\n',
      fixed:
        '# Data card: Forum archive\n\n## Sources\n\nThe public export of our forum.\n\n## Personal data\n\n[TODO: none, or what personal data there is, on what basis, and how it was reduced]\n\n## Limitations\n\nNo posts before 2019.\n',
      good: '# Data card: Forum archive\n\n## Personal data\n\nNone\n',
    },
    { path: 'DATA_CARD.md', good: '# Data card: Forum archive\n\nUser names were pseudonymised before the export.\n' },
  ],
});
