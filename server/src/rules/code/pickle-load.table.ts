import { type ApiTable, apiTable } from '../../languages/python/program.ts';

/** What to say about one family of loaders that have no safe mode. */
export interface PickleFamily {
  /** What the finding is about: `data` or `file` that is read. */
  readonly instead: string;
  /** Arguments that limit what can be built, so that own data may be read this way. */
  readonly limits?: readonly string[];
}

const PICKLE: PickleFamily = {
  instead: 'JSON for records, `safetensors` for weights, `numpy.save(allow_pickle=False)` for arrays',
};
const SESSION: PickleFamily = { instead: 'a script that builds the session again' };
const JOBLIB: PickleFamily = {
  instead: '`skops.io` for scikit-learn models, after reading its list of untrusted types',
};
const PANDAS: PickleFamily = { instead: 'Parquet (`read_parquet`) or CSV' };
const SHELVE: PickleFamily = { instead: '`sqlite3` or JSON' };
const MARSHAL: PickleFamily = { instead: 'JSON' };
const JSONPICKLE: PickleFamily = { instead: '`json.loads`', limits: ['classes', 'on_missing'] };

const family = (row: PickleFamily, names: string): (readonly [string, PickleFamily])[] =>
  names.split(/\s+/).map((name) => [name, row] as const);

/** Everything that rebuilds arbitrary objects from bytes and has no mode that does not. Source: the libraries' documentation. */
export const PICKLES: ApiTable<PickleFamily> = apiTable<PickleFamily>([
  ...family(
    PICKLE,
    `pickle.load pickle.loads pickle.Unpickler().load dill.load dill.loads dill.Unpickler().load cloudpickle.load
    cloudpickle.loads ray.cloudpickle.load ray.cloudpickle.loads joblib.externals.cloudpickle.load
    joblib.externals.cloudpickle.loads srsly.pickle_loads srsly.cloudpickle.loads`,
  ),
  ...family(SESSION, 'dill.load_session dill.load_module dill.load_module_asdict'),
  ...family(JOBLIB, 'joblib.load'),
  ...family(
    PANDAS,
    `pandas.read_pickle pandas.io.pickle.read_pickle pandas.compat.pickle_compat.load geopandas.read_pickle
    modin.pandas.read_pickle`,
  ),
  ...family(SHELVE, 'shelve.open shelve.Shelf shelve.DbfilenameShelf shelve.BsdDbShelf'),
  ...family(MARSHAL, 'marshal.load marshal.loads'),
  ...family(
    JSONPICKLE,
    'jsonpickle.decode jsonpickle.loads jsonpickle.unpickler.decode jsonpickle.unpickler.Unpickler().restore',
  ),
]);

/** Bytes made by these in the same program are nobody else's. */
export const DUMPS: ApiTable<true> = apiTable(
  `pickle.dumps dill.dumps cloudpickle.dumps ray.cloudpickle.dumps joblib.externals.cloudpickle.dumps
  srsly.pickle_dumps jsonpickle.encode jsonpickle.dumps`
    .split(/\s+/)
    .map((name) => [name, true] as const),
);

/** Calls that run a code object. */
export const RUNS_CODE: ApiTable<true> = apiTable(
  ['exec', 'eval', 'types.FunctionType', 'types.CodeType'].map((name) => [name, true] as const),
);

/** Arrays and views of such bytes are still the same bytes. */
export const REPACKS: ReadonlySet<string> = new Set(
  `numpy.frombuffer numpy.asarray numpy.array numpy.concatenate torch.from_numpy torch.tensor torch.ByteTensor
  multiprocessing.Array io.BytesIO`.split(/\s+/),
);
