import { missingGroup } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const undocumentedDataGovernance = missingGroup({
  card: 'data-card',
  asks: DATA_ASKS,
  fields: ['integrity', 'retention', 'review', 'contact', 'maintenance'],
  id: 'GL206',
  name: 'undocumented-data-governance',
  title: 'Data card silent on digests, retention, review or contact',
  why: 'The guidelines ask for what a user needs over the years: digests to notice changed files, how long the data is kept, when the card is looked at again, and whom to tell about poisoned or wrongly published data. Few cards say it, so this is one hint and not four warnings.',
  how: 'Add the sections that are missing. A digest or pinned revision, a duration, two dates and an address are enough. Digests are asked for where the card speaks of released files; the strict profile also asks for a maintenance plan.',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Limitations\n\nNo posts before 2019. Questions: data@example.org\n\n## Checksums\n\nSee `SHA256SUMS`.\n\n## Retention\n\nTwo years.\n',
      fixed:
        '# Data card: Forum archive\n\n## Limitations\n\nNo posts before 2019. Questions: data@example.org\n\n## Checksums\n\nSee `SHA256SUMS`.\n\n## Retention\n\nTwo years.\n\n## Review\n\n[TODO: when the card was last reviewed, and when it is next]\n',
      good: '# Data card: Forum archive\n\n- **Checksums:** `SHA256SUMS`\n- **Retention:** two years\n- **Last reviewed:** 2026-01-31\n- **Contact:** data@example.org\n',
    },
  ],
});
