import { type AskedOf, isAnswered } from '../engine/askedFields.ts';
import type { Span } from '../engine/span.ts';
import { getItem } from '../guidelines/catalogue.ts';
import type { Card, Field } from '../languages/card/card.ts';
import type { FieldId, FieldSpec } from '../languages/card/fields.ts';
import { plainText } from '../languages/markdown.ts';

const STATES: Readonly<Record<Field['state'], string>> = {
  filled: 'filled',
  'not-applicable': 'answered: not applicable',
  placeholder: 'still to fill in',
  absent: 'missing',
};

export function stateInWords({ state }: Field): string {
  return STATES[state];
}

/** The documentation fields that the heading or label at an offset stands for: what belongs there, and who asks. */
export function fieldHover(
  card: Card,
  offset: number,
  asked: () => readonly AskedOf[],
): (Span & { value: string }) | undefined {
  const place = placeAt(card, offset);
  const specs = place ? card.specsFor(place.title) : [];
  if (!place || specs.length === 0) return undefined;
  const known = new Map(asked().map((one) => [String(one.id), one]));
  const parts = specs.map((spec) => explainField(spec, card.field(spec.id as FieldId), known.get(spec.id)));
  return { ...place.span, value: parts.join('\n\n---\n\n') };
}

function explainField(spec: FieldSpec, field: Field, asked: AskedOf | undefined): string {
  const lines = [`**${spec.heading}** · ${stateInWords(field)}`, `What belongs here: ${spec.ask}.`];
  if (!isAnswered(field) && spec.noneIsAnswer) lines.push('"None" is an answer, with its reason.');
  const items = (asked?.guidelines ?? []).map(getItem);
  if (items.length > 0)
    lines.push(
      `Asked by ${items.map(({ citation, title, url }) => `[${citation}](${url} "${plainText(title).replaceAll('"', '')}")`).join(', ')}`,
    );
  return lines.join('\n\n');
}

function placeAt({ markdown, title, values }: Card, offset: number): { title: string; span: Span } | undefined {
  const holds = ({ start, end }: Span) => start <= offset && offset <= end;
  const heading = markdown.headings.find(({ span }) => holds(span));
  if (heading) return heading === title ? undefined : { title: heading.text, span: heading.span };
  const label = values.find((value) => value.label && holds(value.label.span))?.label;
  return label && { title: label.text, span: label.span };
}
