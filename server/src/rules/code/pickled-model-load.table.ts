import { type CallRow, type CallTable, callTable } from '../../engine/callRule.ts';

const row = (
  detection: string,
  apis: string,
  source: string,
  instead: string,
  more: Partial<CallRow> = {},
): CallRow => ({
  detection,
  apis,
  source: { parameter: source, position: 0 },
  untrusted: 'untrusted',
  data: { instead },
  ...more,
});

const GENERIC = 'a format that holds only numbers and settings';

/** Names of checkpoints that the library itself offers and downloads. */
const OWN_CHECKPOINT = /^(?!(?:yolo|rtdetr|sam|mobile_?sam|fastsam)[\w.-]{0,60}$)(?![a-z]{1,10}:\/\/).{1,1000}\.pt$/i;

/**
 * Loaders that unpickle underneath, where the name does not say so. Facts from the sources of the libraries: fastai
 * `load_learner`, statsmodels 0.15 and shap 0.51 unpickle whole objects; Ultralytics loads with `weights_only=False` and may
 * install a package that the checkpoint names, unless `safe_only=True`; mlflow flavours other than ONNX and the native ones
 * unpickle; gensim, Stable Baselines3, AutoGluon, PyCaret, BERTopic, Flair and DGL keep pickles in their files. Where
 * reading what one has written oneself is the usual case, the row is an information that a download turns into a warning.
 */
export const PICKLED_MODELS: CallTable = callTable([
  // Since 3.9 (CVE-2024-39705) pickles are read with a restricted unpickler.
  row('LOAD-49', 'nltk.data.load', 'resource_url', 'the `punkt_tab` resources of nltk 3.9', {
    when: [{ parameter: 'resource_url', position: 0, is: /\.pickle$/ }],
    versions: { package: 'nltk', below: '3.9', unknown: 'holds' },
  }),
  row('LOAD-20', 'pandas.read_hdf pandas.HDFStore', 'path_or_buf', 'Parquet', { severity: 'info', message: 'objects' }),
  row('LOAD-20', 'tables.open_file', 'filename', 'Parquet or Zarr', { severity: 'info', onlyUntrusted: true }),
  row('LOAD-41', 'huggingface_hub.from_pretrained_fastai', 'repo_id', 'exported weights (`safetensors`)', {
    severity: 'error',
  }),
  row('LOAD-41', 'fastai.**.load_learner', 'fname', 'exported weights (`safetensors`)'),
  row('LOAD-44', 'ultralytics.YOLO ultralytics.RTDETR ultralytics.SAM ultralytics.FastSAM', 'model', 'an ONNX export', {
    when: [{ parameter: 'model', position: 0, is: OWN_CHECKPOINT }],
    unless: [{ parameter: 'safe_only', is: 'true' }],
  }),
  row('LOAD-44', 'ultralytics.YOLO ultralytics.RTDETR ultralytics.SAM ultralytics.FastSAM', 'model', 'an ONNX export', {
    when: [{ parameter: 'model', position: 0, is: 'given' }],
    unless: [{ parameter: 'safe_only', is: 'true' }],
    onlyUntrusted: true,
  }),
  row('LOAD-44', 'ultralytics.nn.tasks.attempt_load_weights', 'weights', 'an ONNX export'),
  row('LOAD-44', 'ultralytics.nn.tasks.torch_safe_load', 'weight', 'an ONNX export', {
    unless: [{ parameter: 'safe_only', position: 1, is: 'true' }],
  }),
  row(
    'LOAD-46',
    `fairseq.checkpoint_utils.load_model_ensemble_and_task fairseq.checkpoint_utils.load_model_ensemble
    fairseq.checkpoint_utils.load_checkpoint_to_cpu`,
    'filenames',
    'a checkpoint in the format of transformers',
  ),
  row('LOAD-46', 'fairseq.models.**.from_pretrained', 'model_name_or_path', 'a checkpoint of transformers'),
  row('LOAD-48', 'whisper.load_model', 'name', 'a model by its built-in name', {
    severity: 'info',
    when: [{ parameter: 'name', position: 0, is: /[/\\]|\.pt$/ }],
  }),
  row('LOAD-48', 'TTS.api.TTS', 'model_path', 'a model by its built-in name', {
    severity: 'info',
    when: [{ parameter: 'model_path', is: 'given' }],
    source: { parameter: 'model_path' },
  }),
  row(
    'LOAD-50',
    'gensim.models.**.load gensim.corpora.**.load gensim.similarities.**.load gensim.utils.unpickle',
    'fname',
    'the word2vec format (`KeyedVectors.load_word2vec_format`)',
    { severity: 'info' },
  ),
  row(
    'LOAD-51',
    `mlflow.pyfunc.load_model mlflow.sklearn.load_model mlflow.pytorch.load_model mlflow.keras.load_model
    mlflow.statsmodels.load_model mlflow.shap.load_explainer mlflow.dspy.load_model mlflow.langchain.load_model`,
    'model_uri',
    'a model logged as skops or ONNX, with `MLFLOW_ALLOW_PICKLE_DESERIALIZATION=false`',
  ),
  row('LOAD-52', 'statsmodels.iolib.smpickle.load_pickle statsmodels.api.load', 'fname', 'parameters stored as JSON'),
  row('LOAD-52', 'shap.Explainer.load', 'in_file', 'an explainer that is built again'),
  row(
    'LOAD-53',
    `stable_baselines3.**.load sb3_contrib.**.load autogluon.**.load bertopic.BERTopic.load flair.models.**.load
    dgl.load_graphs dgl.data.utils.load_graphs paddle.load pycaret.classification.load_model
    pycaret.regression.load_model pycaret.clustering.load_model pycaret.time_series.load_model
    pycaret.anomaly.load_model`,
    'path',
    GENERIC,
    { severity: 'info' },
  ),
  row(
    'LOAD-53',
    'kedro_datasets.pickle.PickleDataset kedro.extras.datasets.pickle.PickleDataSet',
    'filepath',
    GENERIC,
    {
      severity: 'info',
      source: { parameter: 'filepath' },
    },
  ),
  row('LOAD-53', 'dspy.load', 'path', 'the JSON state (`save_program=False`)', {
    when: [{ parameter: 'allow_pickle', is: 'true' }],
  }),
  row('LOAD-62', 'torch_geometric.io.fs.torch_load', 'path', 'tensors read with `weights_only=True`', {
    severity: 'info',
  }),
  row('LOAD-62', 'accelerate.Accelerator().load_state', 'input_dir', 'a folder of your own runs', {
    severity: 'info',
    onlyUntrusted: 'remote',
  }),
  row(
    'LOAD-62',
    `deepspeed.utils.zero_to_fp32.get_fp32_state_dict_from_zero_checkpoint
    deepspeed.utils.zero_to_fp32.load_state_dict_from_zero_checkpoint`,
    'checkpoint_dir',
    'a folder of your own runs',
    { severity: 'info', onlyUntrusted: 'remote' },
  ),
]);
