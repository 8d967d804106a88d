import { type Connection, type Hover, MarkupKind } from 'vscode-languageserver';
import { askedFields } from '../engine/askedFields.ts';
import type { Rule } from '../engine/rule.ts';
import type { Span } from '../engine/span.ts';
import { readDirectives } from '../engine/suppressions.ts';
import { explainFinding, guidelineLines } from '../reports/rulePage.ts';
import type { Checked, Checker } from './checker.ts';
import { toRange } from './convert.ts';
import type { Documents } from './documents.ts';
import { evidenceHover } from './evidence.ts';
import { fieldHover } from './fieldHover.ts';
import type { Folders } from './folders.ts';
import { keyedOf } from './keyed.ts';
import { keyHover } from './keyHover.ts';

/**
 * Explains what stands under the cursor: a finding, a rule id in a suppression or configuration, a key or value of a card or
 * prompt file, a section of a card.
 */
export function offerHover(
  connection: Connection,
  documents: Documents,
  folders: Folders,
  checker: Checker,
  rules: readonly Rule[],
  explainedBySchema: (path: string, languageId: string) => boolean,
): void {
  const byId = new Map(rules.flatMap((rule) => [[rule.meta.id, rule] as const, [rule.meta.name, rule] as const]));

  connection.onHover(async ({ textDocument: { uri }, position }, token) => {
    const checked = await checker.check(uri);
    const document = documents.texts.get(uri) ?? cellDocument(documents, uri);
    if (!checked || !document || token.isCancellationRequested) return null;
    const cell = checked.file.notebook ? cellOffset(checked, uri) : 0;
    const offset = document.offsetAt(position) + cell;
    const known = findingsAt(checked, offset) ?? ruleAt(checked, offset);
    if (known) return known;
    if (checked.file.kind === 'evidence') return evidenceHover(checked.file, offset);
    if ('languageId' in document && explainedBySchema(checked.file.path, document.languageId)) return null;
    const help = await helpAt(checked, offset);
    const range = help && { start: document.positionAt(help.start), end: document.positionAt(help.end) };
    return help && range ? { contents: { kind: MarkupKind.Markdown, value: help.value }, range } : null;
  });

  function findingsAt(checked: Checked, offset: number): Hover | null {
    const here = checked.findings.filter(({ span }) => span.start <= offset && offset <= span.end);
    const shown = here.filter(({ suppression }) => !suppression);
    const [first] = shown;
    const place = first && checked.placeOf(first.span);
    if (!first || !place) return null;
    const seen = new Set<string>();
    const parts = shown.flatMap((finding) => {
      const rule = byId.get(finding.ruleId);
      if (!rule || seen.has(finding.ruleId)) return [];
      seen.add(finding.ruleId);
      return explainFinding(finding, rule);
    });
    return {
      contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') },
      range: toRange(first.span, place),
    };
  }

  function ruleAt(checked: Checked, offset: number): Hover | null {
    const { file } = checked;
    const inDirective = readDirectives(file.text)
      .flatMap((directive) => directive.rules)
      .find(({ span }) => span.start <= offset && offset <= span.end);
    const word = inDirective?.text ?? (file.kind === 'config' ? wordAt(file.text, offset) : undefined);
    const rule = word ? (byId.get(word.toUpperCase()) ?? byId.get(word.toLowerCase())) : undefined;
    if (!rule) return null;
    const { meta } = rule;
    const value = [`**${meta.title}** · ${meta.id} ${meta.name}`, `**Why:** ${meta.why}`, `**How:** ${meta.how}`];
    return {
      contents: { kind: MarkupKind.Markdown, value: [...value, ...guidelineLines(meta.guidelines)].join('\n\n') },
    };
  }

  async function helpAt({ uri, file }: Checked, offset: number): Promise<(Span & { value: string }) | undefined> {
    const keyed = keyedOf(file);
    const known = keyed && keyHover(file.text, keyed, offset);
    if (known || (file.kind !== 'model-card' && file.kind !== 'data-card')) return known;
    const config = await folders.configOf(uri);
    return fieldHover(file.card, offset, () => askedFields(file, rules, config));
  }
}

function cellDocument(documents: Documents, uri: string) {
  const cell = documents.notebooks.getNotebookCell(uri);
  return cell && documents.notebooks.getCellTextDocument(cell);
}

/** Where the text of a cell begins in the program of its notebook. */
function cellOffset(checked: Checked, uri: string): number {
  const cells = checked.file.notebook?.cells ?? [];
  return cells.find(({ start }) => checked.placeOf({ start, end: start })?.uri === uri)?.start ?? 0;
}

function wordAt(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && /[\w-]/.test(text[start - 1] as string)) start--;
  let end = offset;
  while (end < text.length && /[\w-]/.test(text[end] as string)) end++;
  return end > start ? text.slice(start, end) : undefined;
}
