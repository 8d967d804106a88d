import type { Severity } from '../../engine/finding.ts';
import { type ApiTable, apiTable } from '../../languages/python/program.ts';

/** A parameter that decides whether a loader may run what a file asks for. */
export interface Switch {
  readonly parameter: string;
  /** Zero-based; left out where the parameter is given by keyword only. */
  readonly position?: number;
  /** The argument that makes the call safe. */
  readonly safe: 'True' | 'False';
  /** Severity when an unsafe value is given. */
  readonly severity: Severity;
  /** `None` asks for the default. Otherwise it counts as false, like `0`. */
  readonly noneIsDefault?: boolean;
  /** What a call without the parameter does; left out where that is safe in every version. */
  readonly absent?:
    | 'unsafe'
    | {
        readonly package: string;
        /** First version whose default is safe. */
        readonly safeSince: string;
        /** First version that knows the parameter. */
        readonly addedIn: string;
        /** Whether to report when nobody knows the version. */
        readonly unknown: 'report' | 'ignore';
      };
  /** One level up when the file comes from a place that others write to. */
  readonly raise?: boolean;
}

/** An API together with what decides about its safety. */
export interface Loader {
  readonly switches: readonly Switch[];
  /** A parameter that gives up all restrictions as soon as it is used, with its position. */
  readonly unrestricts?: { readonly parameter: string; readonly position: number };
  /** Calling it is the defect, whatever is passed. */
  readonly always?: boolean;
}

const weightsOnly = (more: Partial<Switch> = {}): Switch => ({
  parameter: 'weights_only',
  safe: 'True',
  severity: 'error',
  ...more,
});
const allowPickle = (position: number, more: Partial<Switch> = {}): Switch => ({
  parameter: 'allow_pickle',
  position,
  safe: 'False',
  severity: 'warning',
  raise: true,
  ...more,
});
const safeMode = (position: number): Switch => ({ parameter: 'safe_mode', position, safe: 'True', severity: 'error' });

/**
 * Loaders with a safe mode. Facts from the libraries' sources and release notes:
 * - torch: `weights_only` since 1.13, `True` when unset since 2.6 unless `pickle_module` is given; `load_state_dict_from_url`
 *   still defaults to `False` (2.14.1).
 * - numpy: `allow_pickle` is off when unset since 1.16.3 (CVE-2019-6446).
 * - Keras: `safe_mode` since 2.13, on when unset; `enable_unsafe_deserialization` turns it off for the process.
 * - huggingface_hub, timm, open_clip: safe when unset in present releases.
 */
export const LOADERS: ApiTable<Loader> = apiTable<Loader>([
  [
    'torch.load',
    {
      switches: [
        weightsOnly({
          noneIsDefault: true,
          absent: { package: 'torch', safeSince: '2.6', addedIn: '1.13', unknown: 'report' },
        }),
      ],
      unrestricts: { parameter: 'pickle_module', position: 2 },
    },
  ],
  ['torch.hub.load_state_dict_from_url', { switches: [weightsOnly({ position: 6, absent: 'unsafe' })] }],
  [
    'numpy.load',
    {
      switches: [
        allowPickle(2, { absent: { package: 'numpy', safeSince: '1.16.3', addedIn: '1.10', unknown: 'ignore' } }),
      ],
    },
  ],
  ['numpy.lib.format.read_array', { switches: [allowPickle(1)] }],
  ['numpy.lib.npyio.NpzFile', { switches: [allowPickle(2)] }],
  ['keras.models.load_model', { switches: [safeMode(3)] }],
  ['keras.saving.load_model', { switches: [safeMode(3)] }],
  ['keras.saving.deserialize_keras_object', { switches: [safeMode(2)] }],
  ['keras.utils.deserialize_keras_object', { switches: [safeMode(2)] }],
  ['keras.config.enable_unsafe_deserialization', { switches: [], always: true }],
  ['keras.saving.enable_unsafe_deserialization', { switches: [], always: true }],
  [
    'huggingface_hub.load_torch_model',
    { switches: [{ parameter: 'safe', safe: 'True', severity: 'error' }, weightsOnly()] },
  ],
  ['huggingface_hub.load_state_dict_from_file', { switches: [weightsOnly({ position: 2 })] }],
  [
    'transformers.**.from_pretrained',
    {
      switches: [
        weightsOnly(),
        { parameter: 'use_safetensors', safe: 'True', severity: 'warning', noneIsDefault: true },
      ],
    },
  ],
  [
    'diffusers.**.from_pretrained',
    { switches: [{ parameter: 'use_safetensors', safe: 'True', severity: 'warning', noneIsDefault: true }] },
  ],
  ['timm.models.load_checkpoint', { switches: [weightsOnly()] }],
  ['timm.models.load_state_dict', { switches: [weightsOnly()] }],
  ['open_clip.create_model', { switches: [weightsOnly()] }],
  ['open_clip.create_model_and_transforms', { switches: [weightsOnly()] }],
]);
