import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Location, Log, Result, Run } from 'sarif';
import { installed } from '../../scripts/ensure.mjs';
import { getItem } from '../../server/src/guidelines/catalogue.ts';
import type { Report } from '../../server/src/reports/located.ts';
import { relativeUri, sarifReport, toSarif } from '../../server/src/reports/sarif.ts';
import { rules as realRules } from '../../server/src/rules/index.ts';
import { wordRule, workspace } from '../cli/runCli.ts';
import { PROJECT, scanReport } from './scanReport.ts';

const rules = [wordRule, ...realRules];
const SCHEMA = new URL('../fixtures/schemas/sarif-schema-2.1.0.json', import.meta.url);

function runOf(report: Report, options?: Parameters<typeof toSarif>[1]): Run & { results: Result[] } {
  const [run] = toSarif(report, options).runs;
  assert.ok(run?.results);
  return run as Run & { results: Result[] };
}

const physical = (location: Location | undefined) => location?.physicalLocation;
const uriOf = (result: Result) => physical(result.locations?.[0])?.artifactLocation?.uri;
const resultsOf = (run: { results: Result[] }, path: string) =>
  run.results.filter((one) => uriOf(one) === relativeUri(path));

/** A validator of the official schema, which is of a JSON Schema draft that differs from the next in the name of `$id` only. */
function validator() {
  const { $schema: _, id: $id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile({ ...schema, $id });
}

const skip = existsSync(SCHEMA) ? false : 'the schema is not there';

test('the report is valid SARIF 2.1.0', { skip }, async (t) => {
  const validate = validator();
  const report = await scanReport(t, PROJECT);
  for (const log of [
    toSarif(report),
    toSarif({ ...report, rules }),
    toSarif({ ...report, scan: { ...report.scan, partial: true } }),
  ]) {
    assert.ok(validate(JSON.parse(JSON.stringify(log))), JSON.stringify(validate.errors, null, 1));
  }
});

test('the schema does reject what is wrong', { skip }, async (t) => {
  const validate = validator();
  const log = toSarif(await scanReport(t, PROJECT)) as unknown as { runs: { results: { level: string }[] }[] };
  (log.runs[0]?.results[0] as { level: string }).level = 'fatal';
  assert.equal(validate(log), false);
});

test("Microsoft's validator finds nothing wrong, GitHub's ingestion rules included", {
  skip: existsSync(installed.sarifMultitool) ? false : 'the validator is not installed',
}, async (t) => {
  const folder = workspace(t);
  const report = { ...(await scanReport(t, PROJECT)), rules, homepage: 'https://example.org/guidelint' };
  writeFileSync(join(folder, 'a.sarif'), sarifReport(report));
  const { status, stdout } = spawnSync(
    installed.sarifMultitool,
    ['validate', 'a.sarif', '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--output', 'result.sarif'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } },
  );
  assert.equal(status, 0, stdout);
  const result = JSON.parse(readFileSync(join(folder, 'result.sarif'), 'utf8')) as Log;
  const found = (result.runs[0]?.results ?? []).map(({ ruleId, message }) => `${ruleId} ${JSON.stringify(message)}`);
  assert.deepEqual(found, []);
});

