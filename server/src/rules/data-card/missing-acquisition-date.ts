import { missingField } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const missingAcquisitionDate = missingField({
  card: 'data-card',
  field: 'acquired',
  ask: DATA_ASKS.acquired,
  id: 'GL203',
  name: 'missing-acquisition-date',
  title: 'Data card without the date of acquisition',
  why: 'A page changes after it was copied, also by an attacker. For data from public sources the address alone does not say what was taken; the date does.',
  how: 'Write the date or period in which each source was acquired, as `2025-06-01` or `2025-06-01/2025-09-30`.',
  message: 'The card does not say when the data was acquired; for public sources the date belongs to the record',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Sources\n\nThe public export of https://forum.example.org/export.\n',
      fixed:
        '# Data card: Forum archive\n\n## Sources\n\nThe public export of https://forum.example.org/export.\n\n## Acquisition\n\n[TODO: when each source was acquired, as an ISO date or range such as 2025-06-01/2025-09-30]\n',
      good: '# Data card: Forum archive\n\n## Sources\n\nThe public export of https://forum.example.org/export, downloaded on 2025-06-01.\n',
    },
    { path: 'DATA_CARD.md', good: '# Data card: Forum archive\n\n- **Collection period:** June to September 2025\n' },
    {
      title: 'in a table of sources',
      path: 'DATA_CARD.md',
      good: '# Data card: Forum archive\n\n## Sources\n\n| Source | URL | Acquired |\n|---|---|---|\n| Forum | https://forum.example.org/export | 2025-06-01 |\n',
    },
    {
      title: 'as the period that the data covers',
      path: 'DATA_CARD.md',
      good: '# Data card: Forum archive\n\n## Source data\n\n- Time period: 2016 to early 2019\n',
    },
    {
      title: 'made by a program',
      path: 'DATA_CARD.md',
      good: '# Data card: Sample programs\n\n## Sources\n\nThe data is wholly synthetic: our generator writes it from one seed.\n',
    },
  ],
});
