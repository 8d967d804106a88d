import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { outcomeOf } from './functions.ts';
import { BUILTINS } from './libraries.ts';
import { classOfSelf, lookup, lookupAttribute, MAX_REACHING } from './lookup.ts';
import type { PythonProgram } from './program.ts';
import { childrenOf, dottedText, elementsOf, nodeAt } from './tree.ts';
import { stringOf } from './values.ts';

/**
 * What an expression is, as a qualified name: `torch.load`, `openai.OpenAI().chat` where `()` stands for what a call
 * returns, `.utils.load` for something of the project itself.
 */
export interface Resolved {
  readonly name: string;
  /** The binding that the first name of the expression goes back to. */
  readonly binding?: Binding;
  /** Argument lists that `functools.partial` has already supplied, outermost last. */
  readonly bound: readonly SyntaxNode[];
}

const MAX_DEPTH = 16;
const MAX_ALTERNATIVES = 8;

/**
 * All that an expression may be, one entry per branch that leads to it. `None` adds no entry: it cannot be called.
 *
 * @returns undefined as soon as one of the possibilities is unknown.
 */
export function resolve(program: PythonProgram, node: SyntaxNode, depth = 0): readonly Resolved[] | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { text } = program;
  switch (node.name) {
    case 'None':
      return [];
    case 'VariableName':
      return resolveName(program, text.slice(node.from, node.to), node.from, depth);
    case 'MemberExpression':
      return resolveMember(program, node, depth);
    case 'CallExpression':
      return resolveCall(program, node, depth);
    case 'NamedExpression':
      return node.lastChild ? resolve(program, node.lastChild, depth + 1) : undefined;
    case 'ParenthesizedExpression':
    case 'AwaitExpression': {
      const inner = elementsOf(node).at(-1);
      return inner && resolve(program, inner, depth + 1);
    }
    case 'ConditionalExpression': {
      const [yes, , no] = elementsOf(node);
      return union([yes, no].map((each) => each && resolve(program, each, depth + 1)));
    }
    case 'BinaryExpression':
      if (!node.getChild('or') && !node.getChild('and')) return undefined;
      return union(elementsOf(node).map((each) => resolve(program, each, depth + 1)));
    default:
      return undefined;
  }
}

/** As `resolve`, of a name or dotted name at some place: for decorators, which hold no expression. */
export function resolveName(
  program: PythonProgram,
  dotted: string,
  offset: number,
  depth = 0,
): readonly Resolved[] | undefined {
  const dot = dotted.indexOf('.');
  if (dot !== -1) {
    return extend(resolveName(program, dotted.slice(0, dot), offset, depth), dotted.slice(dot));
  }
  const found = lookup(program, dotted, offset)?.filter(({ kind }) => kind !== 'add');
  if (found && found.length >= MAX_REACHING) return undefined;
  if (found)
    return found.length > 0 ? union(found.map((binding) => resolveBinding(program, binding, depth))) : undefined;
  if (BUILTINS.has(dotted)) return [{ name: dotted, bound: [] }];
  const { stars } = program.bindings;
  return stars.length === 1 ? [{ name: `${stars[0]}.${dotted}`, bound: [] }] : undefined;
}

function resolveMember(program: PythonProgram, node: SyntaxNode, depth: number): readonly Resolved[] | undefined {
  const { firstChild: base, lastChild: property } = node;
  if (!base || property?.name !== 'PropertyName') return undefined;
  const attribute = attributeBindings(program, node)?.filter(({ kind }) => kind !== 'add');
  if (attribute && attribute.length > 0) {
    return union(attribute.map((binding) => resolveBinding(program, binding, depth)));
  }
  return extend(resolve(program, base, depth + 1), `.${program.text.slice(property.from, property.to)}`);
}

/** What was assigned to an attribute in this file: `self.model`, `Config.model`, `config.model`. */
export function attributeBindings(program: PythonProgram, node: SyntaxNode): readonly Binding[] | undefined {
  const dotted = dottedText(node, program.text);
  const dot = dotted.indexOf('.');
  if (dot === -1) return undefined;
  const root = dotted.slice(0, dot);
  const rest = dotted.slice(dot + 1);
  const own = classOfSelf(program, root, node.from);
  if (own) return lookupAttribute(program, own, rest);
  const direct = lookup(program, dotted, node.from);
  if (direct && direct.length > 0) return direct;
  const [definition, ...others] = lookup(program, root, node.from) ?? [];
  if (definition?.kind !== 'class' || others.length > 0) return undefined;
  const scope = program.outline.classes.get(definition.statement.start);
  return scope && lookupAttribute(program, scope, rest);
}

function resolveBinding(program: PythonProgram, binding: Binding, depth: number): readonly Resolved[] | undefined {
  const known = program.resolved.get(binding);
  if (known) return known.names;
  // A binding that leads back to itself is unknown.
  program.resolved.set(binding, { names: undefined });
  const names = meaningOf(program, binding, depth + 1)?.map((each) => ({ ...each, binding }));
  program.resolved.set(binding, { names });
  return names;
}

