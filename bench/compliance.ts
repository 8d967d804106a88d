import { performance } from 'node:perf_hooks';
import { type CheckedFile, complianceReport } from '../server/src/engine/compliance.ts';
import { viewRegister } from '../server/src/engine/complianceEvidence.ts';
import { DEFAULT_CONFIG } from '../server/src/engine/config.ts';
import type { Finding } from '../server/src/engine/finding.ts';
import { items } from '../server/src/guidelines/catalogue.ts';
import { rules } from '../server/src/rules/index.ts';
import { openFile } from '../server/src/workspace/open.ts';
import { median, ms, printTable } from './stats.ts';

const RUNS = 20;
const TODAY = '2026-01-31';

/** The compliance model over the whole catalogue, for projects with many findings and a full evidence register. */
export function benchCompliance(): void {
  const rows = [['', 'median', 'max']];
  for (const findings of [500, 5_000, 50_000]) {
    const files = manyFiles(findings);
    const register = openFile({
      uri: 'file:///p/.guidelint/evidence.yaml',
      path: '.guidelint/evidence.yaml',
      text: fullRegister(),
      config: DEFAULT_CONFIG,
      today: TODAY,
    });
    // Read once, as in a scan: reading it is measured by itself below.
    const view = viewRegister(register, () => true);
    const samples = time(() =>
      complianceReport({
        version: '0',
        time: `${TODAY}T00:00:00.000Z`,
        folders: [],
        rules,
        files,
        skipped: [],
        partial: false,
        assets: [],
        registers: [view],
        position: ({ span }) => ({ line: span.start, character: 0 }),
      }),
    );
    const name = `${items().length} items × ${findings.toLocaleString('en')} findings in ${files.length} files`;
    rows.push([name, ms(median(samples)), ms(Math.max(...samples))]);
  }
  const text = fullRegister();
  const reading = time(() =>
    viewRegister(
      openFile({ uri: 'file:///e', path: '.guidelint/evidence.yaml', text, config: DEFAULT_CONFIG, today: TODAY }),
      () => true,
    ),
  );
  rows.push([
    `reading a register of all items (${Math.round(text.length / 1000)} kB)`,
    ms(median(reading)),
    ms(Math.max(...reading)),
  ]);
  printTable(`Compliance model (${RUNS} runs)`, rows);
}

function time(work: () => unknown): number[] {
  return Array.from({ length: RUNS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
}

function manyFiles(findings: number): CheckedFile[] {
  const checking = rules.filter(({ check, checkSystem }) => check || checkSystem);
  return Array.from({ length: findings / 5 }, (_, file): CheckedFile => {
    const { kinds } = checking[file % checking.length]?.meta ?? { kinds: [] };
    const own = Array.from({ length: 5 }, (_, index): Finding => {
      const { meta } = checking[(file + index) % checking.length] ?? { meta: undefined };
      if (!meta) throw new Error('no rules');
      return {
        ruleId: meta.id,
        ruleName: meta.name,
        uri: `file:///p/${file}`,
        span: { start: index, end: index + 1 },
        message: meta.title,
        severity: meta.severity,
        confidence: meta.confidence,
        evidence: [],
        related: [],
        fixes: [],
        guidelines: meta.guidelines,
        fingerprint: `${file}-${index}`,
      };
    });
    return { path: `${file}`, uri: `file:///p/${file}`, kind: kinds[0] ?? 'python', off: [], findings: own };
  });
}

function fullRegister(): string {
  const entries = items().map(({ id }) =>
    [
      `  - item: ${id}`,
      '    decision: met',
      '    statement: The plan covers it, and it is looked at every year.',
      '    files: [docs/plan.md]',
      '    owner: security lead',
      '    date: 2026-01-01',
      '    review-by: 2027-01-01',
      '',
    ].join('\n'),
  );
  return `evidence:\n${entries.join('')}`;
}
