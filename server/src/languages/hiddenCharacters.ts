import type { Span } from '../engine/span.ts';

export type HiddenKind = 'tag' | 'bidi' | 'variation' | 'zero-width';

/** A run of characters that a reader does not see and a model or compiler does. */
export interface HiddenRun extends Span {
  readonly kind: HiddenKind;
  /** `U+200B U+200B …`, at most eight of them. */
  readonly codes: string;
  /** What tag characters spell: text smuggled past the reader. */
  readonly decoded?: string;
}

// Unicode 16: Cf and other default-ignorable characters used for smuggling. One class, so the search is linear.
const SUSPECT =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E01EF}]+/gu;

const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const TAG = /[\u{E0000}-\u{E007F}]/u;
const VARIATION = /[\u180B-\u180D\u180F\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u;
const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFE]/gu;
// Scripts in which ZWJ and ZWNJ are spelling.
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}]/u;
// Function application, invisible times, separator and plus: formulas that are copied from a page hold them.
const FORMULA = /^[\u2061-\u2064]$/u;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20E3\uFE0F0-9#*]/u;

/**
 * Hidden characters of a text, in order, without those that spell something: joined emoji, flags, keycaps, presentation
 * selectors, joiners of scripts that need them, direction marks in right-to-left text, a byte order mark at the start.
 */
export function findHiddenCharacters(text: string): HiddenRun[] {
  const runs: HiddenRun[] = [];
  let rightToLeft: boolean | undefined;
  for (const match of text.matchAll(SUSPECT)) {
    const run = match[0];
    const start = match.index;
    const end = start + run.length;
    const before = charBefore(text, start);
    const after = charAt(text, end);
    if (run === '\uFEFF' && start === 0) continue;
    const kind = kindOf(run);
    if (kind === 'variation' && [...run].length === 1 && !/[\u{E0100}-\u{E01EF}]/u.test(run) && PICTURE.test(before))
      continue;
    if (kind === 'variation' && /^\uFE0F?\u200D$/u.test(run) && PICTURE.test(before) && PICTURE.test(after)) continue;
    if (kind === 'variation' && run === '\uFE0E' && before !== '') continue;
    if (kind === 'zero-width' && run === '\u200D' && PICTURE.test(before) && PICTURE.test(after)) continue;
    if (kind === 'zero-width' && FORMULA.test(run) && /[\p{L}\p{N})]/u.test(before) && /[\p{L}\p{N}(]/u.test(after))
      continue;
    if (kind === 'zero-width' && /^[\u200C\u200D]$/u.test(run) && JOINING.test(before)) continue;
    if (
      kind === 'tag' &&
      before === '\u{1F3F4}' &&
      /^[\u{E0061}-\u{E007A}\u{E0030}-\u{E0039}]{2,6}\u{E007F}$/u.test(run)
    )
      continue;
    if (kind === 'bidi') {
      rightToLeft ??= (text.match(RTL)?.length ?? 0) * 4 > text.length;
      if (rightToLeft) continue;
    }
    runs.push({ start, end, kind, codes: codesOf(run), ...(kind === 'tag' && { decoded: decodeTags(run) }) });
  }
  return runs;
}

function kindOf(run: string): HiddenKind {
  if (TAG.test(run)) return 'tag';
  if (BIDI.test(run)) return 'bidi';
  return VARIATION.test(run) ? 'variation' : 'zero-width';
}

function codesOf(run: string): string {
  const codes = [...run].map((char) => `U+${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`);
  return codes.length > 8 ? `${codes.slice(0, 8).join(' ')} … (${codes.length})` : codes.join(' ');
}

/** Tag characters are ASCII moved up by 0xE0000. */
function decodeTags(run: string): string {
  return [...run]
    .map((char) => (char.codePointAt(0) ?? 0) - 0xe0000)
    .map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ''))
    .join('');
}

function charAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function charBefore(text: string, index: number): string {
  const low = text.charCodeAt(index - 1);
  return index > 0 ? charAt(text, low >= 0xdc00 && low <= 0xdfff ? index - 2 : index - 1) : '';
}
