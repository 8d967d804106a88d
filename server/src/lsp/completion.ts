import { type CompletionItem, CompletionItemKind, type Connection, MarkupKind } from 'vscode-languageserver';
import { PROFILES } from '../engine/config.ts';
import { SEVERITIES } from '../engine/finding.ts';
import { KINDS } from '../engine/kind.ts';
import type { Rule } from '../engine/rule.ts';
import type { SourceFile } from '../engine/sourceFile.ts';
import { lineAt, type Span } from '../engine/span.ts';
import { frontMatterKeys, frontMatterValues } from '../languages/card/values.ts';
import type { Checker } from './checker.ts';
import type { Documents } from './documents.ts';
import { evidenceCompletions } from './evidence.ts';

/** Keys and values of card front matter, of the evidence register, and of `.guidelint.yaml` (rule ids and names, severities, kinds). */
export function offerCompletion(
  connection: Connection,
  documents: Documents,
  checker: Checker,
  rules: readonly Rule[],
): void {
  connection.onCompletion(async ({ textDocument: { uri }, position }, token) => {
    const checked = await checker.check(uri);
    const document = documents.texts.get(uri);
    if (!checked || !document || token.isCancellationRequested) return [];
    const offset = document.offsetAt(position);
    if (checked.file.kind !== 'evidence') return completionsAt(checked.file, offset, rules);
    const range = ({ start, end }: Span) => ({ start: document.positionAt(start), end: document.positionAt(end) });
    return evidenceCompletions(checked.file, offset, range);
  });
}

/** What fits at an offset; nothing where we do not know better than the editor. */
export function completionsAt(file: SourceFile, offset: number, rules: readonly Rule[]): CompletionItem[] {
  if (file.kind === 'config') return configCompletions(file.text, offset, rules);
  if (file.kind !== 'model-card' && file.kind !== 'data-card') return [];
  const { frontMatter } = file;
  if (!frontMatter.present || offset < frontMatter.content.start || offset > frontMatter.content.end) return [];
  const { key, typed } = context(file.text, offset);
  if (key === undefined) {
    const present = new Set(frontMatter.keys().map(({ text }) => text));
    return frontMatterKeys(file.kind)
      .filter(({ key }) => !present.has(key) || key === typed)
      .map(({ key, help }) => ({
        label: key,
        kind: CompletionItemKind.Property,
        insertText: `${key}: `,
        documentation: { kind: MarkupKind.Markdown, value: help },
        command: { title: 'Suggest', command: 'editor.action.triggerSuggest' },
      }));
  }
  return frontMatterValues(file.kind, key).map(({ value, help }) => ({
    label: value,
    kind: CompletionItemKind.EnumMember,
    ...(help && { detail: help }),
  }));
}

/** The key whose value is being typed at the offset (on its line, or on a list item below it), and what is typed of it. */
function context(text: string, offset: number): { key?: string; typed: string; indent: number; parents: string[] } {
  const line = lineAt(text, offset);
  const before = text.slice(line.start, offset);
  const indent = before.length - before.trimStart().length;
  const parents = parentsOf(text, line.start, /^\s*-/.test(before) ? indent + 1 : indent);
  const inline = /^\s*(?:-\s+)?([\w-]+):\s+(.*)$/.exec(before);
  if (inline) return { key: inline[1] as string, typed: inline[2] ?? '', indent, parents };
  const item = /^\s*-\s*(.*)$/.exec(before);
  if (item && parents.length > 0) return { key: parents.at(-1) as string, typed: item[1] ?? '', indent, parents };
  return { typed: before.trim(), indent, parents };
}

/** Keys of the lines above that are indented less, outermost first. */
function parentsOf(text: string, lineStart: number, indent: number): string[] {
  const parents: string[] = [];
  let limit = indent;
  let position = lineStart;
  for (let steps = 0; position > 0 && steps < 500; steps++) {
    const line = lineAt(text, position - 1);
    position = line.start;
    const match = /^(\s*)([\w-]+):\s*$/.exec(text.slice(line.start, line.end));
    if (match && (match[1]?.length ?? 0) < limit) {
      parents.unshift(match[2] as string);
      limit = match[1]?.length ?? 0;
    }
    if (/^---/.test(text.slice(line.start, line.end))) break;
  }
  return parents;
}

function configCompletions(text: string, offset: number, rules: readonly Rule[]): CompletionItem[] {
  const { key, indent, parents } = context(text, offset);
  const values = (list: readonly string[]) => list.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
  if (key === 'rule') return values(rules.flatMap(({ meta }) => [meta.id, meta.name]));
  if (key && (parents[0] === 'rules' || key === 'severity')) return values([...SEVERITIES, 'off']);
  if (key === 'profile' && parents.length === 0) return values(PROFILES);
  if (key !== undefined) return [];
  const keys = (list: readonly string[]) =>
    list.map((label) => ({ label, kind: CompletionItemKind.Property, insertText: `${label}: ` }));
  if (parents[0] === 'kinds') return keys(KINDS);
  if (parents[0] === 'accept') return keys(['rule', 'files', 'reason', 'until']);
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
  return indent === 0 ? keys(['profile', 'rules', 'exclude', 'kinds', 'accept']) : [];
}
