import type { SyntaxNode } from '@lezer/common';
import { parser as base, Table as TableSyntax, TaskList } from '@lezer/markdown';
import type { Span } from '../engine/span.ts';

export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  /** As a reader sees it: marks, links, numbers and emoji in front, and closing marks are gone. */
  readonly text: string;
  /** The heading itself; of a Setext heading with its underline. */
  readonly span: Span;
  /** What belongs to it: up to the next heading of its level or above, sub-sections included. */
  readonly content: Span;
}

/** A run of prose, one cell row or one code block: the smallest pieces a document is judged by. */
export interface Block {
  readonly type: 'paragraph' | 'item' | 'html' | 'code' | 'row';
  readonly span: Span;
}

export interface Cell {
  readonly text: string;
  readonly span: Span;
}

export interface Table {
  readonly span: Span;
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface CodeBlock {
  readonly span: Span;
  /** First word behind the opening fence, in lower case; empty for indented code. */
  readonly language: string;
  readonly content: Span;
}

export interface Link {
  readonly text: string;
  readonly url: string;
  readonly span: Span;
  readonly image: boolean;
}

/** A Markdown text (CommonMark with GitHub's tables and task lists) by its blocks, in the order of the text. */
export interface Markdown {
  readonly headings: readonly Heading[];
  readonly blocks: readonly Block[];
  readonly tables: readonly Table[];
  readonly code: readonly CodeBlock[];
  /** HTML comments outside code. */
  readonly comments: readonly Span[];
  readonly links: readonly Link[];
}

/**
 * Block structure only: the inline parser is quadratic on unclosed links, recursive on nested images, and takes half of the
 * time. What is needed of inline marks (links, comments, emphasis around labels) is found with linear patterns.
 */
const parser = base.configure([TableSyntax, TaskList]);
parser.parseInline = () => [];

/**
 * A line that opens a hundred lists or quotes at once, or stands two hundred blanks in, is no document; each level costs the
 * parser a pass over every further line.
 */
const ABSURD_LINE = /^(?:(?:[ \t]{0,8}(?:[-*+] |>|\d{1,9}[.)] )){100}|[ \t]{200}).*$/gm;
/** The parser of tables takes no blank (nor the carriage return it stands for) at the end of the row under a table's header: there it may stand before the bar. */
const DELIMITER_ROW = /^[ \t>|:-]*\|[ \t]+(?=\n)/gm;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const CODE_SPAN = /(`{1,8})(?!`)[^`]{1,400}\1(?!`)/g;
const LINK =
  /(!?)\[([^[\]\n]{0,400})\]\(\s{0,4}<?([^\s()<>]{1,2000}(?:\([^\s()]{0,400}\)[^\s()<>]{0,400})?)>?(?:\s{1,4}["'(][^\n]{0,300}?["')])?\s{0,4}\)/g;
const BARE_URL = /https?:\/\/[^\s<>"'`|)\]]{1,2000}/g;
const HTML_HEADING = /<h([1-6])\b[^>]{0,300}>([\s\S]{1,400}?)<\/h\1>/gi;

/** `|---|  ` as `|---  |`: the same in as many characters. */
function barLast(row: string): string {
  const bare = row.trimEnd();
  return `${bare.slice(0, -1)}${' '.repeat(row.length - bare.length)}|`;
}

/**
 * Reads a Markdown text. Never throws; offsets are those of the whole text.
 *
 * @param from where the Markdown starts: the end of the front matter.
 */
export function readMarkdown(text: string, from = 0): Markdown {
  const body = text
    .slice(from)
    .replace(/\r(?=\n)/g, ' ')
    .replace(DELIMITER_ROW, barLast)
    .replace(ABSURD_LINE, (line) => ' '.repeat(line.length));
  const titles: Omit<Heading, 'content'>[] = [];
  const blocks: Block[] = [];
  const tables: Table[] = [];
  const code: CodeBlock[] = [];
  const comments: Span[] = [];
  const shift = (start: number, end: number): Span => ({ start: start + from, end: end + from });
  const heading = (level: number, start: number, end: number, raw: string) => {
    const length = body.slice(start, end).trimEnd().length;
    titles.push({ level, text: headingText(raw), span: shift(start, start + length) });
  };

  parser.parse(body).iterate({
    enter: ({ name, from: start, to: end, node }) => {
      if (name.startsWith('ATXHeading')) {
        heading(Number(name.at(-1)), start, end, body.slice(start, end).replace(/^#{1,6}|[ \t]#+[ \t]*$/g, ''));
        return false;
      }
      if (name.startsWith('SetextHeading')) {
        heading(Number(name.at(-1)), start, end, body.slice(start, end).replace(/\n[ \t]*[=-]+[ \t]*$/, ''));
        return false;
      }
      switch (name) {
        case 'Paragraph':
        case 'Task':
          blocks.push({ type: node.parent?.name === 'ListItem' ? 'item' : 'paragraph', span: shift(start, end) });
          return false;
        case 'HTMLBlock':
          blocks.push({ type: 'html', span: shift(start, end) });
          for (const match of body.slice(start, end).matchAll(HTML_HEADING)) {
            const at = start + match.index;
            if (plainText(match[2] ?? '')) heading(Number(match[1]), at, at + match[0].length, match[2] ?? '');
          }
          return false;
        case 'CommentBlock':
          comments.push(shift(start, end));
          return false;
        case 'FencedCode':
        case 'CodeBlock': {
          const content = node.getChild('CodeText');
          const info = node.getChild('CodeInfo');
          const last = node.getChildren('CodeText').at(-1);
          code.push({
            span: shift(start, end),
            language: info ? (/^[\w+#.-]*/.exec(body.slice(info.from, info.to))?.[0] ?? '').toLowerCase() : '',
            content: content && last ? shift(content.from, last.to) : shift(end, end),
          });
          blocks.push({ type: 'code', span: shift(start, end) });
          return false;
        }
        case 'Table': {
          const table = readTable(node, body, from);
          tables.push(table);
          for (const row of table.rows) {
            const [first, last] = [row[0], row.at(-1)];
            if (first && last) blocks.push({ type: 'row', span: { start: first.span.start, end: last.span.end } });
          }
          return false;
        }
        default:
          return true;
      }
    },
  });

  let inline: Pick<Markdown, 'comments' | 'links'> | undefined;
  const marks = () => {
    inline ??= readInline(text, blocks, comments);
    return inline;
  };
  return {
    headings: nest(titles, text.length),
    blocks,
    tables,
    code,
    get comments() {
      return marks().comments;
    },
    get links() {
      return marks().links;
    },
  };
}

/** Links of all blocks, and the comments in them beside those that stand alone. */
function readInline(
  text: string,
  blocks: readonly Block[],
  alone: readonly Span[],
): Pick<Markdown, 'comments' | 'links'> {
  const links: Link[] = [];
  const comments = [...alone];
  for (const { type, span } of blocks) {
    if (type === 'code') continue;
    const raw = text.slice(span.start, span.end).replace(CODE_SPAN, (match) => ' '.repeat(match.length));
    for (const match of raw.matchAll(COMMENT)) comments.push(within(span, match.index, match[0].length));
    links.push(...readLinks(visibleText(raw), span));
  }
  return { links, comments: comments.sort((a, b) => a.start - b.start) };
}

/** The text with its HTML comments blanked out: same length, same lines. */
export function visibleText(text: string): string {
  return text.replace(COMMENT, (match) => match.replace(/[^\n\r]/g, ' '));
}

/** Without any of these a text has no marks; most have none. */
const MARKED = /[\\<[*`_~]/;
/** White space that is to become one blank; most texts have none. */
const UNEVEN = /[\t\r\n]| {2}/;

/** What a reader sees of a piece of inline Markdown: no emphasis, link targets, code marks or HTML tags. */
export function plainText(markdown: string): string {
  return (MARKED.test(markdown) ? withoutMarks(markdown) : even(markdown)).trim();
}

function even(text: string): string {
  return UNEVEN.test(text) ? text.replace(/[ \t\r\n]+/g, ' ') : text;
}

function withoutMarks(markdown: string): string {
  const plain = markdown
    .replace(COMMENT, ' ')
    .replace(LINK, (_, image: string, label: string) => (image ? ' ' : label))
    .replace(/\\([[\]()*_`#<>!.-])/g, '$1')
    .replace(
      /<\/?(?:a|b|i|u|p|em|br|hr|h[1-6]|div|img|span|strong|code|sub|sup|center|font|li|ul|ol|table|tr|td|th|details|summary)\b[^>]{0,400}>/gi,
      ' ',
    )
    .replace(/[*`]{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])|~~/gu, '');
  return even(plain);
}

function headingText(raw: string): string {
  return plainText(raw.slice(0, 400))
    .replace(/\{#[^}]{0,100}\}$/, '')
    .replace(/^[^\p{L}\p{N}<{[(]+/u, '')
    .replace(/^(?:\d{1,3}(?:\.\d{1,3}){0,4}[.):]?|[IVX]{1,5}[.)])\s+(?=\S)/, '')
    .replace(/^[^\p{L}\p{N}<{[(]+/u, '')
    .replace(/[\s:#]+$/, '')
    .trim();
}

function within(span: Span, index: number, length: number): Span {
  return { start: span.start + index, end: span.start + index + length };
}

function readTable(node: SyntaxNode, body: string, from: number): Table {
  const header = node.getChild('TableHeader');
  return {
    span: { start: node.from + from, end: node.to + from },
    header: header ? readRow(header, body, from) : [],
    rows: node.getChildren('TableRow').map((row) => readRow(row, body, from)),
  };
}

/** Cells by the bars between them: the parser makes no node of an empty cell, and columns must not shift. */
function readRow(row: SyntaxNode, body: string, from: number): Cell[] {
  const cells: Cell[] = [];
  let start = row.from;
  for (let end = start; end <= row.to; end++) {
    if (end < row.to && (body[end] !== '|' || body[end - 1] === '\\')) continue;
    const raw = body.slice(start, end);
    const text = raw.trim();
    const outside = text === '' && (start === row.from || end === row.to);
    if (!outside) {
      const at = start + raw.length - raw.trimStart().length + from;
      cells.push({ text, span: { start: at, end: at + text.length } });
    }
    start = end + 1;
  }
  return cells;
}

function readLinks(prose: string, span: Span): Link[] {
  const links = [...prose.matchAll(LINK)].map((match) => ({
    text: plainText(match[2] ?? ''),
    url: match[3] ?? '',
    span: within(span, match.index, match[0].length),
    image: match[1] === '!',
  }));
  const rest = prose.replace(LINK, (match) => ' '.repeat(match.length));
  for (const match of rest.matchAll(BARE_URL)) {
    const url = match[0].replace(/[.,;:!?*_]+$/, '');
    links.push({ text: url, url, span: within(span, match.index, url.length), image: false });
  }
  return links.sort((a, b) => a.span.start - b.span.start);
}

/** Gives every heading the content up to the next one of its level or above. */
function nest(titles: readonly Omit<Heading, 'content'>[], length: number): Heading[] {
  const ordered = [...titles].sort((a, b) => a.span.start - b.span.start);
  const ends = new Array<number>(ordered.length).fill(length);
  const open: number[] = [];
  ordered.forEach((title, index) => {
    while (open.length > 0 && (ordered[open.at(-1) ?? 0]?.level ?? 0) >= title.level)
      ends[open.pop() ?? 0] = title.span.start;
    open.push(index);
  });
  return ordered.map((title, index) => ({ ...title, content: { start: title.span.end, end: ends[index] ?? length } }));
}
