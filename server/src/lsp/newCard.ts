import type { Connection } from 'vscode-languageserver';
import { freeName, type LoadBomWriter, makeDraft, nameOf, templateOf } from '../drafts/draft.ts';
import type { Rule } from '../engine/rule.ts';
import { newDataCard, newModelCard } from '../languages/card/skeletons.ts';
import { CARD_TEMPLATES, cardFrom } from '../languages/card/templates.ts';
import type { Files } from '../workspace/files.ts';
import { normalise } from '../workspace/paths.ts';
import type { Folders } from './folders.ts';
import { signalOf, takeTurns, withProgress } from './progress.ts';
import {
  CARD_TEMPLATES_LIST,
  type CardTemplatesReply,
  NEW_CARD,
  type NewCardParams,
  type NewCardReply,
} from './protocol.ts';

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
  connection.onRequest(CARD_TEMPLATES_LIST, (): CardTemplatesReply => {
    return { templates: CARD_TEMPLATES.map(({ id, type, label, help, file }) => ({ id, type, label, help, file })) };
  });
  connection.onRequest(NEW_CARD, ({ type, template, folderUri, workDoneToken }: NewCardParams, token) =>
    withProgress(
      connection,
      workDoneToken === undefined ? {} : { workDoneToken },
      'Guidelint: drafting',
      async (progress): Promise<NewCardReply> => {
        // Without a folder there is nothing to draw on.
        if (folderUri === '' && (type === 'model' || type === 'data')) {
          const chosen = templateOf(type, template);
          const text = chosen ? cardFrom(chosen) : type === 'model' ? newModelCard() : newDataCard();
          return { fileName: nameOf(type, template).join(''), text };
        }
        const place = normalise(folderUri);
        const folder = folders.of(`${place.replace(/\/$/, '')}/_`);
        const fileName = await freeName(files, place, type, template);
        const draft = await makeDraft({
          type,
          ...(template && { template }),
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
