import type { SyntaxNode } from '@lezer/common';
import { type Command, commandOfWords, readCommands, type Setting, type Word } from '../shell/commands.ts';
import { apiTable } from './apiTable.ts';
import type { Call } from './calls.ts';
import { SETTERS } from './environment.ts';
import { lookup } from './lookup.ts';
import { resolve } from './names.ts';
import type { PythonProgram } from './program.ts';
import { childrenOf, elementsOf, nodeAt, spanOf, unwrap } from './tree.ts';
import { constantOf, stringOf } from './values.ts';

const parameter = (name: string, names: string): (readonly [string, string])[] =>
  names.split(/\s+/).map((each) => [each, name] as const);

/** Functions that start a program, with the parameter that takes the command (always the first but for `os.exec…`). */
export const STARTS_PROGRAM = apiTable<string>([
  ...parameter(
    'args',
    `subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen
    asyncio.create_subprocess_shell`,
  ),
  ...parameter('cmd', 'subprocess.getoutput subprocess.getstatusoutput os.popen'),
  ...parameter('command', 'os.system pexpect.spawn pexpect.run invoke.run'),
  ...parameter('cmd', 'IPython.get_ipython().system IPython.get_ipython().getoutput get_ipython().system'),
  // These take program and arguments one by one.
  ...parameter('*', 'asyncio.create_subprocess_exec'),
]);

/** Commands that a program starts with arguments that stand in its text, in source order. */
export function pythonCommands(program: PythonProgram): readonly Command[] {
  return startedCommands(program).flatMap(({ commands }) => commands);
}

/** A call that starts a program, with the commands it is given. */
export interface StartedCommands {
  readonly call: Call;
  /** The expression with the command; undefined where program and arguments are given one by one. */
  readonly node: SyntaxNode | undefined;
  readonly commands: readonly Command[];
}

/** The same by the calls that start them. */
export function startedCommands(program: PythonProgram): readonly StartedCommands[] {
  return program.callsTo(STARTS_PROGRAM).map(({ call, row }) => {
    if (row === '*') {
      const words = call.arguments.flatMap(({ value, star }) => (star ? [] : wordOf(program, value)));
      return { call, node: undefined, commands: commandOfWords(words) };
    }
    const given = call.argument(row, 0);
    const node = given.state === 'given' ? given.node : undefined;
    return { call, node, commands: node ? commandsIn(program, node, 0) : [] };
  });
}

const MAX_DEPTH = 4;

function commandsIn(program: PythonProgram, expression: SyntaxNode, depth: number): readonly Command[] {
  const node = unwrap(expression);
  if (depth > MAX_DEPTH) return [];
  switch (node.name) {
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
    case 'BinaryExpression': {
      const parts = listParts(program, node);
      if (parts) return commandOfWords(parts.flatMap((element) => wordOf(program, element)));
      const { text, place } = shellText(program, node) ?? {};
      return text === undefined ? [] : readCommands(text, place);
    }
    case 'ArrayExpression':
    case 'TupleExpression':
      return commandOfWords(elementsOf(node).flatMap((element) => wordOf(program, element)));
    case 'CallExpression': {
      // `"…".split()` and `shlex.split("…")`
      const callee = node.firstChild;
      const list = node.getChild('ArgList');
      if (!callee || !list) return [];
      const formatted = shellText(program, node);
      if (formatted) return readCommands(formatted.text, formatted.place);
      const isSplit = callee.name === 'MemberExpression' && /\.split$/.test(program.text.slice(callee.from, callee.to));
      const inner = resolve(program, callee)?.[0]?.name === 'shlex.split' ? elementsOf(list)[0] : callee.firstChild;
      return isSplit && inner ? commandsIn(program, inner, depth + 1) : [];
    }
    case 'VariableName': {
      const bindings = lookup(program, program.text.slice(node.from, node.to), node.from) ?? [];
      const [binding, ...others] = bindings;
      if (binding?.kind !== 'assign' || binding.path.length > 0 || others.length > 0) return [];
      const value = nodeAt(program.tree.tree, binding.value);
      if (!value) return [];
      // What a named list still receives is not known here.
      return commandsIn(program, value, depth + 1).map((command) => ({
        ...command,
        words: [...command.words, MORE(command)],
      }));
    }
    default:
      return [];
  }
}

/** The elements of `[a, b] + c`, of which `c` stands for any number; undefined for other sums. */
function listParts(program: PythonProgram, node: SyntaxNode, depth = 0): SyntaxNode[] | undefined {
  const [left, right] = node.name === 'BinaryExpression' && depth < MAX_DEPTH ? elementsOf(node) : [];
  if (!left || !right) return undefined;
  const [first, rest] = [left, right].map((each) =>
    each.name === 'ArrayExpression' ? elementsOf(each) : listParts(program, each, depth + 1),
  );
  return first || rest ? [...(first ?? [left]), ...(rest ?? [right])] : undefined;
}

/** Stands for arguments that may be added. */
function MORE({ span }: Command): Word {
  return { text: '$*', span: { start: span.end, end: span.end }, fixed: false, inner: [] };
}

