import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import { inheritedAttribute, type Own, ownAttribute, selfParameter, superAt } from './classes.ts';
import { outcomeOf } from './functions.ts';
import { BUILTINS, canonicalName, MODULE_LOADERS } from './libraries.ts';
import { classOfSelf, lookup, lookupAttribute, MAX_REACHING } from './lookup.ts';
import { isTooDeep, remembered, spanKey } from './memory.ts';
import type { PythonProgram } from './program.ts';
import { entryOf } from './spread.ts';
import { childrenOf, dottedText, elementsOf, nodeAt, unwrap } from './tree.ts';
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
  /** One of several names that an attribute inherited from several bases may have; only one of them need exist. */
  readonly inherited?: boolean;
  /** A class of this file or an object of it. Such names stay inside the reader. */
  readonly own?: Own;
}

const MAX_ALTERNATIVES = 8;

/**
 * All that an expression may be, one entry per branch that leads to it. `None` adds no entry: it cannot be called.
 *
 * @returns undefined as soon as one of the possibilities is unknown, or a class of this file.
 */
export function resolve(program: PythonProgram, node: SyntaxNode): readonly Resolved[] | undefined {
  return named(possibilities(program, node));
}

/** As `resolve`, of a name or dotted name at some place: for decorators, which hold no expression. */
export function resolveName(program: PythonProgram, dotted: string, offset: number): readonly Resolved[] | undefined {
  return named(possibleNames(program, dotted, offset, 0));
}

function named(found: readonly Resolved[] | undefined): readonly Resolved[] | undefined {
  return found?.some(({ own }) => own) ? undefined : found;
}

type Possibilities = readonly Resolved[] | undefined;

/** As `resolve`, with classes of this file among the possibilities. */
export function possibilities(program: PythonProgram, node: SyntaxNode, depth = 0): Possibilities {
  const { memory } = program;
  if (node.name === 'MemberExpression' || node.name === 'CallExpression') {
    const work = (): Possibilities => possibilitiesOf(program, node, depth);
    return remembered(memory, memory.expressions, spanKey(node), depth, undefined, work);
  }
  return isTooDeep(memory, depth) ? undefined : possibilitiesOf(program, node, depth);
}

function possibilitiesOf(program: PythonProgram, node: SyntaxNode, depth: number): Possibilities {
  const { text } = program;
  switch (node.name) {
    case 'None':
      return [];
    case 'VariableName':
      return possibleNames(program, text.slice(node.from, node.to), node.from, depth);
    case 'MemberExpression':
      return resolveMember(program, node, depth);
    case 'CallExpression':
      return resolveCall(program, node, depth);
    case 'NamedExpression':
      return node.lastChild ? possibilities(program, node.lastChild, depth + 1) : undefined;
    case 'ParenthesizedExpression':
    case 'AwaitExpression': {
      const inner = elementsOf(node).at(-1);
      return inner && possibilities(program, inner, depth + 1);
    }
    case 'ConditionalExpression': {
      const [yes, , no] = elementsOf(node);
      return union([yes, no].map((each) => each && possibilities(program, each, depth + 1)));
    }
    case 'BinaryExpression':
      if (isDivision(program, node)) return pathJoined(program, node, depth);
      if (!node.getChild('or') && !node.getChild('and')) return undefined;
      return union(elementsOf(node).map((each) => possibilities(program, each, depth + 1)));
    default:
      return undefined;
  }
}

function isDivision({ text }: PythonProgram, { firstChild: left, lastChild: right }: SyntaxNode): boolean {
  return left !== null && right !== null && text.slice(left.to, right.from).trim() === '/';
}

/** `folder / name` is a path when the folder is one. */
function pathJoined(program: PythonProgram, node: SyntaxNode, depth: number): Possibilities {
  const names = node.firstChild ? possibilities(program, node.firstChild, depth + 1) : undefined;
  const isPath = names?.length && names.every(({ name }) => PATH.test(canonicalName(name)));
  return isPath ? [{ name: 'pathlib.Path()', bound: [] }] : undefined;
}

const PATH = /^pathlib\.Path\(\)$/;

/** As `resolveName`, with classes of this file. */
function possibleNames(program: PythonProgram, dotted: string, offset: number, depth: number): Possibilities {
  const dot = dotted.lastIndexOf('.');
  if (dot !== -1) {
    if (isTooDeep(program.memory, depth)) return undefined;
    const base = possibleNames(program, dotted.slice(0, dot), offset, depth + 1);
    return attributeOf(program, base, dotted.slice(dot + 1), depth);
  }
  const found = lookup(program, dotted, offset)?.filter(({ kind }) => kind !== 'add');
  if (found && found.length >= MAX_REACHING) return undefined;
  if (found)
    return found.length > 0 ? union(found.map((binding) => resolveBinding(program, binding, depth))) : undefined;
  if (BUILTINS.has(dotted)) return [{ name: dotted, bound: [] }];
  const { stars } = program.bindings;
  return stars.length === 1 ? [{ name: `${stars[0]}.${dotted}`, bound: [] }] : undefined;
}

