import iso6391 from 'iso-639-1';
import { type KeyHelp, type ValueHelp, valuesOf, YES_NO } from '../keys.ts';
import { HUB_LICENSES } from './licenses.ts';
import { CONFIG_KEYS, DATASET_INFO_KEYS, EMISSION_KEYS, modelIndexKeys } from './nestedKeys.ts';

export type CardKind = 'model-card' | 'data-card';

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** Tasks of the Hub: `PIPELINE_DATA` of npm `@huggingface/tasks` 0.21.54 (November 2026), without `other`. */
const PIPELINE_TAGS = words(`
  any-to-any audio-classification audio-text-to-text audio-to-audio automatic-speech-recognition depth-estimation
  document-question-answering feature-extraction fill-mask graph-ml image-classification image-feature-extraction
  image-segmentation image-text-to-image image-text-to-text image-text-to-video image-to-3d image-to-image image-to-text
  image-to-video keypoint-detection mask-generation multiple-choice object-detection question-answering
  reinforcement-learning robotics sentence-similarity summarization table-question-answering table-to-text
  tabular-classification tabular-regression tabular-to-text text-classification text-generation text-ranking
  text-retrieval text-to-3d text-to-audio text-to-image text-to-speech text-to-video time-series-forecasting
  token-classification translation unconditional-image-generation video-classification video-text-to-text video-to-video
  visual-document-retrieval visual-question-answering voice-activity-detection zero-shot-classification
  zero-shot-image-classification zero-shot-object-detection`);

/** The commoner library ids of the same package. */
const LIBRARIES = words(`
  adapter-transformers allennlp asteroid bertopic diffusers espnet fairseq fastai flair gliner keras keras-hub lerobot
  litert-lm mlx nemo open_clip paddlenlp peft pyannote-audio sam2 sample-factory sentence-transformers setfit sklearn
  spacy span-marker speechbrain stable-baselines3 stanza tensorflowtts tf-keras timm transformers transformers.js
  ultralytics unity-sentis`);

const SIZES = words(
  'n<1K 1K<n<10K 10K<n<100K 100K<n<1M 1M<n<10M 10M<n<100M 100M<n<1B 1B<n<10B 10B<n<100B 100B<n<1T n>1T other',
);

const LANGUAGES: readonly ValueHelp[] = [
  ...iso6391.getAllCodes().map((code) => ({ value: code, help: iso6391.getName(code) })),
  { value: 'code', help: 'Programming languages' },
  { value: 'multilingual', help: 'Many languages' },
];

const LICENSES: readonly ValueHelp[] = HUB_LICENSES.filter((id) => id !== 'unknown').map((id) =>
  id === 'other' ? { value: id, help: 'Needs `license_name` and `license_link`' } : { value: id },
);

const list = (values: readonly string[]): readonly ValueHelp[] => valuesOf(...values);

const SHARED: readonly KeyHelp[] = [
  {
    key: 'license',
    help: 'Licence as an SPDX or Hub id. `other` needs `license_name` and `license_link` beside it.',
    values: LICENSES,
    type: ['string', 'list'],
  },
  { key: 'license_name', help: 'Name of a licence that has no id of its own; goes with `license: other`.' },
  { key: 'license_link', help: 'URL of the licence text, or `LICENSE` for the file beside the card.' },
  {
    key: 'language',
    type: ['string', 'list'],
    help: 'Natural languages as ISO 639 codes. Put quotes around `no` (Norwegian).',
    values: LANGUAGES,
  },
  { key: 'tags', type: 'list', help: 'Free words to find the card by. They state nothing that a guideline asks for.' },
  { key: 'last_reviewed', help: 'ISO date on which somebody last checked that the card still holds.' },
  { key: 'next_review', help: 'ISO date of the next check; a date in the past is reported.' },
];

