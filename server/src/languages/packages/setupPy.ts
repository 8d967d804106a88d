import type { SyntaxNode } from '@lezer/common';
import { lineNumberAt } from '../../engine/span.ts';
import { type PythonProgram, readPython } from '../python/program.ts';
import type { Requirement } from './requirement.ts';
import { readRequirement } from './requirements.ts';

/** Values written elsewhere in the file are followed through so many names. */
const MAX_NAMES = 3;

/** The list of texts such as `torch>=2.6` from which transformers, diffusers and their kin pick by name what they require. */
const TABLE = '_deps';

/** What a setup.py writes out in `install_requires`, `extras_require` and a table for both; what it computes is not known. Nothing is run. */
export function readSetupPy(text: string): Requirement[] {
  if (!/\b(?:install|extras)_require/.test(text)) return [];
  const program = readPython(text);
  const written = ['install_requires', 'extras_require'].flatMap((name) =>
    program.argumentsNamed(name).flatMap(({ node }) => stringsIn(program, node, 0)),
  );
  const names = new Set(written.map(({ name }) => name));
  return [...written, ...stringsOf(program, TABLE, 0).filter(({ name }) => !names.has(name))];
}

function stringsOf(program: PythonProgram, name: string, names: number): Requirement[] {
  const [binding, ...others] = program.bindings.find(program.scopeAt(0), name)?.own ?? [];
  if (binding?.kind !== 'assign' || others.length > 0) return [];
  let value: SyntaxNode | null = program.tree.tree.resolveInner(binding.value.start, 1);
  while (value && value.to < binding.value.end) value = value.parent;
  return value ? stringsIn(program, value, names) : [];
}

function stringsIn(program: PythonProgram, node: SyntaxNode, names: number): Requirement[] {
  const { text } = program;
  if (node.name === 'String' || node.name === 'ContinuedString') {
    const value = program.constantOf(node);
    const requirement = value.known && typeof value.value === 'string' ? readRequirement(value.value) : undefined;
    return requirement ? [{ ...requirement, line: lineNumberAt(text, node.from) }] : [];
  }
  if (node.name === 'VariableName' && names < MAX_NAMES) {
    return stringsOf(program, text.slice(node.from, node.to), names + 1);
  }
  if (!/^(?:Array|Tuple|Set|Dictionary|Binary)Expression$/.test(node.name)) return [];
  const found: Requirement[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    // A key names an extra, which a package may be called like.
    if (node.name === 'DictionaryExpression' && child.nextSibling?.name === ':') continue;
    found.push(...stringsIn(program, child, names));
  }
  return found;
}
