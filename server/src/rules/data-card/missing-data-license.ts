import { missingField } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const missingDataLicense = missingField({
  card: 'data-card',
  field: 'license',
  ask: DATA_ASKS.license,
  key: ['license', 'TODO # an SPDX or Hub id, for example cc-by-4.0'],
  id: 'GL201',
  name: 'missing-data-license',
  title: 'Data card without a licence',
  why: 'Data that may not be used for training has to be found before the training, not after the release.',
  how: 'State the licence or terms of the data as `license` in the front matter, with an id such as `cc-by-4.0`, or in a section of its own.',
  message: 'The card does not state under which licence or terms the data may be used',
  examples: [
    {
      path: 'README.md',
      bad: '---\npretty_name: Forum archive\ntask_categories:\n  - text-classification\n---\n# Forum archive\n',
      fixed:
        '---\npretty_name: Forum archive\ntask_categories:\n  - text-classification\nlicense: TODO # an SPDX or Hub id, for example cc-by-4.0\n---\n# Forum archive\n',
      good: '---\ntask_categories:\n  - text-classification\nlicense: cc-by-4.0\n---\n# Forum archive\n',
    },
    {
      path: 'DATA_CARD.md',
      good: '# Data card: Forum archive\n\n## Terms of use\n\nResearch within our company only.\n',
    },
  ],
});
