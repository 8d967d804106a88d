import { plainText } from '../markdown.ts';

/**
 * What a value says: something; that there is nothing to say (`n/a`, `none`, a dash); that nobody has answered yet
 * (`[More Information Needed]`, `TODO`); only the sentence its template came with; or nothing.
 */
export type Answer = 'filled' | 'blank' | 'placeholder' | 'boilerplate' | 'empty';

/**
 * Marks of an unanswered value, matched against the whole value: as parts of sentences most of these words are ordinary.
 * From the templates of the Hub, `datasets`, model-card-toolkit and what authors leave behind (measured on 1,965 cards).
 */
const PLACEHOLDER: readonly RegExp[] = [
  /^\[?\s*(?:more|further) information (?:is )?needed(?: for further recommendations)?\s*\]?$/i,
  /^\[?\s*needs? more information\s*\]?$/i,
  /^[[(<]?\s*(?:todo|fixme|tbd|tba|tbc|wip|xxx)\b(?:[\s:.,-].{0,200})?[\])>]?$/i,
  /^[[(]?\s*(?:to do(?=$|[:.\]])|coming soon|work in progress|under construction|to be (?:added|determined|completed|announced|filled(?: in)?|updated|done|provided|written))\b.{0,60}[\])]?$/i,
  /^\[(?:insert|add|your|fill|placeholder|optional|describe|specify|enter)\b[^\]]{0,200}\]$/i,
  /^<(?:your|insert|add|placeholder|fill|describe|specify|enter)\b[^>]{0,200}>$/i,
  /^\{\{[^}]{0,100}\}\}$/,
  /^(?:task|text|description|content|the .{1,60}) goes here$/i,
  /^(?:[\w-]{1,60}\/)?INSERT_[A-Z_]{2,60}_HERE$/,
  /^lorem ipsum\b.*$/is,
];

const BLANK =
  /^(?:n\s?\.?\s?\/?\s?a\.?|none|null|nil|unknown|undefined|not (?:applicable|specified|available|provided|disclosed|known)|[-–—]{1,8}|\?{1,8}|_{1,80}|\.{2,8}|…)$/i;

/** Sentences that the Hub's templates put there for every model. */
const BOILERPLATE: readonly RegExp[] = [
  /users \(both direct and downstream\) should be made aware of the risks, biases and limitations of the model\.?/gi,
  /users should be made aware of the risks, biases and limitations of the dataset\.?/gi,
  /more information needed for further recommendations\.?/gi,
  /use the code below to get started with the model\.?/gi,
];

/** What every pattern above needs; a text of some words without any of it is an answer. */
const SUSPECT =
  /information|to ?do|fixme|\btb[dac]\b|\bwip\b|xxx|soon|progress|construct|to be|insert|add|your|fill|placeholder|optional|describe|specify|enter|\{\{|goes here|lorem|code below|made aware/i;

/** Three words in a row; the first pattern is ten times as fast, and enough for most. */
const SOME_WORDS = /\b[A-Za-z]{2,}\s+[A-Za-z]{2,}\s+[A-Za-z]{2,}/;
const SOME_WORDS_OF_ANY_SCRIPT = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{2,}\s+[\p{L}\p{N}]{2,}\s+[\p{L}\p{N}]{2,}/u;

/** Reads one value: the text behind a label, a cell, or a paragraph. Markdown marks do not count. */
export function answerOf(markdown: string): Answer {
  if ((SOME_WORDS.test(markdown) || SOME_WORDS_OF_ANY_SCRIPT.test(markdown)) && !SUSPECT.test(markdown))
    return 'filled';
  const text = plainText(markdown).replace(/^(?:[-*+•]|\[[ x]\])\s+/, '');
  if (!/[\p{L}\p{N}]/u.test(text) && !BLANK.test(text)) return text === '' ? 'empty' : blankOrFilled(text);
  // Longer texts are answers, whatever words they hold.
  if (text.length > 400) return 'filled';
  const bare = text.replace(/[\s.!…]+$/, '') || text;
  if (PLACEHOLDER.some((pattern) => pattern.test(bare) || pattern.test(text))) return 'placeholder';
  if (BLANK.test(bare) || BLANK.test(text)) return 'blank';
  const own = BOILERPLATE.reduce((rest, pattern) => rest.replace(pattern, ''), text).trim();
  return own === '' ? 'boilerplate' : 'filled';
}

/** A value of marks alone: an emoji or a tick answers, brackets around nothing do not. */
function blankOrFilled(text: string): Answer {
  return /\p{Extended_Pictographic}|[✓✔✗✘×<>]/u.test(text) ? 'filled' : 'blank';
}
