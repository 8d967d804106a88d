import type { TreeNode } from '../../tree.ts';
import { at, type CardFormat, entryOf, or, type Subject, shared, textAt } from './format.ts';

/** How deep components stand in components. */
const MAX_DEPTH = 6;

const KIND_OF_DATA = {
  help: 'What sort of data it is.',
  values: ['source-code', 'configuration', 'dataset', 'definition', 'other'],
};

/** Source of the values: the JSON schema of CycloneDX 1.6. */
const KEYS: CardFormat['keys'] = {
  'modelCard.modelParameters.approach.type': {
    help: 'How the model learns.',
    values: ['supervised', 'unsupervised', 'reinforcement-learning', 'semi-supervised', 'self-supervised'],
  },
  'modelCard.modelParameters.task': { help: 'What the model is for in one or two words: `text-classification`.' },
  'modelCard.modelParameters.datasets.type': KIND_OF_DATA,
  'modelCard.modelParameters.datasets.name': { help: 'The name under which the dataset can be found.' },
  'modelCard.modelParameters.datasets.contents.url': { help: 'Where the dataset can be fetched.' },
  'modelCard.modelParameters.datasets.description': { help: 'What the dataset holds.' },
  'modelCard.modelParameters.inputs.format': { help: 'What goes in: `text`, `image`, `byte[]`.' },
  'modelCard.modelParameters.outputs.format': { help: 'What comes out.' },
  'modelCard.quantitativeAnalysis.performanceMetrics.type': { help: 'What is measured: `accuracy`.' },
  'modelCard.quantitativeAnalysis.performanceMetrics.value': { help: 'The result.' },
  'modelCard.quantitativeAnalysis.performanceMetrics.slice': { help: 'The part of the data it was measured on.' },
  'modelCard.quantitativeAnalysis.performanceMetrics.confidenceInterval.lowerBound': {
    help: 'The result is above this as likely as the interval says.',
  },
  'modelCard.quantitativeAnalysis.performanceMetrics.confidenceInterval.upperBound': {
    help: 'The result is below this as likely as the interval says.',
  },
  'modelCard.considerations.fairnessAssessments.benefits': { help: 'What a group that is at risk gains.' },
  'modelCard.considerations.environmentalConsiderations.energyConsumptions.activity': {
    help: 'The part of its life in which energy is used.',
    values: [
      'design',
      'data-collection',
      'data-preparation',
      'training',
      'fine-tuning',
      'validation',
      'deployment',
      'inference',
      'other',
    ],
  },
  'modelCard.considerations.environmentalConsiderations.energyConsumptions.energyProviders.energySource': {
    help: 'Where the energy comes from.',
    values: [
      'coal',
      'oil',
      'natural-gas',
      'nuclear',
      'wind',
      'solar',
      'geothermal',
      'hydropower',
      'biofuel',
      'unknown',
      'other',
    ],
  },
  'data.type': KIND_OF_DATA,
};

/**
 * CycloneDX 1.5 to 1.7, in JSON and XML: the model (or, where there is none, the data) that the BOM describes. Nothing inside
 * a `modelCard` is mandatory. An ordinary BOM of software is no card.
 */
