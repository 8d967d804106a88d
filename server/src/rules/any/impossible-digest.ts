import { defineRule } from '../../engine/rule.ts';
import { HEX_DIGITS, impossibleDigests } from '../../languages/card/digests.ts';

export const impossibleDigest = defineRule({
  meta: {
    id: 'GL805',
    name: 'impossible-digest',
    title: 'Digest that cannot be one',
    kinds: ['model-card', 'data-card'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: ['etsi-en-304-223:5.2.4-1.2', 'ncsc-cisa-2023:ncsc-2.3.4', 'cwe:CWE-353', 'cwe:CWE-345'],
    why: 'A digest is there to tell the released file from a manipulated one. One of the wrong length, with letters that are no hex digits, or made up for an example, fits no file: the check it promises cannot be made.',
    how: 'Compute it from the released file, for example with `sha256sum FILE`, and copy all of it.',
    messages: {
      length: 'A {algorithm} digest has {expected} hex digits, this one has {count}',
      digits: 'This {algorithm} digest holds characters that are not hex digits',
      'made-up': 'This {algorithm} digest repeats a pattern: it was made up, not computed',
      'empty-file': 'This is the {algorithm} digest of an empty file',
    },
    examples: [
      {
        title: 'an MD5 in the column of another algorithm',
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toxi\n\n| File | SHA-256 |\n|---|---|\n| model.safetensors | 9e107d9d372bb6826bd81d3542a419d6 |\n',
        good: '# Model Card for toxi\n\n| File | MD5 |\n|---|---|\n| model.safetensors | 9e107d9d372bb6826bd81d3542a419d6 |\n',
      },
      {
        title: 'cut while copying',
        path: 'DATA_CARD.md',
        bad: '# Data card: Forum archive\n\n- `posts.parquet`: sha256:d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e59\n',
        good: '# Data card: Forum archive\n\n- `posts.parquet`: sha256:d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592\n',
      },
      {
        title: 'in Croissant and in a BOM',
        path: 'croissant.json',
        bad: '{"@context": {"cr": "http://mlcommons.org/croissant/"}, "@type": "sc:Dataset", "name": "forum", "distribution": [{"@type": "cr:FileObject", "contentUrl": "posts.csv", "sha256": "9e107d9d372bb6826bd81d3542a419d6"}], "recordSet": []}\n',
        good: '{"@context": {"cr": "http://mlcommons.org/croissant/"}, "@type": "sc:Dataset", "name": "forum", "distribution": [{"@type": "cr:FileObject", "contentUrl": "posts.csv", "md5": "9e107d9d372bb6826bd81d3542a419d6"}], "recordSet": []}\n',
      },
      {
        title: 'made up',
        path: 'MODEL_CARD.md',
        bad: '# Model Card for toxi\n\n**SHA-256:** `0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef`\n',
        good: '# Model Card for toxi\n\nThe SHA-256 of every file is in `SHA256SUMS`, signed with our release key; short forms such as sha256:d7a8fbb307d7 are for reading only.\n',
      },
      {
        title: 'what the Hub writes for a repository',
        path: 'croissant.json',
        good: '{"@context": {"cr": "http://mlcommons.org/croissant/"}, "@type": "sc:Dataset", "name": "forum", "distribution": [{"@type": "cr:FileObject", "encodingFormat": "git+https", "sha256": "https://github.com/mlcommons/croissant/issues/80"}], "recordSet": []}\n',
      },
    ],
  },
  *check({ card }) {
    for (const { algorithm, hex, span, defect } of impossibleDigests(card)) {
      const data = {
        algorithm: algorithm.toUpperCase().replace('SHA', 'SHA-'),
        expected: String(HEX_DIGITS[algorithm]),
        count: String(hex.length),
      };
      yield { span, message: defect, data };
    }
  },
});
