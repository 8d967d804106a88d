// @ts-check
// Runs test files with node:test, one process each, and reports failures only. Started by test.mjs as
// `node --import tsx scripts/unit.mjs CONCURRENCY FILE…`, because the processes of the files inherit our flags.
import { relative } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { root } from './ensure.mjs';

/** One file may take this long, in milliseconds. */
const fileTimeout = 180_000;

const [concurrency, ...files] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
/** The file whose results are coming in. */
let current = { file: '', passed: 0, failed: 0 };

for await (const { type, data } of run({ files, concurrency: Number(concurrency), timeout: fileTimeout })) {
  if (type === 'test:stdout' || type === 'test:stderr') process.stdout.write(data.message);
  if (type !== 'test:pass' && type !== 'test:fail') continue;
  const { details, skip, todo, name } = data;
  const error = /** @type {any} */ (details).error;
  const isSkipped = skip !== undefined || todo !== undefined;
  // A suite that ran, and whatever failed only because a part of it did, repeat what the parts have said.
  if (details.type === 'suite' && type === 'test:pass' && !isSkipped) continue;
  if (error?.failureType === 'subtestsFailed') continue;
  const file = data.file ?? name;
  if (current.file !== file) {
    finishFile();
    current = { file, passed: 0, failed: 0 };
  }
  if (isSkipped) {
    total.skipped++;
    console.log(`  - skipped: ${name}${typeof skip === 'string' ? ` (${skip})` : ''}`);
  } else if (type === 'test:pass') {
    total.passed++;
    current.passed++;
  } else {
    total.failed++;
    current.failed++;
    console.log(`  ✗ ${shortPath(file)}: ${name}\n${indent(explain(error))}`);
  }
}
finishFile();
process.send?.(total);
process.exitCode = total.failed > 0 ? 1 : 0;

function finishFile() {
  const { file, passed, failed } = current;
  if (file === '') return;
  console.log(`  ${failed ? '✗' : '✓'} ${shortPath(file)}: ${passed} passed${failed ? `, ${failed} failed` : ''}`);
}

/** @param {string} file */
function shortPath(file) {
  return relative(root, file).replaceAll('\\', '/');
}

/** @param {any} error node:test wraps what the test threw */
function explain(error) {
  const cause = error?.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause === 'string' ? cause : inspect(cause);
}

/** @param {string} text */
function indent(text) {
  const own = text.split('\n').filter((line) => !/^ *at .*\bnode:internal\b/.test(line));
  return own.map((line) => `      ${line}`).join('\n');
}
