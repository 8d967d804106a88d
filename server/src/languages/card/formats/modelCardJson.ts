import { at, type CardFormat, hasKeys, or, shared } from './format.ts';

const NAMES =
  /(?:^|[/._-])(?:model|system)?[._ -]?cards?[^/]*\.(?:json|ya?ml)$|(?:^|\/)model[._-]?cards?\/(?:[^/]+\/)*[^/]+\.(?:json|ya?ml)$/i;

/** Model Card Toolkit of TensorFlow, schema 0.0.1 and 0.0.2. It has no place for digests, base models or prohibited uses. */
export const modelCardToolkit: CardFormat = {
  id: 'model-card-toolkit',
  title: 'Model Card Toolkit',
  names: NAMES,
  marks: [/["']?model_details["']?\s*:/, /["']?(?:model_parameters|quantitative_analysis|considerations)["']?\s*:/],
  subject: (root) =>
    hasKeys(root, 'model_details') &&
    ['model_parameters', 'quantitative_analysis', 'considerations'].some((key) => hasKeys(root, key))
      ? { type: 'model', node: root }
      : undefined,
  prose: ['model_details.overview', 'model_details.documentation'],
  licenseIds: ['model_details.licenses.identifier'],
  model: {
    name: or(at('model_details.name'), 'model_details.name', '$'),
    version: or(at('model_details.version.name'), 'model_details.version.name', '$'),
    'release-date': or(at('model_details.version.date'), 'model_details.version.date', '$'),
    owner: or(at('model_details.owners.name'), 'model_details.owners', [{ name: '$' }]),
    contact: or(at('model_details.owners.contact'), 'model_details.owners', [{ contact: '$' }]),
    license: or(
      at('model_details.licenses.identifier', 'model_details.licenses.custom_text', 'model_details.license'),
      'model_details.licenses',
      [{ identifier: '$' }],
    ),
    architecture: or(at('model_parameters.model_architecture'), 'model_parameters.model_architecture', '$'),
    io: or(
      at(
        'model_parameters.input_format',
        'model_parameters.output_format',
        'model_parameters.input_format_map',
        'model_parameters.output_format_map',
      ),
      'model_parameters.input_format',
      '$',
    ),
    'intended-use': or(at('considerations.use_cases', 'considerations.users'), 'considerations.use_cases', [
      { description: '$' },
    ]),
    limitations: or(at('considerations.limitations', 'considerations.tradeoffs'), 'considerations.limitations', [
      { description: '$' },
    ]),
    bias: shared('considerations.ethical_considerations', 'considerations.fairness_assessment'),
    'failure-modes': or(at('considerations.ethical_considerations.name'), 'considerations.ethical_considerations', [
      { name: '$' },
    ]),
    guardrails: or(
      at('considerations.ethical_considerations.mitigation_strategy'),
      'considerations.ethical_considerations',
      [{ mitigation_strategy: '$' }],
    ),
    'training-data': or(
      at(
        'model_parameters.data.name',
        'model_parameters.data.link',
        'model_parameters.data.description',
        'model_parameters.data.train',
      ),
      'model_parameters.data',
      [{ name: '$' }],
    ),
    'tuning-data': shared('model_parameters.data.description'),
    'evaluation-data': shared('model_parameters.data.name', 'model_parameters.data.eval'),
    evaluation: or(at('quantitative_analysis.performance_metrics'), 'quantitative_analysis.performance_metrics', [
      { type: '$' },
    ]),
    files: or(at('model_details.path'), 'model_details.path', '$'),
    lifecycle: or(at('model_details.version.diff'), 'model_details.version.diff', '$'),
    privacy: at('model_parameters.data.sensitive'),
    citation: or(at('model_details.citations', 'model_details.references'), 'model_details.references', [
      { reference: '$' },
    ]),
  },
};

/** The layout of Mitchell et al. as AllenNLP writes it. */
export const mitchell: CardFormat = {
  id: 'mitchell',
  title: 'Model card in JSON',
  names: NAMES,
  marks: [/["']?model_details["']?\s*:/, /["']?intended_use["']?\s*:/],
  subject: (root) => (hasKeys(root, 'model_details', 'intended_use') ? { type: 'model', node: root } : undefined),
  prose: ['model_details.description', 'model_details.short_description', 'description'],
  model: {
    name: at('display_name', 'model_details.name', 'id', 'name'),
    version: or(at('model_details.version'), 'model_details.version', '$'),
    'release-date': or(at('model_details.date'), 'model_details.date', '$'),
    owner: or(
      at('model_details.developed_by', 'model_details.contributed_by', 'model_details.owner'),
      'model_details.developed_by',
      '$',
    ),
    contact: or(at('model_details.contact'), 'model_details.contact', '$'),
    license: or(at('model_details.license'), 'model_details.license', '$'),
    architecture: or(at('model_details.model_type'), 'model_details.model_type', '$'),
    'intended-use': or(at('intended_use.primary_uses', 'intended_use.primary_users'), 'intended_use.primary_uses', '$'),
    'out-of-scope': or(at('intended_use.out_of_scope_use_cases'), 'intended_use.out_of_scope_use_cases', '$'),
    limitations: or(
      at(
        'model_caveats_and_recommendations.caveats_and_recommendations',
        'caveats_and_recommendations',
        'caveats',
        'limitations',
      ),
      'model_caveats_and_recommendations.caveats_and_recommendations',
      '$',
    ),
    bias: or(
      at('model_ethical_considerations.ethical_considerations', 'ethical_considerations'),
      'model_ethical_considerations.ethical_considerations',
      '$',
    ),
    'training-data': or(at('training_data.dataset', 'training_data.name'), 'training_data.dataset', '$'),
    preprocessing: or(at('training_data.preprocessing'), 'training_data.preprocessing', '$'),
    'evaluation-data': or(at('evaluation_data.dataset', 'evaluation_data.name'), 'evaluation_data.dataset', '$'),
    evaluation: or(
      at('quantitative_analyses', 'metrics.model_performance_measures'),
      'metrics.model_performance_measures',
      '$',
    ),
    software: at('model_usage.install_instructions'),
    files: at('model_usage.archive_file'),
    citation: or(at('model_details.paper', 'model_details.citation'), 'model_details.citation', '$'),
  },
};
