import type { Span } from '../../engine/span.ts';

/** What the instructions say in plain words. */
export interface Prose {
  /** As long as the file, with its line breaks; everything else is blank: settings, code, quotes, comments. */
  readonly text: string;
  readonly headings: readonly { readonly start: number; readonly text: string }[];
  /** HTML comments outside fences. */
  readonly comments: readonly Span[];
}

interface Lead extends Span {
  readonly text: string;
}

/** One sentence of the instructions. */
export interface Sentence {
  readonly span: Span;
  /** As long as the span, from `Prose.text`. */
  readonly text: string;
  /** Text of the heading it stands under; empty before the first. */
  readonly heading: string;
}

const FENCE = /`{3,}|~{3,}/g;
/** What may stand before a fence on its line. */
const BEFORE_FENCE = /^[ \t>]{0,80}(?:(?:[-*+]|\d{1,4}[.)])[ \t]{1,8})?$/;
const HEADING = /^[ \t]{0,3}#{1,6}[ \t]+[^\n]*/gm;
/** A line in bold stands over what follows like a heading, a line that ends with a colon over the list below it. */
const LEAD =
  /^[ \t]{0,3}(?:\*\*|__)[^*\n]{1,80}(?:\*\*|__):?[ \t]*\r?$|^(?![ \t]*#)[^\n]{1,200}:(?:\*\*|__)?[ \t]*\r?$/;
/** Good for all that follows up to the next one. */
const BOLD = /^[ \t]*(?:\*\*|__)[^*\n]*(?:\*\*|__):?[ \t]*\r?$/;
const LIST_LINE = /^(?:[ \t]+\S|[ \t]*(?:[-*+•]|\d{1,4}[.)])[ \t]|[ \t]*$)/;
const OPENS_BLOCK = /^[ \t]*(?:(?:[-*+•]|\d{1,4}[.)]|#{1,6})[ \t]+|\|)/;
const QUOTED_LINE = /\n[ \t]{0,20}>(?![ \t]{0,8}\[!)[^\n]*/g;
const COMMENT = /<!--[\s\S]*?(?:-->|$(?![\s\S]))/g;
// Each alternative starts with its own character and is bounded, so the search is linear.
const QUOTED =
  /(`{1,8})(?!`)[^`]{1,400}\1(?!`)|"[^"\n]{1,300}"|“[^“”]{1,300}”|„[^„“”]{1,300}[“”]|«[^«»]{1,300}»|‘[^‘’]{1,300}’|(?<![\w'])'[^'\n]{1,300}'(?!\w)/g;
const SENTENCE_END = /[.!?:;](?=\s|$)|[.!?]["”)*_]{1,3}(?=\s|$)/g;
/** How far a sentence reaches to either side, in UTF-16 code units. */
const REACH = 2000;
/** How much of a line counts on either side of a command in it, likewise. */
const WINDOW = 300;

const blank = (match: string) => match.replace(/[^\n\r]+/g, (line) => ' '.repeat(line.length));

/**
 * Leaves of a file what its messages say in plain words, in one pass for all rules. A guide which quotes an attack, in a
 * fence, in quotation marks or as code, must not look like one.
 */
export function readProse(text: string, spans: readonly Span[]): Prose {
  let visible = '';
  for (const { start, end } of spans) {
    if (start < visible.length) continue;
    visible += blank(text.slice(visible.length, start));
    const part = text.slice(start, end);
    // In a JSON string, lines end with an escape.
    visible += part.includes('\n') ? part : part.replaceAll('\\n', ' \n');
  }
  visible = blankFences(visible);
  const comments: Span[] = [];
  if (visible.includes('<!--')) {
    visible = visible.replace(COMMENT, (match, at: number) => {
      comments.push({ start: at, end: at + match.length });
      return blank(match);
    });
  }
  // A line break is found faster than the start of a line.
  if (visible.includes('>')) visible = `\n${visible}`.replace(QUOTED_LINE, blank).slice(1);
  visible = visible.replace(QUOTED, blank);
  let headings: Prose['headings'] | undefined;
  return {
    text: visible,
    comments,
    get headings() {
      headings ??= [...visible.matchAll(HEADING)].map(({ 0: line, index }) => ({
        start: index,
        text: line.replace(/^[ \t#]+/, '').trim(),
      }));
      return headings;
    },
  };
}

function blankFences(text: string): string {
  if (!text.includes('```') && !text.includes('~~~')) return text;
  let result = '';
  let open: { fence: string; start: number } | undefined;
  for (const { 0: fence, index } of text.matchAll(FENCE)) {
    const start = lineStart(text, index);
    const newline = text.indexOf('\n', index);
    const end = newline === -1 ? text.length : newline;
    if (index - start > 100 || !BEFORE_FENCE.test(text.slice(start, index))) continue;
    if (!open) {
      // Code within a line stands between fences too.
      if (!text.slice(index + fence.length, end).includes(fence)) open = { fence, start };
    } else if (fence.startsWith(open.fence) && text.slice(index + fence.length, end).trim() === '') {
      result += text.slice(result.length, open.start) + blank(text.slice(open.start, end));
      open = undefined;
    }
  }
  if (open) result += text.slice(result.length, open.start) + blank(text.slice(open.start));
  return result + text.slice(result.length);
}

