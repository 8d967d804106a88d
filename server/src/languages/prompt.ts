import { type Dialect, type FrontMatter, readFrontMatter } from './frontMatter.ts';
import type { Text } from './mcp.ts';

/** Which product reads the file; it decides what a key means. */
export type PromptFormat =
  | 'vscode-prompt'
  | 'instructions'
  | 'agent'
  | 'skill'
  | 'claude-command'
  | 'cursor-rule'
  | 'prompty'
  | 'dotprompt'
  | 'prompt-yaml'
  | 'memory'
  | 'plain';

/** A prompt, instruction or agent file: text that a model will follow. */
export interface Prompt {
  readonly format: PromptFormat;
  /** Read in the dialect of the format; for files without front matter `present` is false. */
  readonly head: FrontMatter;
  /** What the file says it is for: a `description` key. */
  readonly description: Text | undefined;
  /** Tools the model can see (`tools`); undefined where the file names none, which in an agent means all. */
  readonly tools: readonly Text[] | undefined;
  /** Tools that run without asking (`allowed-tools`); undefined where the file names none. */
  readonly granted: readonly Text[] | undefined;
  /** Offset where the text for the model begins. */
  readonly bodyStart: number;
}

// By path, the products' documentation (2026). First match wins.
const FORMATS: readonly (readonly [RegExp, PromptFormat])[] = [
  [/\.prompt\.md$/i, 'vscode-prompt'],
  [/\.(?:agent|chatmode)\.md$|(?:^|\/)\.(?:github|claude)\/agents\//i, 'agent'],
  [/\.instructions\.md$|(?:^|\/)copilot-instructions\.md$/i, 'instructions'],
  [/(?:^|\/)SKILL\.md$/, 'skill'],
  [/(?:^|\/)\.claude\/commands\/|(?:^|\/)commands\/[^/]+\.md$/i, 'claude-command'],
  [/(?:^|\/)agents\/[^/]+\.md$/i, 'agent'],
  [/\.mdc$|(?:^|\/)\.(?:cursorrules|windsurfrules|clinerules)(?:$|\/)/i, 'cursor-rule'],
  [/\.prompty$/i, 'prompty'],
  [/\.prompt$/i, 'dotprompt'],
  [/\.prompt\.ya?ml$/i, 'prompt-yaml'],
  [/(?:^|\/)(?:AGENTS|CLAUDE|GEMINI)(?:\.[a-z]+)?\.md$/i, 'memory'],
];

const DIALECTS: Partial<Record<PromptFormat, Dialect>> = { prompty: 'prompty', dotprompt: 'dotprompt' };

/** Reads the head of a prompt file in its own dialect. What is not YAML there is read line by line, never called broken. */
export function readPrompt(file: { readonly path: string; readonly text: string }): Prompt {
  const format = FORMATS.find(([pattern]) => pattern.test(file.path))?.[1] ?? 'plain';
  const head = readFrontMatter(file.text, DIALECTS[format] ?? 'hub');
  const description = head.get('description');
  return {
    format,
    head,
    description: description?.text ? { text: description.text, span: description.span } : undefined,
    tools: toolsOf(head, 'tools', file.text),
    granted: toolsOf(head, 'allowed-tools', file.text),
    bodyStart: head.end,
  };
}

/** Tools as a YAML list or as one string with commas (spaces in skills). Scopes such as `Bash(git diff:*)` stay whole. */
function toolsOf(head: FrontMatter, key: string, text: string): Text[] | undefined {
  if (!head.get(key)) return undefined;
  const tools: Text[] = [];
  for (const { span } of head.items(key)) {
    const written = text.slice(span.start, span.end);
    for (const match of written.matchAll(/[^\s,()'"[\]]+(?:\([^)]*\))?/g)) {
      tools.push({
        text: match[0],
        span: { start: span.start + match.index, end: span.start + match.index + match[0].length },
      });
    }
  }
  return tools;
}
