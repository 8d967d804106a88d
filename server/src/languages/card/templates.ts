import { type DraftSection, dataSections, modelSections, sectionText } from './draftSections.ts';
import { type CardFacts, NO_FACTS } from './facts.ts';
import type { CardType, FieldId } from './fields.ts';
import { fieldsOf } from './fields.ts';
import { headLine } from './headLines.ts';
import { placeholderFor } from './insertion.ts';

/**
 * One heading of a template, with the field that is answered under it; without one it only holds those below. A text in its
 * place asks for what is no field of ours.
 */
type Row = readonly [level: 2 | 3, heading: string, field?: FieldId | { readonly ask: string }];

/** A whole card in an order and with headings that its readers know. */
export interface CardTemplate {
  readonly id: string;
  readonly label: string;
  /** What the template is for, one sentence. */
  readonly help: string;
  readonly type: CardType;
  /** What a file of it is called. */
  readonly file: string;
  readonly title: string;
  /** Lines of the front matter. */
  readonly head: readonly string[];
  readonly rows: readonly Row[];
}

const REVIEWED = ['last_reviewed: TODO # ISO date', 'next_review: TODO # ISO date'];

// The headings are those of the Hub's templates, of the Data Cards Playbook and of "Datasheets for Datasets", so that people
// and programs find their way; what is asked under them is ours.
export const CARD_TEMPLATES: readonly CardTemplate[] = [
  {
    id: 'hub-model-card',
    label: 'Model card of the Hugging Face Hub',
    help: 'A README for a model repository, with the Hub’s headings and every field the guidelines ask for.',
    type: 'model',
    file: 'README.md',
    title: 'Model Card for [TODO: model name]',
    head: [
      'license: TODO # an SPDX or Hub id, for example apache-2.0',
      'language:\n  - TODO # ISO 639 code, for example en',
      'library_name: TODO # for example transformers',
      'pipeline_tag: TODO # for example text-classification',
      'base_model: TODO # id of the model this one is derived from; remove if there is none',
      'datasets:\n  - TODO # id of each training data set',
    ],
    rows: [
      [2, 'Model Details'],
      [3, 'Developed by', 'owner'],
      [3, 'Version', 'version'],
      [3, 'Architecture', 'architecture'],
      [3, 'Inputs and outputs', 'io'],
      [2, 'Uses'],
      [3, 'Direct Use', 'intended-use'],
      [3, 'Out-of-Scope Use', 'out-of-scope'],
      [2, 'Bias, Risks, and Limitations'],
      [3, 'Limitations', 'limitations'],
      [3, 'Bias', 'bias'],
      [3, 'Failure modes', 'failure-modes'],
      [3, 'Guardrails', 'guardrails'],
      [2, 'Training Details'],
      [3, 'Training Data', 'training-data'],
      [3, 'Fine-tuning and feedback data', 'tuning-data'],
      [3, 'Preprocessing', 'preprocessing'],
      [3, 'Training Procedure', 'training-procedure'],
      [2, 'Evaluation', 'evaluation'],
      [2, 'Adversarial testing', 'security-evaluation'],
      [2, 'Environmental Impact', 'compute'],
      [2, 'Integrity', 'integrity'],
      [2, 'Retention', 'retention'],
      [2, 'Review', 'review'],
      [2, 'Citation', 'citation'],
      [2, 'Model Card Contact', 'contact'],
    ],
  },
  {
    id: 'system-card',
    label: 'System card',
    help: 'A card for an application: its models, data flows, tools, guardrails and people.',
    type: 'model',
    file: 'SYSTEM_CARD.md',
    title: 'System Card for [TODO: name of the system]',
    head: REVIEWED,
    rows: [
      [2, 'Overview'],
      [3, 'Provider', 'owner'],
      [3, 'Version', 'version'],
      [3, 'License', 'license'],
      [3, 'Intended use', 'intended-use'],
      [3, 'Out-of-scope use', 'out-of-scope'],
      [2, 'Models'],
      [3, 'Base models', 'base-model'],
      [3, 'Architecture', 'architecture'],
      [3, 'Inputs and outputs', 'io'],
      [2, 'Data and tools'],
      [3, 'Data flows', { ask: 'what goes where: prompts, documents, logs, other companies' }],
      [
        3,
        'Tools and permissions',
        { ask: 'what the system can do by itself, with whose rights, and what a person confirms' },
      ],
      [3, 'Training data', 'training-data'],
      [3, 'Fine-tuning and feedback data', 'tuning-data'],
      [3, 'Training procedure', 'training-procedure'],
      [3, 'Personal data', 'privacy'],
      [2, 'Risks'],
      [3, 'Limitations', 'limitations'],
      [3, 'Failure modes', 'failure-modes'],
      [3, 'Fairness', 'bias'],
      [2, 'Controls'],
      [3, 'Guardrails', 'guardrails'],
      [3, 'Oversight', 'oversight'],
      [3, 'Integrity', 'integrity'],
      [2, 'Evaluation', 'evaluation'],
      [2, 'Adversarial testing', 'security-evaluation'],
      [2, 'Operation'],
      [3, 'Monitoring and maintenance', 'lifecycle'],
      [3, 'Retention', 'retention'],
      [3, 'Review', 'review'],
      [3, 'Vulnerability disclosure', 'vulnerability-reporting'],
      [3, 'Contact', 'contact'],
    ],
  },
  {
    id: 'hub-dataset-card',
    label: 'Dataset card of the Hugging Face Hub',
    help: 'A README for a dataset repository, with the Hub’s headings and every field the guidelines ask for.',
    type: 'data',
    file: 'README.md',
    title: 'Dataset Card for [TODO: name of the data set]',
    head: [
      'license: TODO # an SPDX or Hub id, for example cc-by-4.0',
      'language:\n  - TODO # ISO 639 code, for example en',
      'pretty_name: TODO # name for people',
      'size_categories:\n  - TODO # for example 1K<n<10K',
      'task_categories:\n  - TODO # for example text-classification',
      'source_datasets:\n  - TODO # original, or the ids of the data sets it is made from',
    ],
    rows: [
      [2, 'Dataset Details'],
      [3, 'Dataset Summary', 'description'],
      [3, 'Curated by', 'owner'],
      [2, 'Uses'],
      [3, 'Direct Use', 'intended-use'],
      [3, 'Out-of-Scope Use', 'out-of-scope'],
      [2, 'Dataset Structure'],
      [3, 'Data Fields', 'schema'],
      [3, 'Data Splits', 'splits'],
      [2, 'Dataset Creation'],
      [3, 'Source Data', 'sources'],
      [3, 'Acquisition', 'acquired'],
      [3, 'Data Collection and Processing', 'collection'],
      [3, 'Preprocessing', 'preprocessing'],
      [3, 'Synthetic data', 'synthetic'],
      [3, 'Annotation process', 'annotation'],
      [3, 'Quality checks', 'quality'],
      [3, 'Personal and Sensitive Information', 'personal-data'],
      [2, 'Bias, Risks, and Limitations'],
      [3, 'Limitations', 'limitations'],
      [3, 'Bias', 'bias'],
      [2, 'Integrity', 'integrity'],
      [2, 'Retention', 'retention'],
      [2, 'Review', 'review'],
      [2, 'Citation', 'citation'],
      [2, 'Dataset Card Contact', 'contact'],
    ],
  },
  {
    id: 'data-card-playbook',
    label: 'Data card (Data Cards Playbook)',
    help: 'A data card in the order of the Data Cards Playbook.',
    type: 'data',
    file: 'DATA_CARD.md',
    title: 'Data Card for [TODO: name of the data set]',
    head: ['license: TODO # an SPDX or Hub id, for example cc-by-4.0', ...REVIEWED],
    rows: [
      [2, 'Summary', 'description'],
      [2, 'Authorship'],
      [3, 'Dataset owners', 'owner'],
      [3, 'Contact', 'contact'],
      [2, 'Dataset overview'],
      [3, 'Size', 'size'],
      [3, 'Data fields', 'schema'],
      [3, 'Sensitivity of data', 'personal-data'],
      [3, 'Version', 'version'],
      [3, 'Maintenance', 'maintenance'],
      [3, 'Review', 'review'],
      [2, 'Motivations and intentions'],
      [3, 'Intended use', 'intended-use'],
      [3, 'Unsuitable use', 'out-of-scope'],
      [2, 'Access, retention and wipeout'],
      [3, 'Access', 'access'],
      [3, 'Retention', 'retention'],
      [3, 'Integrity', 'integrity'],
      [2, 'Provenance'],
      [3, 'Sources', 'sources'],
      [3, 'Acquisition dates', 'acquired'],
      [3, 'Collection methods', 'collection'],
      [3, 'Synthetic data', 'synthetic'],
      [2, 'Human and other sensitive attributes'],
      [3, 'Consent and legal basis', 'consent'],
      [3, 'Fairness', 'bias'],
      [2, 'Transformations', 'preprocessing'],
      [2, 'Annotations and labeling', 'annotation'],
      [2, 'Quality checks', 'quality'],
      [2, 'Limitations', 'limitations'],
    ],
  },
  {
    id: 'datasheet',
    label: 'Datasheet for a data set',
    help: 'A data card in the order of “Datasheets for Datasets”.',
    type: 'data',
    file: 'DATASHEET.md',
    title: 'Datasheet for [TODO: name of the data set]',
    head: ['license: TODO # an SPDX or Hub id, for example cc-by-4.0', ...REVIEWED],
    rows: [
      [2, 'Motivation'],
      [3, 'Summary', 'description'],
      [3, 'Created by', 'owner'],
      [2, 'Composition'],
      [3, 'Data fields', 'schema'],
      [3, 'Size', 'size'],
      [3, 'Splits', 'splits'],
      [3, 'Quality checks', 'quality'],
      [3, 'Synthetic data', 'synthetic'],
      [3, 'Personal data', 'personal-data'],
      [3, 'Fairness', 'bias'],
      [3, 'Limitations', 'limitations'],
      [2, 'Collection process'],
      [3, 'Sources', 'sources'],
      [3, 'Acquisition', 'acquired'],
      [3, 'Collection methods', 'collection'],
      [3, 'Consent and legal basis', 'consent'],
      [2, 'Preprocessing, cleaning and labeling'],
      [3, 'Preprocessing', 'preprocessing'],
      [3, 'Annotation process', 'annotation'],
      [2, 'Uses'],
      [3, 'Intended use', 'intended-use'],
      [3, 'Out-of-scope use', 'out-of-scope'],
      [2, 'Distribution'],
      [3, 'Access', 'access'],
      [3, 'Integrity', 'integrity'],
      [2, 'Maintenance'],
      [3, 'Updates', 'maintenance'],
      [3, 'Retention', 'retention'],
      [3, 'Review', 'review'],
      [3, 'Contact', 'contact'],
    ],
  },
];

/**
 * The text of a card made from a template, filled with what is known; a marked placeholder under every heading that asks for
 * more.
 */
export function cardFrom({ type, title, head, rows }: CardTemplate, facts: CardFacts = NO_FACTS): string {
  const specs = new Map(fieldsOf(type).map((spec) => [spec.id, spec]));
  const known: Readonly<Record<string, DraftSection>> = type === 'model' ? modelSections(facts) : dataSections(facts);
  const parts = rows.map(([level, heading, what]) => {
    const spec = typeof what === 'string' ? specs.get(what) : undefined;
    const ask = typeof what === 'object' ? `\n[TODO: ${what.ask}]\n` : '';
    const section = spec ? `\n${sectionText(placeholderFor(spec), known[spec.id])}` : ask;
    return `${'#'.repeat(level)} ${heading}\n${section}`;
  });
  const name = facts.name ? title.replace(/\[TODO: [^\]]*\]/, facts.name) : title;
  const lines = head.map((line) => headLine(facts, line));
  return ['---', ...lines, '---', '', `# ${name}`, '', parts.join('\n')].join('\n');
}
