import { type Snippet, toSnippet } from '../snippet.ts';
import { type DraftSection, dataSections, modelSections, sectionText } from './draftSections.ts';
import { type CardFacts, NO_FACTS } from './facts.ts';
import type { CardType, FieldSpec } from './fields.ts';
import { fieldsOf } from './fields.ts';
import { headLine } from './headLines.ts';
import { placeholderFor } from './insertion.ts';
import { CARD_TEMPLATES, cardFrom } from './templates.ts';

/** Sections of a new card, in order; the fields are those the rules ask for. */
const SECTIONS: Readonly<Record<CardType, readonly string[]>> = {
  model: [
    'owner',
    'architecture',
    'io',
    'intended-use',
    'out-of-scope',
    'limitations',
    'bias',
    'failure-modes',
    'guardrails',
    'training-data',
    'tuning-data',
    'training-procedure',
    'evaluation',
    'integrity',
    'retention',
    'review',
    'contact',
  ],
  data: [
    'owner',
    'description',
    'intended-use',
    'out-of-scope',
    'schema',
    'sources',
    'acquired',
    'collection',
    'preprocessing',
    'synthetic',
    'annotation',
    'quality',
    'personal-data',
    'bias',
    'limitations',
    'integrity',
    'retention',
    'review',
    'contact',
  ],
};

/**
 * A model card with every section the rules ask for, filled with what is known; the only findings on it are the marked
 * placeholders for the rest.
 */
export function newModelCard(facts: CardFacts = NO_FACTS): string {
  const { name, libraryName } = facts;
  const head = [
    'license: TODO # an SPDX or Hub id, for example apache-2.0',
    ...(libraryName ? ['library_name: TODO'] : []),
    'base_model: TODO # id of the model this one is derived from; remove if there is none',
    'datasets:\n  - TODO # id of each training data set',
  ].map((line) => headLine(facts, line));
  return newCard('model', `Model Card for ${name ?? '[TODO: model name]'}`, head, modelSections(facts));
}

/** A data card likewise. */
export function newDataCard(facts: CardFacts = NO_FACTS): string {
  const title = `Data Card for ${facts.name ?? '[TODO: name of the data set]'}`;
  const license = headLine(facts, 'license: TODO # an SPDX or Hub id, for example cc-by-4.0');
  return newCard('data', title, [license], dataSections(facts));
}

function newCard(
  type: CardType,
  title: string,
  head: readonly string[],
  known: Readonly<Record<string, DraftSection>>,
): string {
  const fields = new Map(fieldsOf(type).map((spec) => [spec.id, spec]));
  const sections = SECTIONS[type].map((id) => sectionOf(fields.get(id) as FieldSpec, known[id]));
  return ['---', ...head, '---', '', `# ${title}`, '', sections.join('\n')].join('\n');
}

function sectionOf(spec: FieldSpec, known?: DraftSection): string {
  return `## ${spec.heading}\n\n${sectionText(placeholderFor(spec), known)}`;
}

/** Content of `snippets/cards.json`: a whole card of each type, and every section on its own. */
export function cardSnippets(): Readonly<Record<string, Snippet>> {
  const snippets: Record<string, Snippet> = {
    'Model card': {
      prefix: 'model-card',
      description: 'A model card with every section the guidelines ask for',
      body: toSnippet(newModelCard()),
    },
    'Data card': {
      prefix: 'data-card',
      description: 'A data card with every section the guidelines ask for',
      body: toSnippet(newDataCard()),
    },
  };
  for (const template of CARD_TEMPLATES) {
    snippets[template.label] = {
      prefix: template.id,
      description: template.help,
      body: toSnippet(cardFrom(template)),
    };
  }
  for (const type of ['model', 'data'] as const) {
    for (const spec of fieldsOf(type)) {
      snippets[`Section of a ${type} card: ${spec.heading}`] = {
        prefix: `${type}-card-${spec.id}`,
        description: `Section "${spec.heading}" of a ${type} card: ${spec.ask}`,
        body: toSnippet(sectionOf(spec)),
      };
    }
  }
  return snippets;
}
