import { parseXml, type XmlElement, XmlError } from '@rgrove/parse-xml';
import type { Span } from '../engine/span.ts';

/** An XML text with the places of its elements. */
export interface XmlReading {
  readonly root: XmlElement | undefined;
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
}

/** The parser is recursive; people nest less than thirty elements. */
const MAX_DEPTH = 200;

/**
 * Reads XML. Never throws. No entity but XML's own five and character references is resolved, and no document type is read, so
 * that a text cannot grow.
 */
export function readXml(text: string): XmlReading {
  const nothing = { start: 0, end: 0 };
  if (isDeep(text)) {
    return { root: undefined, problems: [{ span: nothing, message: `nested deeper than ${MAX_DEPTH} elements` }] };
  }
  try {
    const { root } = parseXml(text, { includeOffsets: true });
    return { root: root ?? undefined, problems: [] };
  } catch (error) {
    const start = error instanceof XmlError ? Math.min(error.pos, text.length) : 0;
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    const message = `not valid XML: ${reason.replace(/ \(line \d+, column \d+\)$/, '').replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())}`;
    return { root: undefined, problems: [{ span: { start, end: Math.min(start + 1, text.length) }, message }] };
  }
}

/** A rough count that also counts in comments: good enough to refuse what no person writes. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', open + 1)) {
    const next = text[open + 1];
    if (next === '!' || next === '?') continue;
    if (next === '/') {
      depth--;
      continue;
    }
    const close = text.indexOf('>', open);
    if (close === -1) return depth > MAX_DEPTH;
    if (text[close - 1] !== '/' && ++depth > MAX_DEPTH) return true;
  }
  return false;
}
