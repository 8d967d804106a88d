import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { argumentsOf } from './calls.ts';
import { classOfSelf, lookup } from './lookup.ts';
import { type Member, memberNamed } from './modules.ts';
import { resolve } from './names.ts';
import type { Scope } from './outline.ts';
import type { PythonProgram } from './program.ts';
import { nodeAt } from './tree.ts';

/** A function of the project that a call leads to. */
export interface CallTarget {
  readonly program: PythonProgram;
  /** `FunctionDefinition` or `LambdaExpression`. */
  readonly definition: SyntaxNode;
  /** 1 when the first parameter is the object or class itself and not among the arguments. */
  readonly skip: 0 | 1;
}

/** Base classes followed upwards. */
const MAX_BASES = 6;

/**
 * The function of this file, or of a module it imports, that a callee stands for: a function, a lambda under a name, a method
 * of the own object or of an object made here, a class method, a constructor.
 *
 * @returns undefined when it is none of them or may be several.
 */
export function callTarget(program: PythonProgram, callee: SyntaxNode): CallTarget | undefined {
  const { text } = program;
  if (callee.name === 'VariableName') {
    const name = text.slice(callee.from, callee.to);
    const binding = only(program, name, callee.from);
    if (!binding) return undefined;
    if (binding.kind === 'import') return memberTarget(memberNamed(program, binding.target));
    return memberTarget({ program, binding, rest: '' });
  }
  const { firstChild: base, lastChild: property } = callee;
  if (callee.name !== 'MemberExpression' || !base || property?.name !== 'PropertyName') return undefined;
  const method = text.slice(property.from, property.to);
  const own = methodHere(program, base, method);
  if (own) return own;
  const [named, ...others] = resolve(program, callee) ?? [];
  return named && others.length === 0 ? memberTarget(memberNamed(program, named.name)) : undefined;
}

/** `self.method`, `super().method`, `Class.method`, `Class().method`, and `thing.method` where `thing = Class()`. */
function methodHere(program: PythonProgram, base: SyntaxNode, method: string): CallTarget | undefined {
  const written = program.text.slice(base.from, base.to);
  if (base.name === 'VariableName') {
    const own = classOfSelf(program, written, base.from);
    if (own) return methodOf(program, own, method, true);
    const binding = only(program, written, base.from);
    if (binding?.kind === 'assign' && binding.path.length === 0) {
      const value = nodeAt(program.tree.tree, binding.value);
      return value?.name === 'CallExpression' ? methodHere(program, value, method) : undefined;
    }
    return binding?.kind === 'class' || binding?.kind === 'import'
      ? methodOfMember(memberFor(program, binding), method, false)
      : undefined;
  }
  const callee = base.name === 'CallExpression' ? base.firstChild : undefined;
  if (callee?.name !== 'VariableName') return undefined;
  const name = program.text.slice(callee.from, callee.to);
  if (name === 'super') {
    const own = classOfSelf(program, selfNameAt(program, base.from) ?? '', base.from);
    return own && methodOfBases(program, own, method, true, 0);
  }
  const binding = only(program, name, callee.from);
  return binding && methodOfMember(memberFor(program, binding), method, true);
}

function selfNameAt(program: PythonProgram, offset: number): string | undefined {
  for (let scope: Scope | undefined = program.scopeAt(offset); scope; scope = scope.parent) {
    const name = program.bindings.selfOf(scope);
    if (name) return name;
  }
  return undefined;
}

function memberFor(program: PythonProgram, binding: Binding): Member | undefined {
  return binding.kind === 'import' ? memberNamed(program, binding.target) : { program, binding, rest: '' };
}

function memberTarget(member: Member | undefined): CallTarget | undefined {
  if (!member) return undefined;
  const { program, binding, rest } = member;
  const { tree } = program.tree;
  if (binding.kind === 'class') {
    if (rest === '') return methodOfMember(member, '__init__', true);
    const [, instance, method] = /^(\(\)\.)?(\w+)$/.exec(rest) ?? [];
    return method ? methodOfMember({ ...member, rest: '' }, method, instance !== undefined) : undefined;
  }
  if (rest !== '') return undefined;
  if (binding.kind === 'def') {
    const definition = nodeAt(tree, binding.statement, 'FunctionDefinition');
    return definition && { program, definition, skip: 0 };
  }
  if (binding.kind !== 'assign' || binding.path.length > 0) return undefined;
  const value = nodeAt(tree, binding.value);
  return value?.name === 'LambdaExpression' ? { program, definition: value, skip: 0 } : undefined;
}

function methodOfMember(member: Member | undefined, method: string, bound: boolean): CallTarget | undefined {
  if (member?.binding.kind !== 'class' || member.rest !== '') return undefined;
  const scope = member.program.outline.classes.get(member.binding.statement.start);
  return scope && methodOf(member.program, scope, method, bound);
}

/** @param bound whether it is called on an object; on the class itself only a class method gets its first parameter. */
function methodOf(
  program: PythonProgram,
  scope: Scope,
  name: string,
  bound: boolean,
  depth = 0,
): CallTarget | undefined {
  const [binding, ...others] = program.bindings.find(scope, name)?.own ?? [];
  if (!binding) return methodOfBases(program, scope, name, bound, depth);
  if (others.length > 0 || binding.kind !== 'def') return undefined;
  const definition = nodeAt(program.tree.tree, binding.statement, 'FunctionDefinition');
  if (!definition) return undefined;
  const decorators = (definition.parent?.getChildren('Decorator') ?? []).map(({ from, to }) =>
    program.text.slice(from + 1, to).trim(),
  );
  const skip = decorators.includes('staticmethod') || (!bound && !decorators.includes('classmethod')) ? 0 : 1;
  return { program, definition, skip };
}

function methodOfBases(
  program: PythonProgram,
  scope: Scope,
  name: string,
  bound: boolean,
  depth: number,
): CallTarget | undefined {
  if (depth > MAX_BASES) return undefined;
  const list = nodeAt(program.tree.tree, scope.owner, scope.type)?.getChild('ArgList');
  for (const { value, name: keyword, star } of list ? argumentsOf(program, list) : []) {
    if (keyword || star) continue;
    const base = classNamed(program, value);
    // A base that cannot be seen may define the method.
    if (!base) return undefined;
    const found = methodOf(base.program, base.scope, name, bound, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function classNamed(program: PythonProgram, node: SyntaxNode): { program: PythonProgram; scope: Scope } | undefined {
  let member: Member | undefined;
  if (node.name === 'VariableName') {
    const binding = only(program, program.text.slice(node.from, node.to), node.from);
    member = binding && memberFor(program, binding);
  } else {
    const [named, ...others] = resolve(program, node) ?? [];
    member = named && others.length === 0 ? memberNamed(program, named.name) : undefined;
  }
  if (member?.binding.kind !== 'class' || member.rest !== '') return undefined;
  const scope = member.program.outline.classes.get(member.binding.statement.start);
  return scope && { program: member.program, scope };
}

/** The only meaning of a name at a place. */
function only(program: PythonProgram, name: string, offset: number): Binding | undefined {
  const [binding, ...others] = (lookup(program, name, offset) ?? []).filter(({ kind }) => kind !== 'add');
  return others.length === 0 ? binding : undefined;
}
