import { missingGroup } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const undocumentedDataStructure = missingGroup({
  card: 'data-card',
  asks: DATA_ASKS,
  fields: ['schema', 'size', 'splits'],
  id: 'GL211',
  name: 'undocumented-data-structure',
  title: 'Data card silent on the fields of the data',
  why: 'Without a list of fields nobody can tell which of them are personal, or notice that one was added or changed.',
  how: 'List the fields with type and meaning. The strict profile also asks for size and splits.',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Limitations\n\nNo posts before 2019.\n',
      fixed:
        '# Data card: Forum archive\n\n## Data fields\n\n[TODO: the fields, their types and what they mean]\n\n## Limitations\n\nNo posts before 2019.\n',
      good: '# Data card: Forum archive\n\n| Field | Meaning |\n|---|---|\n| text | the post |\n| vote | of the moderator |\n',
    },
    {
      title: 'fields under a longer heading',
      path: 'DATA_CARD.md',
      good: '# Data card: Traffic\n\n## Minimum required fields\n\n`timestamp`, `sensor`, `speed`\n\n## Storage layout\n\nOne CSV file per year.\n',
    },
  ],
});
