import { partsAround } from '../languages/python/focus.ts';
import type { PythonProgram } from '../languages/python/program.ts';
import type { Trigger, TriggerIndex } from '../languages/python/triggers.ts';
import type { Kind } from './kind.ts';
import type { Rule } from './rule.ts';
import type { SourceFile } from './sourceFile.ts';

/** Which rules can have findings in a Python text, and how much of it they have to see. */
export interface PythonPlan {
  readonly live: ReadonlySet<Rule>;
  /** The file read in parts, for the rules with triggers; undefined where it is read as a whole. */
  readonly parts: SourceFile | undefined;
}

/** Kinds with command lines, which a notebook has as well. */
const COMMANDS: ReadonlySet<Kind> = new Set(['script', 'container', 'workflow', 'ai-config']);

/** @param rules those that look at the file and are not switched off. */
export function planPython(file: SourceFile, rules: readonly Rule[], index: TriggerIndex): PythonPlan {
  const { python } = file;
  const live = new Set<Rule>();
  const offsets = new Set<number>();
  let whole = !python.suspects.sure;
  for (const rule of rules) {
    const { triggers, meta } = rule;
    if (!triggers) continue;
    const found = triggers.flatMap((trigger) => occurrences(file, python, trigger));
    const runsCommands = file.notebook !== undefined && meta.kinds.some((kind) => COMMANDS.has(kind));
    if (found.length === 0 && !runsCommands) continue;
    live.add(rule);
    for (const each of found) {
      if (each === 'somewhere') whole = true;
      else offsets.add(each);
    }
  }
  if (whole) return { live, parts: undefined };
  const sorted = [...offsets].sort((a, b) => a - b);
  const ranges = partsAround(python.text, python.suspects, sorted, file.isOpen);
  return { live, parts: ranges && file.inParts({ ranges, covers: index.covers }) };
}

type Place = number | 'somewhere';

const SOMEWHERE: readonly Place[] = ['somewhere'];

/** Where a text may have what a rule waits for; empty where it has not. */
function occurrences(file: SourceFile, python: PythonProgram, trigger: Trigger): readonly Place[] {
  const { suspects, text } = python;
  if (typeof trigger === 'string') {
    return text.includes(trigger) || file.notebook?.source.includes(trigger) ? SOMEWHERE : [];
  }
  if ('only' in trigger) {
    // Patterns go over the text once more: they come last.
    const isSlow = (each: Trigger): boolean => typeof each === 'object' && 'pattern' in each;
    const slow = trigger.triggers.filter(isSlow);
    const quick = trigger.triggers.filter((each) => !isSlow(each));
    const found = quick.flatMap((each) => occurrences(file, python, each));
    if (found.length + slow.length === 0) return [];
    const { source } = file.notebook ?? {};
    if (!trigger.only(python, text) && !(source !== undefined && trigger.only(python, source))) return [];
    return [...found, ...slow.flatMap((each) => occurrences(file, python, each))];
  }
  if ('pattern' in trigger) return [...text.matchAll(trigger.pattern)].map(({ index }) => index);
  if ('word' in trigger) {
    if (!suspects.sure) return text.includes(trigger.word) ? SOMEWHERE : [];
    return suspects.words(trigger.word, trigger.form);
  }
  const names = python.wrapperNames(trigger);
  if (!suspects.sure) return names.length > 0 || python.mayCall(trigger) ? SOMEWHERE : [];
  return [...python.callOffsets(trigger), ...names.flatMap((name) => wordOffsets(text, name))];
}

function wordOffsets(text: string, name: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (!isWord(text, at - 1) && !isWord(text, at + name.length)) found.push(at);
  }
  return found;
}

function isWord(text: string, at: number): boolean {
  return /\w/.test(text.charAt(at));
}
