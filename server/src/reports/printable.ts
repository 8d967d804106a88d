/**
 * Control and invisible characters, line breaks included. A report quotes file names and text from files that may be
 * hostile: left as they are, they could move the cursor, recolour the terminal or reorder what is read.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text on one line, with every control and invisible character written as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(HIDDEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);
}

/** "1 file", "2 files". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
