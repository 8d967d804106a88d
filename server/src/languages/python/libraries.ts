/**
 * One library under several import names: the first prefix is rewritten to the second before an API is looked up, so that
 * tables name each API once. Longer prefixes first where one contains another.
 *
 * Sources: the packages' own re-exports and predecessors (`tensorflow.keras` and `tf_keras` are Keras;
 * `torch.serialization` defines `torch.load`; `torch.utils.model_zoo` re-exports `torch.hub`; `_pickle` is the C half of
 * `pickle`; `lightning` ships `pytorch_lightning`; `langchain_classic` is what `langchain` was before version 1, which took
 * its integrations from `langchain_community`; `gpt_index` became `llama_index`, whose classes moved to `llama_index.core`).
 */
const SAME_LIBRARY: readonly (readonly [string, string])[] = [
  ['tensorflow.compat.v1.keras', 'keras'],
  ['tensorflow.compat.v2.keras', 'keras'],
  ['tensorflow.contrib.keras', 'keras'],
  ['tensorflow.python.keras', 'keras'],
  ['tensorflow.keras', 'keras'],
  ['tensorflow.compat.v1', 'tensorflow'],
  ['tensorflow.compat.v2', 'tensorflow'],
  ['tf_keras', 'keras'],
  ['keras.src', 'keras'],
  ['keras.api', 'keras'],
  ['keras._tf_keras.keras', 'keras'],
  ['cPickle', 'pickle'],
  ['_pickle', 'pickle'],
  ['pickle5', 'pickle'],
  ['six.moves.cPickle', 'pickle'],
  ['future.moves.pickle', 'pickle'],
  ['pickle._Unpickler', 'pickle.Unpickler'],
  ['pickle._loads', 'pickle.loads'],
  ['pickle._load', 'pickle.load'],
  ['dill._dill', 'dill'],
  ['jsonpickle.unpickler.decode', 'jsonpickle.decode'],
  ['sklearn.externals.joblib', 'joblib'],
  ['joblib.numpy_pickle.load', 'joblib.load'],
  ['torch.serialization.load', 'torch.load'],
  ['torch.jit._serialization', 'torch.jit'],
  ['torch.utils.model_zoo.load_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision.models.utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision._internally_replaced_utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torch.distributed.checkpoint.state_dict_loader', 'torch.distributed.checkpoint'],
  ['lightning.pytorch', 'pytorch_lightning'],
  ['lightning.LightningModule', 'pytorch_lightning.LightningModule'],
  ['lightning.LightningDataModule', 'pytorch_lightning.LightningDataModule'],
  ['lightning.Trainer', 'pytorch_lightning.Trainer'],
  ['numpy.lib.npyio', 'numpy'],
  ['numpy.lib._npyio_impl', 'numpy'],
  ['pandas.io.pickle', 'pandas'],
  ['pandas.io.api', 'pandas'],
  ['ruamel_yaml', 'ruamel.yaml'],
  ['ruamel.yaml.main', 'ruamel.yaml'],
  ['yaml.loader', 'yaml'],
  ['yaml.cyaml', 'yaml'],
  ['huggingface_hub.file_download', 'huggingface_hub'],
  ['huggingface_hub._snapshot_download', 'huggingface_hub'],
  ['huggingface_hub.hf_api', 'huggingface_hub'],
  ['huggingface_hub.inference._client', 'huggingface_hub'],
  ['datasets.load', 'datasets'],
  ['skops.io._persist', 'skops.io'],
  ['requests.api', 'requests'],
  ['requests.sessions', 'requests'],
  ['jinja2.environment', 'jinja2'],
  ['langchain_classic', 'langchain'],
  ['langchain.agents.agent_toolkits', 'langchain_community.agent_toolkits'],
  ['langchain.agent_toolkits', 'langchain_community.agent_toolkits'],
  ['langchain.chat_models', 'langchain_community.chat_models'],
  ['langchain.document_loaders', 'langchain_community.document_loaders'],
  ['langchain.embeddings', 'langchain_community.embeddings'],
  ['langchain.graphs', 'langchain_community.graphs'],
  ['langchain.llms', 'langchain_community.llms'],
  ['langchain.tools', 'langchain_community.tools'],
  ['langchain.utilities', 'langchain_community.utilities'],
  ['langchain.vectorstores', 'langchain_community.vectorstores'],
  ['langchain.prompts', 'langchain_core.prompts'],
  ['llama_index.core', 'llama_index'],
  ['llama_index.legacy', 'llama_index'],
  ['gpt_index', 'llama_index'],
  ['mcp.server.FastMCP', 'mcp.server.fastmcp.FastMCP'],
  ['mcp.server.lowlevel', 'mcp.server'],
  ['posix', 'os'],
  ['subprocess32', 'subprocess'],
  ['os.popen2', 'os.popen'],
];

