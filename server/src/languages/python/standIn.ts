import type { SyntaxNode } from '@lezer/common';
import { lookup } from './lookup.ts';
import { resolve } from './names.ts';
import { BUILDS, REARRANGES } from './passes.ts';
import type { PythonProgram } from './program.ts';
import { originOf, type Term } from './substitution.ts';
import { childrenOf, elementsOf, isExpression, nodeAt } from './tree.ts';

/** Expressions that only mark a place in one file for a value that is written in another: that value. */
const terms = new WeakMap<SyntaxNode, Term>();
/** Names followed from one expression to the next. */
const MAX_DEPTH = 8;

/** A node at the place of `node` that stands for a term of another file. */
export function standIn(node: SyntaxNode, term: Term): SyntaxNode {
  const copy: SyntaxNode = Object.create(node);
  terms.set(copy, term);
  return copy;
}

/** What a node stands for; undefined for one that is itself what is meant. */
export function termBehind(node: SyntaxNode): Term | undefined {
  return terms.get(node);
}

/** The expressions of `program` that a term of another file is put together from: what the call there passes on. */
export function passedInto(program: PythonProgram, term: Term, depth = 0): readonly SyntaxNode[] {
  const { program: place, node, frame } = originOf(term);
  if (place === program) return [node];
  if (depth > MAX_DEPTH || !frame) return [];
  return namesIn(place, node).flatMap((name) => {
    const written = place.text.slice(name.from, name.to);
    const [binding, ...others] = (lookup(place, written, name.from) ?? []).filter(({ kind }) => kind !== 'add');
    if (!binding || others.length > 0) return [];
    if (binding.kind === 'parameter') {
      const passed = frame.passed(written);
      return passed ? passedInto(program, passed, depth + 1) : [];
    }
    const value = binding.kind === 'assign' && binding.path.length === 0 && nodeAt(place.tree.tree, binding.value);
    return value ? passedInto(program, { ...term, program: place, node: value, frame }, depth + 1) : [];
  });
}

/** The names whose text ends up in an expression: parts of sums, texts, lists, and of what only rearranges them. */
function namesIn(program: PythonProgram, node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.name) {
    case 'VariableName':
      return [node];
    case 'FormatString':
      return node.getChildren('FormatReplacement').flatMap((hole) => namesInAll(program, elementsOf(hole)));
    case 'BinaryExpression':
    case 'ConditionalExpression':
    case 'ParenthesizedExpression':
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'AwaitExpression':
      return namesInAll(program, elementsOf(node));
    case 'CallExpression': {
      const callee = node.firstChild;
      const list = node.getChild('ArgList');
      const given = list ? childrenOf(list).filter(isExpression) : [];
      if (callee && resolve(program, callee)?.some(({ name }) => REARRANGES.has(name)))
        return namesInAll(program, given);
      if (callee?.name !== 'MemberExpression' || !callee.firstChild || !callee.lastChild) return [];
      const method = program.text.slice(callee.lastChild.from, callee.lastChild.to);
      if (!/^(?:\w*split\w*|\w*strip|encode|decode|lower|upper|format|join|replace)$/.test(method)) return [];
      return namesInAll(program, [callee.firstChild, ...(BUILDS.has(method) ? given : [])]);
    }
    default:
      return [];
  }
}

function namesInAll(program: PythonProgram, nodes: readonly SyntaxNode[]): readonly SyntaxNode[] {
  return nodes.flatMap((each) => namesIn(program, each));
}
