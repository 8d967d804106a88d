import type { Status } from '../engine/compliance.ts';
import type { Severity } from '../engine/finding.ts';
import { html, type Markup } from './html.ts';

type IconName = Status | Severity | 'chevron' | 'sort' | 'up' | 'down';

const RING = 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5Z';

/**
 * Outlines of 16 by 16, told apart by shape so that colour is only a help. `d` is drawn as a line, `fill` as an area.
 */
const SHAPES: Readonly<Record<IconName, { readonly d?: string; readonly fill?: string; readonly dashed?: boolean }>> = {
  open: {
    fill: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-.9 3.2h1.8l-.25 5.1h-1.3L7.1 4.2ZM8 12.2a1 1 0 1 1 0-2 1 1 0 0 1 0 2Z',
  },
  suppressed: { d: RING, fill: 'M8 3.6a4.4 4.4 0 0 1 0 8.8V3.6Z' },
  'evidence-overdue': { d: `${RING}M8 4.4V8l2.6 1.8` },
  'accepted-risk': { d: 'M8 1.8l5.2 2v3.9c0 3-2.1 5.3-5.2 6.5-3.1-1.2-5.2-3.5-5.2-6.5V3.8l5.2-2ZM8 4.8v3.6M8 10.4v.8' },
  'partly-met': { d: 'M4 1.8h5.2L12 4.6v9.6H4V1.8ZM6 8.6h2' },
  'partly-checked': { d: `${RING}M5 8.2l2.1 2.1L11.1 6`, dashed: true },
  clean: { d: `${RING}M5 8.2l2.1 2.1L11.1 6` },
  evidence: { d: 'M4 1.8h5.2L12 4.6v9.6H4V1.8ZM6 9l1.5 1.5L10.2 7.6' },
  'needs-human': { d: 'M8 2.2a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2ZM2.8 14.2c.2-2.9 2.2-4.6 5.2-4.6s5 1.7 5.2 4.6' },
  unchecked: { d: RING, dashed: true },
  'switched-off': { d: `${RING}M3.7 12.3l8.6-8.6` },
  'other-role': { d: 'M2.5 8h11M10 4.5L13.5 8 10 11.5' },
  'not-applicable': { d: 'M3.5 6h9M3.5 10h9' },
  'not-relevant': { d: 'M3.5 8h9' },
  error: { d: `${RING}M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8` },
  warning: { d: 'M8 2l6.4 11.6H1.6L8 2ZM8 6.4v3.4M8 11.2v1' },
  info: { d: `${RING}M8 7.2v4M8 4.6v1` },
  hint: { d: 'M5.9 11.3h4.2M6.4 13.7h3.2M6.2 11.2c0-1.7-1.9-2.4-1.9-4.9a3.7 3.7 0 0 1 7.4 0c0 2.5-1.9 3.2-1.9 4.9' },
  chevron: { d: 'M6 3.8L10.2 8 6 12.2' },
  sort: { d: 'M8 3.5v9M4.8 9.4L8 12.6l3.2-3.2' },
  up: { d: 'M8 12.8V3.4M4.4 7L8 3.4 11.6 7' },
  down: { d: 'M8 3.2v9.4M4.4 9L8 12.6 11.6 9' },
};

/** All icons once, for `icon` to point at. */
export const iconSheet: Markup = html`<svg class="sheet" width="0" height="0" aria-hidden="true" focusable="false">${Object.entries(
  SHAPES,
).map(
  ([name, { d, fill, dashed }]) =>
    html`<symbol id="i-${name}" viewBox="0 0 16 16">${
      d &&
      html`<path d="${d}" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"${
        dashed && html` stroke-dasharray="2 2.4"`
      }/>`
    }${fill && html`<path d="${fill}" fill="currentColor" fill-rule="evenodd"/>`}</symbol>`,
)}</svg>`;

/** An icon of the sheet. It says nothing by itself: text always stands beside it. */
export function icon(name: string): Markup {
  return html`<svg class="icon i-${name}" aria-hidden="true" focusable="false"><use href="#i-${name}"/></svg>`;
}
