import { defineRule, type Problem } from '../../engine/rule.ts';
import { overlaps } from '../../engine/span.ts';
import type { AnsweredValue, Card } from '../../languages/card/card.ts';
import type { FieldId } from '../../languages/card/fields.ts';
import { answerOf } from '../../languages/card/placeholders.ts';
import { answerOfScalar, scalarsIn, valuesOf } from '../../languages/card/structuredCard.ts';
import { type Heading, visibleText } from '../../languages/markdown.ts';
import type { Prompt, PromptFormat } from '../../languages/prompt.ts';
import { SKELETON_MARKS } from '../../languages/prompts/skeletons/index.ts';

/** The mark our own fixes and skeletons leave; unlike the others it counts anywhere in a text. */
const MARK = /\[TODO: [^\]\n]{0,300}\]/g;
const MARK_START = '[TODO: ';
/** Longer values are data. In UTF-16 code units. */
const MAX_MARKED = 100_000;

export const placeholderLeftIn = defineRule({
  meta: {
    id: 'GL803',
    name: 'placeholder-left-in',
    title: 'Placeholder left in a card or a new prompt file',
    kinds: ['model-card', 'data-card', 'prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.4-1.1',
      'ncsc-cisa-2023:ncsc-2.3',
      'etsi-en-304-223:5.2.4-1',
      'eu-ai-act:AnnexIV.2.d',
    ],
    why: 'A heading over a placeholder looks like documentation, in a review as in a table of contents, but nobody has answered the question. It is worse than a missing section, which at least shows.',
    how: 'Answer it. Where there is nothing to say, say why: "N/A: the model was not tuned".',
    messages: {
      placeholder: '"{where}" still holds a placeholder',
      many: '{count} places still hold what the template came with, the first under "{where}"',
      boilerplate: '"{where}" holds only the sentence of the template',
      empty: '"{where}" is empty',
      bare: '"{where}" says only `{value}`; add the reason, or the answer',
    },
    examples: [
      {
        title: 'the template of the Hub',
        path: 'README.md',
        bad: '---\nlibrary_name: transformers\n---\n# Model Card for toxi\n\n## Uses\n\n### Direct Use\n\n<!-- Address questions around intended use -->\n\n[More Information Needed]\n',
        good: '---\nlibrary_name: transformers\n---\n# Model Card for toxi\n\n## Uses\n\n### Direct Use\n\nSorting reported comments.\n',
      },
      {
        title: 'a template that nobody has filled in, which is one finding',
        path: 'README.md',
        bad: `---\nlibrary_name: transformers\n---\n# Model Card for toxi\n${['Direct Use', 'Out-of-Scope Use', 'Limitations', 'Training Data', 'Evaluation', 'Citation'].map((heading) => `\n## ${heading}\n\n[More Information Needed]\n`).join('')}`,
      },
      {
        title: 'a label and a front-matter value',
        path: 'MODEL_CARD.md',
        bad: '---\nlicense: TODO\n---\n# Model Card for toxi\n\n- **Developed by:** TBD\n',
        good: '---\nlicense: mit\n---\n# Model Card for toxi\n\n- **Developed by:** Forum team, Example Ltd\n',
      },
      {
        title: 'an empty section',
        path: 'DATA_CARD.md',
        bad: '# Data card: Forum archive\n\n## Limitations\n\n## License\n\nCC BY 4.0\n',
        good: '# Data card: Forum archive\n\n## Limitations\n\nNo posts before 2019.\n\n## License\n\nCC BY 4.0\n',
      },
      {
        title: 'in Croissant',
        path: 'croissant.json',
        bad: '{\n  "@context": { "cr": "http://mlcommons.org/croissant/" },\n  "@type": "sc:Dataset",\n  "name": "forum",\n  "description": "Posts of our forum.",\n  "license": "TODO",\n  "distribution": [],\n  "recordSet": []\n}\n',
        good: '{\n  "@context": { "cr": "http://mlcommons.org/croissant/" },\n  "@type": "sc:Dataset",\n  "name": "forum",\n  "description": "Posts of our forum.",\n  "license": "https://creativecommons.org/licenses/by/4.0/",\n  "distribution": [],\n  "recordSet": []\n}\n',
      },
      {
        title: 'the same words in a sentence',
        path: 'MODEL_CARD.md',
        good: '# Model Card for toxi\n\n## Limitations\n\nThe age of most authors is unknown. To do the same for images, more information is needed.\n',
      },
      {
        title: 'N/A with its reason',
        path: 'DATA_CARD.md',
        good: '# Data card: Forum archive\n\n## Personal and sensitive information\n\nN/A: the posts were written by a generator.\n',
      },
      {
        title: 'a new prompt file',
        path: 'AGENTS.md',
        bad: '# Working here\n\n- Test: [TODO: command that runs the tests, such as npm test]\n',
        good: '# Working here\n\n- Test: npm test\n- Write headings as [TODO: chapter] until the text is there.\n',
      },
      {
        title: 'an item in bold is no label',
        path: 'MODEL_CARD.md',
        good: '# Model Card for toxi\n\n## Uses\n\nMade for:\n\n- **Compute-efficient applications**\n- **Intended use in chat**\n',
      },
      {
        title: 'a bold line over the answer',
        path: 'MODEL_CARD.md',
        good: '# Model Card for toxi\n\n## Citation [optional]\n\n**BibTeX:**\n\nToxi 1.0, Example Ltd, 2025.\n',
      },
    ],
  },
  *check(file) {
    // A view is made when it is asked for: a prompt is not read as a card, nor a card as a prompt.
    if (file.kind === 'prompt') {
      if (file.text.includes(MARK_START)) yield* inPrompt(file.prompt, file.text);
      return;
    }
    const { card } = file;
    yield* inData(card);
    yield* inFrontMatter(card);
    yield* together(card, [...inValues(card)]);
    for (const heading of card.markdown.headings) yield* inHeading(card, heading);
  },
});

