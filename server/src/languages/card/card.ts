import { isNamedCard, type Kind } from '../../engine/kind.ts';
import { lineAt, type Span } from '../../engine/span.ts';
import type { FrontMatter } from '../frontMatter.ts';
import { type Heading, type Markdown, plainText } from '../markdown.ts';
import { type CardType, type FieldId, type FieldSpec, fieldsOf } from './fields.ts';
import { readValues, type Value } from './labelled.ts';
import { type Answer, answerOf } from './placeholders.ts';
import { isEnglish } from './prose.ts';
import type { FieldPlaces } from './structuredCard.ts';

export interface CardSource {
  readonly path: string;
  readonly text: string;
  readonly kind: Kind;
  readonly frontMatter: FrontMatter;
  readonly markdown: Markdown;
}

/** A field as this card has it. */
export interface Field {
  readonly spec: FieldSpec;
  /** `absent`: nothing speaks of it; `placeholder`: a place for it is there, but no answer. */
  readonly state: 'filled' | 'not-applicable' | 'placeholder' | 'absent';
  /** What it says, of a section the first paragraph, as plain text of at most 2,000 characters; empty unless filled. */
  readonly text: string;
  /** Heading, label, key or sentence that carries it; of an absent field the empty value in its place, if there is one. */
  readonly span?: Span;
  readonly carrier?: 'front-matter' | 'heading' | 'label' | 'sentence' | 'key';
  readonly heading?: Heading;
}

/** A value and what it amounts to. */
export interface AnsweredValue extends Value {
  readonly answer: Answer;
  /** Label and value as written, where they say something in words; else empty. */
  readonly sentence: string;
}

/** A model or data card, asked by field: front matter and text of a Markdown file, or a structured document. */
export interface Card {
  readonly type: CardType;
  /** Named as a card (`MODEL_CARD.md`), so that it can be held to what a card should say. */
  readonly named: boolean;
  /** False when the prose is not English, or a link to the card proper: then nothing can be called missing. */
  readonly understood: boolean;
  /** The title, or the first line: where findings about the whole card stand. */
  readonly anchor: Span;
  readonly text: string;
  readonly frontMatter: FrontMatter;
  readonly markdown: Markdown;
  /** The heading that names the card; it states no field. */
  readonly title: Heading | undefined;
  readonly values: readonly AnsweredValue[];
  /** All sentences one below the other: what they all do not say need not be looked for in each. */
  readonly sentences: string;
  /** Where the fields of a card in JSON, YAML or XML stand; undefined for Markdown. */
  readonly places: FieldPlaces | undefined;
  /** Whether a card of this format has a place for a field, so that it can be missed. */
  asks(id: FieldId): boolean;
  field(id: FieldId): Field;
  fields(): readonly Field[];
  /** Fields that a heading or label of this wording stands for. */
  specsFor(title: string): readonly FieldSpec[];
  /** Headings (but the title's) and labelled values that stand for a field. */
  placesOf(spec: FieldSpec): Places;
  /** What the section says as a whole. */
  answerOf(heading: Heading): Answer;
}

export interface Places {
  readonly headings: readonly Heading[];
  readonly values: readonly AnsweredValue[];
}

const MAX_TEXT = 2_000;
/** Longer headings and labels are sentences. */
const MAX_TITLE = 120;
const RANK: Readonly<Record<Field['state'], number>> = { filled: 3, 'not-applicable': 2, placeholder: 1, absent: 0 };

