import { layOut } from './layout.ts';
import { skim } from './skim.ts';
import { keptLines } from './slice.ts';
import { findTriggered, type Trigger, type TriggerIndex, type Triggers } from './triggers.ts';

/** What of a text has to be parsed so that rules find in it what they would find in all of it. */
export interface Focus {
  /** Triggers of the rules that can have a finding; the others need not run. */
  readonly live: ReadonlySet<Triggers>;
  /** Parts to parse, ascending and apart from each other; undefined for all of it. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[] | undefined;
  /** Whether everything was kept that a question about this table or word needs. */
  readonly covers: (trigger: Trigger) => boolean;
}

/** Where more than this share of a text is needed, leaving out the rest is not worth its trouble. */
const MOST = 0.8;

/**
 * Finds out without parsing which rules can have findings in a text, and which lines of it take part in them.
 *
 * @param inParts false where all of the text is parsed anyway.
 */
export function focusOn(text: string, triggers: TriggerIndex, inParts = true): Focus {
  const { covers } = triggers;
  const skimmed = skim(text, triggers.wanted);
  if (!skimmed.sure) return { live: triggers.all, ranges: undefined, covers };
  const { live, offsets } = findTriggered(text, skimmed, triggers);
  if (offsets.length === 0) return { live, ranges: [], covers };
  const layout = inParts ? layOut(text, skimmed) : undefined;
  if (!layout) return { live, ranges: undefined, covers };
  const ranges: { from: number; to: number }[] = [];
  let length = 0;
  keptLines(layout, offsets).forEach((level, line) => {
    if (level === 0) return;
    const from = layout.lines[line] as number;
    const to = layout.ends[line] as number;
    const last = ranges.at(-1);
    if (last?.to === from) last.to = to;
    else ranges.push({ from, to });
    length += to - from;
  });
  return { live, ranges: length > text.length * MOST ? undefined : ranges, covers };
}
