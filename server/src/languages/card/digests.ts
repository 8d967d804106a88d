import { lineAt, type Span } from '../../engine/span.ts';
import { type Cell, plainText } from '../markdown.ts';
import type { Card } from './card.ts';
import { digestsInData } from './digestsInData.ts';

export type Algorithm = keyof typeof HEX_DIGITS;

/** A digest that a card states, with the file it is said to be of where one is named. */
export interface StatedDigest {
  readonly algorithm: Algorithm;
  /** Hex digits as written. */
  readonly hex: string;
  /** The hex digits. */
  readonly span: Span;
  /** Path of the file as written, relative to the card. */
  readonly file?: string;
  readonly fileSpan?: Span;
}

/** Why a stated digest cannot be one. */
export type Impossible = 'length' | 'digits' | 'made-up' | 'empty-file';

export interface ImpossibleDigest extends StatedDigest {
  readonly defect: Impossible;
}

/** Length of a digest in hex digits, by algorithm. */
export const HEX_DIGITS = { md5: 32, sha1: 40, sha224: 56, sha256: 64, sha384: 96, sha512: 128, blake3: 64 } as const;

/** Digests of no bytes at all: somebody hashed an empty or unfinished file. */
const OF_NOTHING: readonly string[] = [
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'd14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
];

const ALGORITHM = /\b(md5|sha-?(?:1|224|256|384|512)|blake3)(?![\d-])/i;
const HASH_COLUMN = /\b(?:checksum|digest|hash)\b/i;
const FILE_COLUMN = /\b(?:files?|file ?name|name|path|artifact|artefact|weights?|checkpoint|model|download)\b/i;
const FILE = /(?:[\w.-]{1,100}[\\/]){0,10}[\w.-]{0,150}\.[A-Za-z][\w]{0,12}(?:\.(?:gz|zip|bz2|xz))?/;
export const WHOLE_FILE = new RegExp(`^(?:${FILE.source})$`);
/** What looks like an attempt at a digest: no word of a language is this long. */
const TOKEN = /[0-9a-z]{16,200}(?![\w…]|\.\.\.)/i;
/** `sha256: <hex>`, `sha256 (file): <hex>`, `SHA-256 of file = <hex>`, `sha256:<hex>`. */
const NAMED = new RegExp(
  `${ALGORITHM.source}(?:sum)?(?:[*_\`]{0,3} ?\\([*_\`]{0,3}([^()\\n\`]{1,200}?)[*_\`]{0,3}\\)|[*_\`]{0,3} (?:of|for) [*_\`]{0,3}([^\\s\`*:=]{1,200}))?[*_\`"' ]{0,6}[:=\`\\s][*_\`"'\\s:=]{0,8}(${TOKEN.source})`,
  'gid',
);
/** A line of `sha256sum`. */
const SUM_LINE = /^[ \t>]*([0-9a-f]{32,128})[ \t]{1,4}\*?(\S[^\n]{0,200})$/gim;
/** A digest cut on purpose is none, and does not claim to be. */
const PARTIAL = /\b(?:prefix|first|short|starts?|begins?|truncated|last|leading|abbreviated)\b/i;
/** Digests of something in or before the file, not of the file. */
const OTHER_DIGEST =
  /[0-9a-f]{32}|\b(?:canonical|payload|content|manifest|config|commit|revision|upstream|original|unpacked|extracted|decompressed|decoded|image|signature|public key)\b/i;