/** Reads a card. Never throws; each part is read when it is first asked for. */
export function readCard(source: CardSource): Card {
  const { text, frontMatter, markdown } = source;
  const type: CardType = source.kind === 'data-card' ? 'data' : 'model';
  const specs = fieldsOf(type);
  const first = markdown.headings[0];
  const title = first?.level === 1 ? first : undefined;
  const found = new Map<string, Field>();
  const answers = new Map<Heading, Answer>();
  let values: readonly AnsweredValue[] | undefined;
  let understood: boolean | undefined;
  let sentences: string | undefined;

  let places: ReadonlyMap<FieldSpec, Places> | undefined;

  const specsFor = (written: string) => specsNamed(type, written);
  const card: Card = {
    type,
    named: isNamedCard(source.path),
    get understood() {
      understood ??= !pointsElsewhere(card) && (isEnglishOutline(card) || isEnglish(text, card.values));
      return understood;
    },
    anchor: title?.span ?? firstLine(text, frontMatter.end),
    text,
    frontMatter,
    markdown,
    title,
    get values() {
      values ??= answered(text, markdown);
      return values;
    },
    get sentences() {
      sentences ??= card.values.map(({ sentence }) => sentence).join('\n');
      return sentences;
    },
    places: undefined,
    asks: () => true,
    field: (id) => {
      let field = found.get(id);
      if (!field) {
        const spec = specs.find((candidate) => candidate.id === id);
        field = spec ? findField(card, spec) : { spec: NO_FIELD, state: 'absent', text: '' };
        found.set(id, field);
      }
      return field;
    },
    fields: () => specs.map(({ id }) => card.field(id as FieldId)),
    specsFor,
    placesOf: (spec) => {
      places ??= allPlaces(card);
      return places.get(spec) ?? NOWHERE;
    },
    answerOf: (heading) => {
      const answer = answers.get(heading) ?? together(valuesIn(card.values, heading.content));
      answers.set(heading, answer);
      return answer;
    },
  };
  return card;
}

const NOWHERE: Places = { headings: [], values: [] };

function allPlaces({ markdown, title, values, specsFor }: Card): ReadonlyMap<FieldSpec, Places> {
  const places = new Map<FieldSpec, { headings: Heading[]; values: AnsweredValue[] }>();
  const placesOf = (spec: FieldSpec) => {
    const known = places.get(spec) ?? { headings: [], values: [] };
    places.set(spec, known);
    return known;
  };
  for (const heading of markdown.headings) {
    if (heading !== title) for (const spec of specsFor(heading.text)) placesOf(spec).headings.push(heading);
  }
  for (const value of values) {
    for (const spec of value.label ? specsFor(value.label.text) : []) placesOf(spec).values.push(value);
  }
  return places;
}

/** Cards are read again at every keystroke, and use the same few hundred headings and labels: each is matched once. */
const matched: Readonly<Record<CardType, Map<string, readonly FieldSpec[]>>> = { model: new Map(), data: new Map() };
const MAX_MATCHED = 5_000;

/** Fields that a heading, label or name of this wording stands for. */
export function specsNamed(type: CardType, written: string): readonly FieldSpec[] {
  const known = matched[type];
  let specs = known.get(written);
  if (!specs) {
    if (known.size >= MAX_MATCHED) known.clear();
    const wording = written
      .replace(/\[optional\]/i, '')
      .trim()
      .slice(0, MAX_TITLE);
    specs = fieldsOf(type).filter(({ headings, labels }) => headings.test(wording) || labels.test(wording));
    known.set(written, specs);
  }
  return specs;
}

/** Sections that are named in English only where the text is English; "License" and "Citation" stand over any language. */
const TELLING_GROUPS = new Set(['uses', 'risks', 'collection', 'training', 'evaluation']);

/** Three headings we know are proof enough, and cheaper than the prose. */
function isEnglishOutline({ markdown, title, specsFor }: Card): boolean {
  const telling = (heading: Heading) =>
    heading !== title && specsFor(heading.text).some(({ group }) => TELLING_GROUPS.has(group));
  return markdown.headings.filter(telling).length >= 3;
}

export const NO_FIELD: FieldSpec = { id: '', title: '', headings: /^$/, labels: /^$/, heading: '', ask: '', group: '' };

/** The best statement of a field: its key, its section, its label, or a sentence anywhere. */
function findField(card: Card, spec: FieldSpec): Field {
  let best: Field = { spec, state: 'absent', text: '' };
  for (const candidate of candidates(card, spec)) {
    if (RANK[candidate.state] > RANK[best.state]) best = candidate;
    if (best.state === 'filled') break;
  }
  return best;
}

