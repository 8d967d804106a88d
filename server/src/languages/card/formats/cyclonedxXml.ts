import type { XmlElement } from '@rgrove/parse-xml';
import type { Span } from '../../../engine/span.ts';
import type { TreeEntry, TreeNode } from '../../tree.ts';

/** Elements that stand for the lists of the JSON form. */
const LISTS = new Set(
  (
    'components licenses hashes properties externalReferences authors ancestors descendants variants users useCases ' +
    'technicalLimitations performanceTradeoffs ethicalConsiderations fairnessAssessments datasets inputs outputs ' +
    'performanceMetrics energyConsumptions dependencies collection owners custodians stewards sensitiveData tools services'
  ).split(' '),
);
/** Lists whose items are named by their element: `licenses: [{license: …}, {expression: …}]`. */
const NAMED_ITEMS = new Set(['licenses']);
/** How the JSON form calls the text of an element that has attributes. */
const CONTENT: Readonly<Record<string, string>> = { hash: 'content', property: 'value' };

/** Whether an element is an item of a list of the JSON form, which has no key of its own there. */
export function isXmlItem(list: string, element: string): boolean {
  return LISTS.has(list) && !NAMED_ITEMS.has(list) && element !== '';
}

const MAX_DEPTH = 60;
const NOTHING = { text: '', value: undefined, entries: [], items: [], written: undefined, tag: undefined } as const;

/** A BOM in XML as the tree that the same BOM in JSON would give; keys are at the names of elements and attributes. */
export function treeOfXml(root: XmlElement, text: string): TreeNode {
  const tree = convert(root, text, 0);
  if (!/cyclonedx\.org\/schema\/bom/.test(Object.values(root.attributes).join(' '))) return tree;
  const format = scalar('CycloneDX', nameSpan(root));
  return { ...tree, entries: [{ key: 'bomFormat', keySpan: nameSpan(root), node: format }, ...tree.entries] };
}

function convert(element: XmlElement, text: string, depth: number): TreeNode {
  const name = localName(element.name);
  const children = element.children.filter((child): child is XmlElement => child.type === 'element');
  const span = inside(element, text);
  const whole = { start: element.start, end: element.end };
  const base = { ...NOTHING, span, whole };
  if (depth > MAX_DEPTH) return { ...base, kind: 'scalar' };
  if (LISTS.has(name)) {
    const items = children.map((child): TreeNode => {
      const node = convert(child, text, depth + 1);
      return NAMED_ITEMS.has(name)
        ? { ...NOTHING, kind: 'map', span: node.whole, whole: node.whole, entries: [entry(child, node)] }
        : node;
    });
    return { ...base, kind: 'list', items };
  }
  const attributes = Object.entries(element.attributes)
    .filter(([key]) => !/^xmlns(?::|$)/.test(key))
    .map(([key, value]): TreeEntry => {
      const place = attributeSpan(element, key, text);
      return { key: localName(key), keySpan: place, node: scalar(value, place) };
    });
  if (children.length === 0 && attributes.length === 0) return { ...scalar(element.text.trim(), span), whole };
  const own = children.map((child) => entry(child, convert(child, text, depth + 1)));
  const said = children.length === 0 ? element.text.trim() : '';
  const content = said
    ? [{ key: CONTENT[name] ?? 'content', keySpan: nameSpan(element), node: scalar(said, span) }]
    : [];
  return { ...base, kind: 'map', entries: [...attributes, ...together(own), ...content] };
}

/** An element that occurs several times is a list. */
function together(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const byKey = new Map<string, TreeEntry[]>();
  for (const item of entries) byKey.set(item.key, [...(byKey.get(item.key) ?? []), item]);
  return [...byKey.values()].map(([first, ...rest]) => {
    const { key, keySpan, node } = first as TreeEntry;
    if (rest.length === 0) return { key, keySpan, node };
    const items = [node, ...rest.map((other) => other.node)];
    const end = items.at(-1)?.whole.end ?? node.whole.end;
    const span = { start: node.whole.start, end };
    return { key, keySpan, node: { ...NOTHING, kind: 'list', items, span, whole: span } };
  });
}

function entry(element: XmlElement, node: TreeNode): TreeEntry {
  return { key: localName(element.name), keySpan: nameSpan(element), node };
}

function scalar(value: string, span: Span): TreeNode {
  return { ...NOTHING, kind: 'scalar', text: value, value: value || undefined, span, whole: span };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function nameSpan({ name, start }: XmlElement): Span {
  return { start: start + 1, end: start + 1 + name.length };
}

/** What stands between the tags, without the white space at its ends. */
function inside({ start, end, children, name }: XmlElement, text: string): Span {
  const first = children[0];
  const last = children.at(-1);
  if (!first || !last) return { start: start + 1, end: start + 1 + name.length };
  const raw = text.slice(first.start, Math.min(last.end, end));
  const lead = raw.length - raw.trimStart().length;
  return { start: first.start + lead, end: Math.max(first.start + lead, first.start + raw.trimEnd().length) };
}

/** The value of an attribute inside its quotes; the name of the element where it is not found. */
function attributeSpan(element: XmlElement, key: string, text: string): Span {
  const until = element.children[0]?.start ?? element.end;
  const head = text.slice(element.start, Math.min(until, element.start + 5_000));
  const at = head.indexOf(` ${key}=`);
  const value = /=\s*(?:"([^"]*)"|'([^']*)')/d.exec(at === -1 ? '' : head.slice(at));
  const [start, end] = value?.indices?.[1] ?? value?.indices?.[2] ?? [];
  if (start === undefined || end === undefined) return nameSpan(element);
  return { start: element.start + at + start, end: element.start + at + end };
}
