import type { Notebook } from './notebook.ts';
import { pythonCommands, pythonSettings } from './python/commands.ts';
import type { PythonProgram } from './python/program.ts';
import { type Command, readCommands, type Setting } from './shell/commands.ts';

export { STARTS_PROGRAM } from './python/commands.ts';
export type { Command, Setting, Word } from './shell/commands.ts';
export { mayHaveMore, namesOf, type Option, optionOf } from './shell/options.ts';

/** What holds commands: a Python program, and the magics and shell lines of a notebook. */
export interface CommandSource {
  readonly kind: string;
  readonly notebook: Notebook | undefined;
  readonly python: PythonProgram;
}

/** Commands that a file runs, in source order; those with parts that are not known here say so word by word. */
export function commandsOf({ kind, notebook, python }: CommandSource): readonly Command[] {
  if (kind !== 'python' && kind !== 'notebook') return [];
  const lines = (notebook?.magics ?? []).flatMap((magic) =>
    magic.kind === 'shell' ? readCommands(magic.text, magic.at) : [],
  );
  return [...lines, ...pythonCommands(python)].sort((a, b) => a.span.start - b.span.start);
}

/** Environment variables that a file sets for itself or for what it starts, in source order. */
export function settingsOf(source: CommandSource & { readonly commands: readonly Command[] }): readonly Setting[] {
  const { kind, notebook, python, commands } = source;
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
