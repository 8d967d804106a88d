import type { Span } from '../../../engine/span.ts';
import type { TreeEntry, TreeNode } from '../../tree.ts';
import type { CardType } from '../fieldSpec.ts';
import type { DataFieldId, ModelFieldId } from '../fields.ts';

/** JSON that a fix writes; `$` stands for the placeholder. */
export type Template = string | readonly Template[] | { readonly [key: string]: Template };

/** Where a format keeps a field. */
export interface FieldRow {
  /**
   * Paths from the subject (a leading `/`: from the root), as `a.b.c`. Lists are looked through, `a[type=x|y]` keeps the items
   * whose `type` is one of these.
   */
  readonly at: readonly string[];
  /** What a fix adds, valid in the format: path from the subject, and the value. */
  readonly add?: readonly [path: string, value: Template];
  /** The field may be stated here, but the format has no place of its own for it, so that nobody is asked for it. */
  readonly shared?: true;
}

export type FieldTable<Id extends string = string> = { readonly [id in Id]?: FieldRow };

/** A kind of structured document that describes models or data. */
export interface CardFormat {
  readonly id: string;
  /** As people call it. */
  readonly title: string;
  /** File names that may be of this format; a file of another name is only when the user says it is a card. */
  readonly names: RegExp;
  /** Cheap: what a text of this format contains. */
  readonly marks: readonly RegExp[];
  /** The part that is described; undefined where the document turns out not to be of this format. */
  readonly subject: (root: TreeNode) => Subject | undefined;
  readonly model?: FieldTable<ModelFieldId>;
  readonly data?: FieldTable<DataFieldId>;
  /** The part without which a document merely names what it is about; fields in it are asked for only where it is there. */
  readonly whole?: string;
  /** Free text in which a field may also be stated, as paths. */
  readonly prose?: readonly string[];
  /** Paths of values that have to be licence ids or expressions. */
  readonly licenseIds?: readonly string[];
  /** Keys beside those of the fields, and values that the schema of the format lists, by path from the subject. */
  readonly keys?: Readonly<Record<string, { readonly help: string; readonly values?: readonly string[] }>>;
  /** What of a key is no part of its name, such as a namespace prefix. */
  readonly prefix?: RegExp;
}

export interface Subject {
  readonly type: CardType;
  readonly node: TreeNode;
}

/** A value found under a path. */
export interface Place {
  readonly node: TreeNode;
  /** The key it stands under, and where it stands; of an item of a list those of the list. */
  readonly key: string;
  readonly keySpan: Span;
}

export const at = (...paths: readonly string[]): FieldRow => ({ at: paths });
export const shared = (...paths: readonly string[]): FieldRow => ({ at: paths, shared: true });
export const or = (row: FieldRow, path: string, value: Template): FieldRow => ({ ...row, add: [path, value] });

interface Step {
  readonly name: string;
  readonly filter?: { readonly key: string; readonly values: ReadonlySet<string> };
}

const parsed = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  let steps = parsed.get(path);
  if (!steps) {
    steps = path
      .replace(/^\//, '')
      .split(/\.(?![^[]*\])/)
      .map((part) => {
        const [, name = part, key, values] = /^([^[]*)\[([^=]+)=([^\]]*)\]$/.exec(part) ?? [];
        return key && values !== undefined ? { name, filter: { key, values: new Set(values.split('|')) } } : { name };
      });
    parsed.set(path, steps);
  }
  return steps;
}

const MAX_PLACES = 2_000;

/**
 * Values under a path, at most 2,000 of them, in the order of the text. A list stands for its items; the last step gives the
 * list itself, so that an empty one is a place too.
 *
 * @param prefix what of a key is no part of its name.
 */
export function placesAt(from: TreeNode, path: string, prefix?: RegExp): readonly Place[] {
  let current: readonly Place[] = [{ node: from, key: '', keySpan: { start: from.span.start, end: from.span.start } }];
  for (const { name, filter } of stepsOf(path)) {
    const next: Place[] = [];
    for (const { node } of current) {
      for (const map of itemsOf(node)) {
        for (const { key, keySpan, node: child } of map.entries) {
          if (next.length >= MAX_PLACES) break;
          if ((prefix ? key.replace(prefix, '') : key) !== name) continue;
          if (!filter) next.push({ node: child, key, keySpan });
          else {
            for (const item of itemsOf(child)) {
              if (passes(item, filter.key, filter.values)) next.push({ node: item, key, keySpan });
            }
          }
        }
      }
    }
    current = next;
  }
  return current;
}

function passes(item: TreeNode, key: string, values: ReadonlySet<string>): boolean {
  const own = item.entries.find((entry) => entry.key === key)?.node;
  return own !== undefined && itemsOf(own).some(({ text }) => values.has(text));
}

function itemsOf(node: TreeNode): readonly TreeNode[] {
  return node.kind === 'list' ? node.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])) : [node];
}

/** The first of these keys that a map has. */
export function entryOf(node: TreeNode | undefined, ...keys: readonly string[]): TreeEntry | undefined {
  return node?.entries.find(({ key }) => keys.includes(key));
}

/** Text of a scalar under a path of keys; empty when there is none. */
export function textAt(node: TreeNode | undefined, ...path: readonly string[]): string {
  let current = node;
  for (const name of path) current = entryOf(current, name)?.node;
  return current?.kind === 'scalar' ? current.text : '';
}

export function hasKeys(node: TreeNode | undefined, ...keys: readonly string[]): boolean {
  return keys.every((key) => entryOf(node, key));
}
