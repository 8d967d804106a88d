import ids from 'spdx-license-ids/index.json' with { type: 'json' };
import { type KeyHelp, type ValueHelp, valuesOf } from '../keys.ts';
import type { TreeNode } from '../tree.ts';
import { type CardType, type FieldSpec, fieldsOf } from './fields.ts';
import type { CardFormat } from './formats/index.ts';
import type { Structure } from './structure.ts';

/** A key on the way to a field, or where one is kept. */
interface Branch {
  readonly fields: FieldSpec[];
  readonly below: Map<string, Branch>;
  license?: true;
  other?: NonNullable<CardFormat['keys']>[string];
}

/** Relationships of SPDX stand in elements of their own, and not in the package that they are read with. */
const RELATIONSHIP =
  /^(?:has(?:Declared|Concluded)License|hasDistributionArtifact|hasDocumentation|trainedOn|testedOn|contains|descendantOf|ancestorOf|generates|dependsOn)\b/;

const LICENSE_IDS: readonly ValueHelp[] = valuesOf(...ids);

/**
 * The keys in which the format of a structured card keeps documentation fields, from the top of the document. Made of the
 * table that the card is read by, so that what is offered is what is understood.
 */
export function structuredKeys({ format, subject, root }: Structure): readonly KeyHelp[] {
  if (!format || !subject || !root) return [];
  return formatKeys(format, subject.type, pathTo(root, subject.node) ?? []);
}

/** @param inside path of what is described from the top of the document. */
export function formatKeys(format: CardFormat, type: CardType, inside: readonly string[] = []): readonly KeyHelp[] {
  const top: Branch = { fields: [], below: new Map() };
  const follow = (path: string) => {
    const steps = path.replace(/\[[^\]]*\]/g, '').split('.');
    const from = path.startsWith('/') ? [steps[0]?.slice(1) ?? '', ...steps.slice(1)] : [...inside, ...steps];
    return from.reduce((branch, step) => open(branch, step), top);
  };
  const rows = format[type] ?? {};
  for (const spec of fieldsOf(type)) {
    for (const path of rows[spec.id as keyof typeof rows]?.at ?? []) {
      if (!RELATIONSHIP.test(path)) follow(path).fields.push(spec);
    }
  }
  for (const path of format.licenseIds ?? []) if (!RELATIONSHIP.test(path)) follow(path).license = true;
  for (const [path, other] of Object.entries(format.keys ?? {})) {
    if (path.startsWith('data.') === (type === 'data')) follow(path).other = other;
  }
  return rowsOf(top);
}

function open({ below }: Branch, step: string): Branch {
  const known = below.get(step) ?? { fields: [], below: new Map() };
  below.set(step, known);
  return known;
}

function rowsOf({ below }: Branch): KeyHelp[] {
  return [...below].map(([key, branch]) => {
    const keys = rowsOf(branch);
    return {
      key,
      help: meaningOf(branch),
      ...(keys.length > 0 && { keys }),
      ...(branch.license && { values: LICENSE_IDS }),
      ...(branch.other?.values && { values: valuesOf(...branch.other.values), closed: true as const }),
    };
  });
}

function meaningOf(branch: Branch): string {
  if (branch.fields.length > 0) return branch.fields.map(({ heading, ask }) => `**${heading}:** ${ask}.`).join('\n\n');
  if (branch.other) return branch.other.help;
  const inner = new Set(fieldsIn(branch).map(({ heading }) => heading));
  if (inner.size === 0 && !branch.license) return 'Part of the format.';
  return inner.size > 0 ? `Holds: ${[...inner].join(', ')}.` : 'A licence by its SPDX id.';
}

function fieldsIn({ fields, below }: Branch): FieldSpec[] {
  return [...fields, ...[...below.values()].flatMap(fieldsIn)];
}

/** Keys from one node to another inside it; lists take no step. Undefined where it is not inside. */
function pathTo(from: TreeNode, node: TreeNode, depth = 0): string[] | undefined {
  // A format may have put more into the node than stands there, so that only its place tells.
  if (from.span.start === node.span.start && from.span.end === node.span.end) return [];
  if (depth > 8 || node.span.start < from.span.start || node.span.end > from.span.end) return undefined;
  for (const item of from.items) {
    const path = pathTo(item, node, depth + 1);
    if (path) return path;
  }
  for (const { key, node: child } of from.entries) {
    const path = pathTo(child, node, depth + 1);
    if (path) return [key, ...path];
  }
  return undefined;
}
