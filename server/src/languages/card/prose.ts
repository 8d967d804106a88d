import type { Value } from './labelled.ts';

const ENGLISH = new Set(
  'the of and to in is for a on with this are that by as it be or from was not at which an can we these has model data'.split(
    ' ',
  ),
);
const ENOUGH_WORDS = 60;
/** In UTF-16 code units. */
const SAMPLE = 20_000;

/**
 * Whether a card is written in English, the language whose headings we know. In running English about a third of the words
 * are among the commonest thirty; in other languages next to none. A short text counts as English.
 */
export function isEnglish(text: string, values: readonly Value[]): boolean {
  let words = 0;
  let common = 0;
  let letters = 0;
  let latin = 0;
  let read = 0;
  for (const { type, span, cell } of values) {
    if (type === 'code' || cell) continue;
    const prose = text.slice(span.start, Math.min(span.end, span.start + SAMPLE - read));
    for (const [word] of prose.matchAll(/\p{L}+/gu)) {
      words++;
      letters += word.length;
      if (/^[a-z]+$/i.test(word)) latin += word.length;
      if (ENGLISH.has(word.toLowerCase())) common++;
    }
    read += prose.length;
    if (read >= SAMPLE) break;
  }
  if (letters > 40 && latin < letters * 0.6) return false;
  return words < ENOUGH_WORDS || common >= words * 0.12;
}
