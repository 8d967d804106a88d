import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** One of several parts that together are the whole; counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** @returns undefined when the text is not `i/n` with 1 ≤ i ≤ n ≤ 10,000. */
export function parseShard(text: string): Shard | undefined {
  const [, first, second] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const shard = { index: Number(first), count: Number(second) };
  return shard.index >= 1 && shard.index <= shard.count && shard.count <= 10_000 ? shard : undefined;
}

/**
 * Whether a file belongs to the shard. Decided by the path alone, so that every machine decides alike and an edit moves no
 * file.
 *
 * @param path relative to the project, forward slashes.
 */
export function inShard(path: string, { index, count }: Shard): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = sha256(utf8ToBytes(path));
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % count === index - 1;
}