function* inValues(card: Card): Iterable<Problem> {
  let above: AnsweredValue | undefined;
  for (const value of card.values) {
    // Of a bold line over a placeholder, the placeholder is reported.
    const leads = value.label && value.answer === 'placeholder' && value.span.start === value.span.end;
    if (!leads) yield* inValue(card, value, above?.label?.text);
    above = leads ? value : undefined;
  }
}

/** What the templates of the Hub put under every heading. */
const OF_TEMPLATE = /^[\W_]*(?:(?:more|further) information (?:is )?needed|needs? more information)[\W_]*$/i;
/** It may be a link, to the page of the author who could tell. In UTF-16 code units. */
const MAX_BLANK = 400;
/** As many are shown one by one. */
const FEW = 5;

/** A template that nobody has filled in is one thing to do: at the first place, with the others as related ones. */
function* together({ text }: Card, problems: readonly Problem[]): Iterable<Problem> {
  const isOfTemplate = ({ message, span }: Problem) =>
    message === 'boilerplate' ||
    OF_TEMPLATE.test(
      text.slice(span.start, Math.min(span.end, span.start + MAX_BLANK)).replace(/\]\([^()\n]{0,300}\)/, ']'),
    );
  const blank = problems.filter(isOfTemplate);
  const [first, ...others] = blank;
  if (!first || blank.length <= FEW) return yield* problems;
  const related = others.map(({ span, data }) => ({ span, message: `"${data?.where ?? 'The card'}" too` }));
  const { severity, ...rest } = first;
  const optional = blank.every((problem) => problem.severity === 'info') ? { severity: 'info' as const } : {};
  yield { ...rest, ...optional, message: 'many', data: { ...first.data, count: String(blank.length) }, related };
  yield* problems.filter((problem) => !isOfTemplate(problem));
}

/** Formats whose description another rule looks at. */
const DESCRIBED: readonly PromptFormat[] = ['vscode-prompt', 'agent', 'instructions', 'skill', 'prompty', 'dotprompt'];

/**
 * Prompts hold marks of all sorts for the model to fill in; only those that a new prompt file starts with are certainly its
 * author's.
 */
function* inPrompt({ description, head, format }: Prompt, text: string): Iterable<Problem> {
  for (const { 0: mark, index } of text.matchAll(MARK)) {
    const span = { start: index, end: index + mark.length };
    const described = head.present && description && DESCRIBED.includes(format) && overlaps(span, description.span);
    if (SKELETON_MARKS.has(mark) && !described) {
      yield { span, message: 'placeholder', severity: 'info', data: { where: 'The file' } };
    }
  }
}

/** Values of a structured card that state a field; an empty one is as good as none, since programs write those. */
function* inData(card: Card): Iterable<Problem> {
  if (!card.places) return;
  const seen = new Set<number>();
  for (const { spec, state } of card.fields()) {
    for (const { key, node } of card.places.placesOf(spec.id as FieldId)) {
      for (const scalar of scalarsIn(node)) {
        const answer = answerOfScalar(scalar);
        if (seen.has(scalar.span.start)) continue;
        const place = { span: scalar.span, data: { where: key, value: scalar.text.slice(0, 40) } };
        if (answer === 'placeholder' || answer === 'boilerplate') yield { ...place, message: 'placeholder' };
        else if (answer === 'blank' && state === 'placeholder' && card.asks(spec.id as FieldId))
          yield { ...place, message: 'bare', severity: 'hint' };
        else continue;
        seen.add(scalar.span.start);
      }
    }
  }
  for (const { span, text } of card.text.includes(MARK_START) ? valuesOf(card) : []) {
    if (!seen.has(span.start) && text.includes(MARK_START) && text.length < MAX_MARKED && text.search(MARK) !== -1)
      yield { span, message: 'placeholder', data: { where: 'The card' } };
  }
}

