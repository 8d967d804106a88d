import type { SyntaxNode } from '@lezer/common';
import { type Flow, type FlowQuery, flowOf } from './flow.ts';
import type { PythonProgram } from './program.ts';
import { anySource, SOURCES } from './sources.ts';

/** Where data comes from that somebody else may have written; completes the sentence "the data comes from …". */
export type Provenance = string;

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

const OUTSIDE = anySource(
  SOURCES.upload,
  SOURCES.webRequest,
  SOURCES.toolCall,
  SOURCES.widget,
  SOURCES.modelHub,
  SOURCES.socket,
  SOURCES.download,
  SOURCES.commandLine,
  SOURCES.environment,
);

const QUERY: FlowQuery<Provenance> = {
  ...OUTSIDE,
  passes: PASSES,
  shape: (program, node) => OUTSIDE.shape?.(program, node) ?? placeByShape(program, node),
};

/** An address, or a path in a folder that everybody shares. */
function placeByShape(program: PythonProgram, node: SyntaxNode): Provenance | undefined {
  if (node.name !== 'String' && node.name !== 'FormatString') return undefined;
  const text = program.text.slice(node.from, Math.min(node.to, node.from + 40)).replace(/^\w*["']+/, '');
  if (/^(?:https?|ftp|hf|s3|gs|az|abfss?):\/\//i.test(text)) return 'a download';
  return /^(?:\/tmp\/|\/var\/tmp\/|\/dev\/shm\/)/.test(text) ? 'a folder that anybody can write to' : undefined;
}

/**
 * Where the data or path that an expression stands for comes from, when that is a place others write to.
 *
 * @returns undefined when it is not known to be one; a path in the source says nothing about trust.
 */
export function provenanceOf(program: PythonProgram, node: SyntaxNode): Flow<Provenance> | undefined {
  const flow = flowOf(program, node, QUERY);
  return flow && FETCHED.test(flow.source) && isVerified(program, flow) ? undefined : flow;
}

const FETCHED = /^(?:a download|a model hub)$/;
const DIGEST = /\b(?:sha256|sha384|sha512|sha3_256|blake2b)\b/;
const COMPARISON = /[!=]=|\bcompare_digest\b/;

/** Whether a function on the way compares a digest: what comes out of it is what somebody has looked at. */
function isVerified(program: PythonProgram, { steps }: Flow<Provenance>): boolean {
  if (!DIGEST.test(program.text)) return false;
  // The comparison itself is no part of the way.
  program.outgrow();
  return steps.some(({ span }) => {
    const { kind, start, end } = program.scopeAt(span.start);
    if (kind !== 'function' || end - start > 20_000) return false;
    const text = program.text.slice(start, end);
    return DIGEST.test(text) && COMPARISON.test(text);
  });
}
