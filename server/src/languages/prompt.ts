import type { Span } from '../engine/span.ts';
import { type Dialect, readFrontMatter } from './frontMatter.ts';
import { contentSpan, readFields } from './prompts/fields.ts';
import { type PromptFormat, promptFormat } from './prompts/formats.ts';
import { readMessages } from './prompts/messages.ts';
import type { Fields, Message, Prompt, Text, Variable } from './prompts/model.ts';
import { type Prose, readProse } from './prompts/prose.ts';
import { readVariables } from './prompts/variables.ts';
import type { YamlEntry } from './yaml.ts';

export type { PromptFormat } from './prompts/formats.ts';
export type { Fields, Message, Prompt, Role, Text, Variable } from './prompts/model.ts';

const DIALECTS: Partial<Record<PromptFormat, Dialect>> = { prompty: 'prompty', dotprompt: 'dotprompt' };
/** Formats without front matter: the whole file is keys and values. */
const DATA: ReadonlySet<PromptFormat> = new Set([
  'prompt-yaml',
  'semantic-kernel',
  'langchain',
  'promptfoo',
  'command-toml',
]);

/** Reads a prompt file in its own dialect. What is not YAML there is read line by line, never called broken. */
export function readPrompt(file: { readonly path: string; readonly text: string }): Prompt {
  const { path, text } = file;
  const format = promptFormat(path, text);
  const data = DATA.has(format);
  const head = readFrontMatter(data || format === 'baml' ? '' : text, DIALECTS[format] ?? 'hub');
  const fields: Fields = data ? readFields(path, text) : head;
  let messages: readonly Message[] | undefined;
  let variables: readonly Variable[] | undefined;
  let prose: Prose | undefined;
  let includes: readonly Text[] | undefined;
  const messagesOf = () => {
    messages ??= readMessages(text, format, fields, head.end);
    return messages;
  };
  return {
    format,
    head,
    fields,
    description: textOf(text, fields.get('description')),
    model: textOf(text, modelOf(fields)),
    tools: toolsOf(fields, 'tools', text),
    granted: toolsOf(fields, 'allowed-tools', text),
    bodyStart: head.end,
    get messages() {
      return messagesOf();
    },
    get variables() {
      variables ??= readVariables(text, format, fields, messagesOf());
      return variables;
    },
    get includes() {
      includes ??= readIncludes(text, format, fields, head.end);
      return includes;
    },
    get prose() {
      prose ??= readProse(
        text,
        messagesOf().map(({ span }) => span),
      );
      return prose;
    },
  };
}

function textOf(text: string, entry: YamlEntry | undefined): Text | undefined {
  return entry?.text ? { text: entry.text, span: contentSpan(text, entry) } : undefined;
}

/** A name, or Prompty's mapping in its present and its former layout. */
function modelOf(fields: Fields): YamlEntry | undefined {
  const model = fields.get('model');
  if (model?.text) return model;
  return (
    fields.get('model', 'id') ?? fields.get('model', 'configuration', 'azure_deployment') ?? fields.items('model')[0]
  );
}

/** Tools as a YAML list or as one string with commas (spaces in skills). Scopes such as `Bash(git diff:*)` stay whole. */
function toolsOf(fields: Fields, key: string, text: string): Text[] | undefined {
  if (!fields.get(key)) return undefined;
  const tools: Text[] = [];
  for (const { span } of fields.items(key)) {
    const written = text.slice(span.start, span.end);
    for (const match of written.matchAll(/[^\s,()'"[\]]+(?:\([^)]*\))?/g)) {
      tools.push({ text: match[0], span: within(span, match.index, match[0].length) });
    }
  }
  return tools;
}

const FILE_REFERENCE = /\$\{file:([^}\n]{1,400})\}/g;
const MEMORY_IMPORT = /(?<![\w`@/.])@((?:~|\.{0,2})\/[^\s`'")\]]{1,300})/g;
const PATH_KEYS = ['template_path', 'prefix_path', 'suffix_path', 'example_prompt_path', 'examples', 'prompts'];

/** Where products take further text from: Prompty's `${file:…}`, LangChain's path keys, promptfoo's files, `@path` imports. */
function readIncludes(text: string, format: PromptFormat, fields: Fields, bodyStart: number): Text[] {
  const found: Text[] = [];
  if (format === 'prompty') {
    for (const match of text.matchAll(FILE_REFERENCE)) {
      const span = { start: match.index + 7, end: match.index + match[0].length - 1 };
      found.push({ text: match[1] ?? '', span });
    }
  }
  if (format === 'langchain' || format === 'promptfoo') {
    for (const entry of PATH_KEYS.flatMap((key) => fields.items(key))) {
      const path = entry.text.replace(/^file:\/\//, '');
      if (/^[^\s{}]{1,400}$/.test(path)) found.push({ text: path, span: contentSpan(text, entry) });
    }
  }
  if (format === 'memory' || format === 'claude-command' || format === 'agent' || format === 'skill') {
    for (const match of text.slice(bodyStart).matchAll(MEMORY_IMPORT)) {
      const path = match[1] ?? '';
      found.push({ text: path, span: within({ start: bodyStart, end: 0 }, match.index + 1, path.length) });
    }
  }
  return found;
}

function within({ start }: Span, index: number, length: number): Span {
  return { start: start + index, end: start + index + length };
}
