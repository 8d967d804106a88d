import { type Notebook, readNotebook } from '../languages/notebook.ts';
import { type Files, MAX_BYTES } from '../workspace/files.ts';

/** Notebooks as they are on disk, for what editors do not send: outputs. */
export interface SavedNotebooks {
  /** Undefined when there is no such file or it cannot be read. Read again only when it has changed. */
  of(uri: string): Promise<Notebook | undefined>;
  forget(uri: string): void;
}

export function openSavedNotebooks(files: Files): SavedNotebooks {
  const known = new Map<string, { readonly mtime: number; readonly notebook: Notebook | undefined }>();
  return {
    async of(uri) {
      const stat = uri.startsWith('untitled:') ? undefined : await files.stat(uri);
      if (!stat) return undefined;
      const before = known.get(uri);
      if (before?.mtime === stat.mtime) return before.notebook;
      const read = await files.readText(uri, MAX_BYTES);
      const notebook = 'text' in read ? readNotebook(read.text) : undefined;
      const usable = notebook && !('error' in notebook) ? notebook : undefined;
      known.set(uri, { mtime: stat.mtime, notebook: usable });
      return usable;
    },
    forget(uri) {
      known.delete(uri);
    },
  };
}
