/**
 * Names that a logical line may bind, told by its characters alone: perhaps more than it does bind, never fewer. Those of
 * attributes are dotted, from the name they begin with: `self.model`.
 */
export function boundBy(written: string): string[] {
  const line = withoutStrings(written);
  const found: string[] = [];
  const name = DEFINITION.exec(line)?.[1];
  if (name) found.push(name);
  if (WHOLE.test(line)) {
    each(line, found);
    return found;
  }
  const [, added, annotated] = ADDED_OR_ANNOTATED.exec(line) ?? [];
  if (added ?? annotated) each(added ?? annotated ?? '', found);
  for (const target of targetsOf(line)) each(target, found);
  return found;
}

const STRING =
  /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|#[^\n]*/g;

/** A line whose strings are empty and whose comments are gone. */
export function withoutStrings(line: string): string {
  return /["'#]/.test(line) ? line.replace(STRING, (token) => (token[0] === '#' ? '' : '""')) : line;
}

/** Lines of which every word may be bound: imports, headers that bind, several statements in one. */
const WHOLE = /^\s*(?:async\s|for\s|with\b|except\b|case\s|del\s|global\s|nonlocal\s)|\bimport\s|;|:=/;
const DEFINITION = /^\s*(?:async\s+)?(?:def|class)\s+([A-Za-z_]\w*)/;
/** A method that adds to what `x.y` holds, or `x: type`. */
const ADDED_OR_ANNOTATED =
  /^\s*([A-Za-z_][\w.]*)\.(?:append|appendleft|extend|insert|add|update|write|setdefault|put)\s*\(|^\s*([A-Za-z_][\w.]*)\s*:/;
const CHAIN = /(?<![\w.])[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*/g;
const KEYWORDS = new Set(
  'and as async await def del elif else except for from if import in is lambda not or return try while with yield'.split(
    ' ',
  ),
);

/** What stands to the left of each `=` that no bracket surrounds, comparisons left out. */
function targetsOf(line: string): string[] {
  const targets: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = line.includes('=') ? 0 : line.length; at < line.length; at++) {
    switch (line.charCodeAt(at)) {
      case 40: // (
      case 91: // [
      case 123: // {
        depth++;
        break;
      case 41: // )
      case 93: // ]
      case 125: // }
        depth--;
        break;
      case 61: // =
        if (line.charCodeAt(at + 1) === 61) at++;
        else if (depth === 0 && !isComparison(line, at)) {
          targets.push(line.slice(start, at));
          start = at + 1;
        }
        break;
      default:
    }
  }
  return targets;
}

/** `!=`, `<=`, `>=`, but not `<<=` and `>>=`. */
function isComparison(line: string, equals: number): boolean {
  const before = line[equals - 1];
  return before === '!' || ((before === '<' || before === '>') && line[equals - 2] !== before);
}

function each(words: string, found: string[]): void {
  for (const [chain] of words.matchAll(CHAIN)) {
    if (!KEYWORDS.has(chain)) found.push(/\s/.test(chain) ? chain.replace(/\s+/g, '') : chain);
  }
}
