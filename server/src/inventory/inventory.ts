import type { SourceFile } from '../engine/sourceFile.ts';

/** A file of the workspace that holds a model or data, known by its name; its content is not parsed. */
export interface Artefact {
  /** Relative to the workspace folder, forward slashes. */
  readonly path: string;
  readonly uri: string;
  /** In bytes; of a file that Git LFS has not fetched the size that its pointer states. */
  readonly size: number;
  /**
   * Lower-case hex, present only where somebody stated a digest for this file and it was therefore computed; of a file
   * that Git LFS has not fetched what its pointer states.
   */
  readonly sha256?: string;
}

/** The workspace folder as one AI system: what was found in it, and how the parts refer to each other. */
export interface Inventory {
  /** Files with a kind other than `other`, by relative path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly artefacts: ReadonlyMap<string, Artefact>;
  /** Files without a kind that state something about a model or its data: licences, AI-BOMs, adapter configurations. */
  readonly neighbours: ReadonlyMap<string, SourceFile>;
  /** All of the workspace folder was looked at, so that what is not here is not there. */
  readonly whole: boolean;
}
