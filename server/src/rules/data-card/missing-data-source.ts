import { missingField } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const missingDataSource = missingField({
  card: 'data-card',
  field: 'sources',
  ask: DATA_ASKS.sources,
  id: 'GL202',
  name: 'missing-data-source',
  title: 'Data card without the source of the data',
  why: 'Poisoned data is often found long after it was used. Only a recorded source tells which of your data came from there. If you provide a high-risk system, the AI Act asks for the origin of the data.',
  how: 'Name in a section "Sources" every source with its URL or holder, how the data was obtained, and when.',
  message: 'The card does not say where the data comes from',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## License\n\nCC BY 4.0\n\n## Limitations\n\nNo posts before 2019.\n',
      fixed:
        '# Data card: Forum archive\n\n## License\n\nCC BY 4.0\n\n## Sources\n\n[TODO: each source with its URL, licence and the date it was acquired]\n\n## Limitations\n\nNo posts before 2019.\n',
      good: '# Data card: Forum archive\n\n## Source data\n\nThe public export of https://forum.example.org/export.\n',
    },
    {
      path: 'DATA_CARD.md',
      good: '# Data card: Forum archive\n\nPosts downloaded from the public export of our forum.\n',
    },
    {
      title: 'a public listing',
      path: 'DATA_CARD.md',
      good: '# Data card: Traffic\n\n## Intended dataset\n\nHourly counts from the public open-data listing of the city.\n',
    },
  ],
});
