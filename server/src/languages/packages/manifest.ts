/** Helpers for manifests that are parsed into plain objects. */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** One-based line of the first match, 1 when there is none: TOML and JSON parsers do not tell positions. */
export function lineOf(text: string, wanted: string | RegExp): number {
  const at = typeof wanted === 'string' ? text.indexOf(wanted) : text.search(wanted);
  return at === -1 ? 1 : text.slice(0, at).split('\n').length;
}

/** One-based line of a TOML key. */
export function keyLine(text: string, key: string): number {
  return lineOf(text, new RegExp(`^[ \\t]*["']?${key.replace(/[^\w-]/g, '\\$&')}["']?[ \\t]*=`, 'm'));
}
