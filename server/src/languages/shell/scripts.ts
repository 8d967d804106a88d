import type { Span } from '../../engine/span.ts';
import { type Command, commandOfWords, readCommands, type Setting, type Word } from './commands.ts';

/** What a file runs and which variables it sets outside of its commands. */
export interface Started {
  readonly commands: readonly Command[];
  readonly settings: readonly Setting[];
}

const NONE: Started = { commands: [], settings: [] };

/** Commands and variables of a shell script, Makefile, justfile, systemd unit or `.env` file. */
export function readScript(path: string, text: string): Started {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^\.env(?!rc)|\.env$/i.test(name)) return { commands: [], settings: readEnv(text) };
  if (/\.service$/i.test(name)) return readUnit(text);
  if (/^(?:GNU)?makefile|\.mk$/i.test(name)) return { ...NONE, commands: readCommands(recipes(text, /^\t[@+-]*/)) };
  if (/^\.?justfile$|\.just$/i.test(name)) return { ...NONE, commands: readCommands(recipes(text, /^[ \t]+[@-]*/)) };
  return { ...NONE, commands: readCommands(text) };
}

/** Only the recipes of a Makefile, everything else blank; `$(NAME)` is a variable there, `$$` a dollar. */
function recipes(text: string, lead: RegExp): string {
  let inside = false;
  return text
    .split('\n')
    .map((line) => {
      const start = lead.exec(line)?.[0];
      const goesOn = inside;
      const isRecipe = start !== undefined || goesOn;
      inside = isRecipe && /\\\r?$/.test(line);
      if (!isRecipe) return ' '.repeat(line.length);
      const kept = goesOn ? line : ' '.repeat(start?.length ?? 0) + line.slice(start?.length ?? 0);
      return kept.replace(/\$\((\w{1,100})\)/g, '${$1}').replace(/\$\$/g, ' $');
    })
    .join('\n');
}

/** Lines `NAME=value`, `export NAME="value"`, with or without blanks around the sign. */
function readEnv(text: string, offset = 0): Setting[] {
  const settings: Setting[] = [];
  let at = offset;
  for (const line of text.split('\n')) {
    const [head, lead = '', name = ''] = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_]\w{0,200})[ \t]*=[ \t]*/.exec(line) ?? [];
    if (head) settings.push(settingAt(name, line.slice(head.length), at + head.length, at + lead.length));
    at += line.length + 1;
  }
  return settings;
}

/** @param at offset of the value, which may be quoted and be followed by a comment. */
function settingAt(name: string, rest: string, at: number, start: number): Setting {
  const [quoted, quote] = /^(["'])[^\n]*?\1/.exec(rest) ?? [];
  const written = quoted ?? rest.replace(/(?:^|[ \t])#.*$/, '').trimEnd();
  const text = quote ? written.slice(1, -1) : written;
  const span = { start: at, end: at + written.length };
  return { name, value: { text, span, fixed: !/[$`]|\{\{/.test(text), inner: [] }, span: { start, end: span.end } };
}

/** `ExecStart=` and its like, and `Environment=`; a line ends in `\` where it goes on. */
function readUnit(text: string): Started {
  const commands: Command[] = [];
  const settings: Setting[] = [];
  const joined = text.replace(/\\\r?\n/g, (end) => ' '.repeat(end.length));
  let at = 0;
  for (const line of joined.split('\n')) {
    const [head, key] = /^(Exec[A-Z]\w{0,20}|Environment)[ \t]*=[ \t]*[-@:+!|]*/.exec(line) ?? [];
    if (head && key === 'Environment') {
      settings.push(...(readCommands(`export ${line.slice(head.length)}`, at + head.length - 7)[0]?.settings ?? []));
    } else if (head) commands.push(...readCommands(line.slice(head.length), at + head.length));
    at += line.length + 1;
  }
  return { commands, settings };
}

/** A command of words that stand apart: a list in JSON or YAML, or the arguments of an image whose program is known. */
export function commandsOfList(words: readonly Word[]): readonly Command[] {
  return words.length > 0 ? commandOfWords(words) : [];
}

/** A word that stands in no file: the program an image starts. */
export function impliedWord(text: string, span: Span): Word {
  return { text, span, fixed: true, inner: [] };
}
