import type { Span } from '../../engine/span.ts';

const BASE64 = /(?<![\w+/=-])[A-Za-z0-9+/]{60,100000}={0,2}(?![\w+/=])/g;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** So much of a blob shows whether it is text. */
const LOOKED_AT = 400;
const MOST = 50;

/** Base64 and hex blobs that decode to sentences. Pictures, digests, keys and programs do not. */
export function decodeInstructions(text: string): { readonly span: Span; readonly decoded: string }[] {
  const found: { span: Span; decoded: string }[] = [];
  let looked = 0;
  for (const match of text.matchAll(BASE64)) {
    if (++looked > MOST) break;
    const start = match[0].slice(0, LOOKED_AT);
    const decoded = /^(?:[0-9a-fA-F]{2})+$/.test(match[0]) ? fromHex(start) : fromBase64(start);
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    if (/data:[\w/+.;=-]{1,36},$|sha\d{3}-$/.test(before) || !isSentence(decoded)) continue;
    found.push({ span: { start: match.index, end: match.index + match[0].length }, decoded });
  }
  return found;
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
