import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Problem } from './rule.ts';
import { lineAt } from './span.ts';

/** Longer lines (minified JSON, say) take part with their first part only. In UTF-16 code units. */
const MAX_LINE = 400;

/**
 * Names findings by what they are about, not where: rule, message, its values, and the text of the line, so that an edit
 * elsewhere in the file keeps the name. Equal findings on equal lines are told apart by counting them.
 */
export function fingerprinter(text: string): (ruleId: string, problem: Problem) => string {
  const seen = new Map<string, number>();
  return (ruleId, problem) => {
    const line = lineAt(text, problem.span.start);
    const context = text.slice(line.start, Math.min(line.end, line.start + MAX_LINE)).trim();
    const data = Object.entries(problem.data ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([ruleId, problem.message, data, context]);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return bytesToHex(sha256(utf8ToBytes(`${key}#${occurrence}`))).slice(0, 32);
  };
}
