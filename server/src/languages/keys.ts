/** What a key of a configuration may hold. */
export type KeyType = 'string' | 'number' | 'boolean' | 'list' | 'map';

export interface ValueHelp {
  readonly value: string;
  /** Markdown, one sentence. */
  readonly help?: string;
}

/**
 * One key of a format: a row of the tables that completion, hover and the JSON Schemas are made from. Tables nest through
 * `keys`; a list between two keys takes no step, so `handoffs` holds the keys of its items. `*` stands for names that authors
 * choose.
 */
export interface KeyHelp {
  readonly key: string;
  /** Markdown, one or two sentences in our own words. */
  readonly help: string;
  /** What it holds; a text where nothing is said. */
  readonly type?: KeyType | readonly KeyType[];
  /** Values that are known; of a list, its items. */
  readonly values?: readonly ValueHelp[];
  /** True where nothing but `values` is taken. */
  readonly closed?: true;
  readonly required?: true;
  readonly keys?: readonly KeyHelp[];
  /** Client and version from which it is read: `VS Code 1.106`. */
  readonly since?: string;
  /** Its former name; a row of its own if clients still read that. */
  readonly was?: string;
  /** Why not to write it any more: the key that took its place, and since when. */
  readonly old?: string;
  /** VS Code completes it by itself in the languages it has for prompts. */
  readonly native?: true;
}

export const valuesOf = (...values: readonly string[]): readonly ValueHelp[] => values.map((value) => ({ value }));

export const YES_NO = valuesOf('true', 'false');

/** Keys of the mapping at a path from the top; empty where nothing is known of it. */
export function keysUnder(table: readonly KeyHelp[], path: readonly string[]): readonly KeyHelp[] {
  let keys = table;
  for (const step of path) keys = rowOf(keys, step)?.keys ?? [];
  return keys;
}

export function keyAtPath(table: readonly KeyHelp[], path: readonly string[]): KeyHelp | undefined {
  const key = path.at(-1);
  return key === undefined ? undefined : rowOf(keysUnder(table, path.slice(0, -1)), key);
}

function rowOf(keys: readonly KeyHelp[], name: string): KeyHelp | undefined {
  return keys.find(({ key }) => key === name) ?? keys.find(({ key }) => key === '*');
}

/** What a hover says about a key: name, what it holds, meaning, values, and which versions read it. */
export function explainKey({ key, help, type, values = [], since, was, old, required }: KeyHelp): string {
  const types = type === undefined ? [] : typeof type === 'string' ? [type] : type;
  const facts = [
    types.join(' or '),
    required ? 'required' : '',
    since ? `since ${since}` : '',
    was ? `was \`${was}\`` : '',
  ];
  const head = [`\`${key}\``, ...facts.filter(Boolean)].join(' · ');
  const few = values.length > 0 && values.length <= 12;
  const list = values.map(({ value, help }) => `\`${value}\`${help ? ` (${help})` : ''}`).join(', ');
  return [head, help, ...(old ? [`**No longer written:** ${old}`] : []), ...(few ? [`Values: ${list}`] : [])].join(
    '\n\n',
  );
}
