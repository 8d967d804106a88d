import { type ApiTable, lazily } from './apiTable.ts';
import { type Skim, type WordSet, wordSet } from './skim.ts';

/** An API table, or a word as it stands in the text: `trust_remote_code`. */
export type Trigger = ApiTable<unknown> | string;

/** What one rule waits for; tells rules apart by identity. */
export type Triggers = readonly Trigger[];

/** Why a word of a text can matter to one rule. */
interface Use {
  readonly owner: Triggers;
  /** It is a name that needs no import, so it does not stand behind a dot. */
  readonly bare: boolean;
  /** Numbers of the words one of which must also occur: the libraries that have an API of this name. */
  readonly roots: readonly number[];
}

/**
 * The triggers of the rules that only wait for calls, joined so that one pass over a text finds them. A word may stand for
 * anything in a text, so rules that wait for words are left to the whole of it.
 */
export interface TriggerIndex {
  readonly wanted: WordSet;
  readonly all: ReadonlySet<Triggers>;
  /** Whether all places of a table or word are found. */
  readonly covers: (trigger: Trigger) => boolean;
  /** By number of the word. */
  readonly uses: readonly (readonly Use[])[];
}

/** The words are joined when the first text is searched for them. */
export function triggerIndex(all: readonly Triggers[]): TriggerIndex {
  const owners = new Set(all.filter((triggers) => triggers.every((trigger) => typeof trigger !== 'string')));
  const known = new Set<Trigger>([...owners].flat());
  const words = lazily(() => joinWords(owners));
  return {
    get wanted() {
      return words().wanted;
    },
    get uses() {
      return words().uses;
    },
    all: owners,
    covers: (trigger) => known.has(trigger),
  };
}

function joinWords(owners: ReadonlySet<Triggers>): Pick<TriggerIndex, 'wanted' | 'uses'> {
  const numbers = new Map<string, number>();
  const uses: Use[][] = [];
  const numberOf = (word: string): number => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, uses.length);
    return uses.push([]) - 1;
  };
  for (const owner of owners) {
    for (const trigger of owner) {
      for (const [last, roots] of typeof trigger === 'string' ? [] : trigger.rootsByName) {
        const libraries = [...roots].filter((root) => root !== '').map(numberOf);
        uses[numberOf(last)]?.push({ owner, bare: roots.has(''), roots: libraries });
      }
    }
  }
  return { wanted: wordSet([...numbers.keys()]), uses };
}

/** Whether a text has what a rule waits for, told by searching it for each. */
export function mayOccur(text: string, triggers: Triggers): boolean {
  return triggers.some((trigger) => (typeof trigger === 'string' ? text.includes(trigger) : trigger.mayOccurIn(text)));
}

/** Where a text may call what some rule waits for. */
export interface Triggered {
  /** Triggers of the rules that can have a finding. */
  readonly live: ReadonlySet<Triggers>;
  /** Offsets of the words that made them so. */
  readonly offsets: readonly number[];
}

/** Decides which of the words that a skim has found count, given which libraries the text names at all. */
export function findTriggered(text: string, { hits }: Skim, { wanted, uses }: TriggerIndex): Triggered {
  const present = new Uint8Array(wanted.words.length);
  for (let at = 1; at < hits.length; at += 2) present[hits[at] as number] = 1;
  const live = new Set<Triggers>();
  const offsets: number[] = [];
  for (let at = 0; at < hits.length; at += 2) {
    const offset = hits[at] as number;
    const found = uses[hits[at + 1] as number] as readonly Use[];
    if (found.length === 0 || isDefinition(text, offset)) continue;
    const dotted = isDotted(text, offset);
    let counts = false;
    for (const { owner, bare, roots } of found) {
      if (!(bare && !dotted) && !roots.some((root) => present[root] === 1)) continue;
      live.add(owner);
      counts = true;
    }
    if (counts) offsets.push(offset);
  }
  return { live, offsets };
}

/** Whether the name at an offset is an attribute. */
export function isDotted(text: string, offset: number): boolean {
  let at = offset - 1;
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\\')) at--;
  return text[at] === '.';
}

/** Whether the name at an offset is that of a function or class which begins there. */
function isDefinition(text: string, offset: number): boolean {
  return text.endsWith('def ', offset) || text.endsWith('class ', offset);
}
