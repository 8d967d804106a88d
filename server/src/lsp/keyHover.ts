import type { Span } from '../engine/span.ts';
import { lineAt } from '../engine/span.ts';
import { elementHelp } from '../languages/card/cyclonedxElements.ts';
import { jsonCursor } from '../languages/jsonCursor.ts';
import { explainKey, keyAtPath } from '../languages/keys.ts';
import { xmlCursor } from '../languages/xmlCursor.ts';
import { type YamlPlace, yamlPlaceAt } from '../languages/yamlCursor.ts';
import type { Keyed } from './keyed.ts';

/** What the key or value at an offset means, in Markdown, and where it stands. */
export function keyHover(
  text: string,
  { table, span, syntax, prefix }: Keyed,
  offset: number,
): (Span & { value: string }) | undefined {
  if (offset < span.start || offset > span.end) return undefined;
  if (syntax === 'xml') return elementHover(text, table, offset);
  const place = placeAt(text, offset, syntax, span.start);
  const row = place && keyAtPath(table, prefix ? place.path.map((step) => step.replace(prefix, '')) : place.path);
  if (!place || !row) return undefined;
  const { start, end } = place;
  if (place.value === undefined) return { start, end, value: explainKey(row) };
  const known = row.values?.find(({ value }) => value === place.value);
  return known && { start, end, value: `\`${known.value}\`${known.help ? `: ${known.help}` : ` · \`${row.key}\``}` };
}

function elementHover(text: string, table: Keyed['table'], offset: number): (Span & { value: string }) | undefined {
  const { path, at, node } = xmlCursor(text, offset);
  const name = text.slice(node.start, node.end).replace(/^.*:/, '');
  const row = at === 'name' ? elementHelp(table, path, name) : undefined;
  return row && { ...node, value: explainKey({ ...row, key: name }) };
}

function placeAt(text: string, offset: number, syntax: Keyed['syntax'], from: number): YamlPlace | undefined {
  if (syntax === 'toml') return tomlPlaceAt(text, offset);
  if (syntax === 'yaml') return yamlPlaceAt(text, offset, from);
  const { path, isKey, node } = jsonCursor(text, offset);
  const written = text.slice(node.start, node.end).replace(/^"|"$/g, '');
  if (!written) return undefined;
  return isKey ? { path: [...path, written], ...node } : { path, value: written, ...node };
}

function tomlPlaceAt(text: string, offset: number): YamlPlace | undefined {
  const { start } = lineAt(text, offset);
  const key = /^[\w-]+(?=[ \t]*=)/.exec(text.slice(start, start + 200))?.[0];
  return key && offset <= start + key.length ? { path: [key], start, end: start + key.length } : undefined;
}
