import { readCommit } from '../workspace/commit.ts';
import type { Files } from '../workspace/files.ts';
import { normalise, parent } from '../workspace/paths.ts';

/** How long a commit is taken to be the one that is checked out, in milliseconds. */
const FRESH = 1000;

interface Known {
  readonly commit: string | undefined;
  readonly text: string | undefined;
  /** When somebody last looked which commit is checked out, in milliseconds. */
  looked: number;
}

/** Texts of open documents in the commit that is checked out. */
export interface CommittedTexts {
  /**
   * What is known now. Git is asked behind, once per document and commit, and `onNews` is called when its answer makes a
   * difference, so that typing never waits for it.
   */
  of(uri: string): string | undefined;
  /** Another commit may be checked out. */
  expire(): void;
  forget(uri: string): void;
}

export function openCommittedTexts(files: Files, onNews: () => void): CommittedTexts {
  const known = new Map<string, Known>();
  const pending = new Set<string>();

  async function look(uri: string): Promise<void> {
    pending.add(uri);
    try {
      const file = normalise(uri);
      const before = known.get(uri);
      const commit = await readCommit(files, parent(file));
      if (before && before.commit === commit) {
        before.looked = Date.now();
        return;
      }
      const text = commit && (await files.committed?.(file, commit));
      known.set(uri, { commit, text, looked: Date.now() });
      if (text !== before?.text) onNews();
    } finally {
      pending.delete(uri);
    }
  }

  return {
    of(uri) {
      if (!files.committed || !uri.startsWith('file:')) return undefined;
      const now = known.get(uri);
      if (!pending.has(uri) && !(now && Date.now() - now.looked < FRESH)) void look(uri);
      return now?.text;
    },
    expire() {
      for (const each of known.values()) each.looked = 0;
    },
    forget(uri) {
      known.delete(uri);
    },
  };
}
