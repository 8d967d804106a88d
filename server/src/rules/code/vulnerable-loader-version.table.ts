import { type CallRow, type CallTable, callTable } from '../../engine/callRule.ts';

const row = (
  detection: string,
  apis: string,
  versions: { readonly package: string; readonly below: string; readonly from?: string },
  flaw: string,
  more: Partial<CallRow> = {},
): CallRow => ({ detection, apis, versions, ...more, data: { flaw } });

const KERAS = 'keras.models.load_model keras.saving.load_model';
const HDF5: CallRow['when'] = [{ parameter: 'filepath', position: 0, is: /\.(?:h5|hdf5)$/i }];
const SAFE_TORCH: CallRow['when'] = [{ parameter: 'weights_only', is: 'true' }];
/** The same without saying so, which is everywhere. */
const DEFAULT_TORCH: CallRow['when'] = [
  { parameter: 'weights_only', is: 'absent', absent: true, noneIsDefault: true },
  { parameter: 'pickle_module', position: 2, is: 'absent', absent: true, noneIsDefault: true },
];
const ARROW_READS = `pyarrow.ipc.open_file pyarrow.ipc.open_stream pyarrow.feather.read_table pyarrow.feather.read_feather
  pyarrow.parquet.read_table pyarrow.parquet.ParquetFile pandas.read_parquet pandas.read_feather`;
const LANGCHAIN =
  'langchain_core.load.load langchain_core.load.loads langchain_core.load.load.load langchain_core.load.load.loads';

/**
 * Loaders that are safe as they are called, but not in these versions. Of several rows for one call and one package the first
 * that holds counts. Facts: the advisories named, from the GitHub and PyPA advisory databases.
 */
export const VULNERABLE: CallTable = callTable([
  row(
    'LOAD-02',
    'torch.load',
    { package: 'torch', below: '2.6' },
    'CVE-2025-32434: code runs despite `weights_only=True`',
    {
      when: [{ parameter: 'weights_only', is: 'true' }],
    },
  ),
  row(
    'LOAD-02',
    'torch.load',
    { package: 'torch', from: '2.6', below: '2.10' },
    'CVE-2026-24747: memory corruption in the restricted unpickler',
    { when: SAFE_TORCH, unless: [{ parameter: 'pickle_module', position: 2, is: 'given', noneIsDefault: true }] },
  ),
  row(
    'LOAD-02',
    'torch.load',
    { package: 'torch', from: '2.6', below: '2.10' },
    'CVE-2026-24747: memory corruption in the restricted unpickler',
    { when: DEFAULT_TORCH, severity: 'hint' },
  ),
  row(
    'LOAD-29',
    KERAS,
    { package: 'keras', from: '3.0', below: '3.11.3' },
    'CVE-2025-9905: HDF5 files are loaded without safe mode',
    {
      when: HDF5,
    },
  ),
  row('LOAD-30', KERAS, { package: 'keras', from: '3.0', below: '3.9' }, 'CVE-2025-1550: code runs despite safe mode'),
  row(
    'LOAD-30',
    KERAS,
    { package: 'keras', from: '3.0', below: '3.11.3' },
    'CVE-2025-8747: code runs despite safe mode',
  ),
  row(
    'LOAD-30',
    KERAS,
    { package: 'keras', from: '3.0', below: '3.12' },
    'CVE-2025-12058: the model reads files and addresses',
  ),
  row(
    'LOAD-30',
    KERAS,
    { package: 'keras', from: '3.0', below: '3.13.2' },
    'CVE-2026-1669: the model reads files of the machine',
  ),
  row('LOAD-30', KERAS, { package: 'keras', below: '2.13' }, 'CVE-2024-3660: there is no safe mode'),
  row('LOAD-30', KERAS, { package: 'tensorflow', below: '2.13' }, 'CVE-2024-3660: there is no safe mode'),
  row(
    'LOAD-35',
    'onnx.load onnx.load_model onnx.load_external_data_for_model',
    { package: 'onnx', below: '1.13' },
    'CVE-2022-25882: the model reads files outside its folder',
    { unless: [{ parameter: 'load_external_data', position: 2, is: 'false' }] },
  ),
  row(
    'LOAD-35',
    'onnx.load onnx.load_model onnx.load_external_data_for_model',
    { package: 'onnx', below: '1.21' },
    'CVE-2026-34447: the model reads files outside its folder through links',
    { unless: [{ parameter: 'load_external_data', position: 2, is: 'false' }] },
  ),
  row(
    'LOAD-37',
    'skops.io.load skops.io.loads',
    { package: 'skops', below: '0.12' },
    'CVE-2025-54412: code runs despite the list of trusted types',
  ),
  row(
    'LOAD-38',
    'skops.card.Card().get_model',
    { package: 'skops', below: '0.13' },
    'CVE-2025-54886: files of another format are unpickled',
  ),
  row('LOAD-49', 'nltk.download', { package: 'nltk', below: '3.8.2' }, 'CVE-2024-39705: data packages are pickles', {
    when: [
      {
        parameter: 'info_or_id',
        position: 0,
        is: [
          'punkt',
          'averaged_perceptron_tagger',
          'maxent_ne_chunker',
          'maxent_treebank_pos_tagger',
          'all',
          'popular',
        ],
      },
    ],
  }),
  row(
    'LOAD-55',
    LANGCHAIN,
    { package: 'langchain-core', below: '0.3.81' },
    'CVE-2025-68664: stored data builds objects',
  ),
  row(
    'LOAD-55',
    LANGCHAIN,
    { package: 'langchain-core', from: '1.0', below: '1.2.5' },
    'CVE-2025-68664: stored data builds objects',
  ),
  row(
    'LOAD-60',
    ARROW_READS,
    { package: 'pyarrow', from: '0.14', below: '14.0.1' },
    'CVE-2023-47248: reading data can run code',
    {
      severity: 'error',
    },
  ),
  row(
    'LOAD-26',
    'hydra.utils.instantiate hydra.utils.call',
    { package: 'hydra-core', below: '1.3.4' },
    'CVE-2026-68508: a configuration can name any function',
  ),
]);
