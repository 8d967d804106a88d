import type { Span } from '../engine/span.ts';

/** A word that reads as Latin but has Greek or Cyrillic letters in it. */
export interface ConfusableWord extends Span {
  /** The word in the Latin letters it looks like. */
  readonly latin: string;
  /** `U+0430 U+0435 …` */
  readonly codes: string;
}

// Letters whose shape is that of a Latin one in common fonts. Source: Unicode's confusables table (UTS 39).
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  [
    ['аеорсухіјѕԁһԛԝ', 'aeopcyxijsdhqw'],
    ['АВЕІЈКМНОРСТУХЅ', 'ABEIJKMHOPCTYXS'],
    ['ον', 'ov'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
  ].flatMap(([from = '', to = '']) => [...from].map((letter, index) => [letter, to[index] as string] as const)),
);
const FOREIGN = /[\u0370-\u03FF\u0400-\u052F]/g;
/** A Latin letter beside one of the others: only there can a word be mixed. */
const MIXED = /[A-Za-z][\u0370-\u03FF\u0400-\u052F]|[\u0370-\u03FF\u0400-\u052F][A-Za-z]/g;
const LETTER = /[\p{L}\p{M}]/u;
/** Longer is no word. */
const LONGEST = 60;

/** Words of three letters and more that hide foreign letters. None in texts written mostly in Greek or Cyrillic. */
export function findConfusableWords(text: string): ConfusableWord[] {
  const found: ConfusableWord[] = [];
  let foreign: boolean | undefined;
  for (const match of text.matchAll(MIXED)) {
    if ((found.at(-1)?.end ?? 0) > match.index) continue;
    foreign ??= (text.match(FOREIGN)?.length ?? 0) * 20 > text.length;
    if (foreign) return [];
    let start = match.index;
    let end = match.index + 2;
    while (start > 0 && end - start < LONGEST && LETTER.test(text[start - 1] as string)) start--;
    while (end < text.length && end - start < LONGEST && LETTER.test(text[end] as string)) end++;
    const word = text.slice(start, end);
    const hidden = [...word].filter((letter) => LOOKS_LIKE.has(letter));
    const latin = [...word].map((letter) => LOOKS_LIKE.get(letter) ?? letter).join('');
    // Other letters of the script in it (`Δmax`, `μs`) show that it is meant.
    if (word.length < 3 || hidden.length === 0 || !/^[A-Za-z]+$/.test(latin)) continue;
    const codes = hidden.map((letter) => `U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
    found.push({ start, end, latin, codes: [...new Set(codes)].slice(0, 8).join(' ') });
  }
  return found;
}
