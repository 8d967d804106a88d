import type { Edit } from '../../engine/span.ts';
import { lineAt } from '../../engine/span.ts';
import type { TreeNode } from '../tree.ts';
import type { Card } from './card.ts';
import type { FieldId, FieldSpec } from './fields.ts';
import type { Template } from './formats/format.ts';
import { placeholderFor } from './insertion.ts';

/** Values to add, by key; several of one list one after the other. */
type Addition = Template | { readonly into: Map<string, Addition> };

/**
 * Edits that write a placeholder for each field where its format keeps it, so that the document stays valid in that format.
 * Empty where there is no safe way: XML, whose elements have an order; a broken document; a value (a digest, an address) that
 * no placeholder can stand for.
 */
export function insertValues(card: Card, specs: readonly FieldSpec[]): readonly Edit[] {
  const { places, text } = card;
  const { syntax, subject, broken } = places?.structure ?? {};
  if (!places || !subject || broken || syntax === 'xml' || subject.type !== card.type) return [];
  const tree = new Map<string, Addition>();
  for (const spec of specs) {
    const row = places.rowOf(spec.id as FieldId);
    if (row?.add) plan(tree, row.add[0].split('.'), filled(row.add[1], placeholderFor(spec)));
  }
  if (tree.size === 0) return [];
  return syntax === 'json' ? inJson(text, subject.node, tree) : inYaml(text, subject.node, tree);
}

/** How a finding calls the place that a fix fills; undefined where there is no fix. */
export function placeToFill({ places }: Card, spec: FieldSpec): string | undefined {
  return places?.rowOf(spec.id as FieldId)?.add?.[0];
}

/** Adds a key with a text to a map of a JSON document. */
export function addKey(text: string, map: TreeNode, key: string, value: string): readonly Edit[] {
  return inJson(text, map, new Map([[key, value]]));
}

function plan(tree: Map<string, Addition>, [key = '', ...rest]: readonly string[], value: Template): void {
  const known = tree.get(key);
  if (rest.length > 0) {
    const into = known && isBranch(known) ? known.into : new Map<string, Addition>();
    tree.set(key, { into });
    plan(into, rest, value);
  } else if (Array.isArray(known) && Array.isArray(value)) tree.set(key, merged(known, value));
  else if (!known) tree.set(key, value);
}

/** A risk and its mitigation, or an owner and an address, are one item. */
function merged(known: readonly Template[], value: readonly Template[]): Template {
  const [a, b] = [known.at(-1), value[0]];
  const isOne = isMap(a) && isMap(b) && !Object.keys(b).some((key) => key in a);
  return isOne ? [...known.slice(0, -1), { ...a, ...b }, ...value.slice(1)] : [...known, ...value];
}

function isMap(value: Template | undefined): value is { readonly [key: string]: Template } {
  return typeof value === 'object' && !Array.isArray(value);
}

function isBranch(addition: Addition): addition is { readonly into: Map<string, Addition> } {
  return typeof addition === 'object' && 'into' in addition && addition.into instanceof Map;
}

function filled(template: Template, mark: string): Template {
  if (typeof template === 'string') return template === '$' ? mark : template;
  if (Array.isArray(template)) return template.map((item) => filled(item, mark));
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, filled(value, mark)]));
}

function plain(addition: Addition): Template {
  if (!isBranch(addition)) return addition;
  return Object.fromEntries([...addition.into].map(([key, value]) => [key, plain(value)]));
}

function inJson(text: string, node: TreeNode, tree: ReadonlyMap<string, Addition>): Edit[] {
  const edits: Edit[] = [];
  const fresh: [string, Template][] = [];
  for (const [key, addition] of tree) {
    const child = node.entries.find((entry) => entry.key === key)?.node;
    if (!child) fresh.push([key, plain(addition)]);
    else if (isBranch(addition)) {
      const inner = child.kind === 'list' ? child.items.find(({ kind }) => kind === 'map') : child;
      if (inner?.kind === 'map') edits.push(...inJson(text, inner, addition.into));
      else edits.push(replace(text, child, child.kind === 'list' ? [plain(addition)] : plain(addition)));
    } else if (child.kind === 'list' && Array.isArray(addition) && child.items.length > 0) {
      edits.push(
        append(
          text,
          child.items.at(-1) as TreeNode,
          addition.map((item) => JSON.stringify(item)),
        ),
      );
    } else edits.push(replace(text, child, addition));
  }
  if (fresh.length === 0) return edits;
  const last = node.entries.at(-1);
  if (!last) return [...edits, replace(text, node, Object.fromEntries(fresh))];
  const { unit } = layout(text, last.keySpan.start);
  const written = fresh.map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value, null, unit || undefined)}`,
  );
  return [...edits, append(text, last.node, written, last.keySpan.start - 1)];
}

/** Adds behind the last of its siblings, each on a line of its own where that one stands on one. */
function append(text: string, sibling: TreeNode, values: readonly string[], start = sibling.whole.start): Edit {
  const { indent, ownLine, eol } = layout(text, start);
  const between = ownLine ? `,${eol}${indent}` : ', ';
  const lines = values.map((value) => value.replaceAll('\n', ownLine ? `${eol}${indent}` : ' '));
  return { start: sibling.whole.end, end: sibling.whole.end, text: between + lines.join(between) };
}

function replace(text: string, { whole }: TreeNode, value: Template): Edit {
  const { indent, unit, eol } = layout(text, whole.start);
  return { ...whole, text: JSON.stringify(value, null, unit || undefined).replaceAll('\n', eol + indent) };
}

/** Indentation of the line of an offset, the step of one level, and whether something starts that line there. */
function layout(text: string, offset: number) {
  const line = text.slice(lineAt(text, offset).start, offset);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const ownLine = line.trim() === '' || line.trim() === '"';
  const unit = /\n([ \t]+)["[{]/.exec(text.slice(0, 5_000))?.[1] ?? '';
  return { indent, unit, ownLine, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** Lines at the end of the top level; below it YAML has too many ways to be written. */
function inYaml(text: string, node: TreeNode, tree: ReadonlyMap<string, Addition>): Edit[] {
  const first = node.entries[0];
  if (!first || lineAt(text, first.keySpan.start).start !== first.keySpan.start) return [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const fresh = [...tree].filter(([key]) => !node.entries.some((entry) => entry.key === key));
  if (fresh.length < tree.size || /^(?:\.\.\.|---)[ \t]*$/m.test(text.slice(node.whole.start))) return [];
  const lines = fresh.map(([key, value]) => `${key}: ${JSON.stringify(plain(value))}${eol}`);
  const end = text.length;
  return [{ start: end, end, text: (text.endsWith('\n') || text === '' ? '' : eol) + lines.join('') }];
}
