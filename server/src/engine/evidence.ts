import type { PackageVersion } from '../languages/packages/packages.ts';
import type { ArgumentState, Value } from '../languages/python/program.ts';
import type { SourceFile } from './sourceFile.ts';
import { lineNumberAt } from './span.ts';

/** Longer code is cut in sentences. In UTF-16 code units. */
const MAX_CODE = 80;

/** An argument as it arrives at the API, for messages: `weights_only=False`, whichever name a wrapper has for it. */
export function argumentText(
  { text }: SourceFile,
  parameter: string,
  given: ArgumentState & { readonly state: 'given' },
): string {
  const isNamed = given.through === 'wrapper' || given.setIn;
  return shortened(isNamed ? `${parameter}=${given.text}` : text.slice(given.span.start, given.span.end));
}

/** Where a constant is set that the call only names, and whether the environment can set another, as evidence. */
export function valueNote(file: SourceFile, value: Value): readonly string[] {
  const place = valuePlace(file, value);
  const isDefault = value.known && value.byDefault;
  return isDefault ? [...place, 'That is the default: the environment can set another value.'] : place;
}

function valuePlace({ text }: SourceFile, value: Value): readonly string[] {
  if (!value.known) return [];
  const { setAt, setIn } = value;
  if (setIn) {
    return [
      `The value is set to \`${String(value.value)}\` in line ${setIn.line}${setIn.path ? ` of ${setIn.path}` : ''}.`,
    ];
  }
  if (!setAt) return [];
  const line = lineNumberAt(text, setAt.start);
  return [`The value is set in line ${line}: \`${shortened(text.slice(setAt.start, setAt.end))}\`.`];
}

/** One sentence about the version of a library and the file that says so. */
export function versionNote(library: string, found: PackageVersion | undefined): string {
  if (!found) return `No manifest or lock file beside the code says which ${library} is used.`;
  const { specifier, source } = found;
  return `${source.path}, line ${source.line}, allows ${library}${specifier ? ` ${specifier}` : ' in any version'}.`;
}

function shortened(source: string): string {
  const line = source.replace(/\s+/g, ' ');
  return line.length > MAX_CODE ? `${line.slice(0, MAX_CODE - 1)}…` : line;
}
