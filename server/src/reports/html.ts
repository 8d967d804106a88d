import escapeHtml from 'escape-html';

/** Text that is already markup. Only `html` makes it, so nothing else can get into a page unescaped. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | boolean | null | undefined | Markup | readonly Value[];

/**
 * Template tag for HTML. Every value is escaped for text and for quoted attributes, except markup made by this tag;
 * arrays are joined, and `undefined`, `null` and booleans leave nothing.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.map((part, index) => part + toMarkup(values[index])).join('') };
}

function toMarkup(value: Value): string {
  if (value === undefined || value === null || typeof value === 'boolean') return '';
  if (Array.isArray(value)) return value.map(toMarkup).join('');
  if (typeof value === 'object') return (value as Markup).markup;
  return escapeHtml(String(value));
}

/**
 * JSON as the content of `<script type="application/json">`, where HTML escapes do not work: no `<` is left that could
 * end the element or open a comment.
 */
export function jsonIsland(value: unknown): Markup {
  return { markup: JSON.stringify(value).replaceAll('<', '\\u003c') };
}
