import { type ApiTable, apiTable } from '../../languages/python/program.ts';

/** An environment variable that opens loaders of a library for the whole process. */
export interface Opener {
  readonly name: string;
  /** Values, in lower case, that switch it on; undefined for any that is not empty. */
  readonly on?: readonly string[];
  /** Variable and value that have the opposite effect. */
  readonly protects?: { readonly name: string; readonly value: string };
  readonly effect: string;
}

/**
 * Sources: torch/serialization.py since 2.6 (1, y, yes, true); MLflow 3 documentation of environment variables; hydra-core
 * 1.3.4 release notes.
 */
export const OPENERS: readonly Opener[] = [
  {
    name: 'TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD',
    on: ['1', 'y', 'yes', 'true'],
    protects: { name: 'TORCH_FORCE_WEIGHTS_ONLY_LOAD', value: '"1"' },
    effect: 'every `torch.load` without `weights_only` runs code that the file contains',
  },
  {
    name: 'MLFLOW_ALLOW_PICKLE_DESERIALIZATION',
    on: ['1', 'true'],
    protects: { name: 'MLFLOW_ALLOW_PICKLE_DESERIALIZATION', value: '"false"' },
    effect: 'models of the registry are unpickled and run code',
  },
  {
    name: 'HYDRA_INSTANTIATE_ALLOWLIST_OVERRIDE',
    effect: 'configurations may name functions that hydra otherwise refuses',
  },
];

/** A loader that is safe unless told otherwise, with the argument that tells. */
export interface Guarded {
  readonly loader: string;
  readonly parameter: string;
  /** Value of the parameter that gives the safety up. */
  readonly unsafe: boolean;
}

const TORCH: Guarded = { loader: 'torch.load', parameter: 'weights_only', unsafe: false };
const NUMPY: Guarded = { loader: 'numpy.load', parameter: 'allow_pickle', unsafe: true };

/** Loaders that are replaced by a wrapper of the project, by qualified name. */
export const GUARDED: ApiTable<Guarded> = apiTable([
  ['torch.load', TORCH],
  ['torch.serialization.load', TORCH],
  ['torch.serialization._load', TORCH],
  ['numpy.load', NUMPY],
]);

/** Functions that replace an attribute of a module: the object and the name, or the dotted path as one text. */
export const PATCHES: ApiTable<'pair' | 'path'> = apiTable(
  [
    ['setattr', 'pair'],
    ['unittest.mock.patch.object', 'pair'],
    ['unittest.mock.patch', 'path'],
    ['mock.patch', 'path'],
  ],
  { wrapped: false },
);

/** The pickle module that others use, replaced by one that builds even more. */
export const WIDER_PICKLES: ApiTable<true> = apiTable(
  `dill dill.load dill.loads dill.Unpickler cloudpickle cloudpickle.load cloudpickle.loads`
    .split(/\s+/)
    .map((name) => [name, true] as const),
);

/** `SafeModeScope(False)` in Keras' sources: loads inside it have no safe mode. */
export const SCOPES: ApiTable<true> = apiTable(
  ['keras.saving.serialization_lib.SafeModeScope', 'keras.saving.SafeModeScope'].map((name) => [name, true] as const),
  { wrapped: false },
);
