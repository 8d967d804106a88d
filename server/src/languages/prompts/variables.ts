import type { PromptFormat } from './formats.ts';
import type { Fields, Message, Variable } from './model.ts';

const BRACES = /\{\{\{?[~&-]?[ \t]{0,8}([^{}\n]{1,200})\}\}\}?/g;
const SINGLE_BRACE = /(?<!\{)\{([A-Za-z_][\w.[\]]{0,80})(?:![rsa])?(?::[^{}\n]{0,40})?\}(?!\})/g;
const EDITOR_INPUT = /\$\{(?:input|selection)(?::([\w-]{1,80}))?[^}\n]{0,200}\}|\$ARGUMENTS\b|\$\d\b|\{\{args\}\}/g;
const LOOP =
  /\{%-?[ \t]*for[ \t]+(\w+)[^%\n]{0,80}?[ \t]in[ \t]+([\w.]+)|\{\{#each[ \t]+([\w.]+)(?:[ \t]+as[ \t]+\|(\w+))?/g;

/** More places are no prompt but a data set. */
const MOST_VARIABLES = 2000;

/** What people type and documents hold; the rest of a name says which. */
const USER_TEXT =
  /(?:^|[_.-])(?:questions?|inputs?|query|queries|messages?|contexts?|documents?|docs?|texts?|contents?|history|transcripts?|conversations?|chat|e?mails?|comments?|reviews?|articles?|passages?|snippets?|feedback|utterances?|requests?|tickets?|posts?|search_?results?|web_?pages?|html|body|args|arguments)$/i;
const NO_TEXT = /^(?:integer|number|float|int|bool|boolean|date|thread|image|audio|file|media)\b|enum/i;
/** Words of the template languages themselves. */
const NO_VARIABLE =
  /^(?:[#/^!>%]|else\b|history$|role\b|section\b|true$|false$|null$|["'\d(]|_\.|ctx\.|@|end\b|raw\b|set\b|uuid|now\b|env\.)/;

interface Input {
  readonly trusted: boolean;
}

/** Places that are filled when the prompt is used, in the order of the text. */
export function readVariables(
  text: string,
  format: PromptFormat,
  fields: Fields,
  messages: readonly Message[],
): Variable[] {
  const inputs = declaredInputs(format, fields);
  const style = fields.get('template_format')?.text;
  const pattern =
    format === 'vscode-prompt' || format === 'claude-command' || format === 'command-toml' || format === 'agent'
      ? EDITOR_INPUT
      : format === 'langchain' && style !== 'jinja2' && style !== 'mustache'
        ? SINGLE_BRACE
        : TEMPLATED.has(format)
          ? BRACES
          : undefined;
  if (!pattern) return [];
  const found: Variable[] = [];
  const loops = pattern === BRACES ? readLoops(text) : [];
  for (const { role, span } of messages) {
    const body = text.slice(span.start, span.end);
    for (const match of body.matchAll(pattern)) {
      if (found.length >= MOST_VARIABLES) return found;
      const written = pattern === EDITOR_INPUT ? (match[1] ?? 'arguments') : nameIn(match[1] ?? '');
      if (!written) continue;
      const root = written.split(/[.[]/)[0] as string;
      const loop = loops.findLast(({ item, at }) => item === root && at < span.start + match.index);
      const name = loop?.list ?? written;
      if (/^this\b/.test(name)) continue;
      const declared = inputs.get(name.split(/[.[]/)[0] as string);
      const start = span.start + match.index;
      const end = start + match[0].length;
      found.push({
        name,
        span: { start, end },
        role,
        trust: declared?.trusted
          ? 'trusted'
          : USER_TEXT.test(spaced(name)) || USER_TEXT.test(spaced(written))
            ? 'user'
            : 'unknown',
        delimited: isDelimited(body, match.index, match.index + match[0].length),
      });
    }
  }
  return found;
}

const TEMPLATED: ReadonlySet<PromptFormat> = new Set([
  'prompty',
  'dotprompt',
  'prompt-yaml',
  'skprompt',
  'semantic-kernel',
  'langchain',
  'promptfoo',
  'baml',
]);

/** `userQuestion` -> `user_question`. */
function spaced(name: string): string {
  return name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_');
}

/** The variable of an expression in braces: `x`, `$x`, `x | upper`, `json x`, `media url=x`; empty where there is none. */
function nameIn(expression: string): string {
  const inner = expression
    .replace(/[ \t~-]+$/, '')
    .replace(/\|.*$/, '')
    .trim();
  if (inner.startsWith('media')) return /\burl=([\w.]+)/.exec(inner)?.[1] ?? '';
  if (NO_VARIABLE.test(inner)) return '';
  const helper = /^[\w.]+[ \t]+\$?([A-Za-z_][\w.]*)$/.exec(inner);
  return helper?.[1] ?? /^\$?([A-Za-z_][\w.[\]-]*)$/.exec(inner)?.[1] ?? '';
}

function readLoops(body: string): { item: string; list: string; at: number }[] {
  return [...body.matchAll(LOOP)].map((match) => ({
    item: match[1] ?? match[4] ?? 'this',
    list: match[2] ?? match[3] ?? '',
    at: match.index,
  }));
}

/** Inputs with what their declaration says about them. */
function declaredInputs(format: PromptFormat, fields: Fields): Map<string, Input> {
  const found = new Map<string, Input>();
  for (const entry of fields.items('metadata', 'trusted_inputs')) found.set(entry.text, { trusted: true });
  const declare = (name: string, type: string) => {
    const clean = name.replace(/[?(].*$/, '');
    if (clean && !found.has(clean)) found.set(clean, { trusted: NO_TEXT.test(`${type} ${name}`) });
  };
  const path = format === 'dotprompt' ? ['input', 'schema'] : format === 'prompty' ? ['inputs'] : ['input_variables'];
  const value = fields.get(...path)?.value;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'string') declare(item, '');
      else if (isMapping(item)) declare(String(item.name ?? ''), typeOf(item));
    }
  } else if (isMapping(value)) {
    for (const [name, item] of Object.entries(value)) {
      declare(name, isMapping(item) ? typeOf(item) : typeof item === 'string' ? (item.split(',')[0] ?? '') : '');
    }
  }
  return found;
}

function typeOf(item: Readonly<Record<string, unknown>>): string {
  return `${item.kind ?? item.type ?? ''}${item.enum || item.enumValues ? ' enum' : ''}`;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How far a block may reach on either side of a place, in UTF-16 code units. */
const BLOCK = 3000;
const QUOTES = [
  ['"', '"'],
  ['“', '”'],
  ['«', '»'],
  ['`', '`'],
] as const;
const TAG = /<(\/?)([A-Za-z][\w-]{0,60})(?:[ \t][^<>\n]{0,120})?>/g;

/** Whether tags, fences, quotes or rules stand around a place. */
function isDelimited(message: string, start: number, end: number): boolean {
  const before = message.slice(Math.max(0, start - BLOCK), start);
  const after = message.slice(end, end + BLOCK);
  const last = before.trimEnd();
  const next = after.trimStart();
  if (/(?:---|===|###)$/.test(last) && /^(?:---|===|###)/.test(next)) return true;
  if (QUOTES.some(([open, close]) => last.endsWith(open) && next.startsWith(close)) && !last.endsWith('```'))
    return true;
  return isInFence(before, after) || isInTag(before, after);
}

function isInFence(before: string, after: string): boolean {
  return ['```', '"""', "'''"].some((fence) => before.split(fence).length % 2 === 0 && after.includes(fence));
}

/** An element that is opened before the place and closed behind it; what marks the message itself is none. */
function isInTag(before: string, after: string): boolean {
  const open = new Set<string>();
  for (const [, slash, name = ''] of before.matchAll(TAG)) {
    if (slash) open.delete(name);
    else if (!/^(?:message|system|user|assistant|br|hr|img|input)$/i.test(name)) open.add(name);
  }
  return [...open].some((name) => after.includes(`</${name}>`));
}
