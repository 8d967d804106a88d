import type { Config } from '../engine/config.ts';
import { type Kind, kindOf } from '../engine/kind.ts';
import { SourceFile } from '../engine/sourceFile.ts';
import { type Notebook, readNotebook } from '../languages/notebook.ts';
import type { Packages } from '../languages/packages/packages.ts';
import type { PythonTree } from '../languages/python/program.ts';

export interface OpenOptions {
  readonly uri: string;
  readonly path: string;
  /** The text of the file; of a notebook the raw JSON, unless `notebook` is given. */
  readonly text: string;
  readonly config: Config;
  readonly packages?: Packages;
  readonly today?: string;
  readonly languageId?: string;
  /** What it is, where somebody has decided it already. */
  readonly kind?: Kind;
  /** Cells as an editor holds them. */
  readonly notebook?: Notebook;
  readonly pythonTree?: PythonTree;
  /** An editor holds the document. */
  readonly isOpen?: boolean;
}

/** Makes the engine's view of a document: decides its kind and reads a notebook into one program. */
export function openFile(options: OpenOptions): SourceFile {
  const { uri, path, text, config, packages, today, pythonTree, isOpen } = options;
  const common = {
    uri,
    path,
    ...(packages && { packages }),
    ...(today && { today }),
    ...(pythonTree && { pythonTree }),
    ...(isOpen && { isOpen }),
  };
  if (options.notebook) {
    return new SourceFile({ ...common, kind: 'notebook', text: options.notebook.program, notebook: options.notebook });
  }
  const kind = options.kind ?? kindOf(path, text, config.kinds, options.languageId);
  if (kind !== 'notebook') return new SourceFile({ ...common, kind, text });
  const notebook = readNotebook(text);
  if ('error' in notebook) {
    const readProblems = [{ span: { start: 0, end: 0 }, message: notebook.error }];
    return new SourceFile({ ...common, kind, text: '', readProblems });
  }
  return new SourceFile({ ...common, kind, text: notebook.program, notebook });
}
