import { distance, closest as nearest } from 'fastest-levenshtein';

/** The known word that was probably meant, or undefined when none is near: at most a third of its letters differ. */
export function closest(written: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || written.length > 100) return undefined;
  const lower = written.toLowerCase();
  const exact = known.find((word) => word.toLowerCase() === lower);
  if (exact) return exact;
  const guess = nearest(written, known as string[]);
  return distance(lower, guess.toLowerCase()) <= Math.max(1, Math.floor(guess.length / 3)) ? guess : undefined;
}
