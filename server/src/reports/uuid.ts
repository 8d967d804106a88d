import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Our own name space for `uuidOf`; drawn once at random. */
const NAMESPACE = '7d1f9a52c0e84b3b9a6e5b0f2f6c41d8';

/** UUID of version 5 (RFC 9562, 5.5): the same name always has the same one, so that equal reports are equal bytes. */
export function uuidOf(...name: readonly string[]): string {
  const bytes = sha1(new Uint8Array([...hexToBytes(NAMESPACE), ...utf8ToBytes(JSON.stringify(name))])).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
