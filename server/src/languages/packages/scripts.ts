import type { Requirement } from './requirement.ts';
import { readRequirement } from './requirements.ts';

const INSTALL = /\b(?:pip3?|python3? -m pip|uv pip)[ \t]+install[ \t]+([^\n]*)/g;
/** Options of pip that take a value as the next word. */
const TAKES_VALUE =
  /^(?:-r|-c|-e|-i|-f|-t|--(?:requirement|constraint|editable|index-url|extra-index-url|find-links|target|python|platform))$/;
const MAX_INSTALLS = 200;

/**
 * Packages that a Dockerfile or a CI script installs with a version: `RUN pip install torch==2.4.0`. What is installed without
 * one says nothing.
 */
export function readPipInstalls(text: string): Requirement[] {
  const found: Requirement[] = [];
  // A continued line counts as one; the line break stays countable.
  const joined = text.replace(/\\(\r?\n)/g, (_, end: string) => ' '.repeat(1 + end.length));
  let count = 0;
  for (const match of joined.matchAll(INSTALL)) {
    if (++count > MAX_INSTALLS) break;
    if (/^\s*#/.test(joined.slice(joined.lastIndexOf('\n', match.index) + 1, match.index))) continue;
    const [, list = ''] = match;
    const begin = match.index + match[0].length - list.length;
    let skip = false;
    for (const word of list.matchAll(/"[^"]*"|'[^']*'|[^\s"']+/g)) {
      const [written] = word;
      if (/^(?:&&?|\|\|?|;|#)/.test(written)) break;
      const isValue = skip;
      skip = TAKES_VALUE.test(written);
      if (isValue || written.startsWith('-')) continue;
      const requirement = readRequirement(written.replace(/^["']|["'];?$|;$/g, ''));
      if (!requirement || requirement.specifier === '') continue;
      found.push({ ...requirement, line: lineAt(text, begin + word.index) });
      if (written.endsWith(';')) break;
    }
  }
  return found;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
