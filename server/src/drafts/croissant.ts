import type { CardFacts, ListedFile } from '../languages/card/facts.ts';
import { spdxId } from '../languages/card/licenses.ts';

/** The context that the specification of Croissant 1.0 gives for every file. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
};

/** Media types of the formats, from the registry of IANA where it has one. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  jsonl: 'application/jsonlines',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.file',
  feather: 'application/vnd.apache.arrow.file',
};

/**
 * The description of a dataset in Croissant 1.0: its files with their digests and, of tables, their columns as text. What is
 * not known is a marked placeholder.
 */
export function croissant(facts: CardFacts): string {
  const { name, license, data } = facts;
  const spdx = license && spdxId(license);
  const document = {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: name ?? '[TODO: name of the data set]',
    description: '[TODO: what the data set holds and what it is for]',
    url: '[TODO: address of the data set]',
    license: spdx ? `https://spdx.org/licenses/${spdx}` : '[TODO: address of the licence]',
    version: '[TODO: version]',
    distribution: data.map(fileObject),
    recordSet: data.flatMap(recordSet),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function fileObject({ path, size, sha256 }: ListedFile) {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return {
    '@type': 'cr:FileObject',
    '@id': idOf(path),
    name: path,
    contentUrl: path,
    contentSize: `${size} B`,
    encodingFormat: MEDIA_TYPES[ending] ?? 'application/octet-stream',
    sha256: sha256 ?? '[TODO: sha256]',
  };
}

function recordSet({ path, columns }: ListedFile) {
  if (!columns || columns.length === 0) return [];
  const id = idOf(`records/${path}`);
  const field = columns.map((column) => ({
    '@type': 'cr:Field',
    '@id': `${id}/${idOf(column)}`,
    name: column,
    description: '[TODO: meaning]',
    dataType: 'sc:Text',
    source: { fileObject: { '@id': idOf(path) }, extract: { column } },
  }));
  return [{ '@type': 'cr:RecordSet', '@id': id, name: id, field }];
}

/** Ids hold no white space; the reference implementation takes none, not even encoded. */
function idOf(text: string): string {
  return text.replace(/\s/g, '_');
}
