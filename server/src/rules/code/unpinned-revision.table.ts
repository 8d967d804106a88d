import { type ApiTable, apiTable } from '../../languages/python/program.ts';

/** How one API names what it takes from a hub, and how it can be told which state of it. */
export interface HubDownload {
  /** Parameter with the name of the repository. */
  readonly name: string;
  readonly position: number;
  /** Parameter with the commit; missing where the name itself carries it. */
  readonly pin?: string;
  readonly pinPosition?: number;
  /** How a name says which state is meant, where it does. */
  readonly inName?: RegExp;
  /** What to append to a name for that. */
  readonly append?: string;
  /** Only names of this form come from a hub. */
  readonly only?: RegExp;
  /** The name is optional and a default is chosen without it. */
  readonly optional?: true;
}

const rows = (row: HubDownload, names: string): (readonly [string, HubDownload])[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, row] as const);

const revision = (name: string, position = 0): HubDownload => ({ name, position, pin: 'revision' });
const HUB_PREFIX = { only: /^hf[-_]hub:/i, inName: /@[0-9a-f]{7,40}$/i, append: '@<commit>' };

/**
 * Everything that takes a model, dataset, file or prompt from a hub and, left alone, takes the newest state. Sources: the
 * signatures in the documentation of each library; `@commit` in names: timm (`models/_hub.py`), open_clip
 * (`factory.py`); `/versions/N` and `/N`: kagglehub (`handle.py`); `:commit`: LangSmith, "Manage prompts programmatically".
 */
export const HUB_DOWNLOADS: ApiTable<HubDownload> = apiTable<HubDownload>(
  [
    ...rows(
      revision('pretrained_model_name_or_path'),
      `transformers.**.from_pretrained diffusers.**.from_pretrained optimum.**.from_pretrained
    setfit.SetFitModel.from_pretrained span_marker.SpanMarkerModel.from_pretrained gliner.GLiNER.from_pretrained
    peft.PeftConfig.from_pretrained peft.LoraConfig.from_pretrained`,
    ),
    ...rows(revision('model_id', 1), 'peft.PeftModel.from_pretrained peft.**.from_pretrained'),
    ...rows(
      revision('model_name_or_path'),
      `sentence_transformers.SentenceTransformer sentence_transformers.SparseEncoder
    sentence_transformers.sparse_encoder.SparseEncoder`,
    ),
    ...rows(
      { name: 'model_name_or_path', position: 0, pin: 'revision' },
      'sentence_transformers.CrossEncoder sentence_transformers.cross_encoder.CrossEncoder',
    ),
    ...rows(revision('model'), 'vllm.LLM'),
    ...rows(revision('model_size_or_path'), 'faster_whisper.WhisperModel'),
    ...rows(
      { name: 'model', position: 1, pin: 'revision', optional: true },
      'transformers.pipeline transformers.pipelines.pipeline',
    ),
    ...rows({ name: 'model_name', position: 0, ...HUB_PREFIX }, 'timm.create_model'),
    ...rows(
      { name: 'model_name', position: 0, ...HUB_PREFIX },
      'open_clip.create_model open_clip.create_model_and_transforms open_clip.create_model_from_pretrained open_clip.get_tokenizer',
    ),
    ...rows(
      { name: 'path', position: 0, only: /^hf:\/\//, inName: /@[0-9a-f]{7,40}\// },
      `pandas.read_csv pandas.read_json pandas.read_parquet polars.read_csv polars.read_parquet polars.scan_parquet
    polars.read_ndjson fsspec.open`,
    ),
    ...rows(
      revision('repo_id'),
      `huggingface_hub.hf_hub_download huggingface_hub.snapshot_download huggingface_hub.hf_hub_url
    huggingface_hub.file_download.hf_hub_download huggingface_hub.file_download.hf_hub_url
    huggingface_hub._snapshot_download.snapshot_download huggingface_hub.HfApi().hf_hub_download
    huggingface_hub.HfApi().snapshot_download`,
    ),
    ...rows(
      revision('path'),
      `datasets.load_dataset datasets.load_dataset_builder datasets.get_dataset_config_names
    datasets.get_dataset_split_names datasets.get_dataset_infos datasets.load.load_dataset`,
    ),
    ...rows(
      { name: 'handle', position: 0, inName: /\/versions\/\d+$/, append: '/versions/<version>' },
      'kagglehub.dataset_download kagglehub.dataset_load kagglehub.load_dataset',
    ),
    ...rows(
      { name: 'handle', position: 0, inName: /^(?:[^/]+\/){4}\d+$/, append: '/<version>' },
      'kagglehub.model_download',
    ),
    ...rows(
      { name: 'owner_repo_commit', position: 0, inName: /:[0-9a-f]{7,64}$/i, append: ':<commit>' },
      'langchain.hub.pull langchainhub.pull langchain_classic.hub.pull',
    ),
    ...rows(
      { name: 'prompt_identifier', position: 0, inName: /:[0-9a-f]{7,64}$/i, append: ':<commit>' },
      'langsmith.Client().pull_prompt langsmith.AsyncClient().pull_prompt',
    ),
  ],
  { wrapped: false },
);

/** `load_dataset` names of readers that take files instead of a repository (datasets, `packaged_modules`). */
export const DATASET_READERS: ReadonlySet<string> = new Set(
  `csv json parquet text imagefolder audiofolder videofolder pdffolder webdataset arrow pandas sql generator cache spark
  xml hdf5 lance`.split(/\s+/),
);
