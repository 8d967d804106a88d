import type { Span } from '../../engine/span.ts';
import { readTokens, type Word } from './words.ts';

export type { Word } from './words.ts';

/** An environment variable that is given a value. */
export interface Setting {
  readonly name: string;
  readonly value: Word;
  /** The name with its value. */
  readonly span: Span;
}

/** One command as it is run: what only starts it (`sudo`, `env`, `nohup`, `uv run` …) is taken off. */
export interface Command {
  /** File name of the program, without folder and `.exe`; `python` for every version of Python. */
  readonly program: string;
  /** The program and its arguments. */
  readonly words: readonly Word[];
  /** Variables set for this command, or by it (`export`). */
  readonly settings: readonly Setting[];
  readonly span: Span;
  /** Run as another user through `sudo` or `doas`. */
  readonly elevated: boolean;
  /** What reads its output. */
  readonly pipesTo: Command | undefined;
  /** Commands inside its words: `$(…)`, `<(…)`, `bash -c "…"`. They also stand in the list of all commands. */
  readonly inner: readonly Command[];
}

const MAX_DEPTH = 4;
/** More than this is no script that a person wrote. */
const MAX_COMMANDS = 20_000;

/** Words of the shell's grammar that stand before a command. */
const KEYWORDS = new Set(['then', 'do', 'else', 'if', 'elif', 'while', 'until', '!', '{', 'time']);
const NAME = /^([A-Za-z_]\w*)\+?=/;

/** Programs that run another one, with those of their options that take a value. */
const STARTERS: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-D', '--user', '--group'],
  doas: ['-u', '-C'],
  env: ['-u', '--unset', '-C', '--chdir', '-S'],
  exec: ['-a'],
  nohup: [],
  command: [],
  builtin: [],
  setsid: [],
  time: [],
  nice: ['-n', '--adjustment'],
  ionice: ['-c', '-n', '-p'],
  stdbuf: ['-i', '-o', '-e'],
  timeout: ['-s', '--signal', '-k', '--kill-after'],
  'xvfb-run': ['-s', '-n', '-e'],
  tini: [],
  'dumb-init': [],
};
/** The same with a sub-command: `uv run`. */
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  uv: ['--with', '--python', '-p', '--extra', '--group', '--directory', '--project', '--env-file', '--index'],
  poetry: [],
  pipenv: [],
  pdm: ['-p'],
  hatch: [],
  rye: [],
  pixi: ['-e'],
  conda: ['-n', '-p', '--name', '--prefix'],
  mamba: ['-n', '-p', '--name', '--prefix'],
  micromamba: ['-n', '-p', '--name', '--prefix'],
};
const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash']);

/**
 * Commands of a shell text in source order, those inside others included (after the one that holds them).
 *
 * @param place offset of the text in its file, when it stands there character by character; else the span that every word
 *   is reported at.
 */
export function readCommands(text: string, place: number | Span = 0): readonly Command[] {
  const found: Command[] = [];
  collect(text, place, found, 0);
  return found;
}

/** The command that a list of arguments starts, as `exec` and `subprocess.run([...])` take it, with those inside it. */
export function commandOfWords(words: readonly Word[]): readonly Command[] {
  const found: Command[] = [];
  const [first] = words;
  const last = words.at(-1);
  if (first && last) add(words, { start: first.span.start, end: last.span.end }, 0, found, 0, undefined);
  return found;
}

interface Draft {
  words: Word[];
  start: number;
  /** Ends in `|`. */
  pipes: boolean;
}

function collect(text: string, place: number | Span, found: Command[], depth: number): readonly Command[] {
  const drafts: Draft[] = [];
  let draft: Draft = { words: [], start: 0, pipes: false };
  for (const token of readTokens(text)) {
    if ('word' in token) {
      if (draft.words.length === 0) draft.start = token.word.span.start;
      draft.words.push(token.word);
    } else {
      draft.pipes = token.operator === '|';
      if (draft.words.length > 0) drafts.push(draft);
      draft = { words: [], start: token.at, pipes: false };
    }
    if (drafts.length > MAX_COMMANDS) break;
  }
  if (draft.words.length > 0) drafts.push(draft);
  // From the end, so that a command knows what reads its output.
  const groups: Command[][] = [];
  let next: Command | undefined;
  for (const { words, pipes } of drafts.toReversed()) {
    const group: Command[] = [];
    const placed = words.map((word) => shifted(word, place));
    const [first] = placed;
    const last = placed.at(-1);
    if (!first || !last) continue;
    const span = { start: first.span.start, end: last.span.end };
    next = add(placed, span, place, group, depth, pipes ? next : undefined);
    groups.push(group);
  }
  const all = groups.reverse().flat();
  for (const command of all) if (found.length < MAX_COMMANDS) found.push(command);
  return all;
}

