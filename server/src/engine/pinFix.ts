import type { HubKind } from '../languages/hubPins.ts';
import type { Fix } from './finding.ts';
import type { SourceFile } from './sourceFile.ts';
import type { Edit } from './span.ts';

/** What is loaded without a fixed commit. */
interface Unpinned {
  readonly kind: HubKind;
  readonly id: string;
  /** Branch or tag that the code names. */
  readonly revision?: string | undefined;
  /** Folder it is downloaded into, as the code writes it. */
  readonly into?: string | undefined;
}

/**
 * Pins to the commit that the workspace uses, where it names one; a folder that was downloaded into knows best.
 *
 * @param edits from a commit; undefined where the text cannot be changed.
 */
export function pinFix(
  { pins, path }: Pick<SourceFile, 'pins' | 'path'>,
  { kind, id, revision, into }: Unpinned,
  edits: (commit: string) => readonly Edit[] | undefined,
): Fix[] {
  if (!pins) return [];
  const known = (into !== undefined && downloaded(pins, path, into)) || pins.of(kind, id, revision);
  const change = known && edits(known.commit);
  if (!known || !change || change.length === 0) return [];
  const title = `Pin to ${known.commit.slice(0, 7)}, as in ${known.path}`;
  return [{ title, kind: 'suggestion', edits: change }];
}

/** A relative folder is meant from where the program is started: from the workspace folder, or from the program's own. */
function downloaded(pins: NonNullable<SourceFile['pins']>, path: string, into: string) {
  const name = into.replace(/^(?:\.\/)+|\/+$/g, '');
  return pins.of('folder', name) ?? pins.of('folder', path.slice(0, path.lastIndexOf('/') + 1) + name);
}

/** One fix for several places, each of which has at most one that pins. */
export function pinAll(fixes: readonly Fix[]): Fix[] {
  const [first, other] = fixes;
  if (!first) return [];
  if (!other) return [first];
  const title = `Pin ${fixes.length} to the commits that the workspace names`;
  return [{ title, kind: 'suggestion', edits: fixes.flatMap(({ edits }) => edits) }];
}
