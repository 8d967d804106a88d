import { type ApiTable, apiTable } from './apiTable.ts';

/** The parameter that takes the file or path of a function that writes. */
interface Writer {
  readonly parameter: string;
  readonly position: number;
}

const writers = (parameter: string, position: number, names: string): (readonly [string, Writer])[] =>
  names.split(/\s+/).map((name) => [name, { parameter, position }] as const);

/** Functions that write what a loader reads back. Source: signatures in the libraries' reference documentation. */
export const WRITERS: ApiTable<Writer> = apiTable<Writer>([
  ...writers('file', 1, 'pickle.dump dill.dump cloudpickle.dump marshal.dump'),
  ...writers('f', 1, 'torch.save torch.jit.save'),
  ...writers('f', 0, 'torch.package.PackageExporter'),
  ...writers('f', 1, 'torch.export.save onnx.save onnx.save_model'),
  ...writers('filename', 1, 'joblib.dump'),
  ...writers('file', 0, 'numpy.save numpy.savez numpy.savez_compressed'),
  ...writers('export_dir', 1, 'tensorflow.saved_model.save'),
  ...writers('filepath_or_buffer', 1, 'pandas.to_pickle'),
]);

/** Functions that write what an address sends to a file. Source: signatures in the libraries' reference documentation. */
export const DOWNLOADERS: ApiTable<Writer> = apiTable<Writer>([
  ...writers('filename', 1, 'urllib.request.urlretrieve urllib.urlretrieve'),
  ...writers('dst', 1, 'torch.hub.download_url_to_file'),
  ...writers('out', 1, 'wget.download'),
  ...writers('output', 1, 'gdown.download gdown.cached_download'),
]);

/** Methods that write their object to the path that is their first argument, whatever the object. */
export const WRITING_METHODS = [
  ...['save', 'save_model', 'save_local', 'save_pretrained', 'save_checkpoint', 'save_weights', 'export'],
  ...['to_pickle', 'to_hdf', 'dump', 'write_bytes'],
] as const;
