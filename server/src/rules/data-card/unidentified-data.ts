import { missingGroup } from '../../engine/fieldRule.ts';
import { DATA_ASKS } from './fields.table.ts';

export const unidentifiedData = missingGroup({
  card: 'data-card',
  asks: DATA_ASKS,
  fields: ['name', 'version', 'release-date', 'owner', 'description', 'language', 'citation'],
  id: 'GL208',
  name: 'unidentified-data',
  title: 'Data card that does not say what the data is, or whose',
  why: 'Whoever finds a poisoned or unlawful record needs to know which data set this is and who answers for it.',
  how: 'Name the data set in the title, describe it in a paragraph below, and name its owner. The strict profile also asks for version, date, languages and citation.',
  examples: [
    {
      path: 'DATA_CARD.md',
      bad: '# Data card: Forum archive\n\nPosts of our forum with the votes of moderators.\n\n## License\n\nCC BY 4.0\n',
      fixed:
        '# Data card: Forum archive\n\nPosts of our forum with the votes of moderators.\n\n## Owners\n\n[TODO: the organisation or team that answers for the data]\n\n## License\n\nCC BY 4.0\n',
      good: '# Data card: Forum archive\n\nPosts of our forum with the votes of moderators.\n\n- **Maintained by:** Forum team\n',
    },
    {
      title: 'a datasheet of questions',
      path: 'DATA_CARD.md',
      good: '# Data card: Forum archive\n\n**What do the instances that comprise the dataset represent?** Posts of our forum.\n\n**Who created the dataset?** Example Ltd\n\n**Version:** 1.0.0\n',
    },
  ],
});
