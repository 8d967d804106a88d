import type { SourceFile } from '../engine/sourceFile.ts';
import type { Span } from '../engine/span.ts';
import { cyclonedx } from '../languages/card/formats/cyclonedx.ts';
import { formatKeys, structuredKeys } from '../languages/card/structuredKeys.ts';
import { frontMatterKeys } from '../languages/card/values.ts';
import type { KeyHelp } from '../languages/keys.ts';
import { promptKeys } from '../languages/prompts/keys/index.ts';
import { CLAUDE_SETTINGS_KEYS, MCP_KEYS } from '../languages/settingsKeys.ts';

/** A part of a file that is made of keys, and what they may be. */
export interface Keyed {
  readonly table: readonly KeyHelp[];
  /** Where the keys stand: the front matter, or the whole file. */
  readonly span: Span;
  readonly syntax: 'yaml' | 'toml' | 'json' | 'xml';
  /** What of a key is no part of its name, such as a namespace prefix. */
  readonly prefix?: RegExp;
  /** Keys of the top level that are there already. */
  readonly present: ReadonlySet<string>;
}

/** Longer texts are generated; nobody writes in them. In UTF-16 code units. */
const LONGEST = 400_000;

/** The keys of a card, a prompt file or a configuration; undefined for what has none that we know. */
export function keyedOf(file: SourceFile): Keyed | undefined {
  if (file.text.length > LONGEST) return undefined;
  const { kind } = file;
  if (kind === 'model-card' || kind === 'data-card') {
    return file.card.places ? inStructure(file) : inHead(file, file.frontMatter, frontMatterKeys(kind));
  }
  if (kind === 'mcp' || kind === 'assistant-settings') return inSettings(file);
  if (kind !== 'prompt') return undefined;
  const { format, head, fields } = file.prompt;
  const table = promptKeys(file.path, format);
  if (table.length === 0) return undefined;
  if (fields === head) return inHead(file, head, table);
  if (/\.json$/i.test(file.path)) return undefined;
  const syntax = /\.toml$/i.test(file.path) ? 'toml' : 'yaml';
  return { table, span: { start: 0, end: file.text.length }, syntax, present: textsOf(fields.keys()) };
}

/** Settings of clients for which the editor has no schema of its own, as VS Code has for its files. */
function inSettings({ path, text, kind }: SourceFile): Keyed | undefined {
  if (/(?:^|\/)\.vscode\/|\.(?:toml|code-workspace)$/i.test(path)) return undefined;
  const claude = /(?:^|\/)\.claude\/settings(?:\.local)?\.json$/.test(path);
  if (kind !== 'mcp' && !claude) return undefined;
  const table = claude ? CLAUDE_SETTINGS_KEYS : MCP_KEYS;
  return { table, span: { start: 0, end: text.length }, syntax: 'json', present: new Set() };
}

function inStructure({ card, kind, text }: SourceFile): Keyed | undefined {
  const structure = card.places?.structure;
  if (!structure) return undefined;
  if (structure.syntax === 'xml') return inXml(text, kind === 'data-card' ? 'data' : 'model');
  const { syntax, root, format } = structure;
  const present = new Set((root?.entries ?? []).map(({ key }) => key));
  const table = structuredKeys(structure);
  if (table.length === 0) return undefined;
  return {
    table,
    span: { start: 0, end: text.length },
    syntax,
    present,
    ...(format?.prefix && { prefix: format.prefix }),
  };
}

/** XML that is being typed is broken, so that only the text can tell what it is. Keys are those of a component. */
function inXml(text: string, type: 'model' | 'data'): Keyed | undefined {
  if (!/cyclonedx\.org\/schema\/bom/.test(text.slice(0, 5_000))) return undefined;
  return {
    table: formatKeys(cyclonedx, type),
    span: { start: 0, end: text.length },
    syntax: 'xml',
    present: new Set(),
  };
}

/** A head that holds one word so far is a text between two rules to every reader, but not to who is typing it. */
const FIRST_WORD = /^\uFEFF?(?:---|\+\+\+)[ \t]*\r?\n([\w.-]*)[ \t]*\r?\n(?:---|\+\+\+)[ \t]*(?:\r?\n|$)/;

function inHead({ text }: SourceFile, head: SourceFile['frontMatter'], table: readonly KeyHelp[]): Keyed | undefined {
  if (head.present) return { table, span: head.content, syntax: 'yaml', present: textsOf(head.keys()) };
  const start = text.indexOf('\n') + 1;
  const word = FIRST_WORD.exec(text)?.[1];
  if (word === undefined) return undefined;
  return { table, span: { start, end: start + word.length }, syntax: 'yaml', present: new Set() };
}

function textsOf(keys: readonly { readonly text: string }[]): ReadonlySet<string> {
  return new Set(keys.map(({ text }) => text));
}
