import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { type HubLoads, hubLoadsOf } from '../../inventory/hubLoads.ts';
import { above, cardsOf, isSample, placeOf } from '../../inventory/places.ts';
import { documentType, nameOfDocument, statementsOf } from '../../inventory/statements.ts';
import { bareName, isHubId } from '../../languages/hubId.ts';
import { isTest } from '../../languages/python/program.ts';

export const trainedFromOtherModel = defineRule({
  meta: {
    id: 'GL706',
    name: 'trained-from-other-model',
    title: 'Training code loads another base model than the card names',
    kinds: ['model-card'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.4-1',
      'etsi-en-304-223:5.2.3-1',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM03',
    ],
    why: 'The card is what people judge the origin of the model by. If it was made from something else, so are its licence and its flaws.',
    how: 'Name in the card what the training starts from, or remove the code that is out of date.',
    messages: {
      differs: 'The card names `{stated}` as the base model, but the training in {file} starts from `{found}`',
    },
    examples: [
      {
        path: 'MODEL_CARD.md',
        bad: '---\nlicense: mit\nbase_model: org/first-7b\n---\n\n# Model Card for toy\n',
        good: '---\nlicense: mit\nbase_model: org/second-7b\n---\n\n# Model Card for toy\n',
        files: {
          'train.py':
            'from transformers import AutoModelForCausalLM, Trainer\n\nmodel = AutoModelForCausalLM.from_pretrained("org/second-7b")\nTrainer(model=model).train()\n',
        },
      },
      {
        title: 'code that may load it under a name that is not known',
        path: 'MODEL_CARD.md',
        good: '---\nlicense: mit\nbase_model: org/first-7b\n---\n\n# Model Card for toy\n',
        files: {
          'train.py':
            'from transformers import AutoModelForCausalLM, Trainer\n\nteacher = AutoModelForCausalLM.from_pretrained("org/second-7b")\nmodel = AutoModelForCausalLM.from_pretrained(args.model)\nTrainer(model=model).train()\n',
        },
      },
    ],
  },
  *checkSystem(inventory) {
    if (!inventory.whole) return;
    const cards = cardsOf(inventory, 'model-card').filter((file) => documentType(file) === 'card');
    const stating = cards.filter((file) => basesOf(file).length > 0);
    if (stating.length === 0) return;
    const code = [...inventory.files.values()].filter(({ path }) => !isSample(path) && !isTest(path));
    for (const file of stating) {
      const stated = basesOf(file);
      const [first] = stated;
      // Where several cards stand beside each other the code is that of several models.
      if (!first || cards.some((other) => other !== file && placeOf(other.path) === placeOf(file.path))) continue;
      const names = stated.map(({ value }) => bareName(value));
      const below = code.filter(({ path }) => above(path, cards)[0] === file);
      if (below.some((each) => each !== file && names.some((name) => each.text.toLowerCase().includes(name)))) continue;
      const training = below.map((each): [SourceFile, HubLoads] => [each, hubLoadsOf(each)]);
      const loads = training.filter(([, { trains }]) => trains).map(([, each]) => each);
      const models = loads.flatMap((each) => each.models);
      const found = models[0];
      if (!found || loads.some(({ complete }) => !complete)) continue;
      if (new Set(models.map(({ id }) => id)).size > 1) continue;
      yield {
        file,
        span: first.span,
        message: 'differs',
        data: { stated: first.value, found: found.id, file: nameOfDocument(found.file) },
        related: [{ span: found.span, message: 'The training code', uri: found.file.uri }],
      };
    }
  },
});

function basesOf(file: SourceFile) {
  return statementsOf(file).filter(({ topic, value }) => topic === 'base-model' && isHubId(value));
}
