import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { argumentsOf, callAt } from './calls.ts';
import { canonicalName } from './libraries.ts';
import { lookup } from './lookup.ts';
import type { PythonProgram } from './program.ts';
import { elementsOf, nodeAt } from './tree.ts';
import { called } from './triggers.ts';
import { stringOf } from './values.ts';
import { DOWNLOADERS, WRITERS, WRITING_METHODS } from './writers.ts';

/** Keeps a file of nothing but such calls from taking quadratic time. */
const MAX_WRITERS = 300;
const MAX_DEPTH = 10;

const METHODS = called(...WRITING_METHODS);
/** A name without which nothing is written. */
const WRITES = /\b(?:save|dump|export|write_bytes|to_pickle|to_hdf|Exporter)/;
/** Calls that stand for the file at the path they are given, and those that join paths. */
const OPENS = new Set(
  'open io.open gzip.open bz2.open lzma.open pickle.Unpickler dill.Unpickler tarfile.open zipfile.ZipFile'.split(' '),
);
const JOINS = new Set([
  ...['os.path.join', 'pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath', 'str', 'os.fspath'],
]);

/**
 * True for a path that the same program also writes: `torch.save(state, "last.pt")` beside `torch.load("last.pt")`, directly
 * or through `open`, `Path` and `os.path.join`. The path is relative and known from the text, or is built in the same way
 * from the same variables and attributes: `self.cache`, `f"{folder}/state.pt"`.
 */
export function isOwnFile(program: PythonProgram, node: SyntaxNode): boolean {
  const path = pathOf(program, node);
  if (!path || /^(?:[\\/~]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path)) return false;
  return writtenIn(program).has(path);
}

/** True for a path that the same program fills with a download: `urlretrieve(url, path)` before `tarfile.open(path)`. */
export function isDownloaded(program: PythonProgram, node: SyntaxNode): boolean {
  const paths = downloadedIn(program);
  const path = paths.size > 0 ? pathOf(program, node) : undefined;
  return path !== undefined && paths.has(path);
}

const downloaded = new WeakMap<PythonProgram, ReadonlySet<string>>();

/** The paths that a program fills with downloads; the same for every question about it. */
function downloadedIn(program: PythonProgram): ReadonlySet<string> {
  let paths = downloaded.get(program);
  if (!paths) {
    paths = new Set();
    if (program.mayCall(DOWNLOADERS)) {
      // Who fetches the file may stand anywhere.
      program.outgrow();
      paths = new Set(targetsOf(program, DOWNLOADERS).flatMap((each) => pathOf(program, each) ?? []));
    }
    downloaded.set(program, paths);
  }
  return paths;
}

const written = new WeakMap<PythonProgram, ReadonlySet<string>>();

/** The paths that a program writes; the same for every question about it. */
function writtenIn(program: PythonProgram): ReadonlySet<string> {
  let paths = written.get(program);
  if (!paths) {
    paths = new Set();
    if (mayWrite(program)) {
      // Who writes the file may stand anywhere.
      program.outgrow();
      paths = new Set(writtenPaths(program).flatMap((each) => pathOf(program, each) ?? []));
    }
    written.set(program, paths);
  }
  return paths;
}

function mayWrite(program: PythonProgram): boolean {
  if (!WRITES.test(program.text)) return false;
  const { sure, words } = program.suspects;
  return !sure || program.mayCall(WRITERS) || METHODS.some(({ word, form }) => words(word, form).length > 0);
}

function targetsOf(program: PythonProgram, table: typeof WRITERS): SyntaxNode[] {
  const calls = program.callsTo(table).slice(0, MAX_WRITERS);
  return calls.flatMap(({ call, row }) => {
    const target = call.argument(row.parameter, row.position);
    return target.state === 'given' ? [target.node] : [];
  });
}

/** The expressions that writers take for the file or path. */
function writtenPaths(program: PythonProgram): SyntaxNode[] {
  const named = targetsOf(program, WRITERS);
  const methods = WRITING_METHODS.flatMap((name) => program.outline.callsByName.get(name) ?? []);
  const others = methods.slice(0, MAX_WRITERS).flatMap((offset) => {
    const call = callAt(program, offset);
    const [first] = call?.node.firstChild?.name === 'MemberExpression' ? call.arguments : [];
    return first ? [first.value] : [];
  });
  return [...named, ...others];
}

/**
 * The path that an expression stands for, as far as constants tell. What is no constant stands in it as a name that means
 * the same value wherever it occurs: one variable, or an attribute of one object.
 */
