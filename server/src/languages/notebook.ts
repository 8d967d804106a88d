import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Edit, Span } from '../engine/span.ts';
import { type Magic, readMagics } from './magics.ts';
import { inSource, type Output, outputsOf } from './outputs.ts';

export type { Magic } from './magics.ts';
export type { Output } from './outputs.ts';

/** A code cell of a notebook and its place in the program. */
export interface NotebookCell {
  /** Zero-based among all cells of the notebook, text cells included. */
  readonly index: number;
  /** Offsets in the program. */
  readonly start: number;
  readonly end: number;
}

/** A notebook as one program: its Python cells in order, joined by a line break. Offsets are UTF-16. */
export interface Notebook {
  /** Magics, shell lines and help requests are comments here, of the same length, so that offsets hold. */
  readonly program: string;
  /** The same with magics and shell lines as they are written. */
  readonly source: string;
  readonly cells: readonly NotebookCell[];
  /** Magics and shell lines in order, with offsets in the program. */
  readonly magics: readonly Magic[];
  /** What cells showed when the notebook was saved; empty where only an editor has it. */
  readonly outputs: readonly Output[];
  /** Where the metadata of a cell, or of the notebook (`cell` -1), call it trusted. */
  readonly trusted: readonly { readonly cell: number; readonly onDisk: Span }[];
  /** Cell at an offset of the program; the line break between two cells belongs to the one before. */
  cellAt(offset: number): { readonly cell: NotebookCell; readonly offset: number } | undefined;
  /** Offset in the text of the `.ipynb` file. Of a notebook made of cells: the offset itself. */
  toRaw(offset: number): number;
  /** Edits of the program as edits of the `.ipynb` text; undefined when one of them does not stay inside one cell. */
  rawEdits(edits: readonly Edit[]): readonly Edit[] | undefined;
}

export interface CellText {
  readonly text: string;
  /** `python` when left out. Cells in any other language are counted but not part of the program. */
  readonly language?: string;
}

/** A string of the JSON text that holds a piece of the program. */
interface Piece {
  readonly start: number;
  readonly end: number;
  /** Offset of the opening quote in the raw text. */
  readonly raw: number;
  /** The JSON string with its quotes. */
  readonly source: string;
}

/** Makes the program of a notebook whose cells an editor holds. */
export function notebookFromCells(cells: readonly CellText[]): Notebook {
  const texts = cells.map(({ text, language }) => (!language || language === 'python' ? text : undefined));
  return assemble(texts, [], [], []);
}

/**
 * Reads the text of an `.ipynb` file (nbformat 3 to 4).
 *
 * @returns a sentence for the user instead when it is no notebook.
 */
export function readNotebook(raw: string): Notebook | { readonly error: string } {
  // A byte order mark is no part of the JSON but counts in offsets.
  const offset = raw.startsWith('\uFEFF') ? 1 : 0;
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(raw.slice(offset), errors, { disallowComments: true });
  } catch {
    return { error: 'The notebook is nested too deeply to be read.' };
  }
  if (errors[0] || root?.type !== 'object') {
    const line = raw.slice(0, (errors[0]?.offset ?? 0) + offset).split('\n').length;
    return { error: `The notebook is not valid JSON: see line ${line}.` };
  }
  const cells = member(root, 'cells') ?? member(member(root, 'worksheets')?.children?.[0], 'cells');
  if (cells?.type !== 'array') return { error: 'The notebook has no list of cells.' };
  const isPython = /^(?:i?python\d?)?$/i.test(languageOf(root));
  const texts: (string | undefined)[] = [];
  const pieces: Piece[] = [];
  const outputs: Output[] = [];
  const trusted: { cell: number; onDisk: Span }[] = [];
  let length = 0;
  const noteTrust = (owner: Node | undefined, cell: number): void => {
    const flag = memberNode(member(owner, 'metadata'), 'trusted');
    if (flag?.children?.[1]?.value !== true) return;
    trusted.push({ cell, onDisk: { start: flag.offset + offset, end: flag.offset + flag.length + offset } });
  };
  noteTrust(root, -1);
  for (const [index, cell] of (cells.children ?? []).entries()) {
    noteTrust(cell, index);
    outputs.push(...outputsOf(member(cell, 'outputs'), index, raw, offset));
    const source = member(cell, 'source') ?? member(cell, 'input');
    const own = member(member(member(cell, 'metadata'), 'vscode'), 'languageId')?.value;
    if (member(cell, 'cell_type')?.value !== 'code' || !source || !(own === undefined ? isPython : own === 'python')) {
      texts.push(undefined);
      continue;
    }
    const lines = (source.type === 'array' ? (source.children ?? []) : [source]).filter(
      ({ type }) => type === 'string',
    );
    let text = '';
    for (const line of lines) {
      const value = String(line.value);
      const start = length + text.length;
      const at = line.offset + offset;
      pieces.push({ start, end: start + value.length, raw: at, source: raw.slice(at, at + line.length) });
      text += value;
    }
    texts.push(text);
    length += text.length + 1;
  }
  return assemble(texts, pieces, outputs, trusted);
}

