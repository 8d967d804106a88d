import type { TreeNode } from '../tree.ts';
import {
  type Algorithm,
  algorithmOf,
  BY_LENGTH,
  HEX_DIGITS,
  type StatedDigest,
  WHOLE_FILE,
  wholeAlgorithm,
} from './digests.ts';
import { entryOf } from './formats/format.ts';
import { answerOf } from './placeholders.ts';
import type { Structure } from './structure.ts';

const MAX_DEPTH = 60;
/** What the Hub writes into the Croissant record of every data set: a repository has no digest, and the format wants one. */
const STANDS_FOR_NONE = 'https://github.com/mlcommons/croissant/issues/80';
/** Keys under which CycloneDX and SPDX name an algorithm and the digest it gives. */
const PAIRS = [
  ['alg', 'content'],
  ['algorithm', 'hashValue'],
  ['algorithm', 'value'],
] as const;
/** Keys that name the file beside its digest, the most exact first. */
const FILE_KEYS = ['path', 'contentUrl', 'file', 'filename', 'rfilename', 'name'];

/** Digests that a structured card states, each with the file of the nearest map around it that names one. */
export function digestsInData({ root, format }: Structure): StatedDigest[] {
  const found: StatedDigest[] = [];
  const visit = (node: TreeNode, file: TreeNode | undefined, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    const own = fileOf(node) ?? file;
    for (const stated of statedBy(node, format?.id)) {
      const digest = digestOf(stated.node, stated.algorithm, own);
      if (digest) found.push(digest);
    }
    // A context says what words mean: `"md5": "sc:md5"`.
    for (const { key, node: child } of node.entries) if (key !== '@context') visit(child, own, depth + 1);
    for (const item of node.items) visit(item, own, depth + 1);
  };
  if (root) visit(root, undefined, 0);
  return found;
}

interface Stated {
  readonly node: TreeNode;
  /** Undefined where only the length tells it. */
  readonly algorithm: Algorithm | undefined;
}

function* statedBy(map: TreeNode, format: string | undefined): Iterable<Stated> {
  for (const { key, node } of map.entries) {
    const algorithm = wholeAlgorithm(key.slice(key.indexOf(':') + 1));
    if (algorithm) yield { node, algorithm };
    // `<algorithm>:<digest>`, or an MD5 without its name, as Data Packages have it; SHA-384 in the Open Model Zoo.
    else if (key === 'hash') yield { node, algorithm: algorithmOf(node.text.slice(0, node.text.indexOf(':') + 1)) };
    else if (key === 'checksum') yield { node, algorithm: format === 'open-model-zoo' ? 'sha384' : undefined };
  }
  for (const [name, value] of PAIRS) {
    const node = entryOf(map, value)?.node;
    const algorithm = node && algorithmOf(entryOf(map, name)?.node.text ?? '');
    if (node && algorithm) yield { node, algorithm };
  }
}

function digestOf(node: TreeNode, named: Algorithm | undefined, file: TreeNode | undefined): StatedDigest | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  if (node.value === STANDS_FOR_NONE) return undefined;
  const hex = node.text.replace(/^[\w-]{2,10}:(?!\/)/, '').trim();
  const algorithm = named ?? BY_LENGTH.get(hex.length);
  if (!algorithm || hex === '' || answerOf(node.text) !== 'filled' || isBase64(hex, algorithm)) return undefined;
  const start = node.span.start + Math.max(0, node.text.indexOf(hex));
  return {
    algorithm,
    hex,
    span: { start, end: Math.min(start + hex.length, node.span.end) },
    ...(file && { file: file.text.replace(/^\.\//, ''), fileSpan: file.span }),
  };
}

/** Some stores state the bytes in base64. */
function isBase64(written: string, algorithm: Algorithm): boolean {
  const bytes = HEX_DIGITS[algorithm] / 2;
  return written.length === Math.ceil(bytes / 3) * 4 && /^[A-Za-z\d+/]+={1,2}$/.test(written);
}

function fileOf(map: TreeNode): TreeNode | undefined {
  const named = FILE_KEYS.map((key) => entryOf(map, key)?.node);
  return named.find((node) => node?.kind === 'scalar' && !node.text.includes('://') && WHOLE_FILE.test(node.text));
}
