import { FRAMEWORKS, type FrameworkId, type GuidelineId } from './generated.ts';
import type { Framework, GuidelineItem } from './schema.ts';

export { CATALOGUE_VERSION, type FrameworkId, type GuidelineId } from './generated.ts';
export { nameOf } from './name.ts';
export type { Checkable, Framework, GuidelineItem, Level, Role } from './schema.ts';

export interface Catalogue {
  /** All frameworks, in the order in which they are shown. */
  frameworks(): readonly Framework[];
  /** All items of all frameworks, in order. */
  items(): readonly GuidelineItem[];
  getFramework(id: FrameworkId): Framework;
  getItem(id: GuidelineId): GuidelineItem;
  /** The framework that an item belongs to. */
  frameworkOf(id: GuidelineId): Framework;
  /** How a report cites the item, e.g. "ETSI EN 304 223, 5.2.4-1.2". */
  citationOf(id: GuidelineId): string;
  childrenOf(id: GuidelineId): readonly GuidelineItem[];
  /** Items related to this one, named by it or naming it, in catalogue order. */
  relatedTo(id: GuidelineId): readonly GuidelineItem[];
  /** The ids of `relatedTo`, worked out once for all items. */
  relatedIds(id: GuidelineId): readonly GuidelineId[];
  /**
   * Finds the item a person means: by global id (`cwe:CWE-502`), by the framework's own number (`AML.T0010`,
   * `5.2.4-1.2`), by citation, or by the end of a citation from a word on (`LLM03:2025`, `Article 15(5)`). Upper and
   * lower case count as equal. Undefined if nothing matches, or more than one item does (`LLM03` is in two editions).
   */
  findItem(text: string): GuidelineItem | undefined;
}

/** The part of a global id after the colon: `5.2.4-1.2` of `etsi-en-304-223:5.2.4-1.2`. */
export function localId(id: GuidelineId): string {
  return id.slice(id.indexOf(':') + 1);
}

/** Whether some kind of file can show the state of the item; otherwise people must supply evidence, or nothing shows it. */
export function isCheckableInFiles(item: GuidelineItem): boolean {
  return item.checkable.some((where) => where !== 'evidence');
}

/** A view of the given frameworks. Everybody but the generator uses the functions exported below. */
export function createCatalogue(frameworks: readonly Framework[]): Catalogue {
  const items = frameworks.flatMap((framework) => framework.items);
  // The casts hold because the generator refuses a catalogue in which an id is not defined.
  const frameworkById = new Map(frameworks.map((framework) => [framework.id, framework]));
  const itemById = new Map(items.map((item) => [item.id, item]));
  const getFramework = (id: FrameworkId) => frameworkById.get(id) as Framework;
  const getItem = (id: GuidelineId) => itemById.get(id) as GuidelineItem;
  const frameworkOf = (id: GuidelineId) => getFramework(id.slice(0, id.indexOf(':')) as FrameworkId);

  function findItem(text: string): GuidelineItem | undefined {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return undefined;
    const readings: ((item: GuidelineItem) => boolean)[] = [
      (item) => item.id.toLowerCase() === wanted,
      (item) => localId(item.id).toLowerCase() === wanted,
      (item) => ` ${item.citation}`.toLowerCase().endsWith(` ${wanted}`),
    ];
    for (const reading of readings) {
      const found = items.filter(reading);
      if (found.length > 0) return found.length === 1 ? found[0] : undefined;
    }
    return undefined;
  }

  let relations: Map<GuidelineId, GuidelineId[]> | undefined;
  function relatedIds(id: GuidelineId): readonly GuidelineId[] {
    relations ??= bothDirections(items);
    return relations.get(id) ?? [];
  }

  return {
    frameworks: () => frameworks,
    items: () => items,
    getFramework,
    getItem,
    frameworkOf,
    citationOf: (id) => getItem(id).citation,
    childrenOf: (id) => frameworkOf(id).items.filter((item) => item.parent === id),
    relatedTo: (id) => relatedIds(id).map(getItem),
    relatedIds,
    findItem,
  };
}

function bothDirections(items: readonly GuidelineItem[]): Map<GuidelineId, GuidelineId[]> {
  const found = new Map<GuidelineId, Set<GuidelineId>>(items.map(({ id }) => [id, new Set()]));
  for (const { id, related } of items) {
    for (const other of related) {
      found.get(id)?.add(other);
      found.get(other)?.add(id);
    }
  }
  const order = new Map(items.map(({ id }, index) => [id, index]));
  const sorted = (ids: Set<GuidelineId>) => [...ids].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return new Map([...found].map(([id, ids]) => [id, sorted(ids)]));
}

/** The catalogue that ships with Guidelint. */
export const catalogue = createCatalogue(FRAMEWORKS);

export const {
  frameworks,
  items,
  getFramework,
  getItem,
  frameworkOf,
  citationOf,
  childrenOf,
  relatedTo,
  relatedIds,
  findItem,
} = catalogue;