function resolveMember(program: PythonProgram, node: SyntaxNode, depth: number): Possibilities {
  const { firstChild: base, lastChild: property } = node;
  if (!base || !property) return undefined;
  if (property.name !== 'PropertyName') return resolveItem(program, base, node, depth);
  const written = writtenAttribute(program, node);
  if (written && written.length >= MAX_REACHING) return undefined;
  if (written) return union(written.map((binding) => resolveBinding(program, binding, depth)));
  const name = program.text.slice(property.from, property.to);
  return attributeOf(program, possibilities(program, base, depth + 1), name, depth);
}

function attributeOf(program: PythonProgram, base: Possibilities, name: string, depth: number): Possibilities {
  return (
    base &&
    union(
      base.map((each) => {
        const { own } = each;
        if (!own) return extend([each], `.${name}`);
        if (name === '__class__') return [{ ...each, own: { ...own, instance: false } }];
        const bindings = ownAttribute(program, own, name, depth)?.filter(({ kind }) => kind !== 'add');
        if (bindings && bindings.length >= MAX_REACHING) return undefined;
        if (bindings && bindings.length > 0)
          return union(bindings.map((binding) => resolveBinding(program, binding, depth)));
        return inheritedAttribute(program, own, name, depth);
      }),
    )
  );
}

/** `x[key]`: an entry of a dictionary of this file, or one of Python's loaded modules. */
function resolveItem(program: PythonProgram, base: SyntaxNode, node: SyntaxNode, depth: number): Possibilities {
  const [, index] = elementsOf(node);
  const key = index && stringOf(program, index, depth + 1);
  if (key === undefined) return undefined;
  const entry = entryOf(program, base, key, depth + 1);
  if (entry.state === 'given') return possibilities(program, entry.node, depth + 1);
  const [holder] = possibilities(program, base, depth + 1) ?? [];
  return holder?.name === 'sys.modules' ? [{ name: key, bound: [] }] : undefined;
}

/** What was assigned to an attribute in this file: `self.model`, `Config.model`, `config.model`, of objects of its classes. */
export function attributeBindings(program: PythonProgram, node: SyntaxNode, depth = 0): readonly Binding[] | undefined {
  const { firstChild: base, lastChild: property } = node;
  if (node.name !== 'MemberExpression' || !base || property?.name !== 'PropertyName') return undefined;
  const written = writtenAttribute(program, node);
  if (written) return written;
  const [only, ...others] = possibilities(program, base, depth + 1) ?? [];
  if (!only?.own || others.length > 0) return undefined;
  return ownAttribute(program, only.own, program.text.slice(property.from, property.to), depth);
}

/** Assignments to exactly this chain of names: `config.model = …`. Of `self`, in any method of the class. */
function writtenAttribute(program: PythonProgram, node: SyntaxNode): readonly Binding[] | undefined {
  const dotted = dottedText(node, program.text);
  if (!dotted) return undefined;
  const dot = dotted.indexOf('.');
  const own = classOfSelf(program, dotted.slice(0, dot), node.from);
  // Attributes of the object itself may come from a base, those of its attributes only from here.
  if (own) return dotted.includes('.', dot + 1) ? lookupAttribute(program, own, dotted.slice(dot + 1)) : undefined;
  const direct = lookup(program, dotted, node.from);
  return direct?.some(({ kind }) => kind !== 'add') ? direct : undefined;
}

function resolveBinding(program: PythonProgram, binding: Binding, depth: number): readonly Resolved[] | undefined {
  const { memory } = program;
  return remembered(memory, memory.names, binding, depth, undefined, () =>
    meaningOf(program, binding, depth + 1)?.map((each) => ({ ...each, binding })),
  );
}

