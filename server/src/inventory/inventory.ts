import type { SourceFile } from '../engine/sourceFile.ts';

/** A file of the workspace that holds a model or data, known by its name; its content is not parsed. */
export interface Artefact {
  /** Relative to the workspace folder, forward slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Lower-case hex, present only where somebody stated a digest for this file and it was therefore computed. */
  readonly sha256?: string;
}

/** The workspace folder as one AI system: what was found in it, and how the parts refer to each other. */
export interface Inventory {
  /** Files with a kind other than `other`, by relative path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly artefacts: ReadonlyMap<string, Artefact>;
}
