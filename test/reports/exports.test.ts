import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { ComplianceReport } from '../../server/src/engine/compliance.ts';
import { compareReports } from '../../server/src/engine/complianceCompare.ts';
import { complianceCsv } from '../../server/src/reports/complianceCsv.ts';
import { complianceHtml } from '../../server/src/reports/complianceHtml.ts';
import { complianceSchema, readComplianceJson, toComplianceJson } from '../../server/src/reports/complianceJson.ts';
import { LIMITS } from '../../server/src/reports/complianceWords.ts';
import { oscalReport } from '../../server/src/reports/oscal.ts';
import { renderSummaryMarkdown } from '../../server/src/reports/summaryMarkdown.ts';
import { sampleReport } from './sampleReport.ts';

/** With an earlier report that has a finding and statuses that are gone, and says the same things. */
function compared(report: ComplianceReport) {
  const [first] = report.findings;
  const frameworks = report.frameworks.map((framework) => ({
    ...framework,
    items: framework.items.map((item, index) => (index % 3 === 0 ? { ...item, status: 'clean' as const } : item)),
  }));
  const findings = first ? [{ ...first, ruleId: first.path, fingerprint: 'gone', suppression: undefined }] : [];
  const name = first?.path ?? '';
  return { comparison: compareReports({ ...report, time: name, frameworks, findings }, report), name };
}

const RENDERERS = {
  html: (report: ComplianceReport) => complianceHtml(report, compared(report)),
  markdown: (report: ComplianceReport) => renderSummaryMarkdown(report, compared(report)),
  csv: complianceCsv,
  oscal: oscalReport,
  json: (report: ComplianceReport) => JSON.stringify(toComplianceJson(report, LIMITS)),
};

/** The report with `text` in every place that somebody in the workspace can write to. */
function hostile(text: string): ComplianceReport {
  const report = sampleReport();
  return {
    ...report,
    folders: [text],
    skipped: [{ path: text, reason: text }],
    registers: report.registers.map((register) => ({ ...register, path: text, system: text })),
    findings: report.findings.map((finding, index) => ({
      ...finding,
      path: text,
      message: text,
      ...(index % 2 === 0 && { suppression: { reason: text } }),
    })),
    frameworks: report.frameworks.map((framework) => ({
      ...framework,
      items: framework.items.map((item) => ({
        ...item,
        evidence: item.evidence.map((said) => ({
          ...said,
          statement: text,
          justification: text,
          owner: text,
          files: [text],
          links: [text],
          path: text,
        })),
      })),
    })),
  };
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</style></title></table><b>',
  "' onmouseover='alert(1)",
  '[x](javascript:alert(1)) ![y](https://evil.example/p.png)',
  '| a | b |\n\n# heading\n<!-- -->',
  '=cmd|"/c calc"!A1',
  '\u202Etxt.exe\u0007\u001b[31m',
  '`code` ~~~ \\',
  '&lt;script&gt; &#x3c;',
];

const tags = (page: string) =>
  [...page.matchAll(/<(\/?[a-z][a-z0-9]*)([^>]*)>/gi)].map(([, name, rest]) => [name, rest]);

