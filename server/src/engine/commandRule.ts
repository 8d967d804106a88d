import {
  type Command,
  mayHaveMore,
  namesOf,
  optionOf,
  type Setting,
  STARTS_PROGRAM,
  type Word,
} from '../languages/commands.ts';
import { inContext } from '../languages/python/context.ts';
import { inTexts, type Trigger, written } from '../languages/python/triggers.ts';
import type { Confidence, Fix, Severity } from './finding.ts';
import type { Problem } from './rule.ts';
import type { SourceFile } from './sourceFile.ts';

/** Something about one option of a command. */
export interface OptionCondition {
  /** Its names with dashes, separated by white space: `--host -h`. */
  readonly option: string;
  /** What a given value must match; `given` for any or none. */
  readonly is: RegExp | 'given';
  /** Whether it also holds without the option. */
  readonly absent?: boolean;
}

/** One way in which programs are started unsafely. */
export interface CommandRow {
  /** Id in the list of detections, `SRV-07`. */
  readonly detection: string;
  /** Names as `namesOf` gives them, separated by commas: `vllm serve, python -m vllm.entrypoints.openai.api_server`. */
  readonly programs: string;
  /** All must hold. */
  readonly when?: readonly OptionCondition[];
  /** If one of them holds or cannot be known, nothing is reported. */
  readonly unless?: readonly OptionCondition[];
  /** Nothing is reported where one of these variables is set in the same file; separated by white space. */
  readonly unlessSet?: string;
  /** Key of the rule's messages; default `command`. Marks: `{program}`, `{option}` as written, and `data`. */
  readonly message?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** A value for the option of the first condition that has one. */
  readonly fix?: string;
}

/** A variable whose value switches something unsafe on, in whatever program reads it. */
export interface SettingRow {
  readonly detection: string;
  /** Its names, separated by white space. */
  readonly variables: string;
  readonly is: RegExp;
  /** Nothing is reported where one of these variables is set in the same file. */
  readonly unlessSet?: string;
  /** Key of the rule's messages; default `setting`. Marks: `{variable}`, `{value}`, and `data`. */
  readonly message?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** A value to put in its place. */
  readonly fix?: string;
}

export interface CommandTable {
  readonly rows: ReadonlyMap<string, readonly CommandRow[]>;
  /** Finds a word that stands in every text that starts one of the programs. */
  readonly pattern: RegExp;
}

/** Triggers of a rule that looks at the commands that a Python program starts. */
export const COMMAND_TRIGGERS: readonly Trigger[] = [STARTS_PROGRAM];
/** Triggers of a rule that looks at the variables that a Python program sets, for itself or for a command. */
export const SETTING_TRIGGERS: readonly Trigger[] = [STARTS_PROGRAM, ...written('environ', 'putenv')];

/** Triggers of a rule with these tables. */
export function startedWith(commands: CommandTable, settings: SettingTable): readonly Trigger[] {
  return [inTexts(commands.pattern, ...COMMAND_TRIGGERS), inTexts(settings.pattern, ...SETTING_TRIGGERS)];
}

export function commandTable(rows: readonly CommandRow[]): CommandTable {
  const byName = new Map<string, CommandRow[]>();
  for (const row of rows) {
    for (const name of row.programs.split(',').map((each) => each.trim().replace(/\s+/g, ' '))) {
      byName.set(name, [...(byName.get(name) ?? []), row]);
    }
  }
  const words = [...new Set([...byName.keys()].map(wordOf))];
  return { rows: byName, pattern: wordsPattern(words) };
}

/** `vllm serve` and `python -m vllm.entrypoints.api_server` both need `vllm`. */
function wordOf(name: string): string {
  return name.startsWith('python -m ')
    ? (name.slice(10).split('.', 1)[0] as string)
    : (name.split(' ', 1)[0] as string);
}

export interface SettingTable {
  readonly rows: ReadonlyMap<string, readonly SettingRow[]>;
  readonly pattern: RegExp;
}

export function settingTable(rows: readonly SettingRow[]): SettingTable {
  const byName = new Map<string, SettingRow[]>();
  for (const row of rows) {
    for (const name of row.variables.trim().split(/\s+/)) byName.set(name, [...(byName.get(name) ?? []), row]);
  }
  return { rows: byName, pattern: wordsPattern([...byName.keys()]) };
}

function wordsPattern(words: readonly string[]): RegExp {
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
}

/** Whether a pattern occurs in a file as it is written, magics and shell lines of a notebook included. */
export function mentions({ notebook, text }: SourceFile, pattern: RegExp): boolean {
  return pattern.test(notebook?.source ?? text);
}

