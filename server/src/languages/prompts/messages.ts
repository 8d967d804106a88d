import type { Span } from '../../engine/span.ts';
import { contentSpan } from './fields.ts';
import type { PromptFormat } from './formats.ts';
import type { Fields, Message, Role } from './model.ts';

// Prompty's parser takes role names alone on a line, optionally as a heading or with attributes;
// messages of a conversation bring theirs.
const PROMPTY_ROLE =
  /^[ \t]{0,40}(?:#{1,6}[ \t]{0,8})?(system|developer|user|assistant|function|tool|\{\{[ \t]{0,8}[\w.]{1,80}\.role[ \t]{0,8}\}\})(?:\[[^\]\n]{0,200}\])?[ \t]{0,8}:[ \t]{0,40}\r?$/gim;
const DOTPROMPT_ROLE = /\{\{~?[ \t]*role[ \t]+["'](\w+)["'][ \t]*~?\}\}/g;
const BAML_ROLE = /\{\{-?[ \t]*_\.(?:role|chat)\([ \t]*(?:role[ \t]*=[ \t]*)?["'](\w+)["'][^)\n]{0,200}\)[ \t]*-?\}\}/g;
// The role of a message of a conversation is that message's own; between messages stands the user's text.
const XML_ROLE =
  /<message\b[^>]{0,200}?\brole[ \t]*=[ \t]*(?:"([^"\n]{1,80})"|'([^'\n]{1,80})')[^>]{0,200}>|\{\{#message[ \t]+role=["']?([\w.]+)["']?[^}]{0,200}\}\}|<\/message>|\{\{\/message\}\}/gi;
const LISTED_ROLE = /["']?\brole["']?[ \t]*:[ \t]*["']?(system|developer|user|human|assistant|ai|tool)\b/g;

const BAML_PROMPT = /\bprompt[ \t]+#{1,4}"/g;

/** A prompt split into what the model reads in which role. */
export function readMessages(text: string, format: PromptFormat, fields: Fields, bodyStart: number): Message[] {
  const body = { start: bodyStart, end: text.length };
  switch (format) {
    case 'prompty':
      return split(text, body, PROMPTY_ROLE, isChat(fields) ? 'system' : 'user');
    case 'dotprompt':
      return split(text, body, DOTPROMPT_ROLE, 'user');
    case 'skprompt':
      return split(text, body, XML_ROLE, 'user');
    case 'baml':
      return fromBaml(text);
    case 'command-toml':
    case 'semantic-kernel':
    case 'langchain':
    case 'prompt-yaml':
      return fromFields(text, format, fields);
    case 'promptfoo':
      return fields
        .items('prompts')
        .filter((entry) => entry.text && !/^(?:file|exec|https?|python|package):|^[\w./*-]+$/.test(entry.text))
        .flatMap((entry) => split(text, contentSpan(text, entry), LISTED_ROLE, 'user'));
    case 'vscode-prompt':
    case 'claude-command':
      return [{ role: 'user', span: body, marked: false }];
    default:
      return [{ role: 'system', span: body, marked: false }];
  }
}

/** Every `prompt #"…"#` block; one that is not closed takes the rest. */
function fromBaml(text: string): Message[] {
  const found: Message[] = [];
  let done = 0;
  for (const match of text.matchAll(BAML_PROMPT)) {
    if (match.index < done) continue;
    const start = match.index + match[0].length;
    const closing = text.indexOf(`"${/#+/.exec(match[0])?.[0]}`, start);
    done = closing === -1 ? text.length : closing;
    found.push(...split(text, { start, end: done }, BAML_ROLE, 'user'));
  }
  return found;
}

/** Where the text of single prompts and of lists of messages stands in data files. */
function fromFields(text: string, format: PromptFormat, fields: Fields): Message[] {
  const found: Message[] = [];
  for (const key of ['prompt', 'template', 'prefix', 'suffix']) {
    const entry = fields.get(key);
    if (entry?.text) found.push(...split(text, contentSpan(text, entry), XML_ROLE, 'user'));
  }
  const base = fields.get('kwargs', 'messages') ? ['kwargs', 'messages'] : ['messages'];
  for (let index = 0; index < MOST_MESSAGES && fields.get(...base, index); index++) {
    const at = (...path: (string | number)[]) => fields.get(...base, index, ...path);
    const role = at('role') ?? at('_type') ?? at('id', 3) ?? at('id', 2);
    const content =
      at('content') ??
      at('prompt', 'template') ??
      at('kwargs', 'prompt', 'kwargs', 'template') ??
      at('kwargs', 'content');
    if (content?.text) found.push({ role: roleOf(role?.text ?? ''), span: contentSpan(text, content), marked: true });
  }
  return format === 'langchain' && found.length > 1 ? found.sort((a, b) => a.span.start - b.span.start) : found;
}

/** Prompts for pictures and embeddings have no roles. */
function isChat(fields: Fields): boolean {
  const api = fields.get('model', 'apiType') ?? fields.get('model', 'api');
  return !api?.text || /^(?:chat|agent|responses?)$/i.test(api.text);
}

/** More are a data set. */
const MOST_MESSAGES = 50;

function split(text: string, { start, end }: Span, marker: RegExp, implicit: Role): Message[] {
  const found: Message[] = [];
  let role = implicit;
  let marked = false;
  let from = start;
  const close = (to: number) => {
    if (text.slice(from, to).trim()) found.push({ role, span: { start: from, end: to }, marked });
  };
  for (const match of text.slice(start, end).matchAll(marker)) {
    close(start + match.index);
    role = roleOf(match[1] ?? match[2] ?? match[3] ?? '');
    marked = true;
    from = start + match.index + match[0].length;
  }
  close(end);
  return found;
}

function roleOf(written: string): Role {
  const name = written.toLowerCase();
  if (/^(?:system|developer)/.test(name)) return 'system';
  if (/^(?:assistant|ai|model)/.test(name)) return 'assistant';
  return /^(?:tool|function)/.test(name) ? 'tool' : 'user';
}