/** Keys of which an empty value is an unanswered question. */
const ASKED_KEYS = new Set([
  'license',
  'language',
  'base_model',
  'datasets',
  'source_datasets',
  'last_reviewed',
  'next_review',
]);

function* inFrontMatter({ frontMatter }: Card): Iterable<Problem> {
  for (const { text: key, span } of frontMatter.keys()) {
    const items = frontMatter.items(key);
    if (ASKED_KEYS.has(key) && frontMatter.get(key)?.value === null) {
      yield { span, message: 'empty', data: { where: key } };
    }
    for (const item of items) {
      const answer = answerOf(item.text || 'a mapping');
      if (answer === 'placeholder') yield { span: item.span, message: 'placeholder', data: { where: key } };
      else if (answer === 'blank' && key === 'license') {
        yield { span: item.span, message: 'bare', severity: 'info', data: { where: key, value: item.text } };
      }
    }
  }
}

/** `above`: the label on the line before, where the value has none of its own. */
function* inValue(card: Card, value: AnsweredValue, above: string | undefined): Iterable<Problem> {
  const { span, answer, type, label, cell } = value;
  if (type === 'code') return;
  const written = card.text.slice(span.start, span.end);
  const heading = () => sectionAt(card, span.start);
  const where = () => label?.text || above || heading()?.text || 'The card';
  const optional = () => (/\[optional\]/i.test(heading()?.text ?? '') ? { severity: 'info' as const } : {});
  switch (answer) {
    case 'placeholder':
      yield { span, message: 'placeholder', data: { where: where() }, ...optional() };
      break;
    case 'boilerplate':
      if (!/code below/i.test(written)) yield { span, message: 'boilerplate', data: { where: where() } };
      break;
    case 'empty':
      if (label && isOpen(card, label.text)) {
        yield { span: label.span, message: 'empty', data: { where: label.text }, ...optional() };
      }
      break;
    case 'blank': {
      // A dash in a table of results, or "none" under a heading of the author's own, answers something.
      if (cell) break;
      const section = heading();
      const asked = label
        ? isOpen(card, label.text)
        : section && card.answerOf(section) === 'blank' && isOpen(card, section.text);
      if (asked) {
        const severity = /^n\W*a\W*$/i.test(written) ? 'hint' : 'info';
        yield { span, message: 'bare', severity, data: { where: where(), value: written.slice(0, 40) } };
      }
      break;
    }
    default:
      for (const mark of marksIn(written)) yield marked(mark, span.start, where());
  }
}

function* inHeading(card: Card, heading: Heading): Iterable<Problem> {
  const { text, span, content } = heading;
  for (const mark of marksIn(card.text.slice(span.start, span.end))) yield marked(mark, span.start, 'The title');
  if (heading === card.title || !isOpen(card, text)) return;
  if (visibleText(card.text.slice(content.start, content.end)).trim() !== '') return;
  yield {
    span,
    message: 'empty',
    data: { where: text },
    ...(/\[optional\]/i.test(text) && { severity: 'info' as const }),
  };
}

/** Nearly all values have no mark, and starting a search for every match costs more than looking for the first words of one. */
function marksIn(written: string): Iterable<RegExpExecArray> {
  return written.includes(MARK_START) ? written.matchAll(MARK) : [];
}

function marked(mark: RegExpExecArray, offset: number, where: string): Problem {
  const start = offset + mark.index;
  return { span: { start, end: start + mark[0].length }, message: 'placeholder', data: { where } };
}

/** Whether a heading or label asks for something that the card answers nowhere else. */
function isOpen(card: Card, title: string): boolean {
  return card.specsFor(title).some(({ id }) => card.field(id as FieldId).state === 'placeholder');
}

/** The innermost section that holds an offset. */
function sectionAt({ markdown: { headings } }: Card, offset: number): Heading | undefined {
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((headings[middle]?.content.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  // What stands in a heading itself belongs to the section around it.
  while (low > 0 && offset >= (headings[low - 1]?.content.end ?? 0)) low--;
  return headings[low - 1];
}
