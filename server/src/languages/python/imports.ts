/** One module that a text imports from. */
export interface ImportedModule {
  /** As written, leading dots included: `utils.io`, `..common`, `.`. */
  readonly module: string;
  /** Name in the module and name in the importing text; empty for `import module` and for `*`. */
  readonly names: readonly (readonly [name: string, local: string])[];
  /** What `import module as local` calls it. */
  readonly local?: string;
  /** `from module import *` */
  readonly star?: true;
}

/** More imports than this are a generated file. */
const MAX_IMPORTS = 500;
/** A list of names may take many lines, but not for ever. In UTF-16 code units. */
const MAX_LIST = 20_000;

/** What may stand before `import` in its line. */
const BEFORE = /(?:^|[;:])[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+)?$/;
/** A module's name is not longer. In UTF-16 code units. */
const MAX_BEFORE = 300;
const NAME = /^\s*(\w+)(?:\s+as\s+(\w+))?\s*$/;
const MODULE = /^\s*(\w[\w.]*)(?:\s+as\s+(\w+))?\s*$/;

/**
 * The imports of a text, found line by line without parsing it, in order: quick enough to run over every file of a workspace.
 * What stands in a string and looks like an import is taken for one; nothing else depends on it than which files are looked at.
 */
export function readImports(text: string): readonly ImportedModule[] {
  const found: ImportedModule[] = [];
  for (let at = text.indexOf('import'); at !== -1; at = text.indexOf('import', at + 6)) {
    if (found.length >= MAX_IMPORTS) break;
    const before = text.charCodeAt(at - 1);
    const after = text.charCodeAt(at + 6);
    // Most are parts of other words, or of prose.
    if ((at > 0 && before > 32 && before !== 59 && before !== 58) || (after > 32 && after !== 40 && after !== 42))
      continue;
    const line = Math.max(text.lastIndexOf('\n', at) + 1, at - MAX_BEFORE);
    const match = BEFORE.exec(text.slice(line, at));
    if (!match) continue;
    const [, from] = match;
    const rest = listAt(text, at + 6);
    if (from !== undefined) {
      const names = rest.split(',').flatMap((part) => {
        const [, name, local] = NAME.exec(part) ?? [];
        return name ? [[name, local ?? name] as const] : [];
      });
      const star = rest.trim() === '*' && { star: true as const };
      if (from !== '') found.push({ module: from, names, ...star });
    } else {
      for (const part of rest.split(',')) {
        const [, module, local] = MODULE.exec(part) ?? [];
        if (module) found.push({ module, names: [], ...(local && { local }) });
      }
    }
  }
  return found;
}

/** What follows `import`, up to the end of the line or the closing parenthesis, without comments. */
function listAt(text: string, start: number): string {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  const limit = Math.min(text.length, at + MAX_LIST);
  let end = at;
  if (text[at] === '(') {
    end = text.indexOf(')', at);
    if (end === -1 || end > limit) return '';
    return text.slice(at + 1, end).replace(/#[^\n]*/g, '');
  }
  do {
    end = text.indexOf('\n', end + 1);
    if (end === -1 || end > limit) end = limit;
  } while (end < limit && /\\\r?$/.test(text.slice(Math.max(at, end - 2), end)));
  return text
    .slice(at, end)
    .replace(/[#;][^\n]*/g, '')
    .replaceAll('\\', ' ');
}
