import { type Below, type CallFix, type CallRow, type CallTable, callTable } from '../../engine/callRule.ts';

/** A parameter that switches a loader to plain data. */
interface Switch {
  readonly parameter: string;
  readonly position?: number;
  readonly safe: 'True' | 'False';
  readonly noneIsDefault?: boolean;
}

const weightsOnly = (position?: number): Switch => ({
  parameter: 'weights_only',
  safe: 'True',
  ...(position !== undefined && { position }),
});
const TORCH: Switch = { ...weightsOnly(), noneIsDefault: true };
const allowPickle = (position: number): Switch => ({ parameter: 'allow_pickle', position, safe: 'False' });
const safeMode = (position: number): Switch => ({ parameter: 'safe_mode', position, safe: 'True' });
const SAFETENSORS: Switch = { parameter: 'use_safetensors', safe: 'True', noneIsDefault: true };

/** `pickle_module` takes over whatever else is given; `None` is its default. */
const NO_MODULE: CallRow['unless'] = [{ parameter: 'pickle_module', position: 2, is: 'given', noneIsDefault: true }];

const fix = (
  { parameter, position, safe }: Switch,
  kind: CallFix['kind'],
  since?: { readonly package: string; readonly version: string },
): CallFix => ({
  set: parameter,
  to: safe,
  kind,
  ...(position !== undefined && { position }),
  ...(since && { since }),
});

/** A row for the switch given with its unsafe value. */
function off(detection: string, apis: string, each: Switch, more: Partial<CallRow> = {}): CallRow {
  const { safe, ...parameter } = each;
  return {
    detection,
    apis,
    when: [{ ...parameter, is: safe === 'True' ? 'false' : 'true' }],
    message: 'given',
    severity: 'error',
    fixes: [fix(each, 'suggestion')],
    ...more,
  };
}

/** A row for the switch left out: in every version, or before one whose default is safe. */
function absent(
  detection: string,
  apis: string,
  each: Switch,
  versions: (Below & { readonly addedIn: string }) | undefined,
  more: Partial<CallRow> = {},
): CallRow {
  const { safe, ...parameter } = each;
  const since = versions && { package: versions.package, version: versions.addedIn };
  return {
    detection,
    apis,
    when: [{ ...parameter, is: 'absent' }],
    ...(versions && { versions }),
    message: versions ? 'absentOld' : 'absent',
    unsure: versions ? 'absentUnknown' : 'absent',
    severity: 'warning',
    data: { argument: `${parameter.parameter}=${safe}` },
    fixes: [fix(each, 'safe', since)],
    ...more,
  };
}

const ARRAY: CallRow['source'] = { parameter: 'file', position: 0 };
const FILE: CallRow['source'] = { parameter: 'f', position: 0 };
const TRANSFORMERS = 'transformers.**.from_pretrained';
const FROM_URL = 'torch.hub.load_state_dict_from_url';
/** Names that weights have in pickled form. */
const PICKLED = /\.(?:ckpt|pth|pt|bin|pkl)$/i;
const LIGHTNING = `lightning.fabric.Fabric().load lightning.Fabric().load lightning_fabric.Fabric().load
  lightning.fabric.Fabric().load_raw lightning.Fabric().load_raw
  lightning.fabric.utilities.cloud_io._load lightning_fabric.utilities.cloud_io._load`;

/**
 * Loaders with a safe mode. Facts from the libraries' sources and release notes:
 * - torch: `weights_only` since 1.13, `True` when unset since 2.6 unless `pickle_module` is given; `load_state_dict_from_url`
 *   still defaults to `False` (2.14.1).
 * - numpy: `allow_pickle` is off when unset since 1.16.3 (CVE-2019-6446).
 * - Keras: `safe_mode` since 2.13, on when unset; `enable_unsafe_deserialization` turns it off for the process.
 * - huggingface_hub: `load_state_dict_from_file` turned `weights_only` on in 1.33; `load_torch_model` is safe when unset.
 * - transformers, diffusers, timm, open_clip: safe when unset in present releases; a pickled file that is asked for by name is
 *   read with what protection torch has.
 * - skops: `Card(allow_pickle=True)` falls back to joblib for files of another format (0.13).
 * - Lightning 2.6: `weights_only` unset is `False` for an address, torch's default for a file.
 */
