import type { ReportedFinding } from '../engine/compliance.ts';
import { html, type Markup } from './html.ts';
import { printable } from './printable.ts';

/** A message; what stands in backticks is code, as in Markdown. */
export function messageMarkup(message: string): Markup[] {
  const parts = printable(message).split('`');
  // An odd mark out is a backtick and nothing else.
  if (parts.length % 2 === 0) return [html`${parts.join('`')}`];
  return parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

/** @param index of the finding in the report. */
export function placeButton({ path, line }: ReportedFinding, index: number): Markup {
  return html`<button type="button" class="link" data-finding="${index}">${printable(`${path}:${line + 1}`)}</button>`;
}

/** What the publication calls an item: `5.2.4-1` of `etsi-en-304-223:5.2.4-1`. */
export function itemNumber(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}
