import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../engine/span.ts';
import type { Binding } from './bindings.ts';
import type { WrapperCall } from './derivedCall.ts';
import { type Resolved, resolve, resolveName } from './names.ts';
import type { PythonProgram } from './program.ts';
import { entryOf } from './spread.ts';
import { childrenOf, isExpression } from './tree.ts';
import { constantOf, type Value } from './values.ts';

/** One argument as written. */
export interface Argument {
  /** Undefined for positional arguments, `*x` and `**x`. */
  readonly name: string | undefined;
  readonly star: '' | '*' | '**';
  readonly value: SyntaxNode;
  /** With name, `=` and stars. */
  readonly span: Span;
}

/** What a call says about one parameter. `unknown` when a `*` or `**` may or may not supply it. */
export type ArgumentState =
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' }
  | {
      readonly state: 'given';
      readonly value: Value;
      /** The expression given. */
      readonly node: SyntaxNode;
      /** The argument with its name: `weights_only=False`; in a spread dictionary the key with its value. */
      readonly span: Span;
      /** As written, in whichever file that is. */
      readonly text: string;
      /**
       * Where it is written: in the call, in a dictionary spread with `**`, in `functools.partial`, or in the call of a function
       * of the project that hands it on.
       */
      readonly through: 'call' | 'spread' | 'partial' | 'wrapper';
      /** Where it is written if that is neither in the call nor in this file's `node`: the default of a wrapper's parameter. */
      readonly setIn?: ValuePlace;
    };

/** A line of this file, or of another file of the workspace. */
export interface ValuePlace {
  readonly path: string | undefined;
  /** One-based. */
  readonly line: number;
}

/** A call or a decorator with arguments. */
export interface Call {
  /** `CallExpression`, or `Decorator`. */
  readonly node: SyntaxNode;
  readonly span: Span;
  /** The called name as written, for example `np.load`. */
  readonly nameSpan: Span;
  readonly nameText: string;
  /** Every function this may call; undefined when one of them is unknown. */
  readonly callees: readonly Resolved[] | undefined;
  /** The qualified name of the first of them. */
  readonly callee: string | undefined;
  /** How the written name came to mean `callee`; undefined when it says so itself. One sentence. */
  readonly via: string | undefined;
  readonly arguments: readonly Argument[];
  /** Set where this is the call of a function of the project that stands for the API it reaches. */
  readonly wrapper?: WrapperCall;
  /** @param position zero-based position that the parameter also has; left out when it is given by keyword only. */
  argument(name: string, position?: number): ArgumentState;
}

/** The call whose `(` stands at `offset`; undefined when the list belongs to a class definition or is broken. */
export function callAt(program: PythonProgram, offset: number): Call | undefined {
  let node: SyntaxNode | null = program.tree.tree.resolveInner(offset, 1);
  while (node && node.name !== 'ArgList' && node.from === offset) node = node.parent;
  const list = node?.name === 'ArgList' ? node : undefined;
  const owner = list?.parent;
  if (!list || !owner || (owner.name !== 'CallExpression' && owner.name !== 'Decorator')) return undefined;
  return makeCall(program, owner, list);
}

function makeCall(program: PythonProgram, node: SyntaxNode, list: SyntaxNode): Call {
  const { text } = program;
  const first = node.name === 'Decorator' ? node.getChild('VariableName') : node.firstChild;
  const nameSpan = { start: first?.from ?? node.from, end: list.prevSibling?.to ?? list.from };
  const nameText = text.slice(nameSpan.start, nameSpan.end);
  let callees: { readonly names: readonly Resolved[] | undefined } | undefined;
  let parsed: readonly Argument[] | undefined;
  return {
    node,
    span: { start: nameSpan.start, end: node.to },
    nameSpan,
    nameText,
    get callees() {
      callees ??= {
        names:
          node.name === 'Decorator'
            ? resolveName(program, nameText, nameSpan.start)
            : first
              ? resolve(program, first)
              : undefined,
      };
      return callees.names;
    },
    get callee() {
      return this.callees?.[0]?.name;
    },
    get via() {
      const [resolved] = this.callees ?? [];
      return resolved && explain(program, nameText, resolved);
    },
    get arguments() {
      parsed ??= argumentsOf(program, list);
      return parsed;
    },
    argument(name, position) {
      const bound = this.callees?.[0]?.bound ?? [];
      return findArgument(program, this.arguments, bound, name, position);
    },
  };
}