/** Modules of Python's own functions, which need no module. */
const BUILTIN_MODULE = /^(?:builtins|__builtins?__)\./;
/** Packages whose classes live in modules further down than where they are documented. */
const INNER_MODULES =
  /^((?:langchain(?:_community|_core|_experimental)?|llama_index)\.\w+|pytorch_lightning)\.(?:[a-z_]\w*\.)+(?=[A-Z])/;

const BY_ROOT = new Map<string, (readonly [string, string])[]>();
for (const entry of SAME_LIBRARY) {
  const root = rootOf(entry[0]);
  BY_ROOT.set(root, [...(BY_ROOT.get(root) ?? []), entry]);
}

/** The same by the root of the common spelling. */
const TO_ROOT = new Map<string, (readonly [string, string])[]>();
for (const entry of SAME_LIBRARY) {
  const root = rootOf(entry[1]);
  TO_ROOT.set(root, [...(TO_ROOT.get(root) ?? []), entry]);
}

/** What a path of `pathlib` makes of itself is a path. */
const PATHS =
  /^pathlib\.(?:Posix|Windows)?Path(?:\.(?:cwd|home))?\(\)(?:\.(?:(?:resolve|absolute|expanduser|joinpath|with_suffix|with_name|with_stem)\(\)|parent\b))*/;

/** The name under which tables list an API. */
export function canonicalName(name: string): string {
  let canonical = name.replace(BUILTIN_MODULE, '');
  // A spelling may lead to another one; none leads back.
  for (let turn = 0; turn < 4; turn++) {
    const entry = BY_ROOT.get(rootOf(canonical))?.find(([from]) => isWithin(canonical, from));
    if (!entry) break;
    canonical = entry[1] + canonical.slice(entry[0].length);
  }
  return canonical.replace(INNER_MODULES, '$1.').replace(PATHS, 'pathlib.Path()');
}

function rootOf(name: string): string {
  const end = name.search(/[.(]/);
  return end === -1 ? name : name.slice(0, end);
}

function isWithin(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && (name.length === prefix.length || /[.(]/.test(name[prefix.length] as string));
}

/** Spellings of a name under all prefixes, itself included. An inner module of a library (`keras.src`) is gone into once. */
export function spellingsOf(name: string): readonly string[] {
  const spellings = [name];
  for (let at = 0; at < spellings.length && at < 100; at++) {
    const spelling = spellings[at] as string;
    for (const [from, to] of TO_ROOT.get(rootOf(spelling)) ?? []) {
      if (!isWithin(spelling, to) || (at > 0 && isWithin(from, to))) continue;
      const other = from + spelling.slice(to.length);
      if (!spellings.includes(other)) spellings.push(other);
    }
  }
  return spellings;
}

/**
 * Methods by which a class made from a library's one takes the danger out of it: an unpickler that looks up no class but its
 * own is another thing (Python library reference, "Restricting Globals").
 */
export const HOOKS: Readonly<Record<string, readonly string[]>> = {
  'pickle.Unpickler': ['find_class'],
  'dill.Unpickler': ['find_class'],
};

/** Functions that import the module their first argument names and return it. */
export const MODULE_LOADERS: ReadonlySet<string> = new Set([
  'importlib.import_module',
  'pytest.importorskip',
  'lazy_loader.load',
  'lazy_import.lazy_module',
]);

/** Names that need no import (Python 3 library reference, "Built-in Functions"; `unicode` and its like from Python 2). */
export const BUILTINS: ReadonlySet<string> = new Set(
  `abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict
  dir divmod enumerate eval exec execfile filter float format frozenset getattr globals hasattr hash help hex id input int
  isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range
  raw_input repr reversed round set setattr slice sorted staticmethod str sum super tuple type unicode vars zip
  __import__`.split(/\s+/),
);