/** The sentence that an offset stands in. */
export function sentenceAt(prose: Prose, offset: number): Sentence {
  const { text } = prose;
  const paragraph = paragraphAt(text, offset);
  let { start } = paragraph;
  let { end } = paragraph;
  for (const match of text.slice(start, end).matchAll(SENTENCE_END)) {
    const after = paragraph.start + match.index + match[0].length;
    if (after <= offset) start = after;
    else {
      end = after;
      break;
    }
  }
  return { span: { start, end }, text: text.slice(start, end), heading: headingAt(prose, start) };
}

/**
 * The line that an offset stands in, commands and code included, with the line of words above it. An item of a list stands
 * for itself.
 *
 * @param text of the file.
 */
export function commandAt(prose: Prose, text: string, offset: number): Sentence {
  // Windows, not searches for a line's end: a hostile text is one line.
  const before = text.slice(Math.max(0, offset - REACH), offset);
  const line = before.lastIndexOf('\n') + 1;
  const [after = ''] = text.slice(offset, offset + WINDOW).split('\n', 1);
  const span = { start: offset - Math.min(before.length - line, WINDOW), end: offset + after.length };
  const own = text.slice(span.start, span.end);
  const heading = headingAt(prose, span.start);
  if (OPENS_BLOCK.test(own)) return { span, text: own, heading };
  const above = before
    .slice(0, line)
    .split('\n')
    .findLast((each) => each.trim() !== '' && !/^[ \t]*[`~]{3}/.test(each));
  return { span, text: own, heading: above && !/^[ \t]*#/.test(above) ? `${heading} / ${above}` : heading };
}

/** Lines around an offset, up to a blank one, a heading or the next item of a list. */
function paragraphAt(text: string, offset: number): Span {
  let start = lineStart(text, offset);
  while (start > 0 && offset - start < REACH && !OPENS_BLOCK.test(text.slice(start, start + 40))) {
    const above = lineStart(text, start - 1);
    const line = text.slice(above, start - 1);
    if (line.trim() === '' || /^[ \t]{0,3}#{1,6}[ \t]/.test(line)) break;
    start = above;
  }
  let end = text.indexOf('\n', offset);
  if (/^[ \t]{0,3}#{1,6}[ \t]/.test(text.slice(start, start + 40))) return { start, end: end < 0 ? text.length : end };
  while (end !== -1 && end - offset < REACH) {
    const next = text.indexOf('\n', end + 1);
    const line = text.slice(end + 1, next === -1 ? text.length : next);
    if (line.trim() === '' || OPENS_BLOCK.test(line)) break;
    end = next;
  }
  return { start: Math.max(start, offset - REACH), end: Math.min(end === -1 ? text.length : end, offset + REACH) };
}

const WARNS =
  /\b(?:never|not|don['’]?t|doesn['’]?t|do(?:es)?n['’]t|isn['’]t|cannot|can['’]?t|won['’]t|mustn['’]t|shouldn['’]?t|avoid\w*|forbid\w*|forbidden|prohibit\w*|disallow\w*|refus\w*|reject\w*|block(?:s|ed|ing)?|detect\w*|flag(?:s|ged|ging)?|prevent\w*|patterns?|crafted|manipulat\w*|adversar\w*|vulnerab\w*|attacks?|attackers?|malicious|unsafe|dangerous|suspicious|injection|risk\w*|instead of|rather than|unless|except|if|when|whether|anti-?patterns?|beware|watch for|look for|check for|warn\w*|e\.g|example|such as)\b|[❌🚫⛔✗✖⚠]/iu;
const WARNING_HEADING =
  /\b(?:anti-?patterns?|don['’]?ts?|do not|must ?n[o'’]t|should ?n[o'’]t|may not|cannot|never|avoid|bad|wrong|prohibited|forbidden|not allowed|disallowed|restrictions?|boundaries|limits|examples?|red flags?|threats?|attacks?|vulnerab\w*|injection|pitfalls|mistakes|checklist|patterns?|detect\w*|signs|stop)\b|[❌🚫⛔✗✖]/iu;

/** Words in an address say nothing. */
const URL = /https?:\/\/[^\s)]{1,2000}/g;

/**
 * Whether a sentence warns of, forbids or describes what was found in it, rather than asking for it.
 *
 * @param found offsets of the match within the sentence's text; words inside it do not count.
 */
export function isWarning({ text, heading }: Sentence, found: Span): boolean {
  const rest = `${text.slice(0, found.start)} | ${text.slice(found.end)}`.replace(URL, ' ');
  return WARNS.test(rest) || WARNING_HEADING.test(heading);
}

/** Whether the heading above an offset announces bad examples, as guides on security have them. */
export function isUnderWarning(prose: Prose, offset: number): boolean {
  return WARNING_HEADING.test(headingAt(prose, offset));
}

/** The heading above an offset, with the line that announces the list it stands in. */
function headingAt(prose: Prose, offset: number): string {
  const heading = lastBefore(prose.headings, offset);
  const lead = leadBefore(prose.text, Math.max(heading?.start ?? 0, offset - 2 * REACH), offset);
  return lead ? `${heading?.text ?? ''} / ${lead.text}` : (heading?.text ?? '');
}

/** The last line that announces what follows it although it is no heading. */
function leadBefore(text: string, from: number, offset: number): Lead | undefined {
  let end = lineStart(text, offset) - 1;
  while (end > from) {
    const start = Math.max(lineStart(text, end), from);
    const line = text.slice(start, end);
    if (LEAD.test(line)) {
      const lead = { start, end, text: line.replace(/[*_\r]/g, '').trim() };
      return BOLD.test(line) || isListed(text, lead, offset) ? lead : undefined;
    }
    end = start - 1;
  }
  return undefined;
}

/** The last of a sorted list that starts before an offset. */
function lastBefore<T extends { readonly start: number }>(sorted: readonly T[], offset: number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as T).start < offset) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}

/** Whether a line announces the list that another offset stands in; an item of a list announces deeper ones only. */
function isListed(text: string, lead: Lead, to: number): boolean {
  if (to - lead.end > REACH) return false;
  const own = /^([ \t]*)(?:[-*+•]|\d{1,4}[.)])[ \t]/.exec(text.slice(lead.start, lead.end))?.[1]?.length ?? -1;
  const line = text.indexOf('\n', to);
  const lines = text.slice(lead.end, Math.min(line === -1 ? text.length : line, to + 200)).split('\n');
  return lines
    .slice(1)
    .every((each) => LIST_LINE.test(each) && (each.trim() === '' || each.length - each.trimStart().length > own));
}

function lineStart(text: string, offset: number): number {
  return offset > 0 ? text.lastIndexOf('\n', offset - 1) + 1 : 0;
}

/** A match in a sentence that asks for what it says. */
export interface Asked {
  readonly sentence: Sentence;
  readonly span: Span;
}

/** Matches of a global pattern in sentences that neither warn of nor forbid what they name. */
export function* findAsked(prose: Prose, pattern: RegExp): Iterable<Asked> {
  for (const match of prose.text.matchAll(pattern)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const sentence = sentenceAt(prose, match.index);
    const { start } = sentence.span;
    if (!isWarning(sentence, { start: span.start - start, end: span.end - start })) yield { sentence, span };
  }
}
