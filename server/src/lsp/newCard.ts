import type { Connection } from 'vscode-languageserver';
import { DRAFT_NAMES, freeName, type LoadBomWriter, makeDraft } from '../drafts/draft.ts';
import type { Rule } from '../engine/rule.ts';
import { newDataCard, newModelCard } from '../languages/card/skeletons.ts';
import type { Files } from '../workspace/files.ts';
import { normalise } from '../workspace/paths.ts';
import type { Folders } from './folders.ts';
import { signalOf, takeTurns, withProgress } from './progress.ts';
import { NEW_CARD, type NewCardParams, type NewCardReply } from './protocol.ts';

/** The draft of a new card and a file name that is free; the client opens it unsaved. */
export function offerNewCard(options: {
  readonly connection: Connection;
  readonly files: Files;
  readonly folders: Folders;
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly today: () => string;
  readonly openText: (uri: string) => string | undefined;
  readonly loadBomWriter: LoadBomWriter;
}): void {
  const { connection, files, folders, version } = options;
  connection.onRequest(NEW_CARD, ({ type, folderUri, workDoneToken }: NewCardParams, token) =>
    withProgress(
      connection,
      workDoneToken === undefined ? {} : { workDoneToken },
      'Guidelint: drafting',
      async (progress): Promise<NewCardReply> => {
        // Without a folder there is nothing to draw on.
        if (folderUri === '' && (type === 'model' || type === 'data')) {
          return { fileName: DRAFT_NAMES[type].join(''), text: type === 'model' ? newModelCard() : newDataCard() };
        }
        const place = normalise(folderUri);
        const folder = folders.of(`${place.replace(/\/$/, '')}/_`);
        const fileName = await freeName(files, place, type);
        const draft = await makeDraft({
          type,
          files,
          folder,
          folderUri: place,
          project: folders.project(folder),
          today: options.today(),
          openText: options.openText,
          pause: takeTurns(),
          loadBomWriter: options.loadBomWriter,
          bom: { version },
          rules: options.rules,
          signal: signalOf(token),
          onProgress: (done, total, path) => progress?.report(total ? Math.round((done / total) * 100) : 0, path),
        });
        return draft ? { fileName, text: draft.text } : { fileName };
      },
    ),
  );
}
