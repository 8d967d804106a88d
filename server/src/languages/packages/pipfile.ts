import { parse } from 'smol-toml';
import { isRecord, keyLine, lineOf } from './manifest.ts';
import type { Requirement } from './requirement.ts';

/** `[packages]` and `[dev-packages]` of a Pipfile: name to specifier, `*` for any. */
export function readPipfile(text: string): Requirement[] {
  return readTables(parse(text), ['packages', 'dev-packages'], (name) => keyLine(text, name));
}

/** `default` and `develop` of a Pipfile.lock: name to `{ "version": "==2.1.0" }`. */
export function readPipfileLock(text: string): Requirement[] {
  const root: unknown = JSON.parse(text);
  return readTables(root, ['default', 'develop'], (name) => lineOf(text, `"${name}": {`));
}

function readTables(root: unknown, tables: readonly string[], line: (name: string) => number): Requirement[] {
  return tables.flatMap((table) => {
    const entries = isRecord(root) && isRecord(root[table]) ? root[table] : {};
    return Object.entries(entries).map(([name, value]) => {
      const specifier = isRecord(value) ? value.version : value;
      return { name, specifier: typeof specifier === 'string' ? specifier.replace(/^\*$/, '') : '', line: line(name) };
    });
  });
}
