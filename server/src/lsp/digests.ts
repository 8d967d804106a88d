import type { CancellationToken, Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import { digestEdits } from '../drafts/insertDigests.ts';
import type { Edit } from '../engine/span.ts';
import { documentType } from '../inventory/statements.ts';
import { filesBeside } from '../workspace/besideFiles.ts';
import type { Files } from '../workspace/files.ts';
import { normalise } from '../workspace/paths.ts';
import type { Checked, Checker } from './checker.ts';
import type { Folders } from './folders.ts';
import { signalOf, withProgress } from './progress.ts';
import { DIGESTS, type DigestsParams, type DigestsReply } from './protocol.ts';

/** Digests of the files beside a document, for its author to state. */
export interface DigestOffer {
  /** Whether there is something to compute: cheap. */
  hasFiles(checked: Checked): Promise<boolean>;
  /** The edits that state all digests, computed with progress in the client's own place for it. */
  edits(checked: Checked, token: CancellationToken): Promise<readonly Edit[]>;
}

/** Reads gigabytes where it has to, streamed, with progress, until it is cancelled. */
export function offerDigests(options: {
  readonly connection: Connection;
  readonly checker: Checker;
  readonly folders: Folders;
  readonly files: Files;
}): DigestOffer {
  const { connection, checker, folders, files } = options;

  function listed({ uri, file }: Checked, token?: CancellationToken): Promise<Map<string, string>> {
    const folder = folders.of(normalise(uri));
    const what = file.kind === 'data-card' || documentType(file) === 'croissant' ? 'data' : 'weights';
    const { exclusions } = folders.project(folder);
    return filesBeside({ files, exclusions, ...(token && { signal: signalOf(token) }) }, folder, uri, what);
  }

  async function compute(
    checked: Checked,
    progress: Pick<WorkDoneProgressReporter, 'report'> | undefined,
    ...tokens: readonly CancellationToken[]
  ): Promise<{ readonly files: number; readonly edits: readonly Edit[] } | undefined> {
    const signal = signalOf(...tokens);
    const found = await listed(checked, tokens[0]);
    const digests = new Map<string, string>();
    let done = 0;
    for (const [path, uri] of found) {
      progress?.report(Math.round((done++ / found.size) * 100), path);
      const sha256 = await files.sha256(uri, signal);
      if (signal.aborted) return undefined;
      if (sha256) digests.set(path, sha256);
    }
    return { files: digests.size, edits: digestEdits(checked.file, digests) };
  }

  connection.onRequest(DIGESTS, ({ uri, workDoneToken }: DigestsParams, token) =>
    withProgress(
      connection,
      workDoneToken === undefined ? {} : { workDoneToken },
      'Guidelint: computing digests',
      async (progress): Promise<DigestsReply> => {
        const checked = await checker.check(uri);
        const result = checked && documentType(checked.file) ? await compute(checked, progress, token) : undefined;
        if (!checked || !result) return { files: 0, edits: [] };
        const edits = result.edits.flatMap(({ start, end, text }) => {
          const place = checked.placeOf({ start, end });
          if (!place) return [];
          return [{ start: place.document.positionAt(start), end: place.document.positionAt(end), text }];
        });
        const version = checked.placeOf({ start: 0, end: 0 })?.document.version;
        return { files: result.files, ...(version !== undefined && { version }), edits };
      },
    ),
  );

  return {
    async hasFiles(checked) {
      const type = documentType(checked.file);
      return (type === 'card' || type === 'bom' || type === 'croissant') && (await listed(checked)).size > 0;
    },
    async edits(checked, token) {
      // The client shows nothing of its own while an action is being worked out.
      const progress = await connection.window.createWorkDoneProgress();
      progress.begin('Guidelint: computing digests', 0, undefined, true);
      try {
        return (await compute(checked, progress, token, progress.token))?.edits ?? [];
      } finally {
        progress.done();
      }
    },
  };
}
