import { getLocation } from 'jsonc-parser';
import type { Span } from '../engine/span.ts';

/** Where a place in JSON stands; the text may be broken. A list takes no step. */
export interface JsonCursor {
  /** Keys from the top down to the one the place is at or in; of a place for a new key those of the object. */
  readonly path: readonly string[];
  /** The place is a key, or where one may stand. */
  readonly isKey: boolean;
  /** The key or value under the place with its quotes; empty where there is none. */
  readonly node: Span;
  /** Whether the key has its value already. */
  readonly hasValue: boolean;
}

export function jsonCursor(text: string, offset: number): JsonCursor {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const keys = path.filter((step) => typeof step === 'string');
  const inside = previousNode && previousNode.offset <= offset && offset <= previousNode.offset + previousNode.length;
  const node = inside
    ? { start: previousNode.offset, end: previousNode.offset + previousNode.length }
    : { start: offset, end: offset };
  return {
    path: isAtPropertyKey ? keys.slice(0, -1) : keys,
    isKey: isAtPropertyKey,
    node,
    hasValue: /^\s{0,100}:/.test(text.slice(node.end, node.end + 101)),
  };
}
