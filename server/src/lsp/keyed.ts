import type { SourceFile } from '../engine/sourceFile.ts';
import type { Span } from '../engine/span.ts';
import { frontMatterKeys } from '../languages/card/values.ts';
import type { KeyHelp } from '../languages/keys.ts';
import { promptKeys } from '../languages/prompts/keys/index.ts';

/** A part of a file that is made of keys, and what they may be. */
export interface Keyed {
  readonly table: readonly KeyHelp[];
  /** Where the keys stand: the front matter, or the whole file. */
  readonly span: Span;
  readonly syntax: 'yaml' | 'toml';
  /** Keys of the top level that are there already. */
  readonly present: ReadonlySet<string>;
}

/** The keys of a card or a prompt file; undefined for what has none that we know. */
export function keyedOf(file: SourceFile): Keyed | undefined {
  const { kind } = file;
  if (kind === 'model-card' || kind === 'data-card') return inHead(file.frontMatter, frontMatterKeys(kind));
  if (kind !== 'prompt') return undefined;
  const { format, head, fields } = file.prompt;
  const table = promptKeys(file.path, format);
  if (table.length === 0) return undefined;
  if (head.present) return inHead(head, table);
  if (fields === head || /\.json$/i.test(file.path)) return undefined;
  const syntax = /\.toml$/i.test(file.path) ? 'toml' : 'yaml';
  return { table, span: { start: 0, end: file.text.length }, syntax, present: textsOf(fields.keys()) };
}

function inHead(head: SourceFile['frontMatter'], table: readonly KeyHelp[]): Keyed | undefined {
  if (!head.present) return undefined;
  return { table, span: head.content, syntax: 'yaml', present: textsOf(head.keys()) };
}

function textsOf(keys: readonly { readonly text: string }[]): ReadonlySet<string> {
  return new Set(keys.map(({ text }) => text));
}
