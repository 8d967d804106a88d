import { type CallTable, callTable } from '../../engine/callRule.ts';
import { type ApiTable, apiTable } from '../../languages/python/program.ts';

/**
 * Allow lists that are given as "everything". Facts: langchain-core 1.6.5 (`allowed_objects`, `secrets_from_env`),
 * langgraph-checkpoint 4.3 (`True` stands for any module), skops below 0.10 (`trusted=True`).
 */
export const LISTS: CallTable = callTable([
  {
    detection: 'LOAD-37',
    apis: 'skops.io.load skops.io.loads',
    when: [{ parameter: 'trusted', position: 1, is: 'true' }],
    message: 'everything',
  },
  {
    detection: 'LOAD-55',
    apis: 'langchain_core.load.load langchain_core.load.loads langchain_core.load.load.load langchain_core.load.load.loads',
    when: [{ parameter: 'allowed_objects', is: ['all'] }],
    severity: 'error',
    message: 'everything',
    fixes: [{ set: 'allowed_objects', to: '"messages"', kind: 'suggestion' }],
  },
  {
    detection: 'LOAD-55',
    apis: 'langchain_core.load.load langchain_core.load.loads langchain_core.load.load.load langchain_core.load.load.loads',
    when: [{ parameter: 'secrets_from_env', is: 'true' }],
    severity: 'error',
    message: 'secrets',
    fixes: [{ set: 'secrets_from_env', to: 'False', kind: 'suggestion' }],
  },
  {
    detection: 'LOAD-56',
    apis: 'langgraph.checkpoint.serde.jsonplus.JsonPlusSerializer',
    when: [{ parameter: 'allowed_json_modules', is: 'true' }],
    message: 'everything',
  },
  {
    detection: 'LOAD-56',
    apis: 'langgraph.checkpoint.serde.jsonplus.JsonPlusSerializer',
    when: [{ parameter: 'allowed_msgpack_modules', is: 'true' }],
    message: 'everything',
  },
]);

/** Functions that take a list of classes which torch may build in safe mode: parameter `safe_globals`, first position. */
export const TORCH_LISTS: ApiTable<true> = apiTable(
  ['torch.serialization.add_safe_globals', 'torch.serialization.safe_globals'].map((name) => [name, true] as const),
);

/** Loaders of skops, whose list may be what the file itself asks for. */
export const SKOPS: ApiTable<true> = apiTable(['skops.io.load', 'skops.io.loads'].map((name) => [name, true] as const));

/** What a file asks for: taken as the list of what is allowed, the file decides for itself. */
export const ASKED: ApiTable<string> = apiTable([
  ['torch.serialization.get_unsafe_globals_in_checkpoint', 'get_unsafe_globals_in_checkpoint'],
  ['skops.io.get_untrusted_types', 'get_untrusted_types'],
]);

/** Callables with which any code can be run, by qualified name or module. */
export const DANGEROUS =
  /^(?:(?:builtins\.)?(?:eval|exec|compile|getattr|setattr|__import__|open|globals|vars)|functools\.(?:partial|reduce)|(?:operator|os|posix|nt|subprocess|importlib|runpy|shutil|sys|pty|ctypes|code|types)\..+)$/;

/** Modules that hold a function to run any code with, so that allowing the whole module allows everything. */
export const WIDE_MODULES: ReadonlySet<string> = new Set(
  `builtins __builtin__ os posix nt sys subprocess importlib operator functools types code runpy shutil ctypes torch numpy
  pandas sklearn transformers`.split(/\s+/),
);

/** Classes to inherit from for an unpickler of one's own. */
export const UNPICKLERS: ApiTable<true> = apiTable(
  ['pickle.Unpickler', 'pickle._Unpickler', 'dill.Unpickler', 'cloudpickle.Unpickler'].map(
    (name) => [name, true] as const,
  ),
);
