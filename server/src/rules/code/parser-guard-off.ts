import type { SyntaxNode } from '@lezer/common';
import { type CallRow, callTable, checkCalls, type Parameter } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Span } from '../../engine/span.ts';
import { apiTable, environmentSettings, inContext, isTruthy, type Value } from '../../languages/python/program.ts';
import { given } from '../../languages/python/triggers.ts';

const READS = 'parse fromstring XML iterparse'.split(' ');
const ETREE = READS.map((read) => `xml.etree.ElementTree.${read} xml.etree.cElementTree.${read}`).join(' ');
const DOM = 'xml.dom.minidom.parse xml.dom.minidom.parseString xml.dom.pulldom.parse xml.sax.parse xml.sax.parseString';

/**
 * Guards of readers that are switched off, or that an old version lacks. The readers of Python expand no external entities,
 * and since expat 2.4.1 limit the internal ones; so only documents of others are worth a word there. lxml resolves local
 * entities only since 5.0 (its changelog).
 */
const ROWS: readonly CallRow[] = [
  {
    detection: 'DATA-10',
    apis: 'lxml.etree.XMLParser lxml.etree.ETCompatXMLParser lxml.etree.iterparse',
    when: [{ parameter: 'resolve_entities', is: 'true' }],
    message: 'entities',
    fixes: [{ set: 'resolve_entities', to: 'False', kind: 'suggestion' }],
  },
  {
    detection: 'DATA-10',
    apis: 'lxml.etree.XMLParser lxml.etree.ETCompatXMLParser',
    when: [{ parameter: 'resolve_entities', is: 'true', absent: { package: 'lxml', below: '5.0' } }],
    unless: [{ parameter: 'resolve_entities', is: 'given' }],
    message: 'entities',
    fixes: [{ set: 'resolve_entities', to: 'False', kind: 'suggestion' }],
  },
  {
    detection: 'DATA-10',
    apis: 'lxml.etree.parse lxml.etree.fromstring lxml.etree.XML',
    when: [{ parameter: 'parser', position: 1, is: 'None', absent: true }],
    versions: { package: 'lxml', below: '5.0' },
    message: 'oldLxml',
  },
  {
    detection: 'DATA-10',
    apis: 'lxml.etree.XMLParser lxml.etree.ETCompatXMLParser lxml.etree.iterparse lxml.etree.HTMLParser',
    when: [{ parameter: 'huge_tree', is: 'true' }],
    message: 'limit',
    fixes: [{ remove: 'huge_tree', kind: 'suggestion' }],
  },
  {
    detection: 'DATA-10',
    apis: `${ETREE} ${DOM}`,
    source: { parameter: 'source', position: 0 },
    onlyUntrusted: true,
    message: 'xml',
    severity: 'hint',
  },
  {
    detection: 'DATA-10',
    apis: 'pandas.read_xml',
    source: { parameter: 'path_or_buffer', position: 0 },
    onlyUntrusted: true,
    unless: [{ parameter: 'parser', is: ['etree'] }],
    message: 'xml',
    severity: 'hint',
  },
];
const TABLE = callTable(ROWS);
/** Where a limit can be given. */
const LIMITS = apiTable<Parameter>([
  ['csv.field_size_limit', { parameter: 'new_limit', position: 0 }],
  ['numpy.load', { parameter: 'max_header_size' }],
]);
/** Values that are none: no honest file comes near. */
const UNLIMITED = /\bsys\.maxsize\b|\binf\b|\b2 ?\*\* ?[3-9]\d|\bpow\(2, ?[3-9]\d|\b1 ?<< ?[3-9]\d|\bmaxint\b|c_u?long/;
const LARGEST = 2 ** 31;

const PIXEL_LIMITS = ['MAX_IMAGE_PIXELS', 'OPENCV_IO_MAX_IMAGE_PIXELS', 'CV_IO_MAX_IMAGE_PIXELS'];

export const parserGuardOff = defineRule({
  meta: {
    id: 'GL325',
    name: 'parser-guard-off',
    title: 'Limit of a reader against hostile files switched off',
    kinds: ['python', 'notebook'],
    severity: 'info',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM10',
      'owasp-llm-2026:LLM06',
      'cwe:CWE-770',
      'cwe:CWE-400',
    ],
    why: 'A small file can unfold to gigabytes, or name a file of this machine that the reader then puts in its place. The guard is there to stop that.',
    how: 'Leave the guard on, or set a limit that your largest honest file needs. Read XML of others with `defusedxml`.',
    messages: {
      limit: '`{argument}` lets a small file use up the memory of this machine',
      truncated: '`{argument}` takes files that broke off on the way for whole ones',
      entities: '`{call}` may put the content of other files into the document',
      oldLxml: '`{call}` may put the content of other files into the document: that is so before {package} {version}',
      xml: '`{call}` reads XML of others, with no more protection than the installed expat has: use `defusedxml`',
    },
    peers: [
      'bandit B313',
      'bandit B314',
      'bandit B318',
      'ruff S314',
      'ruff S320',
      'semgrep lxml-in-pandas',
      'codeql py/xxe',
    ],
    detections: ['DATA-10', 'DATA-15'],
    examples: [
      { path: 'data.py', bad: 'from PIL import Image\n\nImage.MAX_IMAGE_PIXELS = None\n' },
      {
        title: 'XML',
        path: 'data.py',
        bad: 'from lxml import etree\n\nparser = etree.XMLParser(resolve_entities=True)\n',
        fixed: 'from lxml import etree\n\nparser = etree.XMLParser(resolve_entities=False)\n',
      },
      {
        title: 'an lxml that resolves entities by itself',
        path: 'data.py',
        packages: { lxml: '==4.9.3' },
        bad: 'from lxml import etree\n\ntree = etree.parse(path)\n',
      },
      {
        title: 'truncated images',
        path: 'data.py',
        bad: 'from PIL import ImageFile\n\nImageFile.LOAD_TRUNCATED_IMAGES = True\n',
      },
      {
        title: 'fields of any length',
        path: 'data.py',
        bad: 'import csv\nimport sys\n\ncsv.field_size_limit(sys.maxsize)\n',
      },
      {
        title: 'a limit, and XML of this project',
        path: 'data.py',
        good: 'import csv\nimport xml.etree.ElementTree as ET\nfrom PIL import Image\n\nImage.MAX_IMAGE_PIXELS = 200_000_000\ncsv.field_size_limit(1_000_000)\nroot = ET.parse("annotations/0001.xml").getroot()\n',
      },
      {
        title: 'a current lxml',
        path: 'data.py',
        packages: { lxml: '>=5.2' },
        good: 'from lxml import etree\n\ntree = etree.parse(path)\nparser = etree.XMLParser(remove_blank_text=True)\n',
      },
    ],
  },
  triggers: [TABLE, LIMITS, ...given(...PIXEL_LIMITS, 'LOAD_TRUNCATED_IMAGES')],
  *check(file) {
    const { python } = file;
    yield* checkCalls(file, TABLE, 'info');
    for (const { call, row } of python.callsTo(LIMITS)) {
      const given = call.argument(row.parameter, row.position);
      if (given.state === 'given' && isUnlimited(file, given)) yield at(file, call.span, 'limit');
    }
    // `Image.MAX_IMAGE_PIXELS`, and the variable of OpenCV that ends in the same words.
    for (const name of PIXEL_LIMITS) {
      for (const setting of environmentSettings(python, [name])) {
        const none = setting.value.known && setting.value.value === null;
        if (none || isUnlimited(file, setting)) yield at(file, setting.span, 'limit');
      }
    }
    for (const { span, value, through } of python.argumentsNamed('LOAD_TRUNCATED_IMAGES')) {
      if (through === 'assignment' && isTruthy(value)) yield at(file, span, 'truncated');
    }
  },
});

function isUnlimited({ text }: SourceFile, { node, value }: { readonly node: SyntaxNode; readonly value: Value }) {
  if (value.known) return value.value !== null && Number(value.value) >= LARGEST;
  return UNLIMITED.test(text.slice(node.from, Math.min(node.to, node.from + 200)));
}

function at({ text, path }: SourceFile, span: Span, message: string): Problem {
  const argument = text.slice(span.start, span.end).replace(/\s+/g, ' ');
  return { span, message, data: { argument }, severity: inContext('info', path) };
}
