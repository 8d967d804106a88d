import { parse } from 'smol-toml';
import { isRecord, listOf } from './manifest.ts';
import type { Requirement } from './requirement.ts';

/** uv.lock, poetry.lock and pdm.lock: a list of tables `[[package]]` with `name` and `version`; in pylock.toml (PEP 751) `[[packages]]`. */
export function readLock(text: string): Requirement[] {
  const lines = new Map<string, number[]>();
  text.split('\n').forEach((line, index) => {
    const name = /^name = "([^"]+)"/.exec(line)?.[1];
    if (name) lines.set(name, [...(lines.get(name) ?? []), index + 1]);
  });
  const root = parse(text);
  return [...listOf(root.package), ...listOf(root.packages)].flatMap((entry) => {
    if (!isRecord(entry) || typeof entry.name !== 'string' || typeof entry.version !== 'string') return [];
    return [{ name: entry.name, specifier: `==${entry.version}`, line: lines.get(entry.name)?.shift() ?? 1 }];
  });
}