function assemble(
  texts: readonly (string | undefined)[],
  pieces: readonly Piece[],
  outputs: Notebook['outputs'],
  trusted: Notebook['trusted'],
): Notebook {
  const cells: NotebookCell[] = [];
  const programs: string[] = [];
  const sources: string[] = [];
  const magics: Magic[] = [];
  let length = 0;
  texts.forEach((text, index) => {
    if (text === undefined) return;
    const at = length;
    const read = readMagics(text);
    cells.push({ index, start: at, end: at + text.length });
    programs.push(read.python);
    sources.push(text);
    for (const { span, ...magic } of read.magics) {
      magics.push({ ...magic, at: magic.at + at, span: { start: span.start + at, end: span.end + at } });
    }
    length += text.length + 1;
  });
  const cellAt: Notebook['cellAt'] = (offset) => {
    const cell = cells.findLast(({ start }) => start <= offset);
    return cell && { cell, offset: Math.min(offset, cell.end) - cell.start };
  };
  const toRaw = (offset: number): number => (pieces.length > 0 ? rawOffset(pieces, offset) : offset);
  return {
    program: programs.join('\n'),
    source: sources.join('\n'),
    cells,
    magics,
    outputs,
    trusted,
    cellAt,
    toRaw,
    rawEdits: (edits) => (pieces.length > 0 ? rawEdits(pieces, cells, edits) : edits),
  };
}

function rawOffset(pieces: readonly Piece[], offset: number): number {
  const piece = pieces.findLast(({ start }) => start <= offset) ?? pieces[0];
  return piece ? piece.raw + inSource(piece.source, Math.min(offset - piece.start, piece.end - piece.start)) : offset;
}

function rawEdits(
  pieces: readonly Piece[],
  cells: readonly NotebookCell[],
  edits: readonly Edit[],
): readonly Edit[] | undefined {
  const result: Edit[] = [];
  for (const { start, end, text } of edits) {
    if (!cells.some((cell) => cell.start <= start && end <= cell.end)) return undefined;
    // An edit over several lines of a cell: the first string takes the new text, the others lose what is replaced.
    const touched = pieces.filter((piece) =>
      start === end ? piece.start <= start && start <= piece.end : piece.start < end && start < piece.end,
    );
    const owners = start === end ? touched.slice(-1) : touched;
    if (owners.length === 0) return undefined;
    owners.forEach((piece, index) => {
      const from = Math.max(start, piece.start) - piece.start;
      const to = Math.min(end, piece.end) - piece.start;
      result.push({
        start: piece.raw + inSource(piece.source, from),
        end: piece.raw + inSource(piece.source, to),
        text: index === 0 ? JSON.stringify(text).slice(1, -1) : '',
      });
    });
  }
  return result;
}

function member(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return memberNode(node, name)?.children?.[1];
}

/** The property with its key. */
function memberNode(node: Node | undefined, name: string): Node | undefined {
  return node?.children?.find(({ children }) => children?.[0]?.value === name);
}

function languageOf(root: Node): string {
  const metadata = member(root, 'metadata');
  const language =
    member(member(metadata, 'kernelspec'), 'language') ?? member(member(metadata, 'language_info'), 'name');
  return typeof language?.value === 'string' ? language.value : '';
}

/**
 * Where an editor can mark something of a cell that is not in its source, such as an output: the first line of the cell in
 * the program; the start of the program for a cell that is no part of it.
 */
export function firstLineOf({ source, cells }: Notebook, index: number): Span {
  const cell = cells.find((each) => each.index === index);
  if (!cell) return { start: 0, end: 0 };
  const newline = source.indexOf('\n', cell.start);
  return { start: cell.start, end: newline === -1 || newline > cell.end ? cell.end : newline };
}

/** Whether a span of the program lies in a magic or shell line. */
export function isInMagic(notebook: Notebook | undefined, { start, end }: Span): boolean {
  return notebook?.magics.some(({ span }) => span.start <= start && end <= span.end) ?? false;
}

/**
 * A notebook of an editor with the outputs that its file on disk holds: an editor sends no outputs. Cells are matched by
 * their text, so that the output of a cell that was changed since is not held against it.
 */
export function withSavedOutputs(notebook: Notebook, saved: Notebook): Notebook {
  const { cells, source } = notebook;
  const places = new Map<number, number>();
  let next = 0;
  for (const { index, start, end } of saved.cells) {
    const text = saved.source.slice(start, end);
    const found = cells.findIndex((cell, at) => at >= next && source.slice(cell.start, cell.end) === text);
    const cell = cells[found];
    if (!cell) continue;
    places.set(index, cell.index);
    next = found + 1;
  }
  const outputs = saved.outputs.flatMap((output) => {
    const cell = places.get(output.cell);
    return cell === undefined ? [] : [{ ...output, cell }];
  });
  return { ...notebook, outputs };
}
