import type { Kind } from '../../engine/kind.ts';
import { isNamedCard } from '../../engine/kind.ts';
import { lineAt, type Span } from '../../engine/span.ts';
import { readFrontMatter } from '../frontMatter.ts';
import { readMarkdown } from '../markdown.ts';
import type { TreeNode } from '../tree.ts';
import { type Card, type Field, NO_FIELD, readCard, specsNamed } from './card.ts';
import { type CardType, type FieldId, type FieldSpec, fieldsOf } from './fields.ts';
import { entryOf, type FieldRow, type Place, placesAt } from './formats/format.ts';
import { type Answer, answerOf } from './placeholders.ts';
import type { Structure } from './structure.ts';

export interface StructuredSource {
  readonly path: string;
  readonly text: string;
  readonly kind: Kind;
}

/** The fields of one structured card, and where they stand. */
export interface FieldPlaces {
  readonly structure: Structure;
  /** How the format keeps a field; undefined where it has no place for it. */
  rowOf(id: FieldId): FieldRow | undefined;
  /** Values that state a field, those of its own place first. */
  placesOf(id: FieldId): readonly Place[];
}

const MAX_TEXT = 2_000;
/** Values of one field that are read; more say nothing new. */
const MAX_VALUES = 500;
const MAX_DEPTH = 60;
const EMPTY_HEAD = readFrontMatter('');
const EMPTY_BODY = readMarkdown('', 0);

/** Reads a structured card into the fields that Markdown cards have. Never throws. */
export function readStructuredCard({ path, text, kind }: StructuredSource, structure: Structure): Card {
  const { format, subject, broken } = structure;
  const type: CardType = kind === 'data-card' ? 'data' : 'model';
  const specs = fieldsOf(type);
  const found = new Map<string, Field>();
  const table: Readonly<Record<string, FieldRow | undefined>> = format?.[type] ?? {};
  const stated = new Map<string, readonly Place[]>();
  let prose: readonly Prose[] | undefined;
  let named: readonly { readonly ids: readonly string[]; readonly place: Place }[] | undefined;

  const fits = subject !== undefined && subject.type === type;
  const rowOf = (id: FieldId) => table[id];
  const placesOf = (id: FieldId): readonly Place[] => {
    let places = stated.get(id);
    if (!places) {
      named ??= subject ? namedProperties(subject.node, type) : [];
      const own = fits ? (table[id]?.at ?? []).flatMap((way) => follow(structure, way)) : [];
      places = [...own, ...named.filter(({ ids }) => ids.includes(id)).map(({ place }) => place)];
      stated.set(id, places);
    }
    return places;
  };
  const card: Card = {
    type,
    named: isNamedCard(path),
    understood: fits && !broken,
    anchor: anchorOf(structure, text),
    text,
    frontMatter: EMPTY_HEAD,
    markdown: EMPTY_BODY,
    title: undefined,
    values: [],
    sentences: '',
    places: { structure, rowOf, placesOf },
    asks: (id) => {
      const row = rowOf(id);
      const { whole } = format ?? {};
      // Where the part for all of these is missing, that is what is missing.
      const isInWhole = whole !== undefined && row?.at.every((path) => path.startsWith(`${whole}.`));
      return row !== undefined && !row.shared && !(isInWhole && !entryOf(subject?.node, whole));
    },
    field: (id) => {
      let field = found.get(id);
      if (!field) {
        const spec = specs.find((candidate) => candidate.id === id);
        prose ??= fits ? proseOf(structure, path, kind) : [];
        field = spec ? findField(spec, placesOf(id), prose) : { spec: NO_FIELD, state: 'absent', text: '' };
        found.set(id, field);
      }
      return field;
    },
    fields: () => specs.map(({ id }) => card.field(id as FieldId)),
    specsFor: (written) => specsNamed(type, written),
    placesOf: () => ({ headings: [], values: [] }),
    answerOf: () => 'empty',
  };
  return card;
}

function follow({ root, subject, format }: Structure, path: string): readonly Place[] {
  const from = path.startsWith('/') ? root : subject?.node;
  return from ? placesAt(from, path, format?.prefix) : [];
}

function findField(spec: FieldSpec, places: readonly Place[], prose: readonly Prose[]): Field {
  let best: Field = { spec, state: 'absent', text: '' };
  for (const { node, keySpan } of places) {
    const answer = answerIn(node);
    const carrier = { span: keySpan, carrier: 'key' } as const;
    if (answer === 'filled') return { spec, state: 'filled', text: saidIn(node), ...carrier };
    if (answer === 'empty') {
      if (!best.span) best = { ...best, ...carrier };
    } else if (answer === 'blank' && spec.noneIsAnswer) {
      best = { spec, state: 'not-applicable', text: saidIn(node), ...carrier };
    } else if (best.state === 'absent') best = { spec, state: 'placeholder', text: '', ...carrier };
  }
  if (best.state !== 'absent') return best;
  for (const { text: said, span, field } of prose) {
    const { state, text: words } = field(spec.id as FieldId);
    if (state === 'filled' || state === 'not-applicable') {
      return { spec, state, text: words || said.slice(0, MAX_TEXT), span, carrier: 'sentence' };
    }
  }
  return best;
}