/** The element of a list of arguments. Of `"a" + b` only the first part is known. */
function wordOf(program: PythonProgram, node: SyntaxNode): Word[] {
  if (node.prevSibling?.name === '*') return [{ text: '$*', span: spanOf(node), fixed: false, inner: [] }];
  // The Python that runs this program.
  if (program.text.slice(node.from, node.to) === 'sys.executable')
    return [{ text: 'python', span: spanOf(node), fixed: true, inner: [] }];
  const value = constantOf(program, node);
  if (value.known) {
    const exact = node.name === 'String' && rawBody(program, node);
    const span =
      exact && exact.text === value.value ? { start: exact.at, end: exact.at + exact.text.length } : spanOf(node);
    return [{ text: value.value === null ? '' : String(value.value), span, fixed: true, inner: [] }];
  }
  const body = node.name === 'FormatString' ? rawBody(program, node)?.text : undefined;
  return [{ text: body ?? '$', span: spanOf(node), fixed: false, inner: [] }];
}

/** A string as shell text. What is put in by a format stands in braces, so that it counts as unknown. */
function shellText(
  program: PythonProgram,
  node: SyntaxNode,
): { text: string; place: number | ReturnType<typeof spanOf> } | undefined {
  const body = rawBody(program, node);
  if (body) return { text: body.text, place: body.at };
  // `"…{}…".format(x)`: the braces count as unknown.
  const template = node.name === 'CallExpression' ? node.firstChild : undefined;
  if (template) {
    const isFormat = template.name === 'MemberExpression' && program.text.slice(0, template.to).endsWith('.format');
    const text = isFormat && template.firstChild ? stringOf(program, template.firstChild) : undefined;
    return text === undefined ? undefined : { text: text.replace(/\{[^{}]*\}/g, '{_}'), place: spanOf(node) };
  }
  const parts = node.name === 'BinaryExpression' || node.name === 'ContinuedString' ? elementsOf(node) : [node];
  if (
    node.name === 'BinaryExpression' &&
    !childrenOf(node).some((child) => program.text.slice(child.from, child.to) === '+')
  )
    return undefined;
  let text = '';
  for (const part of parts) {
    const inner = unwrap(part);
    const value = constantOf(program, inner);
    if (value.known && typeof value.value === 'string') text += value.value;
    else if (inner.name === 'FormatString')
      text += program.text.slice(inner.from, inner.to).replace(/^\w*("""|'''|"|')|["']{1,3}$/g, '');
    else if (inner.name === 'BinaryExpression') text += shellText(program, inner)?.text ?? '$_';
    else text += '$_';
  }
  return { text, place: spanOf(node) };
}

/** What stands between the quotes of one literal; undefined when an escape makes it mean something else. */
function rawBody({ text }: PythonProgram, node: SyntaxNode): { text: string; at: number } | undefined {
  if (node.name !== 'String' && node.name !== 'FormatString') return undefined;
  const source = text.slice(node.from, node.to);
  const [open = '', quote = ''] = /^\w*("""|'''|"|')/.exec(source) ?? [];
  if (!quote || source.length < open.length + quote.length || !source.endsWith(quote)) return undefined;
  const body = source.slice(open.length, source.length - quote.length);
  return body.includes('\\') ? undefined : { text: body, at: node.from + open.length };
}

const UPDATES = apiTable<true>([['os.environ.update', true]], { wrapped: false });

/** Environment variables that a program gives a constant value, in no particular order. */
export function pythonSettings(program: PythonProgram): readonly Setting[] {
  const { text } = program;
  if (!/\benviron\b|\bputenv\b/.test(text)) return [];
  const settings: Setting[] = [];
  const add = (name: string | undefined, value: SyntaxNode | null | undefined, start: number): void => {
    const [word] = (name && value && wordOf(program, value)) || [];
    if (name && word && value) settings.push({ name, value: word, span: { start, end: value.to } });
  };
  for (let at = text.indexOf('environ'); at !== -1; at = text.indexOf('environ', at + 7)) {
    const named = program.tree.tree.resolveInner(at, 1);
    const base = named.name === 'PropertyName' ? named.parent : named;
    const target = base?.parent;
    if (!base || target?.name !== 'MemberExpression' || target.nextSibling?.name !== 'AssignOp') continue;
    if (target.parent?.name !== 'AssignStatement' || resolve(program, base)?.[0]?.name !== 'os.environ') continue;
    const key = elementsOf(target).at(-1);
    add(key && stringOf(program, key), target.nextSibling.nextSibling, target.from);
  }
  for (const { call } of program.callsTo(SETTERS)) {
    const [name, value] = call.arguments;
    add(name && stringOf(program, name.value), value?.value, call.span.start);
  }
  for (const { call } of program.callsTo(UPDATES)) {
    for (const each of call.arguments) if (each.name) add(each.name, each.value, each.span.start);
    settings.push(...dictionarySettings(program, call));
  }
  return settings;
}

function dictionarySettings(program: PythonProgram, call: Call): Setting[] {
  return call.arguments.flatMap(({ value }) => {
    if (value.name !== 'DictionaryExpression') return [];
    return childrenOf(value).flatMap((key) => {
      const node = key.nextSibling?.name === ':' ? key.nextSibling.nextSibling : undefined;
      const name = node && stringOf(program, key);
      const [word] = node ? wordOf(program, node) : [];
      return name && word && node ? [{ name, value: word, span: { start: key.from, end: node.to } }] : [];
    });
  });
}
