import type { Span } from '../../engine/span.ts';
import { type Command, tailOf, type Word } from './commands.ts';

/** An option of a command. */
export interface Option {
  /** What stands behind `=`, or the next word unless that is an option itself. */
  readonly value: Word | undefined;
  /** The option with its value. */
  readonly span: Span;
}

/**
 * The last option with one of these names. `_` and `-` are the same in a name, as for most Python programs.
 *
 * @param names with their dashes: `['--host', '-h']`.
 */
export function optionOf({ words }: Command, names: readonly string[]): Option | undefined {
  const wanted = names.map(plain);
  for (let index = words.length - 1; index > 0; index--) {
    const word = words[index] as Word;
    if (!word.text.startsWith('-')) continue;
    const equals = word.text.indexOf('=');
    if (!wanted.includes(plain(equals === -1 ? word.text : word.text.slice(0, equals)))) continue;
    if (equals !== -1) return { value: tailOf(word, equals + 1), span: word.span };
    const next = words[index + 1];
    const value = next && !/^-\D/.test(next.text) ? next : undefined;
    return { value, span: { start: word.span.start, end: (value ?? word).span.end } };
  }
  return undefined;
}

function plain(name: string): string {
  return name.replaceAll('_', '-');
}

/** Whether more options may be given than are written: `$ARGS`, `"$@"`, `{options}`. */
export function mayHaveMore({ words }: Command): boolean {
  return words.some(({ text, fixed }, index) => index > 0 && !fixed && /^(?:\$[\w{(@*]|\{|`|\*)/.test(text));
}

/**
 * The names under which a table lists a command: program, program with its first word, module that Python runs
 * (`python -m vllm.entrypoints.api_server`) or file name of a script (`launch.py`).
 */
export function namesOf({ program, words }: Command): readonly string[] {
  const rest = words.slice(1);
  if (program !== 'python') {
    const first = rest.find(({ text }) => !text.startsWith('-'))?.text;
    return first ? [program, `${program} ${first}`] : [program];
  }
  for (const [index, { text }] of rest.entries()) {
    if (text === '-m') {
      const module = rest[index + 1]?.text ?? '';
      const first = rest[index + 2]?.text ?? '';
      // `python -m pip install` is `pip install`.
      return [`python -m ${module}`, module, `${module} ${first}`];
    }
    if (!text.startsWith('-')) return ['python', text.slice(text.lastIndexOf('/') + 1)];
    if (text === '-c') break;
  }
  return ['python'];
}