export function pathOf(program: PythonProgram, node: SyntaxNode, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const constant = stringOf(program, node);
  if (constant !== undefined) return constant.replace(/^(?:\.\/)+/, '');
  const joined = (parts: readonly SyntaxNode[]): string | undefined => {
    const paths = parts.map((part) => pathOf(program, part, depth + 1)?.replace(/\/$/, ''));
    return paths.length > 0 && paths.every((path) => path !== undefined) ? paths.join('/') : undefined;
  };
  switch (node.name) {
    case 'VariableName': {
      const [binding, ...others] = meanings(program, program.text.slice(node.from, node.to), node.from);
      if (!binding || others.length > 0) return undefined;
      const isNamed = (binding.kind === 'assign' || binding.kind === 'with') && binding.path.length === 0;
      const value = isNamed ? nodeAt(program.tree.tree, binding.value) : undefined;
      return (value && pathOf(program, value, depth + 1)) ?? variable(program, node);
    }
    case 'MemberExpression':
      return variable(program, node);
    case 'FormatString':
      return formatted(program, node);
    case 'ParenthesizedExpression':
      return joined(elementsOf(node).slice(0, 1));
    case 'BinaryExpression': {
      const operator = program.text.slice(node.firstChild?.to, node.lastChild?.from).trim();
      if (operator === '/') return joined(elementsOf(node));
      const [left, right] = operator === '+' ? elementsOf(node).map((each) => pathOf(program, each, depth + 1)) : [];
      return left !== undefined && right !== undefined ? left + right : undefined;
    }
    case 'CallExpression':
      return pathOfCall(program, node, joined);
    default:
      return undefined;
  }
}

/** What a name may mean; writing to a file (`file.write`) does not make another one of it. */
function meanings(program: PythonProgram, name: string, offset: number): readonly Binding[] {
  const isCalled = ({ kind, at }: Binding): boolean => kind === 'add' && program.text.slice(at.start, at.end) !== name;
  return (lookup(program, name, offset) ?? []).filter((binding) => !isCalled(binding));
}

/** `{name@place}`: one variable, or an attribute or item of it; `self` is the same object in all methods. */
function variable(program: PythonProgram, node: SyntaxNode): string | undefined {
  const { text } = program;
  let root = node;
  while (root.name === 'MemberExpression' && root.firstChild) root = root.firstChild;
  const written = text.slice(node.from, node.to);
  if (root.name !== 'VariableName' || written.length > 200 || /[()\n]/.test(written)) return undefined;
  const name = text.slice(root.from, root.to);
  if (name === 'self' && root !== node) return `{${written}}`;
  const [binding, ...others] = meanings(program, name, root.from);
  // A module's attribute is somebody else's, and a name that is bound twice may mean two things.
  if (!binding || binding.kind === 'import' || binding.kind === 'def' || others.length > 0) return undefined;
  return `{${written}@${binding.at.start}}`;
}

/** `f"{folder}/state-{step}.pt"` with each name told apart. */
function formatted(program: PythonProgram, node: SyntaxNode): string | undefined {
  let path = '';
  let at = node.from;
  for (const hole of node.getChildren('FormatReplacement')) {
    const [inner] = elementsOf(hole);
    const part = inner && variable(program, inner);
    if (!part) return undefined;
    path += program.text.slice(at, hole.from) + part;
    at = hole.to;
  }
  return (path + program.text.slice(at, node.to)).replace(/^\w*(?:"""|'''|"|')|["']{1,3}$/g, '');
}

function pathOfCall(
  program: PythonProgram,
  node: SyntaxNode,
  joined: (parts: readonly SyntaxNode[]) => string | undefined,
): string | undefined {
  const callee = node.firstChild;
  const list = node.getChild('ArgList');
  if (!callee || !list) return undefined;
  const plain = argumentsOf(program, list).flatMap(({ name, star, value }) => (name || star ? [] : [value]));
  const names = (program.resolve(callee) ?? []).map(({ name }) => canonicalName(name));
  if (names.length === 1 && OPENS.has(names[0] as string)) return joined(plain.slice(0, 1));
  if (names.length === 1 && JOINS.has(names[0] as string)) return joined(plain);
  const method = callee.name === 'MemberExpression' && callee.lastChild;
  if (!method || program.text.slice(method.from, method.to) !== 'open' || !callee.firstChild) return undefined;
  return joined([callee.firstChild]);
}
