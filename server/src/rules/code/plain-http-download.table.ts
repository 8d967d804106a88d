import type { Parameter } from '../../engine/callRule.ts';
import { type ApiTable, apiTable } from '../../languages/python/program.ts';

/** Where an API takes an address, and what it is for. */
export interface Address extends Parameter {
  /** Only addresses of models and data count: the API is used for anything. */
  readonly dataOnly?: true;
}

const rows = (row: Address, names: string): (readonly [string, Address])[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, row] as const);

/** What is read from an address, and what keeps track of models. Endpoints of models have a rule of their own. Sources: the libraries' references. */
export const ADDRESSES: ApiTable<Address> = apiTable<Address>([
  ...rows(
    { parameter: 'filepath_or_buffer', position: 0 },
    `pandas.read_csv pandas.read_table pandas.read_parquet pandas.read_excel pandas.read_feather pandas.read_fwf
    pandas.read_hdf pandas.read_xml`,
  ),
  ...rows({ parameter: 'path_or_buf', position: 0 }, 'pandas.read_json'),
  ...rows({ parameter: 'io', position: 0 }, 'pandas.read_html'),
  ...rows(
    { parameter: 'source', position: 0 },
    'polars.read_csv polars.read_parquet polars.scan_parquet polars.scan_csv',
  ),
  ...rows({ parameter: 'urlpath', position: 0 }, 'fsspec.open fsspec.get'),
  ...rows({ parameter: 'urls', position: 0 }, 'webdataset.WebDataset'),
  ...rows({ parameter: 'data_files' }, 'datasets.load_dataset'),
  ...rows({ parameter: 'data_dir' }, 'datasets.Dataset.from_csv'),
  ...rows(
    { parameter: 'url', position: 0 },
    `torch.hub.download_url_to_file torch.hub.load_state_dict_from_url torchvision.datasets.utils.download_url
    torchvision.datasets.utils.download_and_extract_archive pooch.retrieve gdown.download wget.download
    urllib.request.urlretrieve`,
  ),
  ...rows({ parameter: 'origin', position: 1 }, 'keras.utils.get_file keras.utils.data_utils.get_file'),
  ...rows(
    { parameter: 'url', position: 0, dataOnly: true },
    `requests.get requests.Session().get httpx.get httpx.stream httpx.Client().get urllib.request.urlopen
    urllib.request.Request aiohttp.ClientSession().get`,
  ),
  ...rows({ parameter: 'uri', position: 0 }, 'mlflow.set_tracking_uri mlflow.set_registry_uri'),
  ...rows({ parameter: 'tracking_uri', position: 0 }, 'mlflow.MlflowClient mlflow.tracking.MlflowClient'),
]);

/** Environment variables with the address of an index of packages or a tracking server. */
export const ADDRESS_VARIABLES: readonly string[] =
  'MLFLOW_TRACKING_URI MLFLOW_REGISTRY_URI WANDB_BASE_URL HF_MIRROR PIP_INDEX_URL PIP_EXTRA_INDEX_URL UV_INDEX_URL'.split(
    ' ',
  );

/** What an address of a model or dataset ends in. */
export const DATA_FILE =
  /\.(?:pt|pth|bin|ckpt|pkl|pickle|joblib|h5|hdf5|keras|onnx|safetensors|gguf|npy|npz|csv|tsv|jsonl|parquet|arrow|zip|tar|tgz|gz|bz2|xz|7z|txt|json|whl)(?:[?#]|$)/i;
