import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  childrenOf,
  citationOf,
  findItem,
  frameworkOf,
  frameworks,
  getFramework,
  getItem,
  isCheckableInFiles,
  items,
  localId,
  relatedTo,
} from '../../server/src/guidelines/catalogue.ts';

/** Items, and those that some kind of file can show, per framework. */
const COUNTS = {
  'ncsc-cisa-2023': [95, 76],
  'etsi-en-304-223': [85, 61],
  jrc: [4, 3],
  'eu-ai-act': [107, 81],
  cra: [22, 18],
  'owasp-llm-2025': [10, 10],
  'owasp-llm-2026': [10, 10],
  'owasp-ml-2023': [10, 10],
  atlas: [78, 77],
  cwe: [48, 48],
};

test('every framework is complete and in order', () => {
  const counts = frameworks().map(({ id, items }) => [id, [items.length, items.filter(isCheckableInFiles).length]]);
  assert.deepEqual(counts, Object.entries(COUNTS));
  assert.equal(items().length, 469);
  assert.equal(items().filter((item) => item.confirmed).length, 466);
});

test('ETSI EN 304 223 has 13 principles and 72 provisions, 49 of them required', () => {
  const etsi = getFramework('etsi-en-304-223').items;
  assert.equal(etsi.filter((item) => item.kind === 'principle').length, 13);
  const provisions = etsi.filter((item) => item.kind === 'provision');
  assert.equal(provisions.length, 72);
  assert.equal(provisions.filter((item) => item.level === 'shall').length, 49);
  assert.ok(provisions.every((item) => item.parent && getItem(item.parent).kind === 'principle'));
});

test('every id that an item names exists', () => {
  for (const item of items()) {
    for (const target of [...item.related, item.parent, item.supersededBy]) {
      if (target !== undefined) assert.equal(getItem(target)?.id, target, `${item.id} names ${target}`);
    }
    if (item.parent) assert.equal(frameworkOf(item.parent), frameworkOf(item.id), item.id);
  }
});

test('every item can be read, cited and opened', () => {
  for (const item of items()) {
    assert.match(item.summary, /^[“A-Z].{20,}[.]$/s, `${item.id}: a summary is one or more sentences`);
    assert.ok(item.summary.length <= 330, `${item.id}: a summary must fit a hover (${item.summary.length} characters)`);
    assert.doesNotMatch(item.summary + item.title, /[\\`*_[\]<>|\n]/, `${item.id}: plain text only`);
    assert.doesNotMatch(item.title, /[.]$/, `${item.id}: a title is not a sentence`);
    assert.match(item.url, /^https:\/\/[^\s()]+$/, item.id);
    assert.ok(item.citation.length > 0);
  }
});

test('British spelling in our own words', () => {
  for (const { summary, id } of items()) {
    assert.doesNotMatch(
      summary,
      /\b(?!size)\w+(?:ization|izing|ized|izes?)\b|\bbehavior|\bartifact|\bdefense\b|\blicense\b/i,
      id,
    );
  }
});

test('no two items of a framework share a summary', () => {
  for (const framework of frameworks()) {
    const seen = new Map<string, string>();
    for (const { id, summary } of framework.items) {
      const other = seen.get(summary);
      assert.equal(other, undefined, `${id} says the same as ${other}`);
      seen.set(summary, id);
    }
  }
});

test('page names stay apart where case does not count', () => {
  assert.equal(new Set(items().map((item) => item.id.toLowerCase())).size, 469);
});

test('citations carry what tells editions apart', () => {
  assert.equal(citationOf('etsi-en-304-223:5.2.4-1.2'), 'ETSI EN 304 223, 5.2.4-1.2');
  assert.equal(citationOf('owasp-llm-2025:LLM03'), 'OWASP LLM03:2025');
  assert.equal(citationOf('owasp-llm-2026:LLM03'), 'OWASP LLM03:2026');
  assert.equal(citationOf('eu-ai-act:15.5.sub3'), 'AI Act, Article 15(5), third subparagraph');
  assert.equal(citationOf('cra:AnnexI.II.1'), 'CRA, Annex I, Part II, point (1)');
  assert.equal(citationOf('jrc:gp1'), 'JRC134461, guiding principle 1');
  assert.equal(citationOf('cwe:CWE-502'), 'CWE-502');
  assert.equal(
    citationOf('ncsc-cisa-2023:ncsc-2.3.4'),
    'NCSC/CISA 2023, 2 Secure development, “Document your data, models and prompts”',
  );
});

test('findItem takes what people write', () => {
  const found = (text: string) => findItem(text)?.id;
  assert.equal(found('etsi-en-304-223:5.2.4-1.2'), 'etsi-en-304-223:5.2.4-1.2');
  assert.equal(found(' ETSI-EN-304-223:5.2.4-1.2 '), 'etsi-en-304-223:5.2.4-1.2');
  assert.equal(found('5.2.4-1.2'), 'etsi-en-304-223:5.2.4-1.2');
  assert.equal(found('llm03:2025'), 'owasp-llm-2025:LLM03');
  assert.equal(found('LLM03:2026'), 'owasp-llm-2026:LLM03');
  assert.equal(found('ML06:2023'), 'owasp-ml-2023:ML06');
  assert.equal(found('cwe-502'), 'cwe:CWE-502');
  assert.equal(found('AML.T0010'), 'atlas:AML.T0010');
  assert.equal(found('AML.T0010.003'), 'atlas:AML.T0010.003');
  assert.equal(found('Article 15(5)'), 'eu-ai-act:15.5');
  assert.equal(found('AI Act, Annex IV, point 2(a)'), 'eu-ai-act:AnnexIV.2.a');
  assert.equal(found('ncsc-2.3.4'), 'ncsc-cisa-2023:ncsc-2.3.4');
});

test('findItem does not guess', () => {
  for (const text of [
    '',
    '  ',
    'LLM03',
    'CWE-50',
    '502',
    'T0010',
    'point',
    'nonsense',
    '__proto__',
    'x'.repeat(100_000),
  ]) {
    assert.equal(findItem(text), undefined, text.slice(0, 20));
  }
});

test('every item is found by its global id', () => {
  for (const { id } of items()) assert.equal(findItem(id)?.id, id);
});

test('children and related items', () => {
  assert.deepEqual(
    childrenOf('etsi-en-304-223:5.2.4').map((item) => localId(item.id)),
    ['5.2.4-1', '5.2.4-1.1', '5.2.4-1.2', '5.2.4-2', '5.2.4-2.1', '5.2.4-3'],
  );
  assert.deepEqual(childrenOf('cwe:CWE-502'), []);
  for (const item of items()) {
    for (const target of item.related) {
      assert.ok(relatedTo(item.id).includes(getItem(target)), `${item.id} -> ${target}`);
      assert.ok(relatedTo(target).includes(item), `${target} -> ${item.id}`);
    }
  }
});

test('a renumbered item leads to its successor', () => {
  assert.equal(getItem('owasp-llm-2025:LLM03').supersededBy, 'owasp-llm-2026:LLM04');
  assert.equal(getItem('eu-ai-act:10.5').supersededBy, 'eu-ai-act:4a');
  assert.equal(getItem('atlas:AML.T0058').supersededBy, 'atlas:AML.T0115.001');
});

test('a wrong id does not compile', () => {
  // @ts-expect-error there is no such provision
  assert.equal(getItem('etsi-en-304-223:9.9.9'), undefined);
  // @ts-expect-error there is no such framework
  assert.equal(getFramework('etsi'), undefined);
});
