import { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/**
 * What nearly every head of a card or prompt is made of: mappings and lists in block style, of scalars that fill the rest
 * of their line. It is read here in a tenth of the time the `yaml` package takes, into the same nodes with the same ranges;
 * anything else, and all that is in doubt, is for the package.
 *
 * @param text nested no deeper than `refuseYaml` lets through.
 */
export function readSimpleYaml(text: string): YAMLMap | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const lines: Line[] = [];
  let at = 0;
  for (const written of text.split('\n')) {
    const indent = /^ */.exec(written)?.[0].length ?? 0;
    lines.push({ indent, at: at + indent, text: written.slice(indent), end: at + written.length + 1 });
    at += written.length + 1;
  }
  // The text ends with a line break, as heads do.
  const last = lines.pop();
  if (last?.text !== '' || last.indent > 0 || lines.length === 0) return undefined;
  const reader: Reader = { lines, next: 0, failed: false };
  const root = readMap(reader, 0);
  return reader.failed || reader.next < lines.length ? undefined : root;
}

interface Line {
  readonly indent: number;
  /** Offset of the text behind the indentation. */
  readonly at: number;
  readonly text: string;
  /** Offset behind the line break. */
  readonly end: number;
}

interface Reader {
  readonly lines: Line[];
  next: number;
  failed: boolean;
}

/** Other line breaks, tabs, comments, trailing and lone blanks, empty lines. */
const UNUSUAL = /[\r\t\0\uFEFF]|(?:^|[ \n])#| \n|\n\n|^\n/;
const ENTRY = /^(?:([A-Za-z_][\w.-]*|\d{1,15})|'([^'\\]*)'|"([^"\\]*)"):(?: +(?=\S)|$)/;
const ITEM = /^- +(?=\S)/;
const QUOTED = /^(?:'([^'\\]*)'|"([^"\\]*)")$/;
/** How a scalar without quotes may start; the rest of the line is any text that YAML sees no more in. */
const PLAIN = /^[\p{L}\p{N}_/.(<$^+=;]/u;
const KEY_WITHIN = /:(?: |$)/;
const NAMED: ReadonlyMap<string, null | boolean> = new Map([
  ['null', null],
  ['true', true],
  ['false', false],
]);
/** Spelt otherwise they are for the package to tell from words. */
const NEARLY_NAMED = /^(?:null|true|false)$/i;
const NUMBER = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;
/** A number in some notation, or nearly one; a date is a text. */
const MAYBE_NUMBER = /^(?!\d{4}-\d\d-\d\d$)(?:[-+.][-+.\w]*|0[xo].*|\d[-+.\deE_]*)$/;

function fail(reader: Reader): undefined {
  reader.failed = true;
  return undefined;
}

function readMap(reader: Reader, indent: number): YAMLMap | undefined {
  const map = new YAMLMap();
  const start = reader.lines[reader.next]?.at ?? 0;
  let end = start;
  for (;;) {
    const line = reader.lines[reader.next];
    if (!line || line.indent < indent) break;
    const entry = line.indent === indent ? ENTRY.exec(line.text) : null;
    // A list may stand below the key of a mapping in a list, at the same depth.
    if (!entry && line.indent === indent && ITEM.test(line.text) && map.items.length > 0) break;
    if (!entry) return fail(reader);
    const [opening, plain, single, double] = entry;
    const written = opening.slice(
      0,
      opening.indexOf(':', plain === undefined ? (single ?? double ?? '').length + 2 : 0),
    );
    const key = scalar(written, line.at, line.at + written.length);
    if (!key) return fail(reader);
    reader.next++;
    const value =
      opening.length < line.text.length
        ? readRest(reader, line, opening.length, indent)
        : readBelow(reader, indent, line.at + written.length + 1);
    if (!value?.range) return fail(reader);
    map.items.push(new Pair(key, value));
    end = value.range[2];
  }
  map.range = [start, end, end];
  return map;
}

function readList(reader: Reader, indent: number): YAMLSeq | undefined {
  const list = new YAMLSeq();
  const start = reader.lines[reader.next]?.at ?? 0;
  let end = start;
  for (;;) {
    const line = reader.lines[reader.next];
    if (!line || line.indent < indent) break;
    const [dash] = (line.indent === indent && ITEM.exec(line.text)) || [];
    if (!dash && line.indent === indent && list.items.length > 0) break;
    if (!dash) return fail(reader);
    const text = line.text.slice(dash.length);
    let item: Scalar | YAMLMap | YAMLSeq | undefined;
    if (ENTRY.test(text) || ITEM.test(text)) {
      const inner = indent + dash.length;
      reader.lines[reader.next] = { indent: inner, at: line.at + dash.length, text, end: line.end };
      item = ITEM.test(text) ? readList(reader, inner) : readMap(reader, inner);
    } else {
      reader.next++;
      item = readRest(reader, line, dash.length, indent);
    }
    if (!item?.range) return fail(reader);
    list.items.push(item);
    end = item.range[2];
  }
  list.range = [start, end, end];
  return list;
}

/** The scalar in the rest of a line. A deeper line below would be its continuation. */
function readRest(reader: Reader, line: Line, from: number, indent: number): Scalar | undefined {
  const below = reader.lines[reader.next];
  if (below && below.indent > indent) return fail(reader);
  return scalar(line.text.slice(from), line.at + from, line.end) ?? fail(reader);
}

/** What stands below a key: deeper, or as a list at its own depth; else nothing. */
function readBelow(reader: Reader, indent: number, empty: number): Scalar | YAMLMap | YAMLSeq | undefined {
  const below = reader.lines[reader.next];
  if (below && below.indent >= indent && ITEM.test(below.text)) return readList(reader, below.indent);
  if (below && below.indent > indent) return ENTRY.test(below.text) ? readMap(reader, below.indent) : fail(reader);
  return node(null, '', empty, empty, empty);
}

/** @param end offset behind the white space that follows. */
function scalar(written: string, start: number, end: number): Scalar | undefined {
  const quoted = QUOTED.exec(written);
  const stop = start + written.length;
  const inside = quoted && (quoted[1] ?? quoted[2] ?? '');
  if (inside !== null) return node(inside, inside, start, stop, end);
  const named = NAMED.get(written);
  if (named !== undefined) return node(named, written, start, stop, end);
  if (!PLAIN.test(written) || KEY_WITHIN.test(written) || NEARLY_NAMED.test(written)) return undefined;
  if (NUMBER.test(written)) return node(Number(written), written, start, stop, end);
  return MAYBE_NUMBER.test(written) ? undefined : node(written, written, start, stop, end);
}

function node(
  value: string | number | boolean | null,
  source: string,
  start: number,
  stop: number,
  end: number,
): Scalar {
  const scalar = new Scalar<unknown>(value);
  scalar.source = source;
  scalar.range = [start, stop, end];
  return scalar;
}