export const LOADERS: CallTable = callTable([
  {
    detection: 'LOAD-03',
    apis: 'torch.load',
    when: [{ parameter: 'pickle_module', position: 2, is: 'given', noneIsDefault: true }],
    source: FILE,
    severity: 'error',
    message: 'unrestricted',
    fixes: [
      {
        remove: 'pickle_module',
        position: 2,
        instead: { parameter: 'weights_only', value: 'True' },
        kind: 'suggestion',
      },
    ],
  },
  off('LOAD-01', 'torch.load', TORCH, { unless: NO_MODULE, source: FILE }),
  absent(
    'LOAD-01',
    'torch.load',
    TORCH,
    { package: 'torch', below: '2.6', addedIn: '1.13', unknown: 'holds' },
    { unless: NO_MODULE, source: FILE },
  ),
  off('LOAD-06', FROM_URL, weightsOnly(6)),
  absent('LOAD-06', FROM_URL, weightsOnly(6), undefined, {
    worse: [{ parameter: 'url', position: 0, is: /^http:/i }],
  }),
  off('LOAD-18', 'numpy.load', allowPickle(2), { severity: 'warning', source: ARRAY }),
  absent(
    'LOAD-18',
    'numpy.load',
    allowPickle(2),
    { package: 'numpy', below: '1.16.3', addedIn: '1.10' },
    { source: ARRAY },
  ),
  off('LOAD-18', 'numpy.lib.format.read_array', allowPickle(1), {
    severity: 'warning',
    source: { parameter: 'fp', position: 0 },
  }),
  off('LOAD-18', 'numpy.lib.npyio.NpzFile', allowPickle(2), {
    severity: 'warning',
    source: { parameter: 'fid', position: 0 },
  }),
  off('LOAD-27', 'keras.models.load_model keras.saving.load_model', safeMode(3)),
  off('LOAD-27', 'keras.saving.deserialize_keras_object keras.utils.deserialize_keras_object', safeMode(2)),
  {
    detection: 'LOAD-28',
    apis: 'keras.config.enable_unsafe_deserialization keras.saving.enable_unsafe_deserialization',
    message: 'always',
    severity: 'error',
  },
  off(
    'LOAD-38',
    'skops.card.Card',
    { parameter: 'allow_pickle', safe: 'False' },
    {
      severity: 'warning',
      source: { parameter: 'model', position: 0 },
    },
  ),
  off('LOAD-39', TRANSFORMERS, weightsOnly()),
  // The pickle is read with `weights_only=True` (transformers 4.57 and 5.18, diffusers 0.40), so it is the format that is named.
  off('LOAD-39', TRANSFORMERS, SAFETENSORS, { severity: 'warning', message: 'pickled' }),
  off('LOAD-40', 'huggingface_hub.load_torch_model', { parameter: 'safe', safe: 'True' }),
  off('LOAD-40', 'huggingface_hub.load_torch_model', weightsOnly()),
  off('LOAD-40', 'huggingface_hub.load_state_dict_from_file', weightsOnly(2)),
  absent(
    'LOAD-40',
    'huggingface_hub.load_state_dict_from_file',
    weightsOnly(2),
    { package: 'huggingface-hub', below: '1.33', addedIn: '0.26' },
    { source: { parameter: 'checkpoint_file', position: 0 } },
  ),
  off('LOAD-42', 'diffusers.**.from_pretrained', SAFETENSORS, { severity: 'warning', message: 'pickled' }),
  {
    detection: 'LOAD-42',
    apis: 'diffusers.**.from_single_file',
    when: [{ parameter: 'pretrained_model_link_or_path', position: 0, is: PICKLED }],
    unless: [{ parameter: 'use_safetensors', is: 'true' }],
    severity: 'info',
    message: 'pickled',
  },
  {
    detection: 'LOAD-42',
    apis: 'diffusers.**.load_lora_weights diffusers.**.load_textual_inversion',
    when: [{ parameter: 'weight_name', is: PICKLED }],
    severity: 'info',
    message: 'pickled',
  },
  off('LOAD-43', LIGHTNING, weightsOnly()),
  absent('LOAD-43', LIGHTNING, weightsOnly(), undefined, {
    source: { parameter: 'path', position: 0 },
    onlyUntrusted: true,
  }),
  off('LOAD-45', 'timm.models.load_checkpoint timm.models.load_state_dict', weightsOnly()),
  off('LOAD-45', 'open_clip.create_model open_clip.create_model_and_transforms', weightsOnly()),
]);