/** A free text of the card, read as a Markdown card. */
interface Prose {
  readonly span: Span;
  readonly text: string;
  readonly field: Card['field'];
}

/** Free texts of the card; of what they state the place is the whole text. */
function proseOf(structure: Structure, path: string, kind: Kind): readonly Prose[] {
  const nodes = (structure.format?.prose ?? []).flatMap((way) => follow(structure, way).map(({ node }) => node));
  const scalars = nodes.flatMap((node) => scalarsIn(node)).filter(({ text }) => answerOf(text) === 'filled');
  return scalars.slice(0, 20).map((node) => {
    const said = node.text;
    const card = readCard({ path, text: said, kind, frontMatter: EMPTY_HEAD, markdown: readMarkdown(said, 0) });
    return { span: node.span, text: said, field: card.field };
  });
}

/** Name and value pairs (`properties` of CycloneDX) whose name is that of a field. */
function namedProperties(node: TreeNode, type: CardType) {
  const lists = [entryOf(node, 'properties'), entryOf(entryOf(node, 'modelCard')?.node, 'properties')];
  return lists
    .flatMap((list) => list?.node.items ?? [])
    .slice(0, MAX_VALUES)
    .flatMap((item) => {
      const name = entryOf(item, 'name');
      const value = entryOf(item, 'value');
      if (!name || !value) return [];
      const words = name.node.text.slice(name.node.text.lastIndexOf(':') + 1).replace(/[_-]+/g, ' ');
      const spaced = words.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
      const ids = specsNamed(type, spaced).map(({ id }) => id);
      return [{ ids, place: { node: value.node, key: name.node.text, keySpan: name.node.span } }];
    });
}

/** What a value amounts to; of lists and maps the best of what stands in them. */
export function answerIn(node: TreeNode): Answer {
  const answers = new Set(scalarsIn(node).map(answerOfScalar));
  const order: readonly Answer[] = ['filled', 'blank', 'placeholder', 'boilerplate'];
  return order.find((answer) => answers.has(answer)) ?? 'empty';
}

/** An answer that asks is the text of the schema, copied. */
const QUESTION =
  /^(?:who|what|which|how|why|where|when|are there|is there|does|do) [^.!?]{5,300}\?(?: [Ee]\.g\. .*)?$/i;

/** What one value amounts to; numbers, dates and yes or no are answers, `null` is nothing. */
export function answerOfScalar({ value, text }: TreeNode): Answer {
  if (value === undefined || text === '') return 'empty';
  if (typeof value !== 'string') return 'filled';
  if (/^no_?assertion$/i.test(text)) return 'blank';
  if (QUESTION.test(text)) return 'placeholder';
  return answerOf(text.slice(0, MAX_TEXT));
}

/** Pictures are no words, and types only say what stands beside them. */
const SILENT = new Set(['type', '@type', '@id', 'spdxId', 'creationInfo', 'graphics', 'image', 'bom-ref', 'required']);

/** What is said in a value: itself, or the scalars in it that say something. */
export function scalarsIn(node: TreeNode): readonly TreeNode[] {
  if (node.kind === 'scalar') return [node];
  const scalars: TreeNode[] = [];
  const visit = (current: TreeNode, depth: number): void => {
    if (scalars.length >= MAX_VALUES || depth > 8) return;
    if (current.kind === 'scalar') scalars.push(current);
    for (const item of current.items) visit(item, depth + 1);
    const telling = current.entries.filter(({ key }) => !SILENT.has(key));
    for (const { node: child } of telling.length > 0 ? telling : current.entries) visit(child, depth + 1);
  };
  visit(node, 0);
  return scalars;
}

function saidIn(node: TreeNode): string {
  const words = scalarsIn(node).filter((scalar) => answerOfScalar(scalar) === 'filled');
  return words
    .map(({ text }) => text)
    .join(', ')
    .slice(0, MAX_TEXT);
}

/** The name of what is described, else its first key, else the first line. */
function anchorOf({ root, subject }: Structure, text: string): Span {
  const node = subject?.node ?? root;
  const name = entryOf(node, 'name', 'title', 'display_name', 'slug')?.node;
  const place = name?.kind === 'scalar' && name.text ? name.span : node?.entries[0]?.keySpan;
  if (!place) return lineAt(text, Math.max(0, text.search(/\S/)));
  return { start: place.start, end: Math.min(place.end, lineAt(text, place.start).end) };
}

/**
 * Every value of a structured card, in the order of the text; none for Markdown.
 *
 * @param skips maps of which no value is given.
 */
export function valuesOf({ places }: Card, skips?: (entries: TreeNode['entries']) => boolean): readonly TreeNode[] {
  const values: TreeNode[] = [];
  const visit = (node: TreeNode, depth: number): void => {
    if (depth > MAX_DEPTH || skips?.(node.entries)) return;
    if (node.kind === 'scalar') values.push(node);
    for (const { node: child } of node.entries) visit(child, depth + 1);
    for (const item of node.items) visit(item, depth + 1);
  };
  const { root } = places?.structure ?? {};
  if (root) visit(root, 0);
  return values;
}