function meaningOf(program: PythonProgram, binding: Binding, depth: number): readonly Resolved[] | undefined {
  switch (binding.kind) {
    case 'import':
      return [{ name: binding.target, bound: [] }];
    case 'assign':
    case 'with': {
      const value = elementAt(nodeAt(program.tree.tree, binding.value), binding.path);
      return value && possibilities(program, value, depth);
    }
    case 'for': {
      const value = nodeAt(program.tree.tree, binding.value);
      const items = value && unwrap(value);
      if (!items || !/^(?:Tuple|Array|Set)Expression$/.test(items.name)) return undefined;
      return union(
        elementsOf(items).map((each) => {
          const item = elementAt(each, binding.path);
          return item && possibilities(program, item, depth);
        }),
      );
    }
    case 'class': {
      const scope = program.outline.classes.get(binding.statement.start);
      return scope && [{ name: '', bound: [], own: { scope, instance: false } }];
    }
    case 'parameter': {
      const own = selfParameter(program, binding);
      if (own) return [{ name: '', bound: [], own }];
      const type = binding.type && nodeAt(program.tree.tree, binding.type);
      return type && instanceOf(program, type, depth);
    }
    case 'declared': {
      const type = nodeAt(program.tree.tree, binding.type);
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
function instanceOf(program: PythonProgram, type: SyntaxNode, depth: number): Possibilities {
  const { text } = program;
  if (isTooDeep(program.memory, depth)) return undefined;
  switch (type.name) {
    case 'VariableName':
      return instances(possibilities(program, type, depth));
    case 'String': {
      const name = stringOf(program, type, depth + 1)?.trim() ?? '';
      return /^[A-Za-z_][\w.]*$/.test(name) ? instances(possibleNames(program, name, type.from, depth + 1)) : undefined;
    }
    case 'BinaryExpression':
      return instanceOfAny(program, elementsOf(type), depth);
    case 'MemberExpression': {
      if (type.lastChild?.name === 'PropertyName') return instances(possibilities(program, type, depth));
      const [generic, ...inner] = elementsOf(type);
      const name = generic ? text.slice(generic.from, generic.to).replace(/^(?:typing|typing_extensions|t)\./, '') : '';
      if (/^(?:Optional|Union)$/.test(name)) return instanceOfAny(program, inner, depth);
      return /^(?:Annotated|Final|ClassVar)$/.test(name) && inner[0]
        ? instanceOf(program, inner[0], depth + 1)
        : undefined;
    }
    default:
      return undefined;
  }
}

function instanceOfAny(program: PythonProgram, types: readonly SyntaxNode[], depth: number): Possibilities {
  const classes = types.filter(({ name }) => name !== 'None');
  return classes.length > 0 ? union(classes.map((each) => instanceOf(program, each, depth + 1))) : undefined;
}

function instances(classes: Possibilities): Possibilities {
  return classes && union(classes.map((each) => instantiate(each, undefined)));
}

/** What calling something gives. */
function instantiate(callee: Resolved, made: SyntaxNode | undefined): Possibilities {
  const { own, name } = callee;
  if (!own) return [{ ...callee, name: `${name}()` }];
  return own.instance ? undefined : [{ ...callee, own: { ...own, instance: true, ...(made ? { made } : {}) } }];
}

function resolveCall(program: PythonProgram, node: SyntaxNode, depth: number): Possibilities {
  const callee = node.firstChild;
  const list = node.getChild('ArgList');
  if (!callee || !list) return undefined;
  const names = possibilities(program, callee, depth + 1);
  if (!names) return resolveReturned(program, callee, depth);
  const [first, second] = plainArguments(list);
  return union(
    names.map((each) => {
      switch (each.name) {
        case '__import__': {
          const module = first && stringOf(program, first, depth + 1);
          // Without a list of names to import the outermost package is returned.
          const whole = module && /\bfromlist\b/.test(program.text.slice(list.from, list.to));
          return module ? [{ name: whole ? module : (module.split('.', 1)[0] as string), bound: [] }] : undefined;
        }
        case 'getattr': {
          const attribute = second && stringOf(program, second, depth + 1);
          if (!first || !attribute) return undefined;
          return attributeOf(program, possibilities(program, first, depth + 1), attribute, depth);
        }
        case 'functools.partial':
        case 'functools.partialmethod': {
          const inner = first && possibilities(program, first, depth + 1);
          return inner?.map((one) => ({ ...one, bound: [...one.bound, list] }));
        }
        case 'staticmethod':
        case 'classmethod':
          return first && possibilities(program, first, depth + 1);
        case 'typing.cast':
          return second && possibilities(program, second, depth + 1);
        case 'super': {
          const own = superAt(program, node.from);
          return own && [{ name: '', bound: [], own }];
        }
        case 'type': {
          const object = first && !second ? possibilities(program, first, depth + 1) : undefined;
          return object?.map((one) =>
            one.own ? { ...one, own: { ...one.own, instance: false } } : { ...one, name: `type(${one.name})` },
          );
        }
        default:
          if (MODULE_LOADERS.has(each.name)) return loadedModule(program, first, list, depth);
          return instantiate(each, node);
      }
    }),
  );
}

/** `import_module("a.b")` and its like; `import_module(".b", package="a")`. */
function loadedModule(
  program: PythonProgram,
  first: SyntaxNode | undefined,
  list: SyntaxNode,
  depth: number,
): Possibilities {
  const module = first && stringOf(program, first, depth + 1);
  if (!module) return undefined;
  if (!module.startsWith('.')) return [{ name: module, bound: [] }];
  const [, ...others] = elementsOf(list).filter(({ nextSibling }) => nextSibling?.name !== 'AssignOp');
  const base = others[0] && stringOf(program, others[0], depth + 1);
  return base && !module.startsWith('..') ? [{ name: base + module, bound: [] }] : undefined;
}

/** A function of this file is what it returns, when all its `return` agree to be known. */
function resolveReturned(program: PythonProgram, callee: SyntaxNode, depth: number): readonly Resolved[] | undefined {
  const outcome = outcomeOf(program, callee, depth + 1);
  if (!outcome || outcome.generator || outcome.values.length === 0) return undefined;
  if (outcome.returned.some((values) => values.length > 1)) return undefined;
  return union(outcome.values.map((each) => possibilities(program, each, depth + 1)));
}

/** Arguments before the first keyword or starred one. */
export function plainArguments(list: SyntaxNode): SyntaxNode[] {
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
