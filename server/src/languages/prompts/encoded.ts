import type { Span } from '../../engine/span.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Shorter blobs hold no order that matters. */
const SHORTEST = 60;
/** So much of a blob shows whether it is text. */
const LOOKED_AT = 400;
const MOST = 50;

/** Base64 and hex blobs that decode to sentences. Pictures, digests, keys and programs do not. */
export function decodeInstructions(text: string): { readonly span: Span; readonly decoded: string }[] {
  const found: { span: Span; decoded: string }[] = [];
  for (const span of blobs(text)) {
    const start = text.slice(span.start, Math.min(span.end, span.start + LOOKED_AT));
    const decoded = /^(?:[0-9a-fA-F]{2})+$/.test(start) ? fromHex(start) : fromBase64(start);
    const before = text.slice(Math.max(0, span.start - 40), span.start);
    if (!isSentence(decoded) || /data:[\w/+.;=-]{1,36},$|sha\d{3}-$/.test(before)) continue;
    found.push({ span, decoded });
  }
  return found;
}

/** Long runs of characters of the alphabet. A run that is long enough covers one of the places looked at. */
function* blobs(text: string): Iterable<Span> {
  let done = 0;
  let looked = 0;
  for (let index = SHORTEST - 1; index < text.length && looked < MOST; index += SHORTEST) {
    if (!isBase64(text.charCodeAt(index))) continue;
    let start = index;
    while (start > done && isBase64(text.charCodeAt(start - 1))) start--;
    while (index < text.length && isBase64(text.charCodeAt(index))) index++;
    done = index;
    if (index - start < SHORTEST) continue;
    looked++;
    yield { start, end: text.startsWith('==', index) ? index + 2 : text[index] === '=' ? index + 1 : index };
  }
}

function isBase64(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x2f && code <= 0x39) || code === 0x2b
  );
}

/** Printable throughout, with words between blanks. */
function isSentence(decoded: string): boolean {
  return /^[\x20-\x7E\r\n\t]+$/.test(decoded) && (decoded.match(/\b[A-Za-z]{2,}[ ,.]/g)?.length ?? 0) >= 6;
}

function fromBase64(written: string): string {
  let bits = 0;
  let held = 0;
  let decoded = '';
  for (const char of written.replace(/=+$/, '')) {
    held = ((held << 6) | ALPHABET.indexOf(char)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      decoded += String.fromCharCode((held >> bits) & 0xff);
    }
  }
  return decoded;
}

function fromHex(written: string): string {
  return (written.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('');
}
