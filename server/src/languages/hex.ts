/**
 * Whether a text holds so many hex digits in a row. Only every so manyth character has to be looked at, since a row of that
 * length cannot stand between two of them; a pattern would start at each.
 *
 * @param length at least 1, in UTF-16 code units.
 */
export function hasHexRow(text: string, length: number): boolean {
  for (let at = length - 1; at < text.length; at += length) {
    if (!isHexDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && at - start < length && isHexDigit(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end < text.length && end - start < length && isHexDigit(text.charCodeAt(end))) end++;
    if (end - start >= length) return true;
  }
  return false;
}

function isHexDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}
