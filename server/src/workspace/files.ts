/** Why a file is not checked although its name asks for it. */
export type ReadProblem = 'binary' | 'not-utf8' | 'too-large' | 'unreadable';

/** One entry of a folder. Links are told apart so that a walk neither leaves the folder nor runs in circles. */
export interface Entry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
}

/**
 * The only way to files: Node's `fs` on a desktop and in the command line, requests to the client on the web. All paths
 * are URIs. No method throws for what is wrong with a file; each says so in its answer.
 */
export interface Files {
  /** Text of a UTF-8 file (a byte order mark stays in it) of at most `maxBytes`. */
  readText(
    uri: string,
    maxBytes: number,
  ): Promise<{ readonly text: string } | { readonly problem: ReadProblem; readonly detail: string }>;
  /** Entries of a folder by name, in code unit order; `undefined` when it cannot be listed. */
  list(uri: string): Promise<readonly Entry[] | undefined>;
  /** Size in bytes and time of last change in milliseconds; `undefined` when there is no such file. */
  stat(uri: string): Promise<{ readonly size: number; readonly mtime: number } | undefined>;
  /**
   * Text of a UTF-8 file of at most `MAX_BYTES` in a commit of the repository it lies in; `undefined` where it was not
   * there or cannot be had. Absent in hosts that have no version control. Nothing of the repository is executed.
   */
  committed?(uri: string, commit: string): Promise<string | undefined>;
  /** SHA-256 of a file of any size, streamed, lower-case hex; `undefined` when it cannot be read or was cancelled. */
  sha256(uri: string, signal?: AbortSignalLike): Promise<string | undefined>;
}

/** The part of `AbortSignal` and of LSP's `CancellationToken` that long work needs. */
export interface AbortSignalLike {
  readonly aborted: boolean;
}

/** Larger files are generated or data, and are reported as not checked. In bytes. */
export const MAX_BYTES = 5 * 1024 * 1024;
