import type { SyntaxNode } from '@lezer/common';
import { type ApiCall, apiTable, rows } from './apiTable.ts';
import { argumentsOf, callAt } from './calls.ts';
import { type Listed, listedIn } from './execution.ts';
import { type Flow, flowOf } from './flow.ts';
import { pathOf } from './ownFile.ts';
import type { PythonProgram } from './program.ts';
import type { Sink } from './sinks.ts';
import { elementsOf } from './tree.ts';
import { isTruthy, stringOf } from './values.ts';

/** A parameter that takes the file which is run. */
interface Runner {
  readonly parameter: string;
  readonly position: number;
}

/** Run a file of Python by its path (library reference: `runpy`, `importlib`). */
export const FILE_RUNNERS = apiTable<Runner>([
  ...rows<Runner>({ parameter: 'path_name', position: 0 }, 'runpy.run_path'),
  ...rows<Runner>({ parameter: 'location', position: 1 }, 'importlib.util.spec_from_file_location'),
  ...rows<Runner>({ parameter: 'path', position: 1 }, 'importlib.machinery.SourceFileLoader'),
]);

/** Give what is in a file. */
const READS = {
  sources: apiTable<true>(
    ['open', 'io.open', 'codecs.open', 'pathlib.Path().read_text', 'pathlib.Path().open'].map((name) => [name, true]),
  ),
};

const WRITES = ['write', 'write_text', 'writelines'];
const MAX_WRITES = 100;
const INTERPRETER = /^(?:[\w./-]{0,100}\/)?(?:python[\d.]*|pypy3?|bash|sh|zsh|node|deno|ruby|perl|Rscript|pytest|uv)$/;

/** What a program writes, by the path it writes it to. */
export function writtenTexts(program: PythonProgram): ReadonlyMap<string, readonly SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const name of WRITES) {
    for (const offset of (program.outline.callsByName.get(name) ?? []).slice(0, MAX_WRITES)) {
      const call = callAt(program, offset);
      const callee = call?.node.firstChild;
      const [content] = call?.arguments ?? [];
      if (callee?.name !== 'MemberExpression' || !callee.firstChild || !content) continue;
      const path = plain(pathOf(program, callee.firstChild));
      if (path !== undefined) found.set(path, [...(found.get(path) ?? []), content.value]);
    }
  }
  return found;
}

/** Whether a text may write a program and run it; no parse. */
export function mayRunFile({ text }: PythonProgram): boolean {
  return /\.write(?:_text|lines)?\(/.test(text);
}

/** The file a call of `FILE_RUNNERS` runs. */
export function fileRun(program: PythonProgram, { call, row }: ApiCall<Runner>): string[] {
  const given = call.argument(row.parameter, row.position);
  return given.state === 'given' ? pathsOf(program, [given.node]) : [];
}

/** The files that a call of `SINKS.execution` runs: what it reads and evaluates, or hands to an interpreter. */
export function filesExecuted(program: PythonProgram, { call, row }: ApiCall<Sink>): string[] {
  const given = call.argument(row.parameter, row.position);
  if (given.state !== 'given') return [];
  if (row.does === 'code') {
    const read: Flow<true> | undefined = flowOf(program, given.node, READS);
    return read ? pathsOf(program, [fileRead(program, read.node)]) : [];
  }
  const list = row.does === 'command' ? listedIn(program, given.node) : undefined;
  if (list) return pathsOf(program, fileListed(program, list));
  const option = call.argument('shell');
  const inShell = row.does === 'shell' || (option.state === 'given' && isTruthy(option.value));
  return inShell ? filesOfLine(program, given.node) : [];
}

/** `python file` names its program, and so does a file that is run itself. */
function fileListed({ text }: PythonProgram, [first, ...others]: readonly Listed[]): SyntaxNode[] {
  if (!first) return [];
  const written = first.text ?? text.slice(first.node.from, first.node.to);
  if (written !== 'sys.executable' && !INTERPRETER.test(written)) return [first.node];
  return others.filter((each) => !each.text?.startsWith('-')).map(({ node }) => node);
}

/** Of a shell line the words, and what is filled in. */
function filesOfLine(program: PythonProgram, node: SyntaxNode): string[] {
  const line = stringOf(program, node);
  if (line !== undefined) return line.split(/\s+/);
  if (node.name === 'FormatString') {
    const inner = node.getChildren('FormatReplacement').flatMap(elementsOf);
    const words = program.text.slice(node.from, node.to).split(/[\s"']+/);
    return [...pathsOf(program, inner), ...words.filter((word) => /^[\w./-]+\.\w+$/.test(word))];
  }
  return node.name === 'BinaryExpression'
    ? elementsOf(node).flatMap((each) => filesOfLine(program, each))
    : pathsOf(program, [node]);
}

/** What `open(path)` or `path.read_text()` reads. */
function fileRead(program: PythonProgram, call: SyntaxNode): SyntaxNode | undefined {
  const callee = call.firstChild;
  const list = call.getChild('ArgList');
  const method = callee?.name === 'MemberExpression' ? program.text.slice(callee.lastChild?.from, callee.to) : '';
  if (
    callee &&
    /^(?:read_text|open)$/.test(method) &&
    !/^(?:io|codecs)\b/.test(program.text.slice(callee.from, callee.to))
  ) {
    return callee.firstChild ?? undefined;
  }
  return list ? argumentsOf(program, list)[0]?.value : undefined;
}

function pathsOf(program: PythonProgram, nodes: readonly (SyntaxNode | undefined)[]): string[] {
  return nodes.flatMap((node) => (node && plain(pathOf(program, node))) ?? []);
}

/** A temporary file and its `name` are one. */
function plain(path: string | undefined): string | undefined {
  return path?.replace(/\.name@/, '@').replace(/^\.\//, '');
}
