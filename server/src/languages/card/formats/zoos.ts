import { at, type CardFormat, entryOf, hasKeys, or, shared } from './format.ts';

/** `configs/metadata.json` of a MONAI bundle. */
export const monai: CardFormat = {
  id: 'monai',
  title: 'MONAI bundle',
  names: /(?:^|\/)metadata\.json$/i,
  marks: [/"monai_version"\s*:/, /"\w{0,30}_data_format"\s*:/],
  subject: (root) =>
    hasKeys(root, 'monai_version') && root.entries.some(({ key }) => key.endsWith('_data_format'))
      ? { type: 'model', node: root }
      : undefined,
  prose: ['description', 'task'],
  model: {
    name: or(at('name'), 'name', '$'),
    version: or(at('version'), 'version', '$'),
    owner: or(at('authors', 'copyright'), 'authors', '$'),
    license: shared('license', 'licence'),
    io: at('network_data_format', 'autoencoder_data_format', 'generator_data_format'),
    'intended-use': or(at('intended_use'), 'intended_use', '$'),
    limitations: shared('limitations'),
    'training-data': or(at('data_source', 'dataset'), 'data_source', '$'),
    evaluation: at('eval_metrics'),
    software: at('pytorch_version', 'required_packages_version', 'optional_packages_version', 'monai_version'),
    lifecycle: at('changelog'),
    citation: or(at('references'), 'references', ['$']),
  },
};

/** `model.yml` of Intel's Open Model Zoo; a `README.md` beside it has the rest. */
export const openModelZoo: CardFormat = {
  id: 'open-model-zoo',
  title: 'Open Model Zoo',
  names: /(?:^|\/)model\.ya?ml$/i,
  marks: [/^task_type:/m, /^files:/m],
  subject: (root) =>
    hasKeys(root, 'task_type') && entryOf(root, 'files')?.node.items.some((item) => hasKeys(item, 'checksum', 'source'))
      ? { type: 'model', node: root }
      : undefined,
  prose: ['description'],
  model: {
    license: or(at('license'), 'license', '$'),
    io: at('input_info'),
    software: or(at('framework'), 'framework', '$'),
    files: at('files.name'),
    integrity: at('files.checksum'),
  },
};

/** `dataset-metadata.json` of Kaggle's command line. */
export const kaggleDataset: CardFormat = {
  id: 'kaggle-dataset',
  title: 'Kaggle data set',
  names: /(?:^|\/)dataset-metadata\.json$/i,
  marks: [/"title"\s*:/, /"id"\s*:/, /"licenses"\s*:/],
  subject: (root) => (hasKeys(root, 'id', 'title', 'licenses') ? { type: 'data', node: root } : undefined),
  prose: ['description', 'subtitle'],
  data: {
    name: at('title'),
    license: or(at('licenses.name'), 'licenses', [{ name: '$' }]),
    description: or(at('description', 'subtitle'), 'description', '$'),
    sources: or(at('userSpecifiedSources'), 'userSpecifiedSources', '$'),
    schema: shared('resources.schema'),
    review: shared('expectedUpdateFrequency'),
    maintenance: at('expectedUpdateFrequency'),
  },
};

/** `model-metadata.json` and `model-instance-metadata.json` of Kaggle's command line. */
export const kaggleModel: CardFormat = {
  id: 'kaggle-model',
  title: 'Kaggle model',
  names: /(?:^|\/)model(?:-instance)?-metadata\.json$/i,
  marks: [/"ownerSlug"\s*:/, /"(?:slug|instanceSlug)"\s*:/],
  subject: (root) =>
    hasKeys(root, 'ownerSlug') && (hasKeys(root, 'slug') || hasKeys(root, 'instanceSlug'))
      ? { type: 'model', node: root }
      : undefined,
  prose: ['description', 'subtitle', 'overview', 'usage'],
  model: {
    name: at('title', 'slug', 'instanceSlug'),
    owner: at('ownerSlug'),
    license: shared('licenseName'),
    'base-model': shared('baseModelInstance', 'baseModelInstanceId', 'externalBaseModelUrl'),
    'training-data': shared('trainingData', 'provenanceSources'),
    'release-date': shared('publishTime'),
    software: shared('framework'),
  },
};
