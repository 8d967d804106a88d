import type { SyntaxNode } from '@lezer/common';
import { type ApiCall, type ApiTable, apiTable } from './apiTable.ts';
import { writtenAs } from './literals.ts';
import { lookup } from './lookup.ts';
import type { PythonProgram } from './program.ts';
import type { Sink } from './sinks.ts';
import { elementsOf } from './tree.ts';
import { stringOf } from './values.ts';

/** For queries whose sources are known by shape alone. */
export const NO_SOURCES: ApiTable<string> = apiTable<string>([]);

/** What comes out of these is one name, or a path that was looked at. */
export const PATH_STOPS: readonly string[] = [
  'os.path.basename',
  'werkzeug.utils.secure_filename',
  'urllib.parse.quote',
  'urllib.parse.quote_plus',
  'urllib.parse.urlencode',
  'uuid.uuid5',
];

/** The argument of a sink that matters; for a method of a path the path itself. `open` without a mode only reads. */
export function placeOf({ call, row }: ApiCall<Sink>): SyntaxNode | undefined {
  if (row.parameter === 'self') return call.node.firstChild?.firstChild ?? undefined;
  const given = call.argument(row.parameter, row.position);
  return given.state === 'given' ? given.node : undefined;
}

/** Whether a call of `open` or `Path.open` is asked to write. */
export function writes({ call }: ApiCall<Sink>): boolean {
  const mode = call.argument('mode', call.nameText.endsWith('.open') ? 0 : 1);
  return mode.state === 'given' && mode.value.known && /[wax+]/.test(String(mode.value.value));
}

const MAX_DEPTH = 10;

/**
 * The part of an address that decides which host it leads to: its beginning. Undefined when that is a constant which
 * names a host, so that what follows can only choose among its pages.
 */
export function decidingPart(program: PythonProgram, address: SyntaxNode, depth = 0): SyntaxNode | undefined {
  const node = writtenAs(program, address);
  if (depth > MAX_DEPTH) return node;
  const text = stringOf(program, node);
  if (text !== undefined) return undefined;
  switch (node.name) {
    case 'FormatString': {
      const [hole] = node.getChildren('FormatReplacement');
      if (!hole) return undefined;
      const before = program.text.slice(node.from, hole.from).replace(/^\w*(?:"""|'''|"|')/, '');
      if (namesHost(before)) return undefined;
      const [inner] = elementsOf(hole);
      // `{BASE}/…` with a constant BASE, and `https://{host}/…` where the hole is the host.
      return inner && decidingPart(program, inner, depth + 1);
    }
    case 'BinaryExpression': {
      const [left] = elementsOf(node);
      const start = left && stringOf(program, left);
      if (start !== undefined) return namesHost(start) ? undefined : node;
      return left && decidingPart(program, left, depth + 1);
    }
    case 'CallExpression': {
      const receiver = node.firstChild?.firstChild;
      const format = receiver && program.text.slice(receiver.to, node.firstChild?.to).endsWith('.format');
      const template = format ? stringOf(program, receiver) : undefined;
      if (template !== undefined) return namesHost(template.split('{', 1)[0] ?? '') ? undefined : node;
      return node;
    }
    default:
      return node;
  }
}

/** A scheme, a host and what ends it; or a path on this server. */
function namesHost(start: string): boolean {
  return /^(?:\w+:\/\/[^/{}]+[/?#]|\/)/.test(start);
}

/**
 * Whether an address is only handed through: a parameter of the function around the call, with the source in another
 * function. That one may have put a fixed host before it, which the part alone does not show.
 */
export function isHandedThrough(program: PythonProgram, part: SyntaxNode, source?: SyntaxNode): boolean {
  if (part.name !== 'VariableName') return false;
  const bindings = lookup(program, program.text.slice(part.from, part.to), part.from) ?? [];
  if (!bindings.some(({ kind }) => kind === 'parameter')) return false;
  return !source || functionAround(source)?.from !== functionAround(part)?.from;
}

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | null = node;
  while (at && at.name !== 'FunctionDefinition') at = at.parent;
  return at ?? undefined;
}

const CHECKS: Readonly<Record<string, RegExp>> = {
  address:
    /allow(?:ed|list)|whitelist|urlparse|urlsplit|is_private|ip_address|startswith|validate|is_safe|netloc|hostname/i,
  query: /allow(?:ed|list)|whitelist|sqlparse|sqlglot|startswith|validate|is_safe|read_?only|mode=ro/i,
  file: /allow(?:ed|list)|whitelist|is_relative_to|relative_to|commonpath|commonprefix|realpath|resolve\(|startswith|validate|is_safe|safe_?path|safe_join|secure_filename|saniti[sz]e|slugify|\.\./i,
};

/**
 * Whether the function around a call looks like checking what it was given. Not what the check does: a function that has one
 * is left to its author, because a check that is there is most often the right one.
 */
export function isChecked(program: PythonProgram, call: SyntaxNode, does: Sink['does']): boolean {
  const node = functionAround(call);
  if (!node) return false;
  const kind = does === 'address' || does === 'query' ? does : 'file';
  return (CHECKS[kind] as RegExp).test(program.text.slice(node.from, Math.min(node.to, node.from + 8000)));
}
