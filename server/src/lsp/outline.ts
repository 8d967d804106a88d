import { type Connection, type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { SourceFile } from '../engine/sourceFile.ts';
import type { Span } from '../engine/span.ts';
import { frontMatterKeys } from '../languages/card/values.ts';
import { keyAtPath } from '../languages/keys.ts';
import type { Checker } from './checker.ts';
import type { Documents } from './documents.ts';
import { stateInWords } from './fieldHover.ts';
import type { Folders } from './folders.ts';

/** A line of the outline; `span` holds `name` and what belongs to it, and those of the children. */
export interface OutlineEntry {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  /** Where a click leads to, inside `span`. */
  readonly at: Span;
  readonly children?: readonly OutlineEntry[];
}

const LONGEST = 60;

/** The outline of a card: keys of its front matter, and its documentation fields, whatever they are called there. */
export function offerOutline(connection: Connection, documents: Documents, folders: Folders, checker: Checker): void {
  connection.onDocumentSymbol(async ({ textDocument: { uri } }, token) => {
    const checked = await checker.check(uri);
    const document = documents.texts.get(uri);
    if (!checked || !document || token.isCancellationRequested) return null;
    if (!(await folders.settings(uri)).cards.outline) return null;
    const range = ({ start, end }: Span) => ({ start: document.positionAt(start), end: document.positionAt(end) });
    const symbol = ({ name, detail, kind, span, at, children }: OutlineEntry): DocumentSymbol => ({
      name,
      detail,
      kind,
      range: range(span),
      selectionRange: range(at),
      ...(children && { children: children.map(symbol) }),
    });
    return outlineOf(checked.file).map(symbol);
  });
}

/** Empty for what is no card. */
export function outlineOf(file: SourceFile): readonly OutlineEntry[] {
  if (file.kind !== 'model-card' && file.kind !== 'data-card') return [];
  return [...headOutline(file), ...fieldOutline(file)];
}

function headOutline({ kind, frontMatter }: SourceFile): OutlineEntry[] {
  if (!frontMatter.present || (kind !== 'model-card' && kind !== 'data-card')) return [];
  const { start, end } = frontMatter;
  const table = frontMatterKeys(kind);
  const children = frontMatter.keys().map(({ text: name, span: at }): OutlineEntry => {
    const entry = frontMatter.get(name);
    const items = frontMatter.items(name).map(({ text }) => text);
    return {
      name,
      detail: items.filter(Boolean).join(', ').slice(0, LONGEST),
      kind: keyAtPath(table, [name]) ? SymbolKind.Property : SymbolKind.Key,
      span: { start: at.start, end: Math.max(at.end, entry?.span.end ?? 0) },
      at,
    };
  });
  return [
    {
      name: 'Front matter',
      detail: '',
      kind: SymbolKind.Namespace,
      span: { start, end },
      at: { start, end: start + 3 },
      children,
    },
  ];
}

/**
 * Each field with the place that states it, and no more of the text: what the cursor is in, the editor's own outline of
 * headings or keys says better.
 */
function fieldOutline({ card }: SourceFile): OutlineEntry[] {
  return card
    .fields()
    .flatMap((field): OutlineEntry[] => {
      const { spec, span: at, carrier, heading, state } = field;
      if (!at || state === 'absent' || carrier === 'front-matter') return [];
      const written = heading && heading.text !== spec.heading ? heading.text : '';
      const detail = state === 'filled' ? written : stateInWords(field);
      return [{ name: spec.heading, detail, kind: SymbolKind.Field, span: at, at }];
    })
    .sort((a, b) => a.at.start - b.at.start);
}
