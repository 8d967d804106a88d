import { type CallTable, callTable } from '../../engine/callRule.ts';

/**
 * Stores, caches and messages that are read with pickle. Sources: signatures of langgraph-checkpoint 4.3, msgpack-numpy 0.4.8
 * (object arrays are unpickled), pyzmq (`recv_pyobj` is `pickle.loads`), the manual of `multiprocessing.connection` ("recv"
 * unpickles what it gets, hence `authkey`), PyTorch's note on object collectives, diskcache (CVE-2025-69872), numcodecs 0.16.
 */
export const PICKLED_STATE: CallTable = callTable([
  {
    detection: 'LOAD-56',
    apis: 'langgraph.checkpoint.serde.jsonplus.JsonPlusSerializer',
    when: [{ parameter: 'pickle_fallback', is: 'true' }],
    message: 'fallback',
    fixes: [{ set: 'pickle_fallback', to: 'False', kind: 'suggestion' }],
  },
  { detection: 'LOAD-57', apis: 'zmq.**.recv_pyobj', message: 'socket' },
  {
    detection: 'LOAD-57',
    apis: 'multiprocessing.connection.Client',
    when: [{ parameter: 'authkey', position: 2, is: 'absent', noneIsDefault: true }],
    message: 'connection',
  },
  {
    detection: 'LOAD-57',
    apis: 'multiprocessing.connection.Listener',
    when: [{ parameter: 'authkey', position: 3, is: 'absent', noneIsDefault: true }],
    message: 'connection',
  },
  { detection: 'LOAD-58', apis: 'msgpack_numpy.patch', message: 'patch' },
  {
    detection: 'LOAD-59',
    apis: 'diskcache.Cache diskcache.FanoutCache diskcache.Deque diskcache.Index',
    source: { parameter: 'directory', position: 0 },
    onlyUntrusted: true,
    severity: 'info',
    unless: [{ parameter: 'disk', is: 'given' }],
    message: 'cache',
  },
  {
    detection: 'LOAD-59',
    apis: 'joblib.Memory',
    source: { parameter: 'location', position: 0 },
    onlyUntrusted: true,
    severity: 'info',
    message: 'cache',
  },
  { detection: 'LOAD-61', apis: 'numcodecs.Pickle numcodecs.pickles.Pickle', severity: 'info', message: 'codec' },
  {
    detection: 'LOAD-63',
    apis: `llama_index.core.objects.ObjectIndex.from_persist_dir llama_index.objects.ObjectIndex.from_persist_dir
      llama_index.core.objects.SimpleObjectNodeMapping.from_persist_dir
      llama_index.objects.SimpleObjectNodeMapping.from_persist_dir`,
    severity: 'info',
    source: { parameter: 'persist_dir', position: 0 },
    message: 'index',
  },
]);

/** Exchanges of objects between the processes of one job; plain data unless somebody else is on the network. */
export const COLLECTIVES: CallTable = callTable([
  {
    detection: 'LOAD-57',
    apis: `torch.distributed.broadcast_object_list torch.distributed.all_gather_object torch.distributed.gather_object
      torch.distributed.scatter_object_list torch.distributed.recv_object_list`,
    unless: [{ parameter: 'weights_only', is: 'true' }],
    severity: 'hint',
    message: 'collective',
  },
]);

/** Readers of MessagePack that take a hook for what they cannot read themselves. */
export const UNPACKS: CallTable = callTable([
  { detection: 'LOAD-58', apis: 'msgpack.unpackb msgpack.unpack msgpack.Unpacker msgpack.loads msgpack.load' },
]);