function shifted(word: Word, place: number | Span): Word {
  if (typeof place !== 'number') return { ...word, span: place };
  if (place === 0) return word;
  const span = { start: word.span.start + place, end: word.span.end + place };
  return { ...word, span, inner: word.inner.map((each) => ({ ...each, at: each.at + place })) };
}

function add(
  all: readonly Word[],
  span: Span,
  place: number | Span,
  found: Command[],
  depth: number,
  pipesTo: Command | undefined,
): Command | undefined {
  const settings: Setting[] = [];
  let words = all;
  let elevated = false;
  while (words[0] && KEYWORDS.has(words[0].text)) words = words.slice(1);
  for (let step = 0; step < 8; step++) {
    words = takeSettings(words, settings);
    const rest = afterStarter(words);
    if (!rest) break;
    const starter = baseName(words[0]?.text ?? '');
    elevated ||= starter === 'sudo' || starter === 'doas';
    words = rest;
  }
  const program = baseName(words[0]?.text ?? '');
  if (program === 'export' || program === 'declare') takeSettings(words.slice(1), settings);
  if (program === 'docker' || program === 'podman') settings.push(...containerSettings(words));
  const inside: Command[] = [];
  const inner: Command[] = [];
  if (depth < MAX_DEPTH) {
    const where = (at: number): number | Span => (typeof place === 'number' ? at : place);
    for (const word of all) {
      for (const each of word.inner) inner.push(...collect(each.text, where(each.at), inside, depth + 1));
    }
    const script = SHELLS.has(program) && scriptOf(words);
    if (script) inner.push(...collect(script.text, script.place, inside, depth + 1));
  }
  const command: Command = { program, words, settings, span, elevated, pipesTo, inner };
  found.push(command, ...inside);
  return command;
}

/** Takes `NAME=value` off the front. */
function takeSettings(words: readonly Word[], settings: Setting[]): readonly Word[] {
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index] as Word;
    const [all, name] = NAME.exec(word.text) ?? [];
    if (!all || !name) break;
    settings.push({ name, value: tailOf(word, all.length), span: word.span });
  }
  return words.slice(index);
}

/** `-e NAME=value` of `docker run`. */
function containerSettings(words: readonly Word[]): Setting[] {
  return words.flatMap((word, index) => {
    const joined = /^--env=/.exec(word.text)?.[0].length;
    const given = joined ? tailOf(word, joined) : /^(?:-e|--env)$/.test(word.text) ? words[index + 1] : undefined;
    const settings: Setting[] = [];
    if (given) takeSettings([given], settings);
    return settings;
  });
}

/** What follows a program that only starts another one; undefined when it is none. */
function afterStarter(words: readonly Word[]): readonly Word[] | undefined {
  const name = baseName(words[0]?.text ?? '');
  const starter = Object.hasOwn(STARTERS, name) ? STARTERS[name] : undefined;
  const runner = words[1]?.text === 'run' && Object.hasOwn(RUNNERS, name) ? RUNNERS[name] : undefined;
  const valued = starter ?? runner;
  if (!valued) return undefined;
  let index = starter ? 1 : 2;
  while (words[index]?.text.startsWith('-')) index += valued.includes((words[index] as Word).text) ? 2 : 1;
  // `timeout 30 program`
  if (name === 'timeout') index++;
  return index < words.length ? words.slice(index) : undefined;
}

/** The text after `-c`; where it stands as it is read, its place is known to the character. */
function scriptOf(words: readonly Word[]): { text: string; place: number | Span } | undefined {
  const flag = words.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  const word = flag > 0 ? words[flag + 1] : undefined;
  if (!word) return undefined;
  const { start, end } = word.span;
  const quotes = end - start - word.text.length;
  return { text: word.text, place: quotes === 2 || quotes === 0 ? start + quotes / 2 : word.span };
}

/** The rest of a word after its first characters; without quotes its place is known to the character. */
export function tailOf(word: Word, length: number): Word {
  const text = word.text.slice(length);
  const { start, end } = word.span;
  const exact = end - start === word.text.length;
  return { text, fixed: word.fixed, inner: [], span: exact ? { start: start + length, end } : word.span };
}

function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/\.exe$/i, '');
  return /^(?:python|pypy)[\d.]*$/.test(name) ? 'python' : /^pip[\d.]*$/.test(name) ? 'pip' : name;
}