export const cyclonedx: CardFormat = {
  id: 'cyclonedx',
  title: 'CycloneDX',
  names: /(?:bom|cyclonedx|cdx)[^/]*\.(?:json|xml)$|\.cdx$/i,
  marks: [
    /"bomFormat"\s*:\s*"CycloneDX"|cyclonedx\.org\/schema\/bom/,
    /"type"\s*:\s*"(?:machine-learning-model|data)"|type="(?:machine-learning-model|data)"|type='(?:machine-learning-model|data)'|"modelCard"|<modelCard/,
  ],
  subject,
  whole: 'modelCard',
  prose: ['description', 'modelCard.properties.value'],
  licenseIds: ['licenses.license.id', 'licenses.expression'],
  keys: KEYS,
  model: {
    name: at('name', 'purl'),
    version: or(at('version'), 'version', '$'),
    'release-date': at('releaseNotes.timestamp'),
    owner: or(at('supplier.name', 'manufacturer.name', 'authors.name', 'author', 'publisher'), 'supplier.name', '$'),
    contact: or(
      at(
        'externalReferences[type=support|security-contact|rfc-9116|issue-tracker|mailing-list|chat]',
        'supplier.contact',
        'manufacturer.contact',
        'authors.email',
      ),
      'supplier.contact',
      [{ name: '$' }],
    ),
    license: or(at('licenses'), 'licenses', [{ license: { name: '$' } }]),
    'base-model': or(at('pedigree.ancestors'), 'pedigree.ancestors', [{ type: 'machine-learning-model', name: '$' }]),
    architecture: or(
      at('modelCard.modelParameters.architectureFamily', 'modelCard.modelParameters.modelArchitecture'),
      'modelCard.modelParameters.modelArchitecture',
      '$',
    ),
    io: or(
      at('modelCard.modelParameters.inputs', 'modelCard.modelParameters.outputs'),
      'modelCard.modelParameters.inputs',
      [{ format: '$' }],
    ),
    'intended-use': or(
      at('modelCard.considerations.useCases', 'modelCard.considerations.users'),
      'modelCard.considerations.useCases',
      ['$'],
    ),
    limitations: or(
      at('modelCard.considerations.technicalLimitations', 'modelCard.considerations.performanceTradeoffs'),
      'modelCard.considerations.technicalLimitations',
      ['$'],
    ),
    bias: or(
      at(
        'modelCard.considerations.fairnessAssessments.groupAtRisk',
        'modelCard.considerations.fairnessAssessments.harms',
      ),
      'modelCard.considerations.fairnessAssessments',
      [{ groupAtRisk: '$' }],
    ),
    'failure-modes': or(
      at('modelCard.considerations.ethicalConsiderations.name'),
      'modelCard.considerations.ethicalConsiderations',
      [{ name: '$' }],
    ),
    guardrails: or(
      at(
        'modelCard.considerations.ethicalConsiderations.mitigationStrategy',
        'modelCard.considerations.fairnessAssessments.mitigationStrategy',
      ),
      'modelCard.considerations.ethicalConsiderations',
      [{ mitigationStrategy: '$' }],
    ),
    'training-data': or(at('modelCard.modelParameters.datasets'), 'modelCard.modelParameters.datasets', [
      { type: 'dataset', name: '$' },
    ]),
    'tuning-data': shared('modelCard.modelParameters.datasets'),
    'evaluation-data': shared('modelCard.modelParameters.datasets'),
    'training-procedure': at('modelCard.modelParameters.approach', '/formulation'),
    evaluation: or(
      at('modelCard.quantitativeAnalysis.performanceMetrics'),
      'modelCard.quantitativeAnalysis.performanceMetrics',
      [{ type: '$' }],
    ),
    'security-evaluation': at(
      'externalReferences[type=threat-model|pentest-report|adversary-model|risk-assessment|static-analysis-report]',
    ),
    compute: at('modelCard.considerations.environmentalConsiderations'),
    integrity: at('hashes', 'signature', 'externalReferences.hashes', 'components.hashes'),
    files: at('components[type=file]', 'externalReferences[type=distribution]'),
    software: at(
      '/components[type=framework|library]',
      'components[type=framework|library]',
      '/dependencies.dependsOn',
    ),
    privacy: at(
      'modelCard.modelParameters.datasets.sensitiveData',
      'modelCard.modelParameters.datasets.classification',
    ),
    'vulnerability-reporting': at(
      'externalReferences[type=security-contact|advisories|rfc-9116|vulnerability-assertion]',
    ),
    lifecycle: or(at('releaseNotes'), 'releaseNotes', { type: '$' }),
    citation: at('externalReferences[type=documentation|website|vcs|evidence|model-card|other]'),
  },
  data: {
    name: at('name', 'data.name'),
    version: or(at('version'), 'version', '$'),
    'release-date': at('releaseNotes.timestamp'),
    owner: or(
      at(
        'data.governance.owners',
        'data.governance.custodians',
        'data.governance.stewards',
        'supplier.name',
        'manufacturer.name',
        'publisher',
        'authors.name',
        'author',
      ),
      'supplier.name',
      '$',
    ),
    contact: or(
      at(
        'externalReferences[type=support|security-contact|rfc-9116|issue-tracker|mailing-list|chat]',
        'supplier.contact',
        'manufacturer.contact',
        'authors.email',
      ),
      'supplier.contact',
      [{ name: '$' }],
    ),
    license: or(at('licenses'), 'licenses', [{ license: { name: '$' } }]),
    description: or(at('data.description', 'description'), 'description', '$'),
    sources: at(
      'data.contents.url',
      'externalReferences[type=distribution|source-distribution|website|vcs]',
      'pedigree.ancestors',
    ),
    lineage: or(at('pedigree.ancestors'), 'pedigree.ancestors', [{ type: 'data', name: '$' }]),
    schema: at('data.contents'),
    'personal-data': at('data.sensitiveData', 'data.classification'),
    integrity: at('hashes', 'signature', 'externalReferences.hashes', 'components.hashes'),
    access: at('externalReferences[type=distribution]'),
    citation: at('externalReferences[type=documentation|website|vcs|evidence|other]'),
  },
};

/** The component the BOM is about, else the first model in it, else the first data. */
function subject(root: TreeNode): Subject | undefined {
  if (textAt(root, 'bomFormat') !== 'CycloneDX') return undefined;
  const main = entryOf(entryOf(root, 'metadata')?.node, 'component')?.node;
  const all = [...(main ? [main] : []), ...below(root, 0)];
  const model = all.find((node) => textAt(node, 'type') === 'machine-learning-model' || entryOf(node, 'modelCard'));
  if (model) return { type: 'model', node: model };
  const data = all.find((node) => textAt(node, 'type') === 'data' && !holdsOnlyOther(node));
  return data && { type: 'data', node: data };
}

/** A component of type `data` may also be configuration or code. */
function holdsOnlyOther(node: TreeNode): boolean {
  const data = entryOf(node, 'data')?.node;
  const items = data?.kind === 'list' ? data.items : data ? [data] : [];
  return items.length > 0 && !items.some((item) => textAt(item, 'type') === 'dataset');
}

function* below(node: TreeNode, depth: number): Iterable<TreeNode> {
  if (depth > MAX_DEPTH) return;
  for (const item of entryOf(node, 'components')?.node.items ?? []) {
    yield item;
    yield* below(item, depth + 1);
  }
}
