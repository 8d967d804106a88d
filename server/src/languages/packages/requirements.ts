import type { Requirement } from './requirement.ts';

/**
 * Requirements files of pip: one PEP 508 requirement per line. Options (`-r`, `-c`, `--index-url`), hashes, markers and
 * comments are passed over.
 *
 * Source: pip documentation, "Requirements File Format".
 */
export function readRequirements(text: string): Requirement[] {
  const found: Requirement[] = [];
  let carried = '';
  let begin = 0;
  text.split(/\r?\n/).forEach((line, index) => {
    if (carried === '') begin = index + 1;
    if (line.endsWith('\\')) {
      carried += line.slice(0, -1);
      return;
    }
    const requirement = readRequirement(carried + line);
    carried = '';
    if (requirement) found.push({ ...requirement, line: begin });
  });
  return found;
}

/** Other files that a requirements file names: `-r base.txt`, `--constraint=c.txt`. Addresses are left out. */
export function readIncludes(text: string): { readonly path: string; readonly as: 'requirements' | 'constraints' }[] {
  return [...text.matchAll(/^[ \t]*(-r|-c|--requirement|--constraint)[ \t=]*([^\s#]+)/gm)].flatMap(
    ([, option = '', path = '']) => {
      if (/^\w+:\/\//.test(path)) return [];
      return [{ path: path.replaceAll('\\', '/'), as: /^--?c/.test(option) ? 'constraints' : 'requirements' } as const];
    },
  );
}

/**
 * One PEP 508 requirement: `torch[extra] >=2.1 ; python_version < "3.12"`, or `torch @ https://…/torch-2.1.0-….whl`.
 *
 * @returns undefined for options, URLs without a name, and blank lines.
 */
export function readRequirement(line: string): Omit<Requirement, 'line'> | undefined {
  const written = line.replace(/(?:^|\s)#.*$/, '').replace(/\s--\S.*$/, '');
  const [whole, name] = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*/.exec(written) ?? [];
  if (!whole || !name) return undefined;
  const rest = written.slice(whole.length);
  if (rest.startsWith('@')) return { name, specifier: wheelVersion(name, rest) };
  // What follows a name without an operator is no requirement: a path, an URL, prose.
  const specifier = (rest.split(';', 1)[0] ?? '').trim().replace(/^\((.*)\)$/, '$1');
  if (specifier !== '' && !/^[<>=!~]/.test(specifier)) return undefined;
  return { name, specifier: specifier.replace(/\s+/g, '') };
}

/** A wheel carries its version in the file name (`name-version-tags.whl`). */
function wheelVersion(name: string, url: string): string {
  const file =
    decodeURIComponentSafely(url.split(/[#?]/, 1)[0] ?? '')
      .split('/')
      .at(-1) ?? '';
  const parts = file.endsWith('.whl') ? file.split('-') : [];
  return parts.length >= 5 && parts[0]?.toLowerCase().replace(/[_.]/g, '-') === name.toLowerCase().replace(/[_.]/g, '-')
    ? `==${parts[1]}`
    : '';
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `install_requires` and the extras of a setup.cfg (setuptools documentation, "Configuring setuptools using setup.cfg"). */
export function readSetupCfg(text: string): Requirement[] {
  const found: Requirement[] = [];
  let section = '';
  let key = '';
  text.split(/\r?\n/).forEach((line, index) => {
    const heading = /^\[([^\]]+)\]/.exec(line)?.[1];
    const entry = /^([\w.-]+)\s*=(.*)$/.exec(line);
    let value = line;
    if (heading !== undefined) {
      section = heading;
      key = '';
      return;
    }
    if (entry) {
      key = entry[1] ?? '';
      value = entry[2] ?? '';
    }
    const wanted = (section === 'options' && key === 'install_requires') || section === 'options.extras_require';
    const requirement = wanted ? readRequirement(value) : undefined;
    if (requirement) found.push({ ...requirement, line: index + 1 });
  });
  return found;
}