/** How far from a digest, on its line, the file it belongs to is looked for; in UTF-16 code units. */
const MAX_NEAR = 2000;
export const BY_LENGTH = new Map<number, Algorithm>([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);

/** Digests a card states that can be ones: in tables, behind labels, in lines of `sha256sum`, in the front matter. */
export function statedDigests(card: Card): StatedDigest[] {
  return allDigests(card).filter((digest) => !('defect' in digest));
}

/** Digests a card states that cannot be ones. */
export function impossibleDigests(card: Card): ImpossibleDigest[] {
  return allDigests(card).filter((digest): digest is ImpossibleDigest => 'defect' in digest);
}

const memo = new WeakMap<Card, readonly (StatedDigest | ImpossibleDigest)[]>();

function allDigests(card: Card): readonly (StatedDigest | ImpossibleDigest)[] {
  let digests = memo.get(card);
  if (!digests) {
    const found = card.places
      ? digestsInData(card.places.structure)
      : [...inTables(card), ...inLines(card), ...inFrontMatter(card)].filter(({ hex }) => isAttempt(hex));
    const seen = new Set<number>();
    digests = found.filter(({ span }) => !seen.has(span.start) && seen.add(span.start)).map(judge);
    memo.set(card, digests);
  }
  return digests;
}

/** Somebody meant this to be a digest: nearly all hex digits, and not a word of letters alone. */
function isAttempt(token: string): boolean {
  const digits = token.replace(/[^0-9a-f]/gi, '').length;
  const isWord = !/\d/.test(token) && token.length < HEX_DIGITS.md5;
  return digits >= 16 && digits >= token.length * 0.85 && !isWord;
}

function judge(digest: StatedDigest): StatedDigest | ImpossibleDigest {
  const { algorithm, hex } = digest;
  const lower = hex.toLowerCase();
  if (!/^[0-9a-f]+$/.test(lower)) return { ...digest, defect: 'digits' };
  if (lower.length !== HEX_DIGITS[algorithm]) return { ...digest, defect: 'length' };
  if (/^(.{1,16})\1{2,}$/.test(lower)) return { ...digest, defect: 'made-up' };
  return OF_NOTHING.includes(lower) ? { ...digest, defect: 'empty-file' } : digest;
}

export function algorithmOf(written: string): Algorithm | undefined {
  const name = ALGORITHM.exec(written)?.[1]?.toLowerCase().replace('-', '');
  return name && name in HEX_DIGITS ? (name as Algorithm) : undefined;
}

function* inTables(card: Card): Iterable<StatedDigest> {
  for (const { header, rows } of card.markdown.tables) {
    for (const [column, { text: title }] of header.entries()) {
      const algorithm = algorithmOf(title);
      if (!algorithm && !HASH_COLUMN.test(title)) continue;
      for (const row of rows) {
        const cell = row[column];
        const token = cell && tokenIn(cell.text, algorithm);
        if (!cell || !token) continue;
        const file = fileCell(header, row, column);
        const start = cell.span.start + token.index;
        yield {
          algorithm: token.algorithm,
          hex: token.hex,
          span: { start, end: start + token.hex.length },
          ...(file && { file: fileName(file.text), fileSpan: file.span }),
        };
      }
    }
  }
}

/** The digest of a cell: a single token, with its algorithm in front of it or in the column's title. */
function tokenIn(cell: string, column: Algorithm | undefined) {
  const match = new RegExp(
    `^[\`*_"']{0,3}(?:${ALGORITHM.source}[:= ]{1,3})?(${TOKEN.source})[\`*_"']{0,3}$`,
    'id',
  ).exec(cell);
  const [index = 0] = match?.indices?.[2] ?? [];
  const algorithm = match?.[1] ? algorithmOf(match[1]) : column;
  if (!match?.[2] || !algorithm) return undefined;
  return { algorithm, hex: match[2], index };
}

function fileCell(header: readonly Cell[], row: readonly Cell[], digest: number): Cell | undefined {
  const named = row.filter((_, index) => index !== digest && FILE_COLUMN.test(header[index]?.text ?? ''));
  const others = row.filter((_, index) => index !== digest);
  return [...named, ...others].find(({ text }) => WHOLE_FILE.test(fileName(text)));
}

function fileName(cell: string): string {
  return plainText(cell.replace(/`/g, '')).replace(/^\.\//, '');
}

function* inLines(card: Card): Iterable<StatedDigest> {
  const { text, frontMatter } = card;
  const from = frontMatter.end;
  const body = text.slice(from);
  if (!ALGORITHM.test(body)) return;
  for (const match of body.matchAll(NAMED)) {
    const algorithm = algorithmOf(match[1] ?? '');
    const hex = match[4] ?? '';
    const [at = 0] = match.indices?.[4] ?? [];
    const start = from + at;
    const whole = lineAt(text, start);
    // Of a line of megabytes only what is near.
    const line = { start: Math.max(whole.start, start - MAX_NEAR), end: Math.min(whole.end, start + MAX_NEAR) };
    const ahead = text.slice(line.start, from + match.index);
    if (!algorithm || PARTIAL.test(text.slice(line.start, line.end)) || ahead.endsWith('@')) continue;
    const named = match[2] ?? match[3];
    const file =
      named && WHOLE_FILE.test(named)
        ? { file: named, fileSpan: spanOfGroup(match, match[2] ? 2 : 3, from) }
        : (fileAhead(ahead, line.start) ?? fileBehind(text, start + hex.length, line.end) ?? fileHeading(card, start));
    yield { algorithm, hex, span: { start, end: start + hex.length }, ...file };
  }
  let algorithms: Set<Algorithm | undefined> | undefined;
  for (const match of body.matchAll(SUM_LINE)) {
    const [whole, hex = '', name = ''] = match;
    const algorithm = BY_LENGTH.get(hex.length);
    const start = from + match.index + whole.indexOf(hex);
    const file = name.trim();
    // A line of `sha256sum` and one of `b3sum` look alike: the card has to name the algorithm somewhere.
    if (!algorithm || !WHOLE_FILE.test(file)) continue;
    algorithms ??= algorithmsNamed(body);
    if (!algorithms.has(algorithm)) continue;
    const fileStart = from + match.index + whole.length - name.length;
    yield {
      algorithm,
      hex,
      span: { start, end: start + hex.length },
      file,
      fileSpan: { start: fileStart, end: fileStart + file.length },
    };
  }
}

function algorithmsNamed(body: string): Set<Algorithm | undefined> {
  return new Set([...body.matchAll(new RegExp(ALGORITHM.source, 'gi'))].map(([name]) => algorithmOf(name)));
}

type NamedFile = { readonly file: string; readonly fileSpan: Span };

function spanOfGroup(match: RegExpExecArray, group: number, offset: number): Span {
  const [start, end] = match.indices?.[group] ?? [0, 0];
  return { start: start + offset, end: end + offset };
}

/** `model.safetensors: sha256:<hex>`: the last file named on the line before the digest. */
function fileAhead(ahead: string, offset: number): NamedFile | undefined {
  const matches = [...ahead.matchAll(new RegExp(`(?<![\\w/.:-])${FILE.source}(?![\\w/])`, 'g'))];
  const last = matches.at(-1);
  if (!last || /\bhttps?:/.test(ahead)) return undefined;
  // "<file>: sha256 …, canonical sha256 …": only the digest right behind the name is surely the file's own.
  const between = ahead.slice(last.index + last[0].length);
  if (between.length > 60 || ALGORITHM.test(between) || OTHER_DIGEST.test(between)) return undefined;
  const start = offset + last.index;
  return { file: last[0], fileSpan: { start, end: start + last[0].length } };
}

/** `sha256: <hex>  model.safetensors` and `sha256:<hex> (model.safetensors)`. */
function fileBehind(text: string, from: number, to: number): NamedFile | undefined {
  const match = new RegExp(`^[\`*_]{0,3}[ \\t]{1,4}[*(\`]{0,3}(${FILE.source})[\`)*]{0,3}[ \\t.]*$`, 'd').exec(
    text.slice(from, to),
  );
  const [start, end] = match?.indices?.[1] ?? [];
  if (!match?.[1] || start === undefined || end === undefined) return undefined;
  return { file: match[1], fileSpan: { start: from + start, end: from + end } };
}

/** The digest stands in a section that is titled with the name of a file. */
function fileHeading(card: Card, offset: number): NamedFile | undefined {
  const heading = card.markdown.headings
    .filter(({ content }) => content.start <= offset && offset < content.end)
    .findLast(({ text }) => WHOLE_FILE.test(text));
  return heading && { file: heading.text, fileSpan: heading.span };
}

/** `sha256: <hex>` at the top, in the entries of a list (`files: [{path, sha256}]`), or as a map from file to digest. */
function* inFrontMatter(card: Card): Iterable<StatedDigest> {
  const { frontMatter } = card;
  for (const { text: key } of frontMatter.keys()) {
    const algorithm = wholeAlgorithm(key);
    const entry = frontMatter.get(key);
    if (algorithm && entry) {
      if (entry.text) yield* digestOf(entry.text, entry.span, algorithm);
      else if (isRecord(entry.value)) {
        for (const file of Object.keys(entry.value)) {
          const digest = frontMatter.get(key, file);
          if (digest?.text) yield* digestOf(digest.text, digest.span, algorithm, file, digest.keySpan);
        }
      }
    }
    if (!entry || !Array.isArray(entry.value)) continue;
    for (const [index, item] of entry.value.slice(0, 2_000).entries()) {
      if (!isRecord(item)) continue;
      const file = ['path', 'file', 'filename', 'name', 'rfilename']
        .map((name) => frontMatter.get(key, index, name))
        .find((found) => found?.text);
      for (const name of Object.keys(item)) {
        const own = wholeAlgorithm(name);
        const digest = own && frontMatter.get(key, index, name);
        if (own && digest?.text) yield* digestOf(digest.text, digest.span, own, file?.text, file?.span);
      }
    }
  }
}

export function wholeAlgorithm(key: string): Algorithm | undefined {
  return /^(?:md5|sha-?\d+|blake3)(?:sum)?$/i.test(key) ? algorithmOf(key.replace(/sum$/i, '')) : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* digestOf(
  written: string,
  span: Span,
  algorithm: Algorithm,
  file?: string,
  fileSpan?: Span,
): Iterable<StatedDigest> {
  const hex = written.replace(/^[\w-]{2,10}:/, '');
  if (!/^\S{16,200}$/.test(hex)) return;
  const quote = span.end - span.start - written.length === 2 ? 1 : 0;
  const start = span.start + quote + written.length - hex.length;
  yield {
    algorithm,
    hex,
    span: { start, end: start + hex.length },
    ...(file && { file: file.replace(/^\.\//, '') }),
    ...(fileSpan && { fileSpan }),
  };
}
