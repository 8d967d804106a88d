import type { Span } from '../engine/span.ts';
import { readYaml, type YamlDocument, type YamlEntry, type YamlProblem } from './yaml.ts';

/**
 * The head of a document: YAML between two `---` lines. In prompt files it is often not YAML (`globs: *.ts`), so every
 * top-level `key: value` line can be read even where the YAML is broken; whether that is a defect is for the caller.
 */
export interface FrontMatter {
  readonly present: boolean;
  /** From the opening line up to the offset behind the closing line; both 0 when there is none. */
  readonly start: number;
  readonly end: number;
  /** The YAML between the lines; empty when there is none. */
  readonly content: Span;
  /** False while the closing line is missing. */
  readonly closed: boolean;
  readonly yaml: YamlDocument;
  /** What keeps the head from being read as the Hub reads it: broken YAML, a list, a line that never closes it. */
  readonly problems: readonly YamlProblem[];
  get(...path: readonly (string | number)[]): YamlEntry | undefined;
  keys(): readonly YamlEntry[];
  items(...path: readonly (string | number)[]): readonly YamlEntry[];
}

/**
 * Who reads the head: the Hugging Face Hub and most others; Dotprompt, which lets `#` comment lines stand above it; or
 * Prompty, which also takes `+++`.
 */
export type Dialect = 'hub' | 'dotprompt' | 'prompty';

// Blank lines and a byte order mark may precede the head. Source: `huggingface_hub`'s REGEX_YAML_BLOCK, Dotprompt's and
// Prompty's loaders.
const OPENING: Readonly<Record<Dialect, RegExp>> = {
  hub: /^(\s*)---[ \t]*(?:\r\n|\r|\n|$)/,
  dotprompt: /^(\uFEFF?(?:(?:#[^\n]*|[ \t\r]*)\n)*)---[ \t]*(?:\r\n|\r|\n|$)/,
  prompty: /^(\s*)(?:---|\+\+\+)[ \t]*(?:\r\n|\r|\n|$)/,
};
const CLOSING = /^---[ \t]*\r?$/gm;
const PROMPTY_CLOSING = /^(?:---|\+\+\+)[ \t]*\r?$/gm;
const KEY_LINE = /^["']?([A-Za-z_][\w.-]*)["']?[ \t]*:(?=[ \t\r\n]|$)[ \t]*([^\r\n]*)/gm;
/** A head that is not closed ends where the text stops looking like YAML: at a heading or a line of prose. */
const YAML_LINE = /^(?:[ \t].*|#(?![# ]).*|-(?:[ \t].*)?|[\w"'.-]+[ \t]*:(?:[ \t].*)?|\s*)\r?$/;

/** Where a head stands and which keys it has, read by its lines. */
export interface Head {
  readonly start: number;
  readonly end: number;
  readonly content: Span;
  readonly closed: boolean;
  /** Names at the left edge that a colon follows, in order; also those YAML cannot read. */
  readonly keys: readonly string[];
}

/**
 * Finds the head of a document without reading its YAML. A text that merely starts with a rule (`---`) has none.
 */
export function findHead(text: string, dialect: Dialect = 'hub'): Head | undefined {
  const opening = OPENING[dialect].exec(text);
  if (!opening) return undefined;
  const start = opening[1]?.length ?? 0;
  const from = opening[0].length;
  const closing = closingLine(text, from, dialect === 'prompty' ? PROMPTY_CLOSING : CLOSING);
  const content = { start: from, end: closing?.start ?? endOfYaml(text, from) };
  const source = text.slice(content.start, content.end);
  const keys = keyLines(source, 0).map(({ keySpan }) => source.slice(...range(keySpan, 0)));
  if (closing) return { start, end: closing.end, content, closed: true, keys };
  return keys.length > 0 ? { start, end: content.end, content, closed: false, keys } : undefined;
}

/** Reads the head of a document. Never throws. */
export function readFrontMatter(text: string, dialect: Dialect = 'hub'): FrontMatter {
  const head = findHead(text, dialect);
  if (!head) return NOTHING;
  return read(text, head);
}

const NOTHING: FrontMatter = {
  present: false,
  start: 0,
  end: 0,
  content: { start: 0, end: 0 },
  closed: true,
  ...noValues(readYaml('')),
  problems: [],
};

function closingLine(text: string, from: number, pattern: RegExp): Span | undefined {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const newline = text.indexOf('\n', match.index);
  return { start: match.index, end: newline === -1 ? text.length : newline + 1 };
}

function endOfYaml(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const newline = text.indexOf('\n', end);
    const next = newline === -1 ? text.length : newline + 1;
    if (!YAML_LINE.test(text.slice(end, next).replace(/\n$/, ''))) break;
    end = next;
  }
  return end;
}

function read(text: string, { keys: _, ...place }: Head): FrontMatter {
  const { start, end } = place.content;
  const source = text.slice(start, end);
  const yaml = readYaml(source, start);
  const lines = keyLines(source, start);
  // Between two rules (`---`) of an ordinary text stands prose, which YAML reads as one scalar.
  if (yaml.root === 'scalar' && lines.length === 0) return NOTHING;
  const broken = yaml.problems.length > 0;
  const problems = [...yaml.problems];
  const head = { start: place.start, end: place.start + 3 };
  if (!place.closed) problems.unshift({ span: head, message: 'the front matter is never closed with a `---` line' });
  if (yaml.root === 'list')
    problems.push({ span: head, message: 'the front matter is a list; `key: value` lines are expected' });
  const line = (key: string | number | undefined) =>
    lines.find((entry) => source.slice(...range(entry.keySpan, start)) === key);
  return {
    ...place,
    present: true,
    yaml,
    problems,
    get: (...path) => {
      const entry = yaml.get(...path);
      const fallback = broken && path.length === 1 && !entry?.text ? line(path[0]) : undefined;
      return entry && (!fallback?.text || /^[[{|>]/.test(fallback.text)) ? entry : (fallback ?? entry);
    },
    keys: () => {
      const read = yaml.keys();
      if (!broken) return read;
      const known = new Set(read.map(({ span }) => span.start));
      const rest = lines.flatMap(({ keySpan }) => (keySpan && !known.has(keySpan.start) ? [keySpan] : []));
      return [
        ...read,
        ...rest.map((span) => ({
          value: text.slice(span.start, span.end),
          text: text.slice(span.start, span.end),
          span,
        })),
      ];
    },
    items: (...path) => {
      const found = yaml.items(...path);
      const fallback = broken && found.length === 0 && path.length === 1 ? line(path[0]) : undefined;
      return fallback?.text ? [fallback] : found;
    },
  };
}

function range(span: Span | undefined, offset: number): [number, number] {
  return span ? [span.start - offset, span.end - offset] : [0, 0];
}

/** Top-level `key: value` lines, read without YAML. */
function keyLines(source: string, offset: number): YamlEntry[] {
  return [...source.matchAll(KEY_LINE)].map((match) => {
    const [whole, key = '', raw = ''] = match;
    const written = raw.replace(/[ \t]+#.*$/, '').trimEnd();
    const begin = offset + match.index + whole.length - raw.length;
    const text = written.replace(/^(["'])(.*)\1$/, '$2');
    const keyStart = offset + match.index + whole.indexOf(key);
    return {
      value: text || null,
      text,
      span: { start: begin, end: begin + written.length },
      keySpan: { start: keyStart, end: keyStart + key.length },
    };
  });
}

function noValues(yaml: YamlDocument) {
  return { yaml, get: yaml.get, keys: yaml.keys, items: yaml.items };
}