function meaningOf(program: PythonProgram, binding: Binding, depth: number): readonly Resolved[] | undefined {
  switch (binding.kind) {
    case 'import':
      return [{ name: binding.target, bound: [] }];
    case 'assign':
    case 'with': {
      const value = elementAt(nodeAt(program.tree.tree, binding.value), binding.path);
      return value && resolve(program, value, depth);
    }
    case 'declared':
    case 'parameter': {
      const type = binding.type && nodeAt(program.tree.tree, binding.type);
      return type && instanceOf(program, type, depth);
    }
    default:
      return undefined;
  }
}

/** The element of a literal tuple or list that a path of indices leads to. */
export function elementAt(node: SyntaxNode | undefined, path: readonly number[]): SyntaxNode | undefined {
  let element = node;
  for (const index of path) {
    if (!element || !/^(?:Tuple|Array)Expression$/.test(element.name) || index < 0) return undefined;
    element = elementsOf(element)[index];
  }
  return element;
}

/** What an annotation promises: an instance of the class it names, `Optional` and `| None` left out. */
function instanceOf(program: PythonProgram, type: SyntaxNode, depth: number): readonly Resolved[] | undefined {
  if (type.name === 'VariableName') return extend(resolve(program, type, depth), '()');
  if (type.name === 'BinaryExpression') {
    const types = elementsOf(type).filter(({ name }) => name !== 'None');
    return union(types.map((each) => instanceOf(program, each, depth + 1)));
  }
  if (type.name !== 'MemberExpression') return undefined;
  if (type.lastChild?.name === 'PropertyName') return extend(resolve(program, type, depth), '()');
  const [generic, inner] = elementsOf(type);
  const isOptional = generic && /^(?:typing\.)?Optional$/.test(program.text.slice(generic.from, generic.to));
  return isOptional && inner ? instanceOf(program, inner, depth + 1) : undefined;
}

function resolveCall(program: PythonProgram, node: SyntaxNode, depth: number): readonly Resolved[] | undefined {
  const callee = node.firstChild;
  const list = node.getChild('ArgList');
  if (!callee || !list) return undefined;
  const names = resolve(program, callee, depth + 1);
  if (!names) return resolveReturned(program, callee, depth);
  return union(
    names.map(({ name, binding, bound }) => {
      const [first, second] = plainArguments(list);
      switch (name) {
        case 'importlib.import_module':
        case '__import__': {
          const module = first && stringOf(program, first);
          if (!module) return undefined;
          return [{ name: name === '__import__' ? (module.split('.', 1)[0] as string) : module, bound: [] }];
        }
        case 'getattr': {
          const attribute = second && stringOf(program, second);
          return first && attribute ? extend(resolve(program, first, depth + 1), `.${attribute}`) : undefined;
        }
        case 'functools.partial':
        case 'functools.partialmethod': {
          const inner = first && resolve(program, first, depth + 1);
          return inner?.map((each) => ({ ...each, bound: [...each.bound, list] }));
        }
        case 'staticmethod':
        case 'classmethod':
          return first && resolve(program, first, depth + 1);
        case 'typing.cast':
          return second && resolve(program, second, depth + 1);
        default:
          return [{ name: `${name}()`, bound, ...(binding ? { binding } : {}) }];
      }
    }),
  );
}

/** A function of this file is what it returns, when all its `return` agree to be known. */
function resolveReturned(program: PythonProgram, callee: SyntaxNode, depth: number): readonly Resolved[] | undefined {
  const outcome = outcomeOf(program, callee);
  if (!outcome || outcome.generator || outcome.values.length === 0) return undefined;
  // Interpreters that call themselves in every branch would be followed without end.
  if (outcome.values.length > MAX_ALTERNATIVES) return undefined;
  return union(outcome.values.map((each) => resolve(program, each, depth + 1)));
}

/** Arguments before the first keyword or starred one. */
function plainArguments(list: SyntaxNode): SyntaxNode[] {
  const plain: SyntaxNode[] = [];
  for (const child of childrenOf(list)) {
    if (child.name === '*' || child.name === '**' || child.nextSibling?.name === 'AssignOp') break;
    if (/^[A-Z]/.test(child.name) && child.name !== 'Comment') plain.push(child);
  }
  return plain;
}

function extend(names: readonly Resolved[] | undefined, suffix: string): readonly Resolved[] | undefined {
  return names?.map((each) => ({ ...each, name: each.name + suffix, bound: [] }));
}

function union(parts: readonly (readonly Resolved[] | undefined)[]): readonly Resolved[] | undefined {
  const all: Resolved[] = [];
  for (const part of parts) {
    if (!part) return undefined;
    for (const each of part) {
      if (each.bound.length > 0 || !all.some((other) => other.name === each.name && other.bound.length === 0))
        all.push(each);
    }
  }
  return all.length <= MAX_ALTERNATIVES ? all : undefined;
}
