/**
 * One library under several import names: the first prefix is rewritten to the second before an API is looked up, so that
 * tables name each API once. Longer prefixes first where one contains another.
 *
 * Sources: the packages' own re-exports (`tensorflow.keras` and `tf_keras` are Keras; `torch.serialization` defines
 * `torch.load`; `torch.utils.model_zoo` re-exports `torch.hub`; `_pickle` is the C half of `pickle`).
 */
const SAME_LIBRARY: readonly (readonly [string, string])[] = [
  ['tensorflow.compat.v1.keras', 'keras'],
  ['tensorflow.compat.v2.keras', 'keras'],
  ['tensorflow.python.keras', 'keras'],
  ['tensorflow.keras', 'keras'],
  ['tensorflow.compat.v1', 'tensorflow'],
  ['tensorflow.compat.v2', 'tensorflow'],
  ['tf_keras', 'keras'],
  ['keras.src', 'keras'],
  ['keras.api', 'keras'],
  ['cPickle', 'pickle'],
  ['_pickle', 'pickle'],
  ['pickle5', 'pickle'],
  ['six.moves.cPickle', 'pickle'],
  ['sklearn.externals.joblib', 'joblib'],
  ['torch.serialization.load', 'torch.load'],
  ['torch.utils.model_zoo.load_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision.models.utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision._internally_replaced_utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['numpy.lib.npyio.load', 'numpy.load'],
  ['os.popen2', 'os.popen'],
];

/** The name under which tables list an API. */
export function canonicalName(name: string): string {
  for (const [from, to] of SAME_LIBRARY) {
    if (
      name.startsWith(from) &&
      (name.length === from.length || name[from.length] === '.' || name[from.length] === '(')
    ) {
      return to + name.slice(from.length);
    }
  }
  return name;
}

/** All spellings of a canonical name, itself included. */
export function spellingsOf(name: string): readonly string[] {
  const others = SAME_LIBRARY.filter(([, to]) => name === to || name.startsWith(`${to}.`));
  return [name, ...others.map(([from, to]) => from + name.slice(to.length))];
}

/** Names that need no import (Python 3 library reference, "Built-in Functions"; `unicode` and its like from Python 2). */
export const BUILTINS: ReadonlySet<string> = new Set(
  `abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict
  dir divmod enumerate eval exec execfile filter float format frozenset getattr globals hasattr hash help hex id input int
  isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range
  raw_input repr reversed round set setattr slice sorted staticmethod str sum super tuple type unicode vars zip
  __import__`.split(/\s+/),
);