test('paths are relative, percent-encoded, with forward slashes; nothing is absolute', async (t) => {
  const report = await scanReport(t, PROJECT);
  const run = runOf(report);
  assert.deepEqual([...new Set(run.results.map(uriOf))].sort(), [
    '%C3%A4%3Ab.py',
    'a%20b/x%23%25(1).py',
    'accepted.py',
    'broken.ipynb',
    'n.ipynb',
  ]);
  for (const result of run.results) {
    assert.equal(physical(result.locations?.[0])?.artifactLocation?.uriBaseId, '%SRCROOT%');
  }
  const text = sarifReport(report);
  assert.doesNotMatch(text, /file:\/\//);
  assert.equal(text.includes(process.cwd()), false);
});

test('relative URIs stay relative whatever the name', () => {
  assert.equal(relativeUri('a:b/c?d#e%f'), 'a%3Ab/c%3Fd%23e%25f');
  assert.equal(relativeUri('half \uD800 pair'), 'half%20%EF%BF%BD%20pair');
  for (const path of ['a:b', '//x', 'ä/ö ü', "it's (1)"]) {
    assert.equal(new URL(relativeUri(path), 'https://h/r/').host, path === '//x' ? 'x' : 'h');
  }
});

test('regions count from 1, in UTF-16 code units, without the byte order mark', async (t) => {
  const run = runOf(await scanReport(t, PROJECT));
  assert.equal(run.columnKind, 'utf16CodeUnits');
  const regions = resultsOf(run, 'a b/x#%(1).py').map((result) => physical(result.locations?.[0])?.region);
  assert.deepEqual(regions, [
    { startLine: 1, startColumn: 5, endLine: 1, endColumn: 8 },
    { startLine: 1, startColumn: 14, endLine: 1, endColumn: 17 },
    { startLine: 2, startColumn: 5, endLine: 2, endColumn: 10 },
  ]);
});

test('a finding in a notebook stands in the JSON text, and its cell is named', async (t) => {
  const report = await scanReport(t, PROJECT);
  const raw = report.scan.files.find(({ path }) => path === 'n.ipynb')?.raw.split('\n') ?? [];
  const results = resultsOf(runOf(report), 'n.ipynb');
  const found = results.map(({ locations }) => {
    const { startLine = 0, startColumn = 0, endColumn = 0, endLine } = physical(locations?.[0])?.region ?? {};
    assert.equal(startLine, endLine);
    return [
      raw[startLine - 1]?.slice(startColumn - 1, endColumn - 1),
      locations?.[0]?.logicalLocations?.[0]?.decoratedName,
    ];
  });
  assert.deepEqual(found, [
    ['BAD', 'cell 3, line 2, column 5'],
    ['RISKY', 'cell 3, line 3, column 11'],
  ]);
});

test('a fix replaces exactly what the finding is about', async (t) => {
  const report = await scanReport(t, PROJECT);
  const run = runOf(report);
  for (const path of ['a b/x#%(1).py', 'n.ipynb']) {
    const [first] = resultsOf(run, path);
    const change = first?.fixes?.[0]?.artifactChanges[0];
    assert.equal(change?.artifactLocation.uri, relativeUri(path));
    assert.deepEqual(change?.replacements, [
      { deletedRegion: physical(first?.locations?.[0])?.region, insertedContent: { text: 'GOOD' } },
    ]);
  }
});

test('every rule is there with help, level, GitHub properties and its guidelines', async (t) => {
  const run = runOf({ ...(await scanReport(t, PROJECT)), rules });
  const descriptors = run.tool.driver.rules ?? [];
  assert.deepEqual(
    descriptors.map(({ id }) => id),
    rules.map(({ meta }) => meta.id),
  );
  descriptors.forEach((descriptor, index) => {
    const { guidelines, title } = rules[index]?.meta ?? assert.fail();
    const {
      name = '',
      help,
      helpUri,
      shortDescription,
      defaultConfiguration,
      properties,
      relationships = [],
    } = descriptor;
    assert.match(name, /^(?:[A-Z][a-z0-9]*)+$/);
    assert.ok(shortDescription?.text.startsWith(title));
    assert.ok(help?.markdown?.includes('**How:**') && help.text.includes('How: '), name);
    assert.equal(helpUri, getItem(guidelines[0]).url);
    assert.match(defaultConfiguration?.level ?? '', /^(?:error|warning|note)$/);
    assert.match(properties?.['security-severity'], /^\d\.\d$/);
    assert.match(properties?.precision, /^(?:high|medium|low)$/);
    assert.ok(properties?.tags?.includes('security') && properties.tags.length <= 20);
    const taxa = relationships.map(({ target: { id, index = -1, toolComponent } }) => {
      const taxonomy = run.taxonomies?.[toolComponent?.index ?? -1];
      assert.equal(taxonomy?.name, toolComponent?.name);
      assert.equal(taxonomy?.taxa?.[index]?.id, id);
      return `${toolComponent?.name}:${id}`;
    });
    assert.deepEqual(taxa, guidelines);
  });
  assert.deepEqual(
    run.tool.driver.supportedTaxonomies?.map(({ name }) => name),
    run.taxonomies?.map(({ name }) => name),
  );
});

test('each result points at its rule, and severities become levels', async (t) => {
  const run = runOf(await scanReport(t, PROJECT));
  for (const { ruleId, ruleIndex = -1 } of run.results) assert.equal(run.tool.driver.rules?.[ruleIndex]?.id, ruleId);
  const levels = (path: string) => resultsOf(run, path).map(({ level }) => level);
  assert.deepEqual(levels('a b/x#%(1).py'), ['error', 'error', 'warning']);
  assert.deepEqual(levels('ä:b.py'), ['note', 'note']);
});

test('accepted findings carry the reason; the others say that they are not accepted', async (t) => {
  const run = runOf(await scanReport(t, PROJECT));
  assert.ok(
    run.results.every(({ suppressions }) => Array.isArray(suppressions)),
    'all or none, says the standard',
  );
  const suppressions = resultsOf(run, 'accepted.py').flatMap(({ suppressions }) => suppressions ?? []);
  assert.deepEqual(suppressions, [
    { kind: 'inSource', status: 'accepted', justification: 'agreed: 100%, yes (until 2030-01-31)' },
    { kind: 'inSource', status: 'accepted' },
  ]);
  const without = runOf(await scanReport(t, PROJECT), { suppressed: false });
  assert.equal(
    without.results.some(({ suppressions }) => suppressions?.length),
    false,
  );
  assert.equal(without.results.length, run.results.length - 2);
});

test('a finding accepted in the configuration is accepted from outside the file', async (t) => {
  const config = 'accept:\n  - rule: forbidden-word\n    reason: old code\n    until: 2030-01-31\n';
  const [result] = runOf(await scanReport(t, { '.guidelint.yaml': config, 'a.py': 'BAD' })).results;
  assert.deepEqual(result?.suppressions, [
    { kind: 'external', status: 'accepted', justification: 'old code (until 2030-01-31)' },
  ]);
});

test('fingerprints tell findings of one file apart, also on one line, and survive an edit above', async (t) => {
  const prints = (run: { results: Result[] }) =>
    run.results.map((result) => result.partialFingerprints?.['guidelint/v1']);
  const text = 'x = BAD; y = BAD\nz = BAD\n';
  const before = prints(runOf(await scanReport(t, { 'a.py': text })));
  const after = prints(runOf(await scanReport(t, { 'a.py': `import os\n\n${text}` })));
  assert.equal(new Set(before).size, 3);
  assert.deepEqual(after, before);
});

test('what was not checked is a notification, and a stopped scan is no success', async (t) => {
  const report = await scanReport(t, PROJECT);
  const [invocation] = runOf(report).invocations ?? [];
  assert.equal(invocation?.executionSuccessful, true);
  assert.deepEqual(
    invocation?.toolExecutionNotifications?.map(({ message }) => message.text),
    ['Not checked: binary.py is binary.'],
  );
  const [stopped] = runOf({ ...report, scan: { ...report.scan, partial: true } }).invocations ?? [];
  assert.equal(stopped?.executionSuccessful, false);
  assert.match(
    stopped?.toolExecutionNotifications?.[0]?.message.text ?? '',
    /^Stopped after \d+ files; the others were not checked\.$/,
  );
});

test('no source text is quoted, because a finding may be about a secret', async (t) => {
  const text = sarifReport(await scanReport(t, { 'a.py': 'k = "hunter2" + BAD\n' }));
  assert.doesNotMatch(text, /hunter2|snippet/);
});

test('the same input gives the same report', async (t) => {
  assert.equal(sarifReport(await scanReport(t, PROJECT)), sarifReport(await scanReport(t, PROJECT)));
});
