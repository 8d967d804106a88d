import type { SyntaxNode } from '@lezer/common';
import { apiTable } from './apiTable.ts';
import { type Flow, type FlowQuery, flowOf } from './flow.ts';
import type { PythonProgram } from './program.ts';

/** Where data comes from that somebody else may have written; completes the sentence "the data comes from …". */
export type Provenance = string;

const list = (provenance: Provenance, names: string): (readonly [string, Provenance])[] =>
  names.split(/\s+/).map((name) => [name, provenance] as const);

const SOURCES = apiTable<Provenance>([
  ...list(
    'a download',
    `requests.** httpx.** aiohttp.** urllib3.** urllib.request.urlopen urllib.request.urlretrieve urllib2.urlopen
    urllib.urlopen urllib.urlretrieve wget.download gdown.download gdown.cached_download boto3.** botocore.**
    google.cloud.storage.** s3fs.** kagglehub.** pooch.retrieve torch.hub.download_url_to_file keras.utils.get_file
    torchvision.datasets.utils.download_url ftplib.** paramiko.** mlflow.artifacts.download_artifacts
    modelscope.snapshot_download modelscope.hub.snapshot_download.snapshot_download`,
  ),
  ...list(
    'a model hub',
    `huggingface_hub.hf_hub_download huggingface_hub.snapshot_download huggingface_hub.cached_download
    huggingface_hub.HfApi().hf_hub_download huggingface_hub.HfApi().snapshot_download huggingface_hub.file_download.**
    huggingface_hub.HfFileSystem() transformers.utils.hub.cached_file transformers.utils.cached_file`,
  ),
  ...list('a socket', 'socket.** zmq.** multiprocessing.connection.** websocket.** websockets.**'),
  ...list(
    'a web request',
    `flask.request flask.request.** fastapi.Request() fastapi.UploadFile() starlette.requests.Request()
    starlette.datastructures.UploadFile() django.http.HttpRequest() bottle.request bottle.request.** sanic.Request()
    aiohttp.web.Request()`,
  ),
  ...list('an upload', 'streamlit.file_uploader streamlit.sidebar.file_uploader'),
  ...list(
    'the command line',
    `sys.argv input raw_input argparse.ArgumentParser().parse_args argparse.ArgumentParser().parse_known_args
    absl.flags.FLAGS optparse.OptionParser().parse_args getopt.getopt tyro.cli docopt.docopt`,
  ),
  ...list('the environment', 'os.environ os.environb os.getenv'),
]);

/** Opening, joining and wrapping keep to the file or address they are given. */
const PASSES = new Set(
  `open io.open codecs.open gzip.open bz2.open lzma.open zipfile.ZipFile tarfile.open smart_open.open fsspec.open
  pathlib.Path pathlib.PurePath pathlib.PosixPath io.BytesIO io.BufferedReader mmap.mmap os.fspath os.path.join
  os.path.abspath os.path.expanduser os.path.expandvars os.path.realpath os.path.normpath os.path.dirname
  os.path.basename glob.glob os.listdir os.fdopen urllib.parse.urljoin pickle.Unpickler dill.Unpickler h5py.File
  jsonpickle.unpickler.Unpickler numpy.load numpy.frombuffer gzip.decompress bz2.decompress lzma.decompress`.split(
    /\s+/,
  ),
);

const QUERY: FlowQuery<Provenance> = {
  sources: SOURCES,
  passes: PASSES,
  shape(program, node) {
    if (node.name !== 'String' && node.name !== 'FormatString') return undefined;
    const text = program.text.slice(node.from, Math.min(node.to, node.from + 40)).replace(/^\w*["']+/, '');
    if (/^(?:https?|ftp|hf|s3|gs|az|abfss?):\/\//i.test(text)) return 'a download';
    return /^(?:\/tmp\/|\/var\/tmp\/|\/dev\/shm\/)/.test(text) ? 'a folder that anybody can write to' : undefined;
  },
};

/**
 * Where the data or path that an expression stands for comes from, when that is a place others write to.
 *
 * @returns undefined when it is not known to be one; a path in the source says nothing about trust.
 */
export function provenanceOf(program: PythonProgram, node: SyntaxNode): Flow<Provenance> | undefined {
  return flowOf(program, node, QUERY);
}