const MODEL_KEYS: readonly KeyHelp[] = [
  ...SHARED,
  {
    key: 'base_model',
    type: ['string', 'list'],
    help: 'Hub id of the model this one is derived from (or a list). Name its 40-digit commit in the text.',
  },
  {
    key: 'base_model_relation',
    help: 'How this model comes from its base model.',
    values: list(['adapter', 'finetune', 'merge', 'quantized']),
  },
  { key: 'datasets', type: ['string', 'list'], help: 'Hub ids of the data sets the model was trained on.' },
  { key: 'library_name', help: 'Library that loads the model.', values: list(LIBRARIES) },
  {
    key: 'pipeline_tag',
    help: 'The task the model is for. It does not replace a statement of the intended use.',
    values: list(PIPELINE_TAGS),
  },
  {
    key: 'metrics',
    type: ['string', 'list'],
    help: 'Names of the metrics the model was evaluated with; the values belong into `model-index`.',
  },
  {
    key: 'model-index',
    type: 'list',
    keys: modelIndexKeys(list(PIPELINE_TAGS)),
    help: 'Evaluation results: per model a `name` and `results` of task, data set and metrics.',
  },
  { key: 'model_name', help: 'Name under which the evaluation results are listed.' },
  { key: 'new_version', help: 'Hub id of the model that replaces this one.' },
  {
    key: 'co2_eq_emissions',
    type: ['number', 'map'],
    keys: EMISSION_KEYS,
    help: 'Emissions of the training in grams of CO2 equivalent (`emissions`), with how they were found.',
  },
  { key: 'widget', type: 'list', help: 'Example inputs for the try-out box of the Hub.' },
  {
    key: 'inference',
    type: ['boolean', 'map'],
    help: 'Settings of the try-out box of the Hub, or `false`.',
    values: YES_NO,
  },
  { key: 'thumbnail', help: 'URL of a picture for the card.' },
  { key: 'extra_gated_prompt', help: 'Text that a person accepts before downloading the model.' },
];

const DATA_KEYS: readonly KeyHelp[] = [
  ...SHARED,
  { key: 'pretty_name', help: 'Name of the data set for people.' },
  {
    key: 'source_datasets',
    type: ['string', 'list'],
    help: '`original`, or the ids of the data sets this one is made from. Sources outside the Hub belong into the text with URL and date.',
  },
  {
    key: 'size_categories',
    type: ['string', 'list'],
    help: 'Number of examples, by order of magnitude.',
    values: list(SIZES),
  },
  {
    key: 'task_categories',
    type: ['string', 'list'],
    help: 'Tasks the data is for. They do not replace a statement of the intended use.',
    values: list(PIPELINE_TAGS),
  },
  { key: 'task_ids', type: ['string', 'list'], help: 'Finer tasks within `task_categories`.' },
  {
    key: 'annotations_creators',
    type: ['string', 'list'],
    help: 'Who made the annotations.',
    values: list(['crowdsourced', 'expert-generated', 'found', 'machine-generated', 'no-annotation', 'other']),
  },
  {
    key: 'language_creators',
    type: ['string', 'list'],
    help: 'Who wrote the texts.',
    values: list(['crowdsourced', 'expert-generated', 'found', 'machine-generated', 'other']),
  },
  {
    key: 'multilinguality',
    type: ['string', 'list'],
    help: 'Whether one language or several.',
    values: list(['monolingual', 'multilingual', 'translation', 'other']),
  },
  { key: 'configs', type: 'list', keys: CONFIG_KEYS, help: 'Subsets: per `config_name` the `data_files` and splits.' },
  {
    key: 'dataset_info',
    type: ['map', 'list'],
    keys: DATASET_INFO_KEYS,
    help: 'Features, splits and sizes per subset.',
  },
  { key: 'paperswithcode_id', help: 'Id of the data set at Papers with Code.' },
  { key: 'extra_gated_prompt', help: 'Text that a person accepts before downloading the data.' },
];

/** Front-matter keys of a card, the most useful first. Source: the Hub's card metadata specification. */
export function frontMatterKeys(kind: CardKind): readonly KeyHelp[] {
  return kind === 'model-card' ? MODEL_KEYS : DATA_KEYS;
}
