import type { SyntaxNode } from '@lezer/common';
import type { Binding } from './bindings.ts';
import type { ImportedModule } from './imports.ts';
import { lookup } from './lookup.ts';
import type { PythonProgram } from './program.ts';
import { nodeAt } from './tree.ts';

/** A Python file of the workspace, as another file imports it. */
export interface Module {
  readonly uri: string;
  /** Relative to the workspace folder, forward slashes. */
  readonly path: string;
  /** Read and parsed when first asked for; its own `module` is this. */
  readonly python: PythonProgram;
}

/** What of the workspace one file can see through its imports. Filled by the host beforehand, so that asking reads no file. */
export interface Modules {
  /** @param name as in an import statement of the file, leading dots included: `utils.io`, `.common`. */
  find(name: string): Module | undefined;
  /** The imports that lead to files of the workspace, in source order. */
  readonly imports: readonly {
    /** As `find` takes it. */
    readonly name: string;
    readonly module: Module;
    readonly names: ImportedModule['names'];
  }[];
  /** Equal for equal texts of all modules that count: part of the key under which findings are kept. */
  readonly key: string;
  /** The importing text itself, where it has been read as a module: its tree need not be made twice. */
  readonly self?: PythonProgram;
  /** URIs of the modules that count. */
  readonly uris: ReadonlySet<string>;
}

/** For a file of which nobody knows the surroundings. */
export const NO_MODULES: Modules = { find: () => undefined, imports: [], key: '', uris: new Set() };

/** The module of a file, imported directly or by modules that are. */
export function moduleWithUri(modules: Modules, uri: string, hops = 0): Module | undefined {
  if (hops > MAX_HOPS || !modules.uris.has(uri)) return undefined;
  const direct = modules.imports.find(({ module }) => module.uri === uri)?.module;
  if (direct) return direct;
  for (const { module } of modules.imports) {
    const found = moduleWithUri(module.python.modules, uri, hops + 1);
    if (found) return found;
  }
  return undefined;
}

/** Re-exports followed from one module to the next. */
const MAX_HOPS = 4;

/** Something a module defines. */
export interface Member {
  readonly program: PythonProgram;
  readonly binding: Binding;
  /** What of the qualified name is left after it: `load` of `pkg.Loader.load`, `().load` of `pkg.Loader().load`. */
  readonly rest: string;
}

/**
 * What a qualified name stands for in a module of the workspace: `.util.load`, `utils.io.Loader().load`. A name that the
 * module itself imports from another one is followed there.
 *
 * @returns undefined for libraries, and where the module binds the name in several ways.
 */
export function memberNamed(program: PythonProgram, qualified: string, hops = 0): Member | undefined {
  if (program.modules === NO_MODULES || hops > MAX_HOPS) return undefined;
  // The longest name of a module wins: `utils.io` is not the attribute `io` of `utils`.
  for (let dot = qualified.lastIndexOf('.'); dot >= 0; dot = qualified.lastIndexOf('.', dot - 1)) {
    const prefix = qualified.slice(0, dot);
    // In `.util.load` the dots in front belong to the module: of `.load` it is `.`.
    const name = /^\.*$/.test(prefix) ? `${prefix}.` : prefix;
    const module = program.modules.find(name);
    const [attribute = ''] = /^\w+/.exec(qualified.slice(dot + 1)) ?? [];
    if (module && attribute)
      return memberOf(module.python, attribute, qualified.slice(dot + 1 + attribute.length), hops);
    if (dot === 0) break;
  }
  return undefined;
}

/** What a module-level name stands for when the module has run to its end. */
function memberOf(program: PythonProgram, name: string, rest: string, hops: number): Member | undefined {
  if (!program.text.includes(name)) return undefined;
  const found = bindingsAtEnd(program, name);
  const [binding, ...others] = found;
  if (!binding || others.length > 0) return undefined;
  if (binding.kind === 'import') return memberNamed(program, binding.target + rest, hops + 1);
  return { program, binding, rest: rest.replace(/^\./, '') };
}

function bindingsAtEnd(program: PythonProgram, name: string): readonly Binding[] {
  return (lookup(program, name, program.text.length) ?? []).filter(({ kind }) => kind !== 'add');
}

/** The expression that a constant of a module is assigned; undefined when it is anything else. */
export function valueOfMember({ program, binding, rest }: Member): SyntaxNode | undefined {
  if (binding.kind !== 'assign' || rest !== '' || binding.path.length > 0) return undefined;
  return nodeAt(program.tree.tree, binding.value);
}
