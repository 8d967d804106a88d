import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Requirement } from './packages.ts';
import { readRequirement } from './requirements.ts';

/** Packages that conda names differently from PyPI. */
const PYPI_NAMES: Readonly<Record<string, string>> = {
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
  'pytorch-gpu': 'torch',
};

/**
 * `dependencies` of a conda environment file with its `pip` part. Conda's `=2.1` (any 2.1) counts from 2.1 on.
 *
 * Source: conda documentation, "Package match specifications".
 */
export function readCondaEnvironment(text: string): Requirement[] {
  const lines = new LineCounter();
  const root = parseDocument(text, { lineCounter: lines, logLevel: 'silent', uniqueKeys: false }).contents;
  const dependencies = isMap(root) ? root.get('dependencies') : undefined;
  const found: Requirement[] = [];
  const add = (item: unknown, read: (line: string) => Omit<Requirement, 'line'> | undefined): void => {
    const requirement = isScalar(item) && typeof item.value === 'string' ? read(item.value) : undefined;
    if (requirement && isScalar(item)) found.push({ ...requirement, line: lines.linePos(item.range?.[0] ?? 0).line });
  };
  for (const item of isSeq(dependencies) ? dependencies.items : []) {
    add(item, readSpec);
    const pip = isMap(item) ? item.get('pip') : undefined;
    for (const each of isSeq(pip) ? pip.items : []) add(each, readRequirement);
  }
  return found;
}

/** `channel::name=2.1=build`, `name ==2.1`, `name >=2.1,<3`, `name 2.1`. */
function readSpec(spec: string): Omit<Requirement, 'line'> | undefined {
  const [, written = '', rest = ''] = /^(?:[\w./-]+::)?([\w.-]+)\s*(.*)$/.exec(spec.trim()) ?? [];
  const name = PYPI_NAMES[written.toLowerCase()] ?? written;
  if (name === '') return undefined;
  // A build string after the version is of no interest.
  const version = /^(=|\s)?(\d[\w.+*]*)/.exec(rest);
  if (version) return { name, specifier: `>=${version[2]?.replace(/(?:\.\*)+$/, '')}` };
  const exact = /^==?\s*(\d[\w.+]*)/.exec(rest);
  if (exact) return { name, specifier: rest.startsWith('==') ? `==${exact[1]}` : `>=${exact[1]}` };
  return { name, specifier: /^[<>!~]/.test(rest) ? rest.replace(/\s+/g, '') : '' };
}
