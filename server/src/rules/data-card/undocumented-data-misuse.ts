import { missingGroup } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const undocumentedDataMisuse = missingGroup({
  card: 'data-card',
  asks: DATA_ASKS,
  fields: ['out-of-scope', 'bias', 'consent', 'access'],
  id: 'GL212',
  name: 'undocumented-data-misuse',
  title: 'Data card silent on what the data must not be used for, or on its biases',
  why: 'Data outlives the project it was made for. What it must not be used for, and whom it misrepresents, is only known to those who made it.',
  how: 'Name uses that must not be made of the data, and its biases. The strict profile also asks for consent or legal basis and for how the data is accessed.',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\n## Intended use\n\nTraining of our classifier.\n\n## Biases\n\nYoung authors are over-represented.\n',
      fixed:
        '# Data card: Forum archive\n\n## Intended use\n\nTraining of our classifier.\n\n## Out-of-scope use\n\n[TODO: uses that must not be made of the data, and why]\n\n## Biases\n\nYoung authors are over-represented.\n',
      good: '# Data card: Forum archive\n\nNot suitable for rating people. Young authors are over-represented.\n',
    },
    {
      title: 'as a plain order',
      path: 'DATA_CARD.md',
      good: '# Data card: Benchmark\n\nDo not use it to show that a model is safe. Short programs are over-represented, a known bias.\n',
    },
  ],
});
