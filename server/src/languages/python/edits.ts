import type { SyntaxNode } from '@lezer/common';
import type { Edit, Span } from '../../engine/span.ts';
import type { Call } from './calls.ts';
import { isReplaceable, wrapperOfSpan } from './derivedCall.ts';
import type { PythonProgram } from './program.ts';
import { childrenOf } from './tree.ts';

/**
 * Adds an argument after the last one, in the layout of the call: on its own line where the last argument has one, with a
 * trailing comma where there was one. Comments stay with what they stand beside.
 *
 * @param argument source text such as `weights_only=True`.
 * @returns undefined where nothing can be added without touching more: `f(x for x in y)`.
 */
export function addArgument({ text }: PythonProgram, call: Call, argument: string): readonly Edit[] | undefined {
  const { wrapper } = call;
  // A function of the project takes what it takes, unless it passes every keyword on.
  if (wrapper && !wrapper.accepts(argument.split('=', 1)[0] ?? '')) return undefined;
  const list = call.node.getChild('ArgList');
  if (!list || list.getChild('for')) return undefined;
  const last = (wrapper?.written ?? call).arguments.at(-1);
  if (!last) return [insertion(list.from + 1, argument)];
  const after = childrenOf(list).filter((child) => child.from >= last.span.end);
  if (after.at(-1)?.name !== ')') return undefined;
  const comma = after.find(({ name }) => name === ',');
  const comment = after.find(({ name }) => name === 'Comment');
  const indent = ownIndent(text, last.span.start);
  if (indent === undefined) {
    return comma ? [insertion(comma.to, ` ${argument},`)] : [insertion(last.span.end, `, ${argument}`)];
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const line = `${newline}${indent}${argument}`;
  if (comma) return [insertion(Math.max(comma.to, comment?.to ?? 0), `${line},`)];
  if (!comment) return [insertion(last.span.end, `,${line}`)];
  return [insertion(last.span.end, ','), insertion(comment.to, line)];
}

/**
 * Replaces the value of an argument or dictionary entry, leaving its name. No edit at all where the value is decided elsewhere,
 * by the default of a parameter or in another file; a fix without edits is none.
 */
export function replaceValue(node: SyntaxNode, text: string): readonly Edit[] {
  if (!isReplaceable(node)) return [];
  return [{ start: node.from, end: node.to, text }];
}

/**
 * Removes an argument of a call or an entry of a dictionary together with the comma that belonged to it.
 *
 * @param item its span with name or key, as in `ArgumentState.span`.
 * @returns undefined where the item is not part of a list.
 */
export function removeItem({ text, tree }: PythonProgram, item: Span): readonly Edit[] | undefined {
  // Whether a wrapper can do without the argument, and what it passes on then, is for its author to say.
  if (wrapperOfSpan(item)) return undefined;
  let list: SyntaxNode | null = tree.tree.resolveInner(item.start, 1);
  while (list && !(list.from < item.start && list.to > item.end)) list = list.parent;
  if (!list || !/^(?:ArgList|DictionaryExpression)$/.test(list.name)) return undefined;
  const children = childrenOf(list);
  const before = children.filter((child) => child.to <= item.start).at(-1);
  const after = children.find((child) => child.from >= item.end);
  const comma = after?.name === ',' ? after : undefined;
  const lineStart = text.lastIndexOf('\n', item.start - 1) + 1;
  const end = comma?.to ?? item.end;
  const lineEnd = text.indexOf('\n', end);
  const ownLine =
    lineEnd !== -1 && isBlank(text.slice(lineStart, item.start)) && /^\s*(?:#.*)?$/.test(text.slice(end, lineEnd));
  if (ownLine && before && before.to <= lineStart) return [{ start: lineStart, end: lineEnd + 1, text: '' }];
  if (comma) {
    const next = comma.to + blanksAt(text, comma.to);
    const endsLine = text[next] === '\n' || text[next] === '\r';
    return [{ start: endsLine && before ? before.to : item.start, end: next, text: '' }];
  }
  if (before?.name !== ',') return [{ ...item, text: '' }];
  return [{ start: before.from, end: item.end, text: '' }];
}

/**
 * Makes `import module` true for a program: after the last import at its top, or after the docstring.
 *
 * @param module dotted; nothing is added where the module itself is already imported under its own name.
 */
export function ensureImport(program: PythonProgram, module: string): readonly Edit[] {
  const { text, tree } = program;
  // The statements at the beginning may have been left out.
  program.outgrow();
  let at = 0;
  let seen = false;
  for (const node of childrenOf(tree.tree.topNode)) {
    const source = text.slice(node.from, node.to);
    if (node.name === 'ImportStatement') {
      seen = true;
      const [, names] = /^import\s+([\w.,\s]+)$/.exec(source) ?? [];
      if (names?.split(',').some((name) => name.trim() === module)) return [];
      at = lineAfter(text, node.to);
    } else if (
      !seen &&
      (node.name === 'Comment' || (node.name === 'ExpressionStatement' && node.firstChild?.name === 'String'))
    ) {
      at = lineAfter(text, node.to);
    } else if (seen || node.name !== 'Comment') break;
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const before = at > 0 && text[at - 1] !== '\n' ? newline : '';
  return [insertion(at, `${before}import ${module}${newline}`)];
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** White space before an item that is the first on its line; undefined when something else stands before it. */
function ownIndent(text: string, offset: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = text.slice(lineStart, offset);
  return isBlank(indent) && indent !== '' ? indent : undefined;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function blanksAt(text: string, offset: number): number {
  return /^[ \t]*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0;
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}