function* candidates(card: Card, spec: FieldSpec): Iterable<Field> {
  const { text, frontMatter, markdown, title, values } = card;
  for (const key of spec.keys ?? []) {
    const entry = frontMatter.get(key);
    if (!entry) continue;
    const all = frontMatter.items(key);
    const items = all.filter((item) => !spec.ignore?.includes(item.text));
    const answers = items.map((item) => answerOf(item.text || 'value'));
    const isMapping = typeof entry.value === 'object' && entry.value !== null && !Array.isArray(entry.value);
    const mapping = isMapping && Object.keys(entry.value as object).length > 0;
    const answer = mapping ? 'filled' : strongest(answers);
    // A list that holds only ignored values states nothing, and is no place to fill either.
    if (answer === 'empty' && all.length > 0) continue;
    const said = () => items.map((item) => item.text).join(', ');
    yield stated(spec, answer, said, { span: entry.keySpan ?? entry.span, carrier: 'front-matter' });
  }
  const places = card.placesOf(spec);
  for (const heading of places.headings) {
    const said = (length: number) => wordsIn(text, valuesIn(values, heading.content), length);
    yield stated(spec, card.answerOf(heading), said, { span: heading.span, carrier: 'heading', heading });
  }
  for (const value of places.values) {
    const { label, answer } = value;
    if (label) yield stated(spec, answer, () => wordsOf(text, value), { span: label.span, carrier: 'label' });
  }
  for (const { header, rows } of spec.column ? markdown.tables : []) {
    const column = header.findIndex(({ text: title }) => spec.column?.test(plainText(title)));
    const cell = header[column];
    if (!cell) continue;
    const answers = rows.map((row) => answerOf(row[column]?.text ?? ''));
    yield stated(spec, strongest(answers), () => '', { span: cell.span, carrier: 'label' });
  }
  const above = spec.fromTitle ? title && nameIn(title) : spec.fromLead ? leadOf(card) : undefined;
  if (above) yield stated(spec, answerOf(above.text), () => above.text, { span: above.span, carrier: 'sentence' });
  if (title && spec.saysInTitle && spec.says?.test(title.text)) {
    yield { spec, state: 'filled', text: title.text.slice(0, MAX_TEXT), span: title.span, carrier: 'sentence' };
  }
  const first = spec.says?.exec(card.sentences);
  if (!first) return;
  let end = 0;
  for (const value of values) {
    end += value.sentence.length + 1;
    // Sentences before the first that may say it need not be tried one by one.
    if (end <= first.index || !value.sentence || !spec.says?.test(value.sentence)) continue;
    const said = () => wordsOf(text, value);
    yield {
      spec,
      state: 'filled',
      get text() {
        return said();
      },
      span: value.span,
      carrier: 'sentence',
    };
  }
}

/**
 * What one place states.
 *
 * @param said what stands there, at least as many characters of it as are asked for. Putting words together takes longer
 *   than all else here, and hardly anybody reads them; so they are made when asked for.
 */
function stated(
  spec: FieldSpec,
  answer: Answer,
  said: (length: number) => string,
  place: Pick<Field, 'span' | 'carrier' | 'heading'>,
): Field {
  const state = stateOf(answer, said, spec);
  return {
    spec,
    state,
    get text() {
      return state === 'placeholder' ? '' : said(MAX_TEXT).slice(0, MAX_TEXT);
    },
    ...place,
  };
}

/** Longer texts are cards themselves. In UTF-16 code units. */
const MAX_POINTER = 800;
const POINTS =
  /\b(?:see|refer to|found (?:in|at)|available (?:in|at)|moved to|described in|published (?:in|at))\b[^\n]{0,200}(?:\]\(|https?:)/i;

/** A few lines that say where the card is. */
function pointsElsewhere({ text, markdown }: Card): boolean {
  return text.length < MAX_POINTER && markdown.headings.length <= 2 && POINTS.test(text);
}

/** What the title says besides that this is a card. */
function nameIn({ text, span }: Heading): { text: string; span: Span } | undefined {
  const name = text
    .replace(/\b(?:model|system|data|dataset|data set) ?(?:card|sheet)(?: for)?\b|\bdata ?sheet(?: for)?\b/i, '')
    .replace(/^[\s:–—-]+|[\s:–—-]+$/g, '');
  return /[\p{L}\p{N}]/u.test(name) ? { text: name, span } : undefined;
}

