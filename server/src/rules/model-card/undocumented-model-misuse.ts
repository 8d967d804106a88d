import { missingGroup } from '../../engine/fieldRule.ts';
import { MODEL_ASKS } from './fields.table.ts';

export const undocumentedModelMisuse = missingGroup({
  card: 'model-card',
  asks: MODEL_ASKS,
  fields: ['out-of-scope', 'bias', 'oversight'],
  id: 'GL113',
  name: 'undocumented-model-misuse',
  title: 'Model card silent on out-of-scope use or bias',
  why: 'A model does the most harm where it was never meant to be used. If you provide a high-risk system, its instructions for use name foreseeable misuse, groups that fare worse, and who oversees it.',
  how: 'Name in a section "Out-of-scope use" what the model must not be used for, and which groups it treats worse. The strict profile also asks for oversight; code that shows how to call the model is none.',
  examples: [
    {
      path: 'MODEL_CARD.md',
      bad: '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort comments with it.\n\n## Bias\n\nDialects score higher.\n',
      fixed:
        '# Model Card: Toxicity classifier\n\n## Intended use\n\nModerators sort comments with it.\n\n## Out-of-scope use\n\n[TODO: uses that must not be made of the model, and why]\n\n## Bias\n\nDialects score higher.\n',
      good: '# Model Card: Toxicity classifier\n\nNot suitable for deciding on bans. It is biased against dialects.\n',
    },
    {
      title: 'as a bold item',
      path: 'MODEL_CARD.md',
      good: '# Model Card: Toxicity classifier\n\n## Bias\n\nDialects score higher.\n\n## Responsible use\n\n- **Not for bans**: the scores are too coarse.\n',
    },
  ],
});