describe('nothing of the workspace becomes markup, script or formula', () => {
  for (const text of HOSTILE) {
    test(JSON.stringify(text), () => {
      const plain = tags(complianceHtml(hostile('word')));
      const page = complianceHtml(hostile(text));
      const names = (list: typeof plain) =>
        list.map(([name]) => name).filter((name) => name !== 'code' && name !== '/code');
      assert.deepEqual(names(tags(page)), names(plain), 'the same elements whatever the text');
      for (const [name, rest] of tags(page)) {
        assert.notEqual(name, 'script');
        assert.doesNotMatch(rest ?? '', /\son\w+\s*=|javascript:/i);
      }
      assert.doesNotMatch(page.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);

      const markdown = renderSummaryMarkdown(hostile(text));
      assert.doesNotMatch(
        markdown.replace(/`[^`\n]*`/g, ''),
        /(?<!\\)<(?!\/?(?:details|summary)>)[a-z!/]/i,
        'no HTML but ours',
      );
      assert.doesNotMatch(markdown, /^# (?!AI security)/m);
      assert.doesNotMatch(markdown.replace(/`[^`\n]*`/g, ''), /(?<!\\)\]\(/, 'no link or picture');
      for (const table of markdown.split(/\n\n/).filter((block) => block.startsWith('| '))) {
        const cells = table.split('\n').map((row) => row.split(/(?<!\\)\|/).length);
        assert.equal(new Set(cells).size, 1, table.slice(0, 300));
      }

      const oscal = JSON.parse(oscalReport(hostile(text)));
      for (const { description } of oscal['assessment-results'].results[0].observations)
        assert.doesNotMatch(description, /(?<!\\)[<[]/);
    });
  }
});

/** RFC 4180, and nothing else. */
function parseCsv(csv: string): string[][] {
  const rows: string[][] = [];
  const row = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let cells: string[] = [];
  for (const [, quoted, bare, end] of csv.matchAll(row)) {
    cells.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(cells);
    cells = [];
  }
  return rows;
}

test('CSV has a row for every item, and no cell that a spreadsheet would run', () => {
  const [head = [], ...rows] = parseCsv(complianceCsv(sampleReport()));
  assert.equal(rows.length, 469);
  for (const cells of rows) assert.equal(cells.length, head.length);
  assert.deepEqual(rows.find(([id]) => id === 'cwe:CWE-502')?.slice(0, 3), [
    'cwe:CWE-502',
    'CWE-502',
    'Deserialization of Untrusted Data',
  ]);
  for (const start of ['=', '+', '-', '@', '\t=', '\r', ' =', '|', '%', '\uFF1D', '\n@', '\u200B=']) {
    const csv = complianceCsv(hostile(`${start}1+1`));
    const statement = head.indexOf('statement');
    const texts = parseCsv(csv)
      .slice(1)
      .map((cells) => cells[statement] ?? '');
    const written = texts.filter((text) => text !== '');
    assert.ok(written.length > 5);
    for (const text of written) assert.equal(text, `'${start}1+1`);
  }
});

describe('OSCAL', () => {
  const schema = new URL('../fixtures/schemas/oscal-assessment-results-1.2.1.json', import.meta.url);
  const present = existsSync(schema);
  const validate = () => {
    const content = JSON.parse(readFileSync(schema, 'utf8'));
    // The schema gives each definition its own JSON pointer as its id, which says nothing and which Ajv takes for a second one.
    for (const definition of Object.values<{ $id?: string }>(content.definitions)) delete definition.$id;
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    return ajv.compile(content);
  };

  test('is valid by the schema of NIST', { skip: present ? false : 'the schema is not there' }, () => {
    const isValid = validate();
    const empty: ComplianceReport = { ...sampleReport(), findings: [], frameworks: [], folders: [], registers: [] };
    const reports = [
      sampleReport(),
      sampleReport(500),
      empty,
      { ...sampleReport(), partial: true },
      ...HOSTILE.map(hostile),
      hostile(''),
    ];
    for (const report of reports) {
      const ok = isValid(JSON.parse(oscalReport(report)));
      assert.ok(ok, JSON.stringify(isValid.errors?.slice(0, 3)));
    }
    const broken = JSON.parse(oscalReport(sampleReport()));
    broken['assessment-results'].results[0].start = 'yesterday';
    assert.equal(isValid(broken), false, 'the check can fail');
  });

  test('every reference leads somewhere, no UUID stands twice', () => {
    const text = oscalReport(sampleReport(300));
    const {
      'assessment-results': { results, 'import-ap': plan, 'back-matter': matter },
    } = JSON.parse(text);
    const uuids = [...text.matchAll(/"uuid": "([^"]+)"/g)].map(([, uuid]) => uuid);
    assert.equal(new Set(uuids).size, uuids.length);
    const [result] = results;
    const observations = new Set(result.observations.map(({ uuid }: { uuid: string }) => uuid));
    const risks = new Set(result.risks.map(({ uuid }: { uuid: string }) => uuid));
    for (const finding of result.findings) {
      for (const one of finding['related-observations'] ?? []) assert.ok(observations.has(one['observation-uuid']));
      for (const one of finding['related-risks'] ?? []) assert.ok(risks.has(one['risk-uuid']));
    }
    assert.ok(matter.resources.some(({ uuid }: { uuid: string }) => plan.href === `#${uuid}`));
  });

  test('nothing is satisfied that people have not said to be', () => {
    const report = sampleReport();
    const { findings } = JSON.parse(oscalReport(report))['assessment-results'].results[0];
    const byId = new Map(
      report.frameworks.flatMap(({ items }) => items).map((item) => [item.id.replace(':', '_'), item]),
    );
    const satisfied = findings.filter(
      ({ target }: { target: { status: { state: string } } }) => target.status.state === 'satisfied',
    );
    assert.ok(satisfied.length > 0);
    for (const { target } of satisfied) assert.equal(byId.get(target['target-id'])?.status, 'evidence');
  });
});

describe('JSON', () => {
  const published = JSON.parse(
    readFileSync(new URL('../../schemas/compliance-report.schema.json', import.meta.url), 'utf8'),
  );

  test('is valid by the schema that is published, and read back as it was', () => {
    const ajv = new Ajv({ strict: false });
    const isValid = ajv.compile(published);
    for (const report of [sampleReport(), ...HOSTILE.map(hostile)]) {
      const json = JSON.parse(JSON.stringify(toComplianceJson(report, LIMITS)));
      assert.ok(isValid(json), JSON.stringify(isValid.errors));
      assert.deepEqual(complianceSchema.parse(json), json);
    }
  });

  test('holds no path of this machine', () => {
    assert.doesNotMatch(
      JSON.stringify(toComplianceJson({ ...sampleReport(), folders: ['examples'] }, LIMITS)),
      /file:\/\/|\/home\//,
    );
  });

  test('what is no report is told apart from one of another version', () => {
    const json = JSON.stringify(toComplianceJson(sampleReport(), LIMITS));
    const problem = (text: string) => (readComplianceJson(text) as { problem?: string }).problem;
    assert.equal(problem(json), undefined);
    assert.equal(problem(`\uFEFF${json}`), undefined);
    assert.equal(problem('{'), 'is not JSON');
    assert.equal(
      problem('[]'),
      'is not a compliance report (top level: Invalid input: expected object, received array)',
    );
    assert.equal(problem('{"version":2}'), 'has version 2, and this Guidelint reads version 1');
    assert.match(problem('{"version":1}') ?? '', /^is not a compliance report \(tool: /);
  });

  test('a saved report can be compared with one of now', () => {
    const saved = readComplianceJson(JSON.stringify(toComplianceJson(sampleReport(), LIMITS)));
    assert.ok(!('problem' in saved));
    const change = compareReports(saved, sampleReport(13));
    assert.deepEqual([change.appeared.length, change.resolved.length, change.otherTool], [1, 0, false]);
  });
});

test('equal input gives equal bytes, and the time is nowhere but where it is given', () => {
  const later = '2031-01-01T01:02:03.000Z';
  for (const [name, render] of Object.entries(RENDERERS)) {
    assert.equal(render(sampleReport()), render(sampleReport()), name);
    const moved = render({ ...sampleReport(), time: later });
    if (name === 'oscal') continue;
    const { time } = sampleReport();
    const shown = (text: string) => text.replaceAll(later, time).replace('2031-01-01 01:02', '2026-07-28 14:05');
    assert.equal(shown(moved), render(sampleReport()), name);
  }
});