/** The first paragraph, under the title or in the first section. */
function leadOf({ text, title, values, markdown }: Card): { text: string; span: Span } | undefined {
  const next = markdown.headings.filter((heading) => heading !== title)[1]?.span.start ?? text.length;
  const lead = values.find(
    ({ type, span, label, answer }) =>
      type !== 'code' && !label && answer === 'filled' && span.start < next && span.end - span.start >= 20,
  );
  return lead && { text: wordsOf(text, lead), span: lead.span };
}

/** What the filled values say, as many of them as it takes to have more than `length` characters. */
function wordsIn(text: string, values: readonly AnsweredValue[], length: number): string {
  let said = '';
  for (const value of values) {
    if (said.length > length) break;
    if (value.answer === 'filled') said += (said ? '\n' : '') + wordsOf(text, value);
  }
  return said;
}

function wordsOf(text: string, { span }: Value): string {
  return plainText(text.slice(span.start, Math.min(span.end, span.start + MAX_TEXT)));
}

const NEGATED = /^(?:n\s?\.?\/?a\b\.?|not applicable|none)\s*[-:,;(.–—]/i;

function stateOf(answer: Answer, said: (length: number) => string, spec: FieldSpec): Field['state'] {
  if (answer === 'blank' && spec.noneIsAnswer) return 'not-applicable';
  if (answer !== 'filled') return 'placeholder';
  // A value that is no more than `none` would not count as filled: the first of them decides.
  return NEGATED.test(said(0)) ? 'not-applicable' : 'filled';
}

/** Values that start inside a span; the list is in order of the text. */
export function valuesIn(values: readonly AnsweredValue[], span: Span): AnsweredValue[] {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle]?.span.start ?? 0) < span.start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < values.length && (values[end]?.span.start ?? 0) < span.end) end++;
  return values.slice(low, end);
}

function together(values: readonly AnsweredValue[]): Answer {
  return strongest(values.map(({ answer }) => answer));
}

function strongest(answers: readonly Answer[]): Answer {
  const order: readonly Answer[] = ['filled', 'blank', 'placeholder', 'boilerplate'];
  return order.find((answer) => answers.includes(answer)) ?? 'empty';
}

function answered(text: string, markdown: Markdown): AnsweredValue[] {
  const values = readValues(text, markdown);
  const answers = values.map(
    ({ type, span }): Answer => (type === 'code' ? 'filled' : answerOf(text.slice(span.start, span.end))),
  );
  let heading = 0;
  return values.map((value, index) => {
    const { label, span } = value;
    const answer = answers[index] ?? 'empty';
    if (answer !== 'empty' || !label) {
      const speaks = answer === 'filled' && value.type !== 'code';
      const sentence = speaks ? text.slice(label?.span.start ?? span.start, span.end) : '';
      return { ...value, answer, sentence };
    }
    while ((markdown.headings[heading]?.span.start ?? Number.POSITIVE_INFINITY) < label.span.start) heading++;
    const end = markdown.headings[heading]?.span.start ?? text.length;
    const below = answerBelow(text, value, values[index + 1], answers[index + 1] ?? 'empty', end);
    // An item that is all bold, without a colon, is an item of a list and no label.
    if (below === 'empty' && value.type === 'item' && !/[:：?]/.test(lineAfter(text, label.span.start))) {
      const { label: own, ...item } = value;
      return { ...item, span: label.span, answer: 'filled', sentence: own?.text ?? '' };
    }
    return { ...value, answer: below, sentence: '' };
  });
}

/** What follows a label that has nothing behind it: a list below it, a table, the paragraphs under a bold line. */
function answerBelow(text: string, { label }: Value, next: Value | undefined, answer: Answer, end: number): Answer {
  if (!label || !next || next.span.start > end) return 'empty';
  if (!next.label) return answer === 'empty' ? 'filled' : answer;
  return column(text, next.label.span.start) > column(text, label.span.start) ? 'filled' : 'empty';
}

function lineAfter(text: string, offset: number): string {
  return text.slice(offset, lineAt(text, offset).end);
}

function column(text: string, offset: number): number {
  return offset - lineAt(text, offset).start;
}

function firstLine(text: string, from: number): Span {
  const content = text.slice(from).search(/\S/);
  return lineAt(text, content === -1 ? 0 : from + content);
}
