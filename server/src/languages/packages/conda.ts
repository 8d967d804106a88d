import { readYaml, type YamlEntry } from '../yaml.ts';
import type { Requirement } from './requirement.ts';
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
  const yaml = readYaml(text);
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const read = (entries: readonly YamlEntry[], parse: (line: string) => Omit<Requirement, 'line'> | undefined) =>
    entries.flatMap(({ text: written, span }) => {
      const requirement = written ? parse(written) : undefined;
      return requirement ? [{ ...requirement, line: lineOf(span.start) }] : [];
    });
  const dependencies = yaml.items('dependencies');
  return dependencies.flatMap((entry, index) => [
    ...read([entry], readSpec),
    ...read(yaml.items('dependencies', index, 'pip'), readRequirement),
  ]);
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

/**
 * `package` of a conda-lock file: entries with `name`, `version` and `manager`, read line by line because such files are long.
 *
 * Source: conda-lock documentation, "Unified lockfile".
 */
export function readCondaLock(text: string): Requirement[] {
  const found: Requirement[] = [];
  let name = '';
  let begin = 0;
  text.split(/\r?\n/).forEach((line, index) => {
    const [, key, value = ''] = /^(?:- | {2})(name|version):\s*['"]?([^'"\s]+)/.exec(line) ?? [];
    if (key === 'name') {
      name = PYPI_NAMES[value.toLowerCase()] ?? value;
      begin = index + 1;
    } else if (key === 'version' && name !== '') {
      found.push({ name, specifier: `==${value}`, line: begin });
      name = '';
    }
  });
  return found;
}