/** The call of a function that another call is given, with the arguments it passes on. It has no list that could be edited. */
export function handedCall(program: PythonProgram, node: SyntaxNode, given: readonly Argument[]): Call {
  const { text } = program;
  const span = { start: node.from, end: node.to };
  const nameText = text.slice(node.from, node.to);
  let callees: { readonly names: readonly Resolved[] | undefined } | undefined;
  return {
    node,
    span,
    nameSpan: span,
    nameText,
    get callees() {
      callees ??= { names: resolve(program, node) };
      return callees.names;
    },
    get callee() {
      return this.callees?.[0]?.name;
    },
    get via() {
      const [resolved] = this.callees ?? [];
      return resolved && explain(program, nameText, resolved);
    },
    arguments: given,
    argument(name, position) {
      return findArgument(program, given, this.callees?.[0]?.bound ?? [], name, position);
    },
  };
}

/** The arguments of a list; a bare generator counts as one positional argument. */
export function argumentsOf(program: PythonProgram, list: SyntaxNode): readonly Argument[] {
  const found: Argument[] = [];
  let start: SyntaxNode | undefined;
  let name: string | undefined;
  let star: Argument['star'] = '';
  for (const child of childrenOf(list)) {
    if (child.name === 'for') break;
    if (child.name === ',') {
      start = undefined;
      name = undefined;
      star = '';
    } else if (child.name === '*' || child.name === '**') {
      star = child.name;
      start = child;
    } else if (child.nextSibling?.name === 'AssignOp' && child.name === 'VariableName') {
      name = program.text.slice(child.from, child.to);
      start = child;
    } else if (isExpression(child)) {
      found.push({ name, star, value: child, span: { start: (start ?? child).from, end: child.to } });
    }
  }
  return found;
}

function findArgument(
  program: PythonProgram,
  own: readonly Argument[],
  bound: readonly SyntaxNode[],
  name: string,
  position: number | undefined,
): ArgumentState {
  const keyword = own.find((argument) => argument.name === name);
  if (keyword) return given(program, keyword.value, keyword.span, 'call');
  // `partial(f, a)(b)` is `f(a, b)`; the first argument of `partial` is the function itself.
  const supplied = bound.map((list) => argumentsOf(program, list).slice(1));
  if (position !== undefined) {
    const all = [...supplied.flat(), ...own].filter((argument) => !argument.name && argument.star !== '**');
    const star = all.findIndex((argument) => argument.star === '*');
    const at = all[position];
    if (star !== -1 && star <= position) return { state: 'unknown' };
    if (at) return given(program, at.value, at.span, own.includes(at) ? 'call' : 'partial');
  }
  for (const argument of own.filter(({ star }) => star === '**')) {
    const spread = entryOf(program, argument.value, name);
    if (spread.state !== 'absent') return spread;
  }
  for (const list of supplied.toReversed()) {
    const earlier = list.find((argument) => argument.name === name);
    if (earlier) return given(program, earlier.value, earlier.span, 'partial');
    if (list.some(({ star }) => star === '**')) return { state: 'unknown' };
  }
  return { state: 'absent' };
}

export function given(
  program: PythonProgram,
  node: SyntaxNode,
  span: Span,
  through: 'call' | 'spread' | 'partial',
  depth = 0,
): ArgumentState {
  let value: Value | undefined;
  return {
    state: 'given',
    get value() {
      value ??= constantOf(program, node, depth);
      return value;
    },
    node,
    span,
    text: program.text.slice(node.from, node.to),
    through,
  };
}

function explain({ text }: PythonProgram, written: string, { name, binding, bound }: Resolved): string | undefined {
  const says = name.startsWith(written.split('(', 1)[0] as string) && bound.length === 0;
  if (!binding || says) return undefined;
  const shown = shorten(importOf(text, binding) ?? text.slice(binding.statement.start, binding.statement.end));
  return `\`${shorten(written)}\` is \`${name}\` here: \`${shown}\``;
}

/** An import of one name out of a long list of them. */
function importOf(text: string, binding: Binding): string | undefined {
  if (binding.kind !== 'import' || !text.startsWith('from', binding.statement.start)) return undefined;
  const dot = binding.target.lastIndexOf('.');
  const name = binding.target.slice(dot + 1);
  const local = text.slice(binding.at.start, binding.at.end);
  const module = binding.target.slice(0, dot) || '.';
  return `from ${module} import ${name}${local === name ? '' : ` as ${local}`}`;
}

function shorten(statement: string): string {
  const line = statement.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
