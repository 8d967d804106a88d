import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';
import { generateGuidelines, readCatalogue } from '../../scripts/generate/guidelines.ts';

const root = new URL('../../', import.meta.url);
const files = generateGuidelines(new Map());

test('generated.ts is fresh', () => {
  const path = 'server/src/guidelines/generated.ts';
  assert.equal(readFileSync(new URL(path, root), 'utf8'), files.get(path), 'run npm run generate');
});

test('one page per item and framework, and an index', () => {
  const pages = [...files.keys()].filter((path) => path.startsWith('docs/guidelines/'));
  assert.equal(pages.length, 469 + 10 + 1);
  for (const path of files.keys()) assert.match(path, /^[A-Za-z0-9./-]+$/);
  assert.equal(new Set([...files.keys()].map((path) => path.toLowerCase())).size, files.size);
});

test('every link between the pages leads to a page', () => {
  let links = 0;
  for (const [path, text] of files) {
    if (!path.endsWith('.md')) continue;
    for (const [, target = ''] of text.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('https://')) continue;
      links++;
      assert.ok(files.has(posix.join(posix.dirname(path), target)), `${path} links to ${target}`);
    }
  }
  assert.ok(links > 2000, `${links} links seen`);
});

test('rules are linked from item, framework and index pages', () => {
  const rule = { id: 'GL901', name: 'sample-rule', title: 'A rule for this test' };
  const pages = generateGuidelines(new Map([['cwe:CWE-502', [rule]]]));
  assert.match(pages.get('docs/guidelines/cwe/CWE-502.md') ?? '', /\(\.\.\/\.\.\/rules\/GL901\.md\)/);
  assert.match(pages.get('docs/guidelines/cwe/README.md') ?? '', /\[GL901\]\(\.\.\/\.\.\/rules\/GL901\.md\)/);
  assert.match(pages.get('docs/guidelines/README.md') ?? '', /\| 48 \| 1 \|/);
});

test('the same input gives the same bytes, with LF only', () => {
  assert.deepEqual([...generateGuidelines(new Map())], [...files]);
  for (const [path, text] of files) assert.ok(!text.includes('\r'), path);
});

// A copy of the smallest framework, damaged in one place, must be refused with the file and the item named.
const folder = mkdtempSync(join(tmpdir(), 'guidelint-'));
after(() => rmSync(folder, { recursive: true }));
const jrc = readFileSync(new URL('server/src/guidelines/catalogue/jrc.yaml', root), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: damages data of any shape
function problemsAfter(damage: (framework: any) => void, name = 'jrc.yaml'): string {
  const framework = parse(jrc);
  for (const item of framework.items) delete item.related;
  damage(framework);
  const path = join(folder, name);
  writeFileSync(path, stringify(framework));
  try {
    readCatalogue(pathToFileURL(`${folder}/`));
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(path);
  }
}

test('mistakes in the YAML are named by file and item', () => {
  assert.equal(
    problemsAfter(() => {}),
    '',
  );
  assert.match(
    problemsAfter((f) => delete f.items[1].title),
    /jrc\.yaml, item gp2 title: /,
  );
  assert.match(
    problemsAfter((f) => delete f.items[1].id),
    /jrc\.yaml, item number 2 id: /,
  );
  assert.match(
    problemsAfter((f) => (f.items[0].sumary = 'x')),
    /jrc\.yaml, item gp1: .*sumary/,
  );
  assert.match(
    problemsAfter((f) => (f.items[0].url = 'http://example.org')),
    /jrc\.yaml, item gp1 url: /,
  );
  assert.match(
    problemsAfter((f) => (f.items[0].summary = '  ')),
    /jrc\.yaml, item gp1 summary: /,
  );
  assert.match(
    problemsAfter((f) => (f.items[0].id = 'a:b')),
    /jrc\.yaml, item a:b id: /,
  );
  assert.match(
    problemsAfter((f) => (f.items[0].level = 'must')),
    /jrc\.yaml, item gp1 level: /,
  );
  assert.match(
    problemsAfter((f) => (f.items[0].related = ['jrc:gp9'])),
    /jrc\.yaml, item gp1: there is no jrc:gp9/,
  );
  assert.match(
    problemsAfter((f) => (f.items[0].related = ['jrc:gp1'])),
    /item gp1: refers to itself/,
  );
  assert.match(
    problemsAfter((f) => (f.items[1].id = 'GP1')),
    /item GP1: this id is used twice/,
  );
  assert.match(
    problemsAfter((f) => (f.items[0].parent = 'gp2')),
    /item gp1: parent gp2 must stand before it/,
  );
  assert.match(
    problemsAfter((f) => delete f.publisher),
    /jrc\.yaml, publisher: /,
  );
  assert.match(
    problemsAfter(() => {}, 'other.yaml'),
    /other\.yaml: the file must be called jrc\.yaml/,
  );
});

test('several mistakes are reported at once', () => {
  const message = problemsAfter((f) => {
    delete f.items[0].title;
    delete f.items[3].title;
  });
  assert.match(message, /gp1[\s\S]*gp4/);
});

test('a file that is not a framework is refused, not crashed on', () => {
  for (const content of ['', '[]', 'items: 3', 'items: [3]']) {
    writeFileSync(join(folder, 'bad.yaml'), content);
    assert.throws(() => readCatalogue(pathToFileURL(`${folder}/`)), /Guideline catalogue:\n {2}bad\.yaml/);
    rmSync(join(folder, 'bad.yaml'));
  }
});
