import type { Notebook } from './notebook.ts';
import { pythonCommands, pythonSettings } from './python/commands.ts';
import type { PythonProgram } from './python/program.ts';
import { type Command, readCommands, type Setting } from './shell/commands.ts';
import { readDockerfile } from './shell/dockerfile.ts';
import { readScript, type Started } from './shell/scripts.ts';
import { startedByTree } from './shell/trees.ts';
import type { TreeNode } from './tree.ts';

export { STARTS_PROGRAM } from './python/commands.ts';
export type { Command, Setting, Word } from './shell/commands.ts';
export { mayHaveMore, namesOf, type Option, optionOf } from './shell/options.ts';

/** What holds commands: a Python program, and the magics and shell lines of a notebook. */
export interface CommandSource {
  readonly kind: string;
  readonly notebook: Notebook | undefined;
  readonly python: PythonProgram;
  readonly path: string;
  readonly text: string;
  /** Documents of a YAML or JSON file. */
  readonly tree: readonly TreeNode[];
}

/** What a script, an image, a set of containers or a workflow runs and sets; undefined for what is read as Python. */
export function startedBy(source: Omit<CommandSource, 'python' | 'notebook'>): Started | undefined {
  const { kind, path, text } = source;
  if (kind === 'script') return isPackageJson(path) ? startedByTree(kind, source.tree) : readScript(path, text);
  if (kind === 'container' && isDockerfile(path)) return readDockerfile(text);
  if (kind === 'container' || kind === 'workflow') return startedByTree(kind, source.tree);
  return undefined;
}

function isPackageJson(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path);
}

export function isDockerfile(path: string): boolean {
  return /(?:^|\/)[^/]*(?:Dockerfile|Containerfile)[^/]*$/i.test(path);
}

/** Commands that a file runs, in source order; those with parts that are not known here say so word by word. */
export function commandsOf(source: CommandSource & { readonly started: Started | undefined }): readonly Command[] {
  const { kind, notebook, python, started } = source;
  if (started) return started.commands;
  if (kind !== 'python' && kind !== 'notebook') return [];
  const lines = (notebook?.magics ?? []).flatMap((magic) =>
    magic.kind === 'shell' ? readCommands(magic.text, magic.at) : [],
  );
  return [...lines, ...pythonCommands(python)].sort((a, b) => a.span.start - b.span.start);
}

/** Environment variables that a file sets for itself or for what it starts, in source order. */
export function settingsOf(
  source: CommandSource & { readonly started: Started | undefined; readonly commands: readonly Command[] },
): readonly Setting[] {
  const { kind, notebook, python, started, commands } = source;
  if (started) {
    const inCommands = commands.flatMap(({ settings }) => settings);
    return [...started.settings, ...inCommands].sort((a, b) => a.span.start - b.span.start);
  }
  if (kind !== 'python' && kind !== 'notebook') return [];
  const magics = (notebook?.magics ?? []).flatMap((magic) =>
    /^(?:set_)?env$/.test(magic.name) ? settingOf(magic.text, magic.at) : [],
  );
  const own = commands.flatMap(({ settings }) => settings);
  return [...magics, ...own, ...pythonSettings(python)].sort((a, b) => a.span.start - b.span.start);
}

/** `%env NAME=value` and `%env NAME value`. */
function settingOf(text: string, at: number): Setting[] {
  const [head, name] = /^(\w{1,100})(?:[ \t]*=[ \t]*|[ \t]+)/.exec(text) ?? [];
  if (!head || !name) return [];
  const value = text.slice(head.length).trimEnd();
  const start = at + head.length;
  const word = {
    text: value.replace(/^(["'])(.*)\1$/, '$2'),
    span: { start, end: start + value.length },
    fixed: !/[{$]/.test(value),
    inner: [],
  };
  return [{ name, value: word, span: { start: at, end: start + value.length } }];
}
