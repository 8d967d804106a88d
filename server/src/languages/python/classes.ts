import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { canonicalName, HOOKS } from './libraries.ts';
import { lookupAttribute } from './lookup.ts';
import { plainArguments, possibilities, type Resolved } from './names.ts';
import { type Scope, scopeAt } from './outline.ts';
import type { PythonProgram } from './program.ts';
import { nodeAt } from './tree.ts';

/** A class of this file, or an object of it. */
export interface Own {
  readonly scope: Scope;
  readonly instance: boolean;
  /** `super()`: only what the bases have. */
  readonly above?: boolean;
  /** The call that made the object. */
  readonly made?: SyntaxNode;
}

const MAX_BASES = 16;

/** What the classes of this file assign to an attribute: the class itself, or the nearest of its bases that does. */
export function ownAttribute(
  program: PythonProgram,
  own: Own,
  name: string,
  depth: number,
): readonly Binding[] | undefined {
  for (const scope of familyOf(program, own, depth).scopes) {
    const found = lookupAttribute(program, scope, name);
    if (found) return found;
  }
  return undefined;
}

/** An attribute that no class of this file has, by the name it has in the libraries the class is made from. */
export function inheritedAttribute(
  program: PythonProgram,
  own: Own,
  name: string,
  depth: number,
): readonly Resolved[] | undefined {
  const { scopes, libraries } = familyOf(program, own, depth);
  if (!libraries || libraries.length === 0) return undefined;
  for (const base of libraries) {
    const hooks = HOOKS[canonicalName(base.name)] ?? [];
    if (scopes.some((scope) => hooks.some((hook) => lookupAttribute(program, scope, hook)))) return undefined;
  }
  return libraries.map((base) => ({
    name: `${base.name}${own.instance ? '()' : ''}.${name}`,
    bound: [],
    ...(base.binding ? { binding: base.binding } : {}),
    ...(libraries.length > 1 ? { inherited: true } : {}),
  }));
}

interface Family {
  /** Classes of this file, nearest first. */
  readonly scopes: readonly Scope[];
  /** Classes of elsewhere; undefined when one of the bases is unknown. */
  readonly libraries: readonly Resolved[] | undefined;
}

function familyOf(program: PythonProgram, own: Own, depth: number): Family {
  const scopes = [own.scope];
  const libraries: Resolved[] = [];
  let known = true;
  for (let at = 0; at < scopes.length && at < MAX_BASES; at++) {
    for (const base of basesOf(program, scopes[at] as Scope)) {
      const found = possibilities(program, base, depth + 1);
      if (found?.length !== 1) known = false;
      for (const each of found ?? []) {
        if (!each.own) libraries.push(each);
        else if (!scopes.includes(each.own.scope)) scopes.push(each.own.scope);
      }
    }
  }
  return { scopes: own.above ? scopes.slice(1) : scopes, libraries: known ? libraries : undefined };
}

/** The bases of a class as written, `Base` for `Base[T]`; those that only describe types are left out. */
function basesOf(program: PythonProgram, scope: Scope): SyntaxNode[] {
  const list = nodeAt(program.tree.tree, scope.owner, 'ClassDefinition')?.getChild('ArgList');
  const bases = (list ? plainArguments(list) : []).map((base) =>
    base.name === 'MemberExpression' && base.lastChild?.name === ']' ? (base.firstChild ?? base) : base,
  );
  return bases.filter(
    ({ from, to }) =>
      !/^(?:typing\.)?(?:Generic|Protocol)$|^(?:abc\.)?ABC$|^object$/.test(program.text.slice(from, to)),
  );
}

/** The classes of libraries that a class is made from, as far as they are known. */
export function inheritedNames(program: PythonProgram, own: Own): readonly string[] {
  return (familyOf(program, own, 0).libraries ?? []).map(({ name }) => name);
}

/** True for a class whose objects are one of a few constants. */
export function isEnumeration(program: PythonProgram, own: Own): boolean {
  return inheritedNames(program, own).some((name) => name.startsWith('enum.'));
}

/**
 * False for what a class says about an attribute when that is no constant: of members of an enumeration, and of fields that
 * every object may be given another value for (data classes and their like).
 */
export function isConstantOf(program: PythonProgram, own: Own, binding: Binding, depth: number): boolean {
  const { libraries = [] } = familyOf(program, own, depth);
  if (libraries.some(({ name }) => name.startsWith('enum.'))) return false;
  if (!own.instance || own.made || binding.kind !== 'assign') return true;
  const annotated = program.text.slice(binding.at.end, binding.value.start).includes(':');
  const definition = nodeAt(program.tree.tree, own.scope.owner, 'ClassDefinition');
  return !annotated || !(definition?.getChild('ArgList') || definition?.parent?.getChild('Decorator'));
}

/** The class whose method surrounds an offset, as `super()` sees it there; undefined outside of methods. */
export function superAt(program: PythonProgram, offset: number): Own | undefined {
  for (let scope: Scope | undefined = scopeAt(program.outline, offset); scope; scope = scope.parent) {
    const around = scope.parent;
    if (scope.kind === 'function' && around?.kind === 'class') {
      return { scope: around, instance: !isClassMethod(program, scope), above: true };
    }
  }
  return undefined;
}

/** The object or class that a method calls by the name of its first parameter. */
export function selfParameter(
  program: PythonProgram,
  { index, name, scope }: Binding & { kind: 'parameter' },
): Own | undefined {
  if (index !== 0 || scope.parent?.kind !== 'class' || program.bindings.selfOf(scope) !== name) return undefined;
  return { scope: scope.parent, instance: !isClassMethod(program, scope) };
}

/** True for a method whose first parameter is the class. */
function isClassMethod(program: PythonProgram, method: Scope): boolean {
  const definition = nodeAt(program.tree.tree, method.owner, method.type);
  const decorators = definition?.parent?.getChildren('Decorator') ?? [];
  if (decorators.some(({ from, to }) => program.text.slice(from, to).startsWith('@classmethod'))) return true;
  return program.bindings.selfOf(method) === 'cls';
}
