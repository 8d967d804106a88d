import type { Span } from '../engine/span.ts';

/** A line or cell that IPython understands and Python does not. */
export interface Magic {
  /** `shell` runs its text in a shell; `line` and `cell` are `%name` and `%%name`. */
  readonly kind: 'shell' | 'line' | 'cell';
  /** Name of the magic; of a shell line empty. */
  readonly name: string;
  /** What follows the mark and the name, as written; of a cell magic with the rest of the cell. */
  readonly text: string;
  /** Offset of that text. */
  readonly at: number;
  /** From the mark to the end. */
  readonly span: Span;
}

/** Cell magics that leave the rest of the cell in Python. */
const PYTHON_CELL = /^%%(?:time|timeit|capture|prun|memit|notify)\b/;
/** Line magics whose text is a command line that begins with their own name. */
const COMMAND_MAGIC = /^(?:pip|conda|mamba|micromamba|uv|cd)$/;
const SHELL_MAGIC = /^(?:sx|system|!)$/;
const SHELL_CELL = /^(?:bash|sh|system|sx|!)$/;

/**
 * Takes magics, shell lines and help requests out of the source of a cell.
 *
 * @returns the cell as Python, of the same length so that offsets hold, and what was taken out.
 */
export function readMagics(cell: string): { readonly python: string; readonly magics: readonly Magic[] } {
  if (!/[%!?]|^[ \t]*(?:pip|conda)[ \t]/m.test(cell)) return { python: cell, magics: [] };
  const first = cell.search(/\S/);
  if (cell.startsWith('%%', first) && !PYTHON_CELL.test(cell.slice(first, first + 20))) {
    return { python: cell.replace(/^([ \t]*)\S/gm, '$1#'), magics: [cellMagic(cell, first)] };
  }
  const magics: Magic[] = [];
  // A line that ends in a backslash carries the magic on to the next.
  let open: { start: number; end: number } | undefined;
  const close = (): void => {
    const magic = open && lineMagic(cell, open);
    if (magic) magics.push(magic);
    open = undefined;
  };
  const python = cell.replace(/[^\r\n]+/g, (line, at: number) => {
    if (!open && !isMagic(line)) return line;
    open = { start: open?.start ?? at, end: at + line.length };
    if (!line.endsWith('\\')) close();
    return comment(line);
  });
  close();
  return { python, magics };
}

function isMagic(line: string): boolean {
  // `%` and `!` may also begin the continuation of an expression; those have a space after them.
  return (
    /^\s*(?:%{1,2}[A-Za-z]|!{1,2}\s?[^\s=]|\?{1,2}\S)/.test(line) ||
    /^\s*[\w.]+\s*=\s*[%!][A-Za-z!]/.test(line) ||
    /^[^#'"=()]*[\w)\]]\?{1,2}\s*$/.test(line) ||
    /^\s*(?:pip|conda)\s+(?:install|uninstall)\s/.test(line)
  );
}

/** Under `if x:` a comment alone would be no block, so an indented line becomes a number with a comment behind it. */
function comment(line: string): string {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const rest = line.slice(indent.length);
  if (!rest) return line;
  return indent && rest.length > 1 ? `${indent}0#${rest.slice(2)}` : `${indent}#${rest.slice(1)}`;
}

function cellMagic(cell: string, start: number): Magic {
  const end = cell.length;
  const [head = '%%', name = '', script = ''] =
    /^%%(!|\w{1,60})?[ \t]*(?:(?<=%%script[ \t]+)(?:--\S{1,60}[ \t]+){0,8}((?:ba|z|da)?sh)\b)?/.exec(
      cell.slice(start, start + 700),
    ) ?? [];
  const shell = SHELL_CELL.test(name) || script !== '';
  // Options of the magic itself stand on its line.
  const line = cell.indexOf('\n', start);
  const at = shell ? (line === -1 ? end : line + 1) : start + head.length;
  return { kind: shell ? 'shell' : 'cell', name: shell ? '' : name, text: cell.slice(at), at, span: { start, end } };
}

function lineMagic(cell: string, { start, end }: Span): Magic | undefined {
  const source = cell.slice(start, end);
  const [head = '', mark = ''] = /^\s*(?:[\w.]+\s*=\s*)?(!{1,2}|%{1,2}|\?)?/.exec(source) ?? [];
  const from = start + head.length;
  const span = { start: from - mark.length, end };
  const rest = cell.slice(from, end);
  if (mark.startsWith('!') || (mark === '' && /^(?:pip|conda)\s/.test(rest))) {
    return { kind: 'shell', name: '', text: rest, at: from, span };
  }
  const name = mark.startsWith('%') ? (/^\w{1,60}/.exec(rest)?.[0] ?? '') : '';
  if (!name) return undefined;
  if (COMMAND_MAGIC.test(name)) return { kind: 'shell', name: '', text: rest, at: from, span };
  const after = name.length + (/^[ \t]*/.exec(rest.slice(name.length))?.[0].length ?? 0);
  const kind = SHELL_MAGIC.test(name) ? 'shell' : 'line';
  return { kind, name: kind === 'shell' ? '' : name, text: rest.slice(after), at: from + after, span };
}
