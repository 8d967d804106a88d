import * as z from 'zod';
import type { FrameworkId, GuidelineId } from './generated.ts';

/** Who a guideline speaks to, in the terms of ETSI EN 304 223, clause 4. */
export const ROLES = ['Developers', 'System Operators', 'Data Custodians'] as const;

/** Where the state of an item can be seen: a kind of file, or evidence that only people can supply. */
export const CHECKABLE = ['code', 'model-card', 'data-card', 'prompt', 'artifact', 'config', 'evidence'] as const;

export const KINDS = [
  'area',
  'guideline',
  'consideration',
  'sub-consideration',
  'statement',
  'principle',
  'provision',
  'article',
  'paragraph',
  'point',
  'annex-point',
  'risk',
  'technique',
  'sub-technique',
  'weakness',
] as const;

/** Also a file name (docs/guidelines/<framework>/<item>.md), so only what every file system takes. */
const id = z.string().regex(/^[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/, 'letters, digits, single dots and hyphens only');
const reference = z.string().regex(/^[a-z0-9-]+:[A-Za-z0-9.-]+$/, 'must read framework:item');
const text = z.string().trim().min(1);
const url = z.url({ protocol: /^https$/ });
const year = z.int().min(2000).max(2100);

/** One item as written in catalogue/<framework>.yaml. Ids of `parent` are local, those of `related` are `framework:item`. */
export const itemSchema = z.strictObject({
  id,
  citation: text,
  kind: z.enum(KINDS),
  parent: id.optional(),
  title: text,
  summary: text,
  phase: text.optional(),
  level: z.enum(['shall', 'should', 'can']).nullable().default(null),
  roles: z.array(z.enum(ROLES)),
  url,
  checkable: z.array(z.enum(CHECKABLE)),
  related: z.array(reference).default([]),
  supersededBy: reference.optional(),
  status: text.optional(),
  year: year.optional(),
  confirmed: z.boolean().default(true),
});

/** One file catalogue/<framework>.yaml. */
export const frameworkSchema = z.strictObject({
  id,
  shortTitle: text,
  title: text,
  publisher: text,
  version: text,
  date: z.string().regex(/^\d{4}(?:-\d{2}){0,2}$/, 'YYYY, YYYY-MM or YYYY-MM-DD'),
  year,
  url,
  licence: text,
  notes: z.array(text).default([]),
  items: z.array(itemSchema).min(1),
});

export type ItemFile = z.infer<typeof itemSchema>;
export type FrameworkFile = z.infer<typeof frameworkSchema>;

export type Role = (typeof ROLES)[number];
export type Checkable = (typeof CHECKABLE)[number];
export type Level = NonNullable<ItemFile['level']>;

/** One item at run time: as in its file, with every id in the global form `framework:item`. */
export interface GuidelineItem extends Omit<ItemFile, 'id' | 'parent' | 'related' | 'supersededBy' | 'year'> {
  /** Global id, e.g. `etsi-en-304-223:5.2.4-1.2`. */
  id: GuidelineId;
  /** The enclosing item of the same framework. */
  parent?: GuidelineId;
  /** Overlapping items of other (rarely the same) framework, as written in this item; `relatedTo` gives both directions. */
  related: readonly GuidelineId[];
  /** The item that took its place in a newer edition. */
  supersededBy?: GuidelineId;
  /** Year of the edition that holds the item. */
  year: number;
}

/** One published framework at run time. */
export interface Framework extends Omit<FrameworkFile, 'id' | 'items'> {
  id: FrameworkId;
  items: readonly GuidelineItem[];
}
