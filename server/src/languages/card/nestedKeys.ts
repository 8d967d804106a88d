import { type KeyHelp, type ValueHelp, YES_NO } from '../keys.ts';

// Source of the shapes: the Hub's card metadata specification and `huggingface_hub`'s readers (2026).

/** `model-index` of a model card. @param tasks the Hub's task ids. */
export const modelIndexKeys = (tasks: readonly ValueHelp[]): readonly KeyHelp[] => [
  { key: 'name', required: true, help: 'Name of the model that the results are of.' },
  {
    key: 'results',
    type: 'list',
    required: true,
    help: 'One entry for each pair of task and data set.',
    keys: [
      {
        key: 'task',
        type: 'map',
        required: true,
        help: 'What was evaluated.',
        keys: [
          { key: 'type', required: true, help: 'Id of the task at the Hub.', values: tasks },
          { key: 'name', help: 'Name of the task for people.' },
        ],
      },
      {
        key: 'dataset',
        type: 'map',
        required: true,
        help: 'The data it was evaluated on. Name the `revision`, so that the result can be repeated.',
        keys: [
          { key: 'type', required: true, help: 'Hub id of the data set.' },
          { key: 'name', required: true, help: 'Name of the data set for people.' },
          { key: 'config', help: 'Subset of the data set.' },
          { key: 'split', help: 'Split of the data set, such as `test`.' },
          { key: 'revision', help: 'Commit of the data set: 40 hexadecimal digits. A branch moves.' },
        ],
      },
      {
        key: 'metrics',
        type: 'list',
        required: true,
        help: 'What was measured.',
        keys: [
          { key: 'type', required: true, help: 'Id of the metric, such as `accuracy`, `f1` or `wer`.' },
          { key: 'value', type: ['number', 'string'], required: true, help: 'The result.' },
          { key: 'name', help: 'Name of the metric for people.' },
          { key: 'verified', type: 'boolean', help: 'Set by the Hub where it measured by itself.', values: YES_NO },
        ],
      },
      {
        key: 'source',
        type: 'map',
        help: 'Who published the result.',
        keys: [
          { key: 'name', help: 'Name of the source; needs `url` beside it.' },
          { key: 'url', help: 'Where the result can be read.' },
        ],
      },
    ],
  },
];

export const EMISSION_KEYS: readonly KeyHelp[] = [
  { key: 'emissions', type: 'number', help: 'Grams of CO2 equivalent.' },
  { key: 'source', help: 'How the number was found, such as the name of the tool.' },
  { key: 'training_type', help: 'What was trained.', values: [{ value: 'pre-training' }, { value: 'fine-tuning' }] },
  { key: 'geographical_location', help: 'Where it was trained.' },
  { key: 'hardware_used', help: 'On what, and how many.' },
];

export const CONFIG_KEYS: readonly KeyHelp[] = [
  { key: 'config_name', required: true, help: 'Name of the subset.' },
  {
    key: 'data_files',
    type: ['string', 'list'],
    help: 'Files of the subset: a path, or per split its `path`.',
    keys: [
      { key: 'split', help: 'Name of the split.', values: ['train', 'validation', 'test'].map((value) => ({ value })) },
      { key: 'path', type: ['string', 'list'], help: 'Path or glob of the files, relative to the card.' },
    ],
  },
  { key: 'data_dir', help: 'Folder of the subset.' },
  { key: 'default', type: 'boolean', help: 'The subset that is loaded where none is named.', values: YES_NO },
];

const DTYPES = [
  'bool',
  'int32',
  'int64',
  'float32',
  'float64',
  'string',
  'large_string',
  'binary',
  'date32',
  'timestamp[s]',
  'image',
  'audio',
];

export const DATASET_INFO_KEYS: readonly KeyHelp[] = [
  { key: 'config_name', help: 'Name of the subset.' },
  {
    key: 'features',
    type: 'list',
    help: 'The columns.',
    keys: [
      { key: 'name', required: true, help: 'Name of the column.' },
      { key: 'dtype', help: 'Type of its values.', values: DTYPES.map((value) => ({ value })) },
    ],
  },
  {
    key: 'splits',
    type: 'list',
    help: 'The splits with their sizes.',
    keys: [
      { key: 'name', required: true, help: 'Name of the split.' },
      { key: 'num_bytes', type: 'number', help: 'Size in bytes.' },
      { key: 'num_examples', type: 'number', help: 'Number of examples.' },
    ],
  },
  { key: 'download_size', type: 'number', help: 'Bytes to download.' },
  { key: 'dataset_size', type: 'number', help: 'Bytes once it is unpacked.' },
];
