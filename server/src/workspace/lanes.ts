/** Hands out what one of several workers does next. */
export interface Lane<T> {
  /** At most so many; none when nothing is left for anybody. */
  take(most: number): readonly T[];
}

/**
 * Deals out a list to workers that run at speeds of their own. Each has a run of neighbours, since files that import each
 * other stand side by side, and what a worker has read for one it need not read for the next. Who has finished takes over
 * the second half of what the slowest has left.
 */
export function openLanes<T>(items: readonly T[], count: number): Lane<T>[] {
  const bound = (index: number) => Math.floor((index * items.length) / count);
  const runs = Array.from({ length: count }, (_, index) => ({ start: bound(index), end: bound(index + 1) }));
  const left = ({ start, end }: (typeof runs)[number]) => end - start;
  return runs.map((own) => ({
    take(most) {
      if (left(own) === 0) {
        const longest = runs.reduce((a, b) => (left(b) > left(a) ? b : a));
        const middle = longest.start + Math.floor(left(longest) / 2);
        [own.start, own.end, longest.end] = [middle, longest.end, middle];
      }
      const { start } = own;
      own.start = Math.min(start + most, own.end);
      return items.slice(start, own.start);
    },
  }));
}
