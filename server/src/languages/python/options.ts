import type { PythonProgram } from './program.ts';

/** Longer calls are read up to here. In UTF-16 code units. */
const MAX_CALL = 1500;
const MAX_OPTIONS = 500;

const known = new WeakMap<PythonProgram, ReadonlySet<string>>();

/**
 * Whether an attribute of what `argparse` reads can only be one of the choices that are written out, a number, or a switch.
 * Read from the text: of a program read in parts the calls may have been left out.
 */
export function isLimitedOption(program: PythonProgram, attribute: string, source: string): boolean {
  if (!source.endsWith('the command line')) return false;
  let names = known.get(program);
  if (!names) {
    names = limitedOptions(program.text);
    known.set(program, names);
  }
  return names.has(attribute);
}

function limitedOptions(text: string): ReadonlySet<string> {
  const limited = new Set<string>();
  const open = new Set<string>();
  const calls = text.split(/\.add_argument\s{0,9}\(/, MAX_OPTIONS + 1).slice(1);
  for (const call of calls) {
    const own = call.slice(0, MAX_CALL).split(/\n\s*\n|\bparse_args\b|\badd_parser\b/, 1)[0] ?? '';
    const [flags = ''] = own.split(/[=)]/, 1);
    const names = [...flags.matchAll(/["']([\w-]+)["']/g)].flatMap(([, name]) => name ?? []);
    const long = names.find((name) => name.startsWith('--') || !name.startsWith('-')) ?? names[0];
    const name = /\bdest\s*=\s*["'](\w+)["']/.exec(own)?.[1] ?? long?.replace(/^--?/, '').replaceAll('-', '_');
    if (!name) continue;
    // What the help says about it is no choice.
    const plain = own.replace(/\bhelp\s*=\s*(?:"[^"\n]*"|'[^'\n]*')/g, '');
    const isLimited =
      /\bchoices\s*=\s*[[({\w]/.test(plain) ||
      /\btype\s*=\s*(?:int|float|bool)\b/.test(plain) ||
      /\baction\s*=\s*["'](?:store_true|store_false|count)["']/.test(plain);
    (isLimited ? limited : open).add(name);
  }
  // The same name for two parsers: the wider one counts.
  return new Set([...limited].filter((name) => !open.has(name)));
}
