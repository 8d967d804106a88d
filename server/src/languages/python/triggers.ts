import type { ApiTable } from './apiTable.ts';
import type { PythonProgram } from './program.ts';
import { type Form, searchFor } from './suspects.ts';

/** A word in one of its forms, as `called`, `given` and `written` make it. */
export interface Word {
  readonly word: string;
  readonly form: Form;
}

/** Triggers that only count in texts of which something cheap is true. */
export interface Bounded {
  /** @param text that of the program, or of the notebook around it. */
  readonly only: (python: PythonProgram, text: string) => boolean;
  readonly triggers: Triggers;
}

/** Code that matches; its `g` flag is set. */
export interface Matching {
  readonly pattern: RegExp;
}

/**
 * An API table, a word or pattern whose places are found without parsing the text, or characters anywhere in the text for a
 * rule that then needs all of it.
 */
export type Trigger = ApiTable<unknown> | Word | Matching | Bounded | string;

/** What one rule waits for; tells rules apart by identity. */
export type Triggers = readonly Trigger[];

/** Settings that are given under a fixed name, as `PythonProgram.argumentsNamed` finds them, and variables of the environment. */
export function given(...names: readonly string[]): readonly Word[] {
  return words('given', names);
}

/** Functions and methods that are called under a name, whatever has them. */
export function called(...names: readonly string[]): readonly Word[] {
  return words('called', names);
}

/** Names, wherever code writes them. */
export function written(...names: readonly string[]): readonly Word[] {
  return words('written', names);
}

function words(form: Form, names: readonly string[]): readonly Word[] {
  return names.map((word) => {
    searchFor(word);
    return { word, form };
  });
}

/** Triggers that only count where a text matches: the check of the rule asks the same before it looks at anything. */
export function inTexts(test: RegExp | ((python: PythonProgram) => boolean), ...triggers: Triggers): Bounded {
  return { only: typeof test === 'function' ? test : (_, text) => test.test(text), triggers };
}

/** Places that match; the check must not look at others. */
export function matching(pattern: RegExp): Matching {
  return { pattern: new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`) };
}

/** The triggers of all rules; while none that needs all of a text occurs, it is read in parts. */
export interface TriggerIndex {
  /** Whether all places of a table or word are found. */
  readonly covers: (trigger: ApiTable<unknown> | string) => boolean;
}

export function triggerIndex(all: readonly Triggers[]): TriggerIndex {
  const known = new Set<unknown>(
    all.flatMap(flat).map((trigger) => (typeof trigger === 'object' && 'word' in trigger ? trigger.word : trigger)),
  );
  return { covers: (trigger) => known.has(trigger) };
}

function flat(triggers: Triggers): readonly (ApiTable<unknown> | Word | Matching)[] {
  return triggers.flatMap((trigger) => {
    if (typeof trigger === 'string') return [];
    return 'only' in trigger ? flat(trigger.triggers) : [trigger];
  });
}
