import type { SyntaxNode } from '@lezer/common';
import { allNodes } from '../languages/tree.ts';
import type { Finding } from './finding.ts';
import type { SourceFile } from './sourceFile.ts';
import { type Edit, lineAt } from './span.ts';

/**
 * The edit that suppresses a finding with a comment, or undefined where the file's format has no comments. It writes the
 * comment form of the place (front matter is YAML, the body Markdown), keeps the indentation, and never breaks a table, a
 * fence or a script's first line.
 *
 * @param reason what follows the colon.
 */
export function disableEdit(
  file: SourceFile,
  finding: Finding,
  scope: 'line' | 'file',
  reason: string,
): Edit | undefined {
  const { text } = file;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const comment = (mark: '#' | '//' | '<!--', word: string) =>
    `${mark} guidelint-${word} ${finding.ruleId}: ${reason}${mark === '<!--' ? ' -->' : ''}`;
  const line = lineAt(text, finding.span.start);
  const above = (mark: '#' | '//' | '<!--'): Edit => {
    const indent = /^[ \t]*/.exec(text.slice(line.start, line.end))?.[0] ?? '';
    return { start: line.start, end: line.start, text: `${indent}${comment(mark, 'disable-next-line')}${newline}` };
  };
  const top = (mark: '#' | '//' | '<!--', offset: number, blank = ''): Edit => ({
    start: offset,
    end: offset,
    text: `${comment(mark, 'disable-file')}${newline}${blank}`,
  });

  switch (file.kind) {
    case 'python':
    case 'notebook':
      return scope === 'line' && !insideString(file, line.start) ? above('#') : top('#', afterHeader(text));
    case 'script':
    case 'container':
    case 'workflow':
    case 'ai-config':
      return allowsHash(file)
        ? scope === 'line' && !isContinued(file, line.start)
          ? above('#')
          : top('#', afterHeader(text))
        : undefined;
    case 'config':
    case 'evidence':
      return scope === 'line' ? above('#') : top('#', 0);
    case 'assistant-settings':
      if (file.path.endsWith('.toml')) return scope === 'line' ? above('#') : top('#', 0);
      if (!allowsComments(file)) return undefined;
      return scope === 'line' ? above('//') : top('//', 0);
    case 'mcp':
      if (!allowsComments(file)) return undefined;
      return scope === 'line' ? above('//') : top('//', 0);
    case 'other':
      return undefined;
    default: {
      const { frontMatter, structure } = file;
      if (structure?.syntax === 'json') return undefined;
      if (structure?.syntax === 'xml') return scope === 'line' ? above('<!--') : undefined;
      if (structure || !isMarkdown(file)) return scope === 'line' ? above('#') : top('#', 0);
      const inside = frontMatter.present && finding.span.start < frontMatter.end;
      if (scope === 'line' && inside && line.start >= frontMatter.content.start) return above('#');
      if (scope === 'line' && !inside && !needsOwnBlock(file, line.start)) return above('<!--');
      if (frontMatter.present) return top('#', frontMatter.content.start);
      return top('<!--', 0, newline);
    }
  }
}

function isMarkdown(file: SourceFile): boolean {
  return !/\.(?:ya?ml|json)$/i.test(file.path);
}

/** JSON and templates have no such comments. */
function allowsHash({ path }: SourceFile): boolean {
  return !/\.(?:json|jinja2?)$/i.test(path);
}

/** Whether a line goes on with the one before, or stands in a text over several lines, where a comment would be content. */
function isContinued({ path, text, tree }: SourceFile, start: number): boolean {
  if (/\\[ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 50), start))) return true;
  if (!/\.ya?ml$/i.test(path)) return false;
  return tree.some((document) =>
    [...allNodes(document)].some(({ kind, whole }) => kind === 'scalar' && whole.start < start && start < whole.end),
  );
}

/** VS Code and Cursor read their files as JSON with comments; other clients are strict. */
function allowsComments({ path }: SourceFile): boolean {
  return /(?:^|\/)\.(?:vscode|cursor)\/|\.(?:jsonc|code-workspace)$/.test(path);
}

/** A comment line between the rows of a table would end it; in a fence it would be content. */
function needsOwnBlock(file: SourceFile, offset: number): boolean {
  const { text } = file;
  const first = text.slice(offset, lineAt(text, offset).end).trimStart()[0];
  return first === '|' || file.markdown.code.some(({ span }) => span.start < offset && offset < span.end);
}

/** Offset after a `#!` line, an encoding line and a byte order mark, which must stay first. */
function afterHeader(text: string): number {
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  while (/^#(?:!|.*coding[:=])/.test(text.slice(offset, offset + 200))) {
    const next = text.indexOf('\n', offset);
    if (next === -1) break;
    offset = next + 1;
  }
  return offset;
}

/** Whether a line begins inside a string that spans lines, where a comment would be content. */
function insideString(file: SourceFile, offset: number): boolean {
  for (let node: SyntaxNode | null = file.python.tree.tree.resolveInner(offset, 1); node; node = node.parent) {
    if (/String$/.test(node.name) && node.from < offset) return true;
  }
  return false;
}