/** The problems of all commands of a file that a table knows, in source order. */
export function* checkCommands(file: SourceFile, table: CommandTable, severity: Severity): Iterable<Problem> {
  if (!mentions(file, table.pattern)) return;
  for (const command of file.commands) {
    if (onlyExplains(command)) continue;
    const rows = new Set(namesOf(command).flatMap((name) => table.rows.get(name) ?? []));
    for (const row of rows) {
      const problem = commandProblem(file, command, row, severity);
      if (problem) yield problem;
    }
  }
}

/** `-h` with a value is another option: the host, in some programs. */
function onlyExplains({ words }: Command): boolean {
  const texts = words.map(({ text }) => text);
  return texts.includes('--help') || texts.includes('--version') || texts.at(-1) === '-h';
}

function commandProblem(file: SourceFile, command: Command, row: CommandRow, severity: Severity): Problem | undefined {
  const conditions = (row.when ?? []).map((condition) => judge(command, condition));
  if (conditions.some(({ holds }) => holds !== 'yes')) return undefined;
  if (row.unless?.some((condition) => judge(command, condition).holds !== 'no')) return undefined;
  if (isSet(file, row.unlessSet)) return undefined;
  const decided = conditions.find(({ span }) => span);
  const [program] = command.words;
  if (!program) return undefined;
  const span = decided?.span ?? program.span;
  const fix = row.fix !== undefined && decided?.value ? replacement(file, decided.value, row.fix) : undefined;
  return {
    span,
    message: row.message ?? 'command',
    data: {
      program: namesOf(command).findLast((name) => table(name, row)) ?? command.program,
      option: shown(file.notebook?.source ?? file.text, span),
      ...row.data,
    },
    severity: inContext(row.severity ?? severity, file.path),
    ...(row.confidence && { confidence: row.confidence }),
    evidence: [`The command line is \`${shown(file.notebook?.source ?? file.text, command.span)}\`.`],
    fixes: fix ? [fix] : [],
  };
}

function table(name: string, row: CommandRow): boolean {
  return row.programs.split(',').some((each) => each.trim().replace(/\s+/g, ' ') === name);
}

interface Judgement {
  readonly holds: 'yes' | 'no' | 'unknown';
  readonly span?: Problem['span'];
  readonly value?: Word;
}

function judge(command: Command, { option, is, absent }: OptionCondition): Judgement {
  const found = optionOf(command, option.trim().split(/\s+/));
  if (!found) {
    if (mayHaveMore(command)) return { holds: 'unknown' };
    return { holds: absent ? 'yes' : 'no' };
  }
  const { span, value } = found;
  if (is === 'given') return { holds: 'yes', span, ...(value && { value }) };
  if (value && !value.fixed) return { holds: 'unknown' };
  return { holds: is.test(value?.text ?? '') ? 'yes' : 'no', span, ...(value && { value }) };
}

/** The problems of all variables that a file sets and a table knows, in source order. */
export function* checkSettings(file: SourceFile, table: SettingTable, severity: Severity): Iterable<Problem> {
  if (!mentions(file, table.pattern)) return;
  for (const setting of file.environment) {
    for (const row of table.rows.get(setting.name) ?? []) {
      if (!setting.value.fixed || !row.is.test(setting.value.text) || isSet(file, row.unlessSet)) continue;
      const fix = row.fix === undefined ? undefined : replacement(file, setting.value, row.fix);
      yield settingProblem(file, setting, row, severity, fix);
    }
  }
}

function settingProblem(
  file: SourceFile,
  { name, value, span }: Setting,
  row: SettingRow,
  severity: Severity,
  fix: Fix | undefined,
): Problem {
  return {
    span,
    message: row.message ?? 'setting',
    data: { variable: name, value: value.text, ...row.data },
    severity: inContext(row.severity ?? severity, file.path),
    ...(row.confidence && { confidence: row.confidence }),
    fixes: fix ? [fix] : [],
  };
}

function isSet(file: SourceFile, names: string | undefined): boolean {
  if (!names) return false;
  const wanted = names.split(/\s+/);
  return file.environment.some(({ name, value }) => wanted.includes(name) && (!value.fixed || value.text !== ''));
}

/** Puts another value in place; only where the word stands in the text as it is read. */
function replacement(file: SourceFile, { text, span }: Word, to: string): Fix | undefined {
  const source = file.notebook?.source ?? file.text;
  if (text === '' || source.slice(span.start, span.end) !== text) return undefined;
  return { title: `Use \`${to}\``, kind: 'suggestion', edits: [{ ...span, text: to }] };
}

function shown(text: string, { start, end }: Problem['span']): string {
  const source = text.slice(start, end).replace(/\\?\s+/g, ' ');
  return source.length > 80 ? `${source.slice(0, 79)}…` : source;
}
