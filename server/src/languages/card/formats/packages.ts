import { at, type CardFormat, entryOf, hasKeys, or } from './format.ts';

/** A Frictionless data package, version 1 and 2. */
export const datapackage: CardFormat = {
  id: 'datapackage',
  title: 'Data Package',
  names: /(?:^|\/)datapackage\.(?:json|ya?ml)$/i,
  marks: [/["']?resources["']?\s*:/],
  subject: (root) => (entryOf(root, 'resources')?.node.kind === 'list' ? { type: 'data', node: root } : undefined),
  prose: ['description', 'readme', 'title'],
  data: {
    name: or(at('title', 'name', 'id'), 'title', '$'),
    version: or(at('version'), 'version', '$'),
    'release-date': at('created', 'last_updated', 'last_modified', 'datePublished'),
    owner: or(at('contributors', 'author', 'maintainers', 'publisher', 'publishers', 'organization'), 'contributors', [
      { title: '$' },
    ]),
    contact: at(
      'contributors.email',
      'contributors.path',
      'contributors.web',
      'author.email',
      'maintainers.email',
      'maintainers.web',
      'publisher.email',
      'homepage',
    ),
    license: or(at('licenses', 'license', 'resources.licenses'), 'licenses', [{ name: '$' }]),
    description: or(at('description', 'readme'), 'description', '$'),
    schema: at('resources.schema', 'resources.profile', 'resources.dialect'),
    size: at('resources.bytes'),
    sources: or(at('sources', 'resources.sources'), 'sources', [{ title: '$' }]),
    integrity: at('resources.hash'),
  },
};

/** The descriptor of a model that MLflow saved. */
export const mlflow: CardFormat = {
  id: 'mlflow',
  title: 'MLflow model',
  names: /(?:^|\/)MLmodel$/,
  marks: [/^["']?flavors["']?:/m],
  subject: (root) => (hasKeys(root, 'flavors') ? { type: 'model', node: root } : undefined),
  prose: ['metadata'],
  model: {
    name: at('model_id', 'model_uuid', 'run_id', 'flavors'),
    'release-date': at('utc_time_created'),
    io: at('signature'),
    software: at('mlflow_version', 'flavors.python_function.python_version', 'flavors.python_function.env'),
  },
};
