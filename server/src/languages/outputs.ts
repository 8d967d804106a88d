import type { Node } from 'jsonc-parser';
import type { Span } from '../engine/span.ts';

/** A text that a cell of a saved notebook showed. Pictures are left out, but for those written in XML. */
export interface Output {
  /** Zero-based among all cells of the notebook. */
  readonly cell: number;
  /** Zero-based among the outputs of the cell. */
  readonly index: number;
  /** Media type; `text/plain` for what was printed and for error reports. */
  readonly media: string;
  /** The text, its lines joined. Decoded when asked for. */
  text(): string;
  /** A span of that text in the `.ipynb` file. */
  onDisk(span: Span): Span;
}

/** Reads the outputs of one cell (nbformat 3 and 4). */
export function outputsOf(list: Node | undefined, cell: number, raw: string, offset: number): Output[] {
  return (list?.children ?? []).flatMap((output, index) => {
    const found: Output[] = [];
    const add = (media: string, value: Node | undefined): void => {
      const strings = value?.type === 'array' ? (value.children ?? []) : value ? [value] : [];
      const parts = strings
        .filter(({ type }) => type === 'string')
        .map(({ offset: at, length }) => ({ at: at + offset, length }));
      if (parts.length > 0) found.push(makeOutput(cell, index, media, raw, parts));
    };
    for (const { key, value } of properties(output)) {
      // `text`, `traceback` and, before version 4, `html` and `svg` stand in the output itself.
      if (key === 'text' || key === 'evalue') add('text/plain', value);
      else if (key === 'traceback') add('text/plain', value);
      else if (key === 'html' || key === 'javascript') add(`text/${key}`, value);
      else if (key === 'svg') add('image/svg+xml', value);
      else if (key === 'data') {
        for (const item of properties(value)) {
          if (!item.key.startsWith('image/') || item.key === 'image/svg+xml') add(item.key, item.value);
        }
      }
    }
    return found;
  });
}

function makeOutput(
  cell: number,
  index: number,
  media: string,
  raw: string,
  parts: readonly { readonly at: number; readonly length: number }[],
): Output {
  const decode = ({ at, length }: { at: number; length: number }): string => {
    try {
      return String(JSON.parse(raw.slice(at, at + length)));
    } catch {
      return '';
    }
  };
  const place = (offset: number): number => {
    let rest = offset;
    for (const part of parts) {
      const { length } = decode(part);
      if (rest < length) return part.at + inSource(raw.slice(part.at, part.at + part.length), rest);
      rest -= length;
    }
    const last = parts.at(-1);
    return last ? last.at + last.length - 1 : 0;
  };
  return {
    cell,
    index,
    media,
    text: () => parts.map(decode).join(''),
    // By its last character, so that a span that ends where a line begins does not reach into it.
    onDisk: ({ start, end }) => ({ start: place(start), end: end > start ? place(end - 1) + 1 : place(end) }),
  };
}

/** Offset in a JSON string, quotes included, of the code unit at `offset` of its value. */
export function inSource(source: string, offset: number): number {
  let at = 1;
  for (let seen = 0; seen < offset; seen++) at += source[at] !== '\\' ? 1 : source[at + 1] === 'u' ? 6 : 2;
  return at;
}

function properties(node: Node | undefined): { readonly key: string; readonly value: Node }[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [{ key: String(key.value), value }] : [];
  });
}
