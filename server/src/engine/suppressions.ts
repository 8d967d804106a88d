import type { Finding, Suppression } from './finding.ts';
import { lineAt, type Span } from './span.ts';

/** A `guidelint-disable…` comment. */
export interface Directive {
  readonly scope: 'line' | 'next-line' | 'file' | 'block' | 'block-end';
  /** The whole comment, from its opening mark to the end of it. */
  readonly span: Span;
  /** Rule ids or names as written; empty means every rule. */
  readonly rules: readonly { readonly text: string; readonly span: Span }[];
  readonly reason: string;
  readonly until?: string;
  /** The lines it speaks for, as a span of the text. */
  readonly target: Span;
}

const SCOPES = {
  'disable-line': 'line',
  'disable-next-line': 'next-line',
  'disable-file': 'file',
  disable: 'block',
  enable: 'block-end',
} as const;

// The comment marks of the languages we read: Python, YAML, shell `#`, JSON with comments `//`, Markdown `<!--`.
const DIRECTIVE =
  /(#|\/\/|<!--)[ \t]*guidelint-(disable-next-line|disable-line|disable-file|disable|enable)\b([^\n\r]*)/g;
const UNTIL = /\(\s*until\s+(\d{4}-\d{2}-\d{2})\s*\)/;

/** All directives of a text, in order. A text without the word costs one search. */
export function readDirectives(text: string): Directive[] {
  if (!text.includes('guidelint-')) return [];
  const directives: Directive[] = [];
  for (const match of text.matchAll(DIRECTIVE)) {
    const [whole, mark = '', word = '', rest = ''] = match;
    const start = match.index;
    const close = mark === '<!--' ? rest.indexOf('-->') : -1;
    const body = close === -1 ? rest : rest.slice(0, close);
    const end = close === -1 ? start + whole.trimEnd().length : start + whole.length - rest.length + close + 3;
    const bodyStart = start + whole.length - rest.length;
    const colon = body.indexOf(':');
    const list = colon === -1 ? body.replace(UNTIL, (part) => ' '.repeat(part.length)) : body.slice(0, colon);
    const remark = colon === -1 ? '' : body.slice(colon + 1);
    const until = UNTIL.exec(body)?.[1];
    const scope = SCOPES[word as keyof typeof SCOPES];
    directives.push({
      scope,
      span: { start, end },
      rules: [...list.matchAll(/[A-Za-z0-9-]+/g)].map((id) => ({
        text: id[0],
        span: { start: bodyStart + id.index, end: bodyStart + id.index + id[0].length },
      })),
      reason: remark.replace(UNTIL, '').trim(),
      ...(until && { until }),
      target: targetOf(scope, text, end),
    });
  }
  return closeBlocks(directives, text.length);
}

function targetOf(scope: Directive['scope'], text: string, end: number): Span {
  if (scope === 'file') return { start: 0, end: text.length };
  let line = lineAt(text, end);
  if (scope === 'next-line') {
    // Several directives may stand above one line.
    do {
      const next = text.indexOf('\n', line.end);
      if (next === -1) return { start: text.length, end: text.length };
      line = lineAt(text, next + 1);
    } while (new RegExp(DIRECTIVE.source).test(text.slice(line.start, line.end)));
  }
  return line;
}

/** Gives every `disable` the span up to its `enable` (of the same rules, or of all), else to the end of the text. */
function closeBlocks(directives: Directive[], length: number): Directive[] {
  return directives.map((directive, index) => {
    if (directive.scope !== 'block') return directive;
    const close = directives
      .slice(index + 1)
      .find((other) => other.scope === 'block-end' && (other.rules.length === 0 || sameRules(other, directive)));
    return { ...directive, target: { start: directive.span.end, end: close ? close.span.start : length } };
  });
}

function sameRules(a: Directive, b: Directive): boolean {
  const names = new Set(a.rules.map((rule) => rule.text.toLowerCase()));
  return b.rules.every((rule) => names.has(rule.text.toLowerCase()));
}

/** Whether the directive speaks of this rule at this place and still holds on `today` (ISO date; absent: always). */
export function covers(directive: Directive, finding: Finding, today: string | undefined): boolean {
  if (directive.scope === 'block-end' || isExpired(directive, today)) return false;
  if (!namesRule(directive, finding.ruleId, finding.ruleName)) return false;
  return finding.span.start >= directive.target.start && finding.span.start <= directive.target.end;
}

export function namesRule(directive: Directive, id: string, name: string): boolean {
  if (directive.rules.length === 0) return true;
  return directive.rules.some(({ text }) => text.toUpperCase() === id || text.toLowerCase() === name);
}

export function isExpired(directive: Directive, today: string | undefined): boolean {
  return directive.until !== undefined && today !== undefined && directive.until < today;
}

export function toSuppression(directive: Directive): Suppression {
  const { reason, until } = directive;
  return { source: 'comment', reason, ...(until && { until }) };
}
