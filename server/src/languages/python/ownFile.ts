import type { SyntaxNode } from '@lezer/common';
import { argumentsOf, callAt } from './calls.ts';
import { canonicalName } from './libraries.ts';
import { lookup } from './lookup.ts';
import type { PythonProgram } from './program.ts';
import { elementsOf, nodeAt } from './tree.ts';
import { stringOf } from './values.ts';
import { WRITERS, WRITING_METHODS } from './writers.ts';

/** Keeps a file of nothing but such calls from taking quadratic time. */
const MAX_WRITERS = 300;
const MAX_DEPTH = 10;

/** Calls that stand for the file at the path they are given, and those that join paths. */
const OPENS = new Set(['open', 'io.open', 'gzip.open', 'bz2.open', 'lzma.open', 'pickle.Unpickler', 'dill.Unpickler']);
const JOINS = new Set([
  ...['os.path.join', 'pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath', 'str', 'os.fspath'],
]);

/**
 * True for a relative path known from the text that the same program also writes: `torch.save(state, "last.pt")` beside
 * `torch.load("last.pt")`, directly or through `open`, `Path` and `os.path.join`.
 */
export function isOwnFile(program: PythonProgram, node: SyntaxNode): boolean {
  const path = pathOf(program, node);
  if (!path || /^(?:[\\/~]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path)) return false;
  return writtenPaths(program).some((each) => pathOf(program, each) === path);
}

/** The expressions that writers take for the file or path. */
function writtenPaths(program: PythonProgram): SyntaxNode[] {
  const named = program
    .callsTo(WRITERS)
    .slice(0, MAX_WRITERS)
    .flatMap(({ call, row }) => {
      const target = call.argument(row.parameter, row.position);
      return target.state === 'given' ? [target.node] : [];
    });
  const methods = WRITING_METHODS.flatMap((name) => program.outline.callsByName.get(name) ?? []);
  const others = methods.slice(0, MAX_WRITERS).flatMap((offset) => {
    const call = callAt(program, offset);
    const [first] = call?.node.firstChild?.name === 'MemberExpression' ? call.arguments : [];
    return first ? [first.value] : [];
  });
  return [...named, ...others];
}

/** The path that an expression stands for, as far as constants tell. */
function pathOf(program: PythonProgram, node: SyntaxNode, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const constant = stringOf(program, node);
  if (constant !== undefined) return constant.replace(/^(?:\.\/)+/, '');
  const joined = (parts: readonly SyntaxNode[]): string | undefined => {
    const paths = parts.map((part) => pathOf(program, part, depth + 1)?.replace(/\/$/, ''));
    return paths.length > 0 && paths.every((path) => path !== undefined) ? paths.join('/') : undefined;
  };
  switch (node.name) {
    case 'VariableName': {
      const [binding, ...others] = lookup(program, program.text.slice(node.from, node.to), node.from) ?? [];
      if ((binding?.kind !== 'assign' && binding?.kind !== 'with') || binding.path.length > 0) return undefined;
      const value = others.length === 0 ? nodeAt(program.tree.tree, binding.value) : undefined;
      return value && pathOf(program, value, depth + 1);
    }
    case 'ParenthesizedExpression':
      return joined(elementsOf(node).slice(0, 1));
    case 'BinaryExpression':
      return program.text.slice(node.firstChild?.to, node.lastChild?.from).trim() === '/'
        ? joined(elementsOf(node))
        : undefined;
    case 'CallExpression':
      return pathOfCall(program, node, joined);
    default:
      return undefined;
  }
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
