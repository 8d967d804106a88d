// What all parts of the page's script share: its data, its fixed elements, the way to the extension, and new elements.
import type { SummaryData, SummaryFinding, SummaryItem, SummaryMessage } from '../../server/src/reports/summaryData.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: SummaryMessage): void;
  getState(): State | undefined;
  setState(state: State): void;
};

export const FIELDS = ['framework', 'phase', 'role', 'level', 'status', 'text'] as const;
export type Field = (typeof FIELDS)[number];

/** What survives hiding the panel, and a new page in it. */
export interface State {
  /** Time of the report: another report starts afresh, but keeps filters and order. */
  readonly time: string;
  readonly filters: Readonly<Partial<Record<Field, string>>>;
  readonly sort: { readonly key: string; readonly down: boolean };
  /** Ids of the items that are expanded, and of the folds that are open. */
  readonly expanded: readonly string[];
  readonly folds: readonly string[];
  readonly scroll: number;
  /** The command that makes a new page: its button has the focus again, or what it was for. */
  readonly command?: string;
}

export const vscode = acquireVsCodeApi();
export const data: SummaryData = JSON.parse(document.getElementById('data')?.textContent ?? '');
export const form = document.getElementById('filters') as HTMLFormElement;
export const table = document.querySelector('table.items') as HTMLTableElement;

export interface Row {
  readonly body: HTMLTableSectionElement;
  readonly item: SummaryItem;
  /** Place in the catalogue. */
  readonly order: number;
}
const bodies = new Map(
  [...document.querySelectorAll<HTMLTableSectionElement>('tbody[data-id]')].map((body) => [body.dataset.id, body]),
);
export const rows: readonly Row[] = data.items.flatMap((item, order) => {
  const body = bodies.get(item.id);
  return body ? [{ body, item, order }] : [];
});
export const rowOf = new Map(rows.map((row) => [row.item.id, row]));

export function field(name: Field): HTMLInputElement | HTMLSelectElement {
  return form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
}

/** Indices of the findings of each guideline item, built when the first row is opened. */
let byItem: Map<string, number[]> | undefined;

/** Indices of an item's findings: what is still open comes first. */
export function findingsOf(id: string): readonly number[] {
  byItem ??= indexFindings();
  return byItem.get(id) ?? [];
}

function indexFindings(): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const accepted of [false, true]) {
    for (const [at, finding] of data.findings.entries()) {
      if ((finding.accepted !== undefined) !== accepted) continue;
      for (const id of data.sorts[finding.sort]?.guidelines ?? []) {
        const list = index.get(id);
        if (list) list.push(at);
        else index.set(id, [at]);
      }
    }
  }
  return index;
}

export function placeOf({ file, line, character }: SummaryFinding) {
  return { uri: data.files[file]?.uri ?? '', line, character };
}

type Attributes = Readonly<Record<string, string>>;

/** A new element. @param inside texts stay texts. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...inside: readonly (string | Node)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** @param action the data attribute that says what it does, and its value. */
export function button(text: string | readonly (string | Node)[], action: Attributes, className = 'link') {
  const inside = typeof text === 'string' ? [text] : text;
  return element('button', { type: 'button', class: className, ...action }, ...inside);
}

/** Takes the icon from the sheet of the page. */
export function icon(name: string): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', `icon i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Messages quote code as Markdown does. */
export function withCode(message: string): (string | Node)[] {
  const parts = message.split('`');
  if (parts.length % 2 === 0) return [message];
  return parts.map((part, index) => (index % 2 === 0 ? part : element('code', {}, part)));
}

/** "1 file", "2 files". */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
