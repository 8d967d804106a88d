import { defineRule, type Problem } from '../../engine/rule.ts';
import type { Card } from '../../languages/card/card.ts';
import { statedDigests } from '../../languages/card/digests.ts';
import { entryOf, hasKeys, placesAt, textAt } from '../../languages/card/formats/format.ts';
import type { TreeNode } from '../../languages/tree.ts';

/** Per format: where its files are listed, which of them is one to download, and what states its digest. */
const FILES: Readonly<
  Record<
    string,
    { readonly path: string; readonly isFile: (node: TreeNode) => boolean; readonly digests: readonly string[] }
  >
> = {
  croissant: {
    path: 'distribution',
    isFile: (node) =>
      /FileObject$/.test(textAt(node, '@type')) && !entryOf(node, 'containedIn', 'cr:containedIn') && hasUrl(node),
    digests: ['sha256', 'sc:sha256', 'md5', 'sc:md5', 'sha512'],
  },
  datapackage: { path: 'resources', isFile: (node) => hasKeys(node, 'path'), digests: ['hash'] },
  'open-model-zoo': { path: 'files', isFile: (node) => hasKeys(node, 'source'), digests: ['checksum', 'sha256'] },
};

/** What cannot be a digest is reported as such, and sets no example. */
const DIGEST = /^(?:[\w-]{2,10}:)?[0-9a-f]{32,128}$/i;

function hasUrl(node: TreeNode): boolean {
  const url = textAt(node, 'contentUrl') || textAt(node, 'sc:contentUrl');
  return (
    url !== '' && !/\/$|^https:\/\/(?:huggingface\.co|github\.com)\/[\w./-]+\/tree\/|refs(?:%2F|\/)convert/.test(url)
  );
}

export const partialDigests = defineRule({
  meta: {
    id: 'GL810',
    name: 'partial-digests',
    title: 'Files without a digest among others that have one, or with a weak one',
    kinds: ['model-card', 'data-card'],
    severity: 'info',
    confidence: 'high',
    fix: 'none',
    guidelines: ['etsi-en-304-223:5.2.4-1.2', 'ncsc-cisa-2023:ncsc-2.3.4', 'cwe:CWE-353', 'cwe:CWE-328'],
    why: 'A reader who checks the digests of the card takes the files for checked. One file without a digest is enough to get manipulated data in, and for MD5 and SHA-1 two files with the same digest can be made on a laptop.',
    how: 'State a SHA-256 for every file.',
    messages: {
      missing: '{missing} of the {all} files listed here state no digest',
      weak: 'All digests of this card are {algorithms}, for which two files with the same digest can be made',
    },
    examples: [
      {
        path: 'datapackage.json',
        bad: '{"name": "forum", "resources": [{"name": "posts", "path": "posts.csv", "hash": "sha256:d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592"}, {"name": "users", "path": "users.csv"}]}\n',
        good: '{"name": "forum", "resources": [{"name": "posts", "path": "posts.csv", "hash": "sha256:d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592"}]}\n',
      },
      {
        title: 'MD5 alone',
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toxi\n\n| File | MD5 |\n|---|---|\n| model.safetensors | 9e107d9d372bb6826bd81d3542a419d6 |\n',
        good: '# Model Card for toxi\n\n| File | MD5 | SHA-256 |\n|---|---|---|\n| model.safetensors | 9e107d9d372bb6826bd81d3542a419d6 | d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592 |\n',
      },
    ],
  },
  *check({ card }) {
    yield* withoutDigest(card);
    const digests = statedDigests(card);
    const [first] = digests;
    if (!first || digests.some(({ algorithm }) => algorithm !== 'md5' && algorithm !== 'sha1')) return;
    const names = new Set(digests.map(({ algorithm }) => (algorithm === 'md5' ? 'MD5' : 'SHA-1')));
    yield { span: first.span, message: 'weak', data: { algorithms: [...names].join(' or ') } };
  },
});

/** Where no file has one, the card says nothing about digests, and that is another finding. */
function* withoutDigest({ places }: Card): Iterable<Problem> {
  const { format, subject, broken } = places?.structure ?? {};
  const rule = format && FILES[format.id];
  if (!rule || !subject || broken) return;
  const listed = placesAt(subject.node, rule.path, format.prefix).flatMap(({ node }) => node.items);
  const files = listed.filter(rule.isFile);
  const missing = files.filter((file) => !rule.digests.some((key) => DIGEST.test(textAt(file, key))));
  const [first] = missing;
  if (!first || missing.length === files.length) return;
  const name = entryOf(first, 'name', 'sc:name', 'path', 'contentUrl');
  const span = name?.node.kind === 'scalar' ? name.node.span : (first.entries[0]?.keySpan ?? first.span);
  yield { span, message: 'missing', data: { missing: String(missing.length), all: String(files.length) } };
}
