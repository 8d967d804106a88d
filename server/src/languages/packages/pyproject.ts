import { parse } from 'smol-toml';
import { isRecord, keyLine, lineOf, listOf } from './manifest.ts';
import type { Requirement } from './requirement.ts';
import { readRequirement } from './requirements.ts';
import { fromPoetry, isBelowVersion, lowestOf } from './specifier.ts';

/** Dependencies of a pyproject.toml: PEP 621 with extras, PEP 735 groups, PDM, uv and Poetry. */
export function readPyproject(text: string): Requirement[] {
  const root = parse(text);
  const project = isRecord(root.project) ? root.project : {};
  const tool = isRecord(root.tool) ? root.tool : {};
  const pdm = isRecord(tool.pdm) ? tool.pdm : {};
  const uv = isRecord(tool.uv) ? tool.uv : {};
  const lists = [
    project.dependencies,
    ...valuesOf(project['optional-dependencies']),
    ...valuesOf(root['dependency-groups']),
    ...valuesOf(pdm['dev-dependencies']),
    uv['dev-dependencies'],
  ];
  const found: Requirement[] = [];
  const python = lowestOf(String(project['requires-python'] ?? ''));
  const read = (entry: unknown, constrains: boolean) => {
    if (typeof entry !== 'string' || isForOlderPython(entry, python)) return;
    const requirement = readRequirement(entry);
    if (requirement) found.push({ ...requirement, line: lineOf(text, entry), ...(constrains && { constrains }) });
  };
  for (const entry of lists.flatMap(listOf)) read(entry, false);
  for (const entry of [...listOf(uv['constraint-dependencies']), ...listOf(uv['override-dependencies'])])
    read(entry, true);
  return [...found, ...readPoetry(text, isRecord(tool.poetry) ? tool.poetry : {})];
}

/** `torch==1.13; python_version < "3.9"` in a project that requires Python 3.9: never installed. */
function isForOlderPython(entry: string, python: string | undefined): boolean {
  const [, operator, version] = /;\s*python_version\s*(<=?)\s*["'](\d[\d.]*)["']\s*$/.exec(entry) ?? [];
  if (!python || !version) return false;
  const below = isBelowVersion(`==${python}`, version) === 'yes';
  return !below && (operator === '<' || isBelowVersion(`==${version}`, python) === 'yes');
}

/** Tables from name to constraint, under `dependencies` and in groups. */
function readPoetry(text: string, poetry: Record<string, unknown>): Requirement[] {
  const groups = valuesOf(poetry.group).map((group) => (isRecord(group) ? group.dependencies : undefined));
  const found: Requirement[] = [];
  for (const table of [poetry.dependencies, poetry['dev-dependencies'], ...groups]) {
    for (const [name, value] of isRecord(table) ? Object.entries(table) : []) {
      if (name === 'python') continue;
      const line = keyLine(text, name);
      // A list holds alternatives for different platforms.
      for (const each of Array.isArray(value) ? value : [value]) {
        const constraint = isRecord(each) ? each.version : each;
        found.push({ name, specifier: typeof constraint === 'string' ? fromPoetry(constraint) : '', line });
      }
    }
  }
  return found;
}

function valuesOf(value: unknown): unknown[] {
  return isRecord(value) ? Object.values(value) : [];
}
