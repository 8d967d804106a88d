import type { Span } from '../engine/span.ts';
import { lineAt } from '../engine/span.ts';
import { explainKey, keyAtPath } from '../languages/keys.ts';
import { type YamlPlace, yamlPlaceAt } from '../languages/yamlCursor.ts';
import type { Keyed } from './keyed.ts';

/** What the key or value at an offset means, in Markdown, and where it stands. */
export function keyHover(
  text: string,
  { table, span, syntax }: Keyed,
  offset: number,
): (Span & { value: string }) | undefined {
  if (offset < span.start || offset > span.end) return undefined;
  const place = syntax === 'toml' ? tomlPlaceAt(text, offset) : yamlPlaceAt(text, offset, span.start);
  const row = place && keyAtPath(table, place.path);
  if (!place || !row) return undefined;
  const { start, end } = place;
  if (place.value === undefined) return { start, end, value: explainKey(row) };
  const known = row.values?.find(({ value }) => value === place.value);
  return known && { start, end, value: `\`${known.value}\`${known.help ? `: ${known.help}` : ` · \`${row.key}\``}` };
}

function tomlPlaceAt(text: string, offset: number): YamlPlace | undefined {
  const { start } = lineAt(text, offset);
  const key = /^[\w-]+(?=[ \t]*=)/.exec(text.slice(start, start + 200))?.[0];
  return key && offset <= start + key.length ? { path: [key], start, end: start + key.length } : undefined;
}
