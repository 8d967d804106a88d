import type { Connection } from 'vscode-languageserver';
import { newDataCard, newModelCard } from '../languages/card/skeletons.ts';
import type { Files } from '../workspace/files.ts';
import { NEW_CARD, type NewCardParams, type NewCardReply } from './protocol.ts';

/** The skeleton of a new card and a file name that is free; the client opens it unsaved. */
export function offerNewCard(connection: Connection, files: Files): void {
  connection.onRequest(NEW_CARD, async ({ type, folderUri }: NewCardParams): Promise<NewCardReply> => {
    const stem = type === 'model' ? 'MODEL_CARD' : 'DATA_CARD';
    const taken = new Set(((await files.list(folderUri)) ?? []).map(({ name }) => name.toLowerCase()));
    let fileName = `${stem}.md`;
    for (let number = 2; taken.has(fileName.toLowerCase()); number++) fileName = `${stem}_${number}.md`;
    return { fileName, text: type === 'model' ? newModelCard() : newDataCard() };
  });
}
