import type { Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type AskedOf, askedFields, countByFramework, countOf } from '../engine/askedFields.ts';
import { fixOf } from '../engine/fieldRule.ts';
import type { Rule } from '../engine/rule.ts';
import { getFramework, getItem, nameOf } from '../guidelines/catalogue.ts';
import type { Card } from '../languages/card/card.ts';
import type { Checked, Checker } from './checker.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import { CARD_FIELDS, type CardFieldsParams, type CardFieldsReply, type ListedField } from './protocol.ts';

/** Frameworks that the lens names; the list has them all. */
const NAMED = 3;

/** How far a card is filled: a lens on its first line, and the list of fields behind it. */
export function offerCardFields(
  connection: Connection,
  documents: Documents,
  folders: Folders,
  checker: Checker,
  rules: readonly Rule[],
): void {
  const askedOf = async (uri: string) => {
    const checked = await checker.check(uri);
    if (!checked || !isReadable(checked)) return undefined;
    const asked = askedFields(checked.file, rules, await folders.configOf(uri));
    return asked.length > 0 ? { card: checked.file.card, asked } : undefined;
  };

  connection.onCodeLens(async ({ textDocument: { uri } }, token) => {
    if (!(await folders.settings(uri)).cards.codeLens || token.isCancellationRequested) return [];
    const found = await askedOf(uri);
    if (!found) return [];
    const start = { line: 0, character: 0 };
    return [
      {
        range: { start, end: start },
        command: { title: lensTitle(found.asked), command: 'guidelint.showCardFields', arguments: [uri] },
      },
    ];
  });

  connection.onRequest(CARD_FIELDS, async ({ uri }: CardFieldsParams): Promise<CardFieldsReply | null> => {
    const found = await askedOf(uri);
    const document = documents.texts.get(uri);
    if (!found || !document) return null;
    const { card, asked } = found;
    return {
      version: document.version,
      title: lensTitle(asked),
      fields: asked.map((one) => listed(card, one, document)),
    };
  });
}

/** Of a card whose language we do not understand nothing can be called missing. */
function isReadable({ file: { kind, card } }: Checked): boolean {
  return (kind === 'model-card' || kind === 'data-card') && card.understood;
}

/** `14 of 21 fields filled · ETSI EN 304 223 8/10 · …`. */
export function lensTitle(asked: readonly AskedOf[]): string {
  const { filled, asked: all } = countOf(asked);
  const parts = [...countByFramework(asked)]
    .slice(0, NAMED)
    .map(([id, count]) => `${getFramework(id).shortTitle} ${count.filled}/${count.asked}`);
  return [`${filled} of ${all} documentation fields filled`, ...parts].join(' · ');
}

function listed(card: Card, { field, guidelines }: AskedOf, document: TextDocument): ListedField {
  const { spec, state, span, text } = field;
  // The repair of the finding about it, so that both do the same.
  const edits = state === 'absent' ? (fixOf(card, [spec])[0]?.edits ?? []) : [];
  return {
    title: spec.heading,
    state,
    ask: spec.ask,
    text: text.slice(0, 200),
    guidelines: guidelines.map((id) => nameOf(getItem(id))),
    ...(span && { at: document.positionAt(span.start) }),
    ...(edits.length > 0 && {
      insert: edits.map(({ start, end, text }) => ({
        start: document.positionAt(start),
        end: document.positionAt(end),
        text,
      })),
    }),
  };
}
