import type { SyntaxNode } from '@lezer/common';
import { type Flow, type FlowQuery, flowOf } from './flow.ts';
import { writtenAs } from './literals.ts';
import { lookup } from './lookup.ts';
import { isDownloaded } from './ownFile.ts';
import type { PythonProgram } from './program.ts';
import { anySource, isStarter, SOURCES } from './sources.ts';
import { elementsOf, nodeAt } from './tree.ts';
import { stringOf } from './values.ts';

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
  // Whoever starts the program chooses a file by where its path begins; what follows only completes a name.
  if (flow && isStarter(flow.source)) {
    const head = headOf(program, node);
    const begin = head && flowOf(program, head, QUERY);
    return begin && isStarter(begin.source) ? flow : begin;
  }
  const found = flow ?? (isDownloaded(program, node) ? { source: 'a download', node, steps: [] } : undefined);
  return found && FETCHED.test(found.source) && isVerified(program, found, node) ? undefined : found;
}

/** Calls that stand for the file at the path they are given first. */
const OF_PATH = new Set(
  'open io.open gzip.open bz2.open lzma.open os.path.join os.path.abspath os.path.expanduser pathlib.Path str'.split(
    ' ',
  ),
);

/** The expression that the path behind a file or path begins with; undefined where that is a constant. */
function headOf(program: PythonProgram, start: SyntaxNode, depth = 0): SyntaxNode | undefined {
  const node = writtenAs(program, openedAs(program, start) ?? start);
  if (stringOf(program, node) !== undefined) return undefined;
  if (depth > MAX_DEPTH) return node;
  let head: SyntaxNode | null | undefined;
  if (node.name === 'BinaryExpression') [head] = elementsOf(node);
  if (node.name === 'FormatString') {
    const [hole] = node.getChildren('FormatReplacement');
    if (!hole || /^\w*(?:"{3}|'{3}|"|')./s.test(program.text.slice(node.from, hole.from))) return undefined;
    [head] = elementsOf(hole);
  }
  if (node.name === 'CallExpression') {
    const callee = node.firstChild;
    const names = (callee && program.resolve(callee)) ?? [];
    if (names.some(({ name }) => OF_PATH.has(name))) head = node.getChild('ArgList')?.firstChild?.nextSibling;
  }
  return head ? headOf(program, head, depth + 1) : node;
}

/** The expression behind the name that a `with` gives to a file. */
function openedAs(program: PythonProgram, node: SyntaxNode): SyntaxNode | undefined {
  if (node.name !== 'VariableName') return undefined;
  const bindings = lookup(program, program.text.slice(node.from, node.to), node.from) ?? [];
  const [binding, ...others] = bindings.filter(({ kind }) => kind !== 'add');
  return binding?.kind === 'with' && others.length === 0 ? nodeAt(program.tree.tree, binding.value) : undefined;
}

const MAX_DEPTH = 10;
const FETCHED = /^(?:a download|a model hub)$/;
const DIGEST = /\b(?:sha256|sha384|sha512|sha3_256|blake2b)\b/;
const COMPARISON = /[!=]=|\bcompare_digest\b/;

/** Whether a function on the way to `end` compares a digest: what comes out of it is what somebody has looked at. */
function isVerified(program: PythonProgram, { steps }: Flow<Provenance>, end: SyntaxNode): boolean {
  if (!DIGEST.test(program.text)) return false;
  // The comparison itself is no part of the way.
  program.outgrow();
  return [end.from, ...steps.map(({ span }) => span.start)].some((at) => {
    const scope = program.scopeAt(at);
    if (scope.kind !== 'function' || scope.end - scope.start > 20_000) return false;
    const text = program.text.slice(scope.start, scope.end);
    return DIGEST.test(text) && COMPARISON.test(text);
  });
}
