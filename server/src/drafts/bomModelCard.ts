import type { Card } from '../languages/card/card.ts';
import type { CardFacts } from '../languages/card/facts.ts';
import type { FieldId } from '../languages/card/fields.ts';

/** What a model card says in words, as far as an AI-BOM has a place for it; absent where it says nothing. */
export interface CardWords {
  readonly useCases?: string;
  readonly limitations?: string;
  readonly bias?: string;
  readonly guardrails?: string;
  readonly pipelineTag?: string;
}

/** `modelCard` of CycloneDX 1.6, as far as it is written here. Source: the official schema. */
export interface BomModelCard {
  readonly modelParameters: {
    readonly task: string;
    readonly modelArchitecture?: string;
    readonly datasets?: readonly { readonly ref: string }[];
  };
  readonly quantitativeAnalysis?: {
    readonly performanceMetrics: readonly { readonly type: string; readonly value: string; readonly slice?: string }[];
  };
  readonly considerations: {
    readonly users: readonly string[];
    readonly useCases: readonly string[];
    readonly technicalLimitations: readonly string[];
    readonly ethicalConsiderations: readonly { readonly name: string; readonly mitigationStrategy: string }[];
  };
}

/** @param datasets references of the data components. */
export function modelCardOf(facts: CardFacts, words: CardWords, datasets: readonly string[]): BomModelCard {
  const { architecture, metrics } = facts;
  const performanceMetrics = metrics.map(({ name, value, dataset }) => ({
    type: name,
    value: String(value),
    ...(dataset && { slice: dataset }),
  }));
  return {
    modelParameters: {
      task: words.pipelineTag ?? '[TODO: the task, for example text-classification]',
      ...(architecture && { modelArchitecture: architecture }),
      ...(datasets.length > 0 && { datasets: datasets.map((ref) => ({ ref })) }),
    },
    ...(performanceMetrics.length > 0 && { quantitativeAnalysis: { performanceMetrics } }),
    considerations: {
      users: ['[TODO: who is meant to use the model]'],
      useCases: [words.useCases ?? '[TODO: what the model is meant to be used for]'],
      technicalLimitations: [words.limitations ?? '[TODO: where the model fails and how]'],
      ethicalConsiderations: [
        {
          name: words.bias ?? '[TODO: risks and biases]',
          mitigationStrategy: words.guardrails ?? '[TODO: what is done against them]',
        },
      ],
    },
  };
}

/** @param card the model card that speaks of the model, if there is one. */
export function wordsOf(card: Card | undefined): CardWords {
  const said = (id: FieldId) => {
    const field = card?.field(id);
    return field?.state === 'filled' && field.text.trim() ? field.text.trim() : undefined;
  };
  const tag = card?.frontMatter.get('pipeline_tag')?.text;
  const words = {
    useCases: said('intended-use'),
    limitations: said('limitations'),
    bias: said('bias'),
    guardrails: said('guardrails'),
    pipelineTag: tag && /^[a-z-]{3,60}$/.test(tag) ? tag : undefined,
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}
