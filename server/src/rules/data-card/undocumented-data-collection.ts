import { missingGroup } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const undocumentedDataCollection = missingGroup({
  card: 'data-card',
  asks: DATA_ASKS,
  fields: ['collection', 'lineage', 'preprocessing', 'synthetic'],
  id: 'GL209',
  name: 'undocumented-data-collection',
  title: 'Data card silent on how the data was made',
  why: 'How records get into a data set is how poisoned ones do. What was filtered, derived or generated decides what the data can be trusted for.',
  how: 'Describe how the data was collected and cleaned, and what of it is synthetic. The strict profile also asks which data sets it is derived from.',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Sources\n\nThe public forum.\n\n## Preprocessing\n\nSignatures are cut.\n',
      fixed:
        '# Data card: Forum archive\n\n## Sources\n\nThe public forum.\n\n## Methodology\n\n[TODO: how the data was collected or made, by whom, with which tools]\n\n## Preprocessing\n\nSignatures are cut.\n',
      good: '# Data card: Forum archive\n\n## Collection\n\nA nightly job over the interface of the forum.\n\n## Preprocessing\n\nSignatures are cut.\n',
    },
    {
      title: 'made by a program',
      path: 'DATA_CARD.md',
      good: '# Data card: Sample patches\n\n## Included data\n\nOnly procedurally generated synthetic patches.\n\n## Pipeline\n\nThe patches are cut and stored as PNG.\n',
    },
  ],
});
