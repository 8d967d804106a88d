import {
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  MarkupKind,
  type Range,
} from 'vscode-languageserver';
import { askedFields } from '../engine/askedFields.ts';
import { type Config, PROFILES } from '../engine/config.ts';
import { SEVERITIES } from '../engine/finding.ts';
import { KINDS } from '../engine/kind.ts';
import type { Rule } from '../engine/rule.ts';
import type { SourceFile } from '../engine/sourceFile.ts';
import type { Span } from '../engine/span.ts';
import { yamlCursor } from '../languages/yamlCursor.ts';
import { type SectionOffer, sectionOffers } from './cardSections.ts';
import type { Checked, Checker } from './checker.ts';
import type { Documents } from './documents.ts';
import { evidenceCompletions } from './evidence.ts';
import type { Folders } from './folders.ts';
import { isVsCodePrompt, keyCompletions } from './keyCompletion.ts';
import { keyedOf } from './keyed.ts';

/**
 * Keys and values of cards, prompt files, the evidence register and `.guidelint.yaml` (rule ids and names, severities,
 * kinds), and the sections that a card still lacks.
 */
export function offerCompletion(
  connection: Connection,
  documents: Documents,
  folders: Folders,
  checker: Checker,
  rules: readonly Rule[],
  explainedBySchema: (path: string, languageId: string) => boolean,
): void {
  connection.onCompletion(async ({ textDocument: { uri }, position }, token) => {
    const checked = await checker.check(uri);
    const document = documents.texts.get(uri);
    if (!checked || !document || token.isCancellationRequested) return [];
    const { file } = checked;
    const offset = document.offsetAt(position);
    const range = ({ start, end }: Span) => ({ start: document.positionAt(start), end: document.positionAt(end) });
    if (file.kind === 'evidence') return evidenceCompletions(file, offset, range);
    if (explainedBySchema(file.path, document.languageId)) return [];
    const items = completionsAt(file, offset, rules, range, document.languageId);
    if (items.length > 0) return items;
    const config = await folders.configOf(uri);
    return sectionsAt(checked, offset, rules, config).map(
      ({ label, text, span, ask }, index): CompletionItem => ({
        label,
        kind: CompletionItemKind.Reference,
        detail: ask,
        sortText: String(index).padStart(3, '0'),
        filterText: `${document.getText(range(span)).trim()} ${label}`.trim(),
        textEdit: { range: range(span), newText: text },
      }),
    );
  });
}

function sectionsAt(
  { file }: Checked,
  offset: number,
  rules: readonly Rule[],
  config: Config,
): readonly SectionOffer[] {
  if ((file.kind !== 'model-card' && file.kind !== 'data-card') || file.card.places) return [];
  return sectionOffers(file.card, offset, () => askedFields(file, rules, config));
}

/**
 * What fits at an offset; nothing where we do not know better than the editor.
 *
 * @param languageId of the document: in the languages VS Code has for prompts it completes most keys by itself.
 */
export function completionsAt(
  file: SourceFile,
  offset: number,
  rules: readonly Rule[],
  range: (span: Span) => Range,
  languageId = '',
): CompletionItem[] {
  if (file.kind === 'config') return configCompletions(file.text, offset, rules);
  const keyed = keyedOf(file);
  return keyed ? keyCompletions(file.text, keyed, offset, range, isVsCodePrompt(languageId)) : [];
}

function configCompletions(text: string, offset: number, rules: readonly Rule[]): CompletionItem[] {
  const { key, column, parents } = yamlCursor(text, offset);
  const values = (list: readonly string[]) => list.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
  if (key === 'rule') return values(rules.flatMap(({ meta }) => [meta.id, meta.name]));
  if (key && (parents[0] === 'rules' || key === 'severity')) return values([...SEVERITIES, 'off']);
  if (key === 'profile' && parents.length === 0) return values(PROFILES);
  if (key !== undefined && !(key === 'accept' && parents.length === 0)) return [];
  const keys = (list: readonly string[]) =>
    list.map((label) => ({ label, kind: CompletionItemKind.Property, insertText: `${label}: ` }));
  if (parents[0] === 'kinds') return keys(KINDS);
  if (parents[0] === 'accept' || key === 'accept') return keys(['rule', 'files', 'reason', 'until']);
  if (parents[0] === 'rules') {
    return rules.flatMap(({ meta }) =>
      [meta.name, meta.id].map((label) => ({
        label,
        kind: CompletionItemKind.Property,
        detail: meta.title,
        documentation: { kind: MarkupKind.Markdown, value: meta.why },
        insertText: `${label}: `,
      })),
    );
  }
  return column === 0 ? keys(['profile', 'rules', 'exclude', 'kinds', 'accept']) : [];
}
