import {
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import {
  CARD_FIELDS,
  type CardFieldsParams,
  type CardFieldsReply,
  type ListedField,
} from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

interface FieldItem extends QuickPickItem {
  readonly field?: ListedField;
}

/**
 * Lists the fields that a card is asked for; choosing one goes there, or inserts its section to fill in.
 *
 * @param uri of an open card; the document in front where it is missing.
 */
export async function showCardFields(server: Server, uri?: unknown): Promise<void> {
  const front = window.activeTextEditor?.document.uri.toString();
  const target = typeof uri === 'string' ? uri : front;
  const client = await server.running();
  const params: CardFieldsParams = { uri: target ?? '' };
  const reply = target ? await client.sendRequest<CardFieldsReply | null>(CARD_FIELDS, params) : null;
  if (!target || !reply) {
    await window.showInformationMessage(l10n.t('Open a model card or data card first: this lists its fields.'));
    return;
  }
  const chosen = await window.showQuickPick(itemsOf(reply.fields), {
    title: reply.title,
    placeHolder: l10n.t('Choose a field to go to it, or to add its section'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.field) await goTo(target, reply.version, chosen.field);
}

function itemsOf(fields: readonly ListedField[]): FieldItem[] {
  const group = (label: string, icon: string, states: readonly ListedField['state'][]): FieldItem[] => {
    const some = fields.filter(({ state }) => states.includes(state));
    if (some.length === 0) return [];
    return [
      { label: `${label} (${some.length})`, kind: QuickPickItemKind.Separator },
      ...some.map((field) => ({
        label: `$(${icon}) ${field.title}`,
        description: field.text || field.ask,
        detail: field.guidelines.join(' · '),
        field,
      })),
    ];
  };
  return [
    ...group(l10n.t('Missing'), 'circle-large-outline', ['absent']),
    ...group(l10n.t('To fill in'), 'edit', ['placeholder']),
    ...group(l10n.t('Filled'), 'pass', ['filled', 'not-applicable']),
  ];
}

async function goTo(uri: string, version: number, { at, insert, title, ask }: ListedField): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const editor = await window.showTextDocument(document);
  let place = at && new Range(at.line, at.character, at.line, at.character);
  if (insert) {
    if (document.version !== version) throw new Error(l10n.t('the card has changed since; open the list again'));
    const edit = new WorkspaceEdit();
    for (const { start, end, text } of insert) {
      edit.replace(document.uri, new Range(start.line, start.character, end.line, end.character), text);
    }
    await workspace.applyEdit(edit);
    // Selected, so that typing answers it.
    const mark = `[TODO: ${ask}]`;
    const from = document.getText().indexOf(mark);
    if (from !== -1) place = new Range(document.positionAt(from), document.positionAt(from + mark.length));
  }
  if (!place) throw new Error(l10n.t('"{0}" has no place in this format, or it has to be written by hand', title));
  editor.selection = new Selection(place.start, place.end);
  editor.revealRange(place, TextEditorRevealType.InCenterIfOutsideViewport);
}
