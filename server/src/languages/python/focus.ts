import type { ApiTable } from './apiTable.ts';
import { layOut } from './layout.ts';
import { keptLines } from './slice.ts';
import type { Suspects } from './suspects.ts';

/** What of a text has to be parsed so that rules find in it what they would find in all of it. */
export interface Focus {
  /** Parts to parse, ascending and apart from each other. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  /** Whether everything was kept that a question about this table or setting needs. */
  readonly covers: (trigger: ApiTable<unknown> | string) => boolean;
}

/** Where more than this share of a text is needed, leaving out the rest is not worth its trouble. */
const MOST = 0.8;

/**
 * Finds out without parsing which lines of a text take part in what stands at some offsets.
 *
 * @param isOpen whether the text is being written, and its whole tree is there anyway.
 * @returns undefined where all of the text has to be parsed.
 */
export function partsAround(
  text: string,
  { sure, skimmed }: Suspects,
  offsets: readonly number[],
  isOpen = false,
): Focus['ranges'] | undefined {
  if (!sure) return undefined;
  if (offsets.length === 0) return [];
  const layout = layOut(text, skimmed, isOpen);
  if (!layout) return undefined;
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
  return length > text.length * MOST ? undefined : ranges;
}
