// @ts-check
// npm test: installs what is missing, builds, and runs every test. The last line says `N passed, N failed`.
//   npm test -- --unit            only what needs no editor
//   npm test -- PATTERN …         only unit test files whose path contains one of the patterns
//   npm test -- --host            only the suite in the extension host
//   npm test -- --workbench       only the tests that drive the workbench; a PATTERN chooses among them
//   npm test -- --update-pictures writes the pictures in docs/images too
// GUIDELINT_HOST=desktop runs the suite of the extension host in desktop VS Code.
import { cpSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startEditorServer } from './editor.mjs';
import { ensureBuilt, ensureEditor, ensureInstalled, ensureTools, root } from './ensure.mjs';
import { startTree, temporaryFolder } from './processes.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const args = process.argv.slice(2);
const patterns = args.filter((arg) => !arg.startsWith('--'));
const only = ['--unit', '--host', '--workbench'].filter((flag) => args.includes(flag));
if (only.length === 0 && patterns.length > 0) only.push('--unit');
const wanted = (/** @type {string} */ flag) => only.length === 0 || only.includes(flag);
if (args.includes('--update-pictures')) process.env.GUIDELINT_PICTURES = join(root, 'docs', 'images');

/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();

await phase('Preparing', async () => {
  await ensureInstalled();
  await ensureBuilt();
});
if (total.failed === 0) {
  if (wanted('--unit')) await phase('Unit tests', unitTests);
  if (wanted('--host') || wanted('--workbench')) await editorTests();
}

console.log(`\n${Math.round((Date.now() - started) / 1000)} s`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * Runs one part and adds up its counts. A part that breaks counts as a failed test: it must never look like success.
 * @param {string} title
 * @param {() => Promise<Counts | void>} work
 */
async function phase(title, work) {
  console.log(`\n${title}`);
  try {
    const counts = await work();
    if (!counts) return;
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  } catch (error) {
    total.failed++;
    console.log(`  ✗ ${error instanceof Error ? error.message : error}`);
  }
}

async function unitTests() {
  const files = testFiles('test').filter((file) => !file.startsWith(join(root, 'test', 'host')));
  if (only.length === 0) await ensureTools();
  return nodeTests(files, { concurrency: availableParallelism(), timeout: 500_000 });
}

async function editorTests() {
  const desktop = process.env.GUIDELINT_HOST === 'desktop';
  if (desktop && wanted('--host')) {
    await phase('In the extension host of desktop VS Code', async () => {
      const { runOnDesktop } = await import('./hostSuite.mjs');
      return inExamples(runOnDesktop);
    });
  }
  if (!wanted('--workbench') && desktop) return;
  /** @type {Awaited<ReturnType<typeof startEditorServer>> | undefined} */
  let server;
  await phase('Starting VS Code', async () => {
    await ensureEditor();
    server = await startEditorServer();
  });
  if (!server) return;
  const { stop, ended, ...shared } = server;
  if (!desktop && wanted('--host')) {
    await phase('In the extension host', async () => {
      const { runOnServer } = await import('./hostSuite.mjs');
      return inExamples((folder) => runOnServer(shared, folder));
    });
  }
  if (wanted('--workbench')) {
    const files = testFiles('test/host/workbench');
    const env = { GUIDELINT_EDITOR: JSON.stringify(shared) };
    // One at a time: they share one set of user settings.
    await phase('In the workbench', () => nodeTests(files, { concurrency: 1, timeout: 240_000, env }));
  }
  await stop();
}

/**
 * Lends a copy of the examples, which the tests may change.
 * @param {(folder: string) => Promise<Counts>} work
 */
async function inExamples(work) {
  const { path, remove } = temporaryFolder('ws');
  const folder = join(path, 'examples');
  cpSync(join(root, 'examples'), folder, { recursive: true });
  return work(folder).finally(remove);
}

/**
 * @param {string} folder relative to the project's root, with forward slashes
 * @returns {string[]} absolute paths of the test files under it that the patterns choose
 */
function testFiles(folder) {
  const top = join(root, folder);
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .map((file) => join(top, file))
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.replaceAll('\\', '/').includes(pattern)))
    .sort();
}

/**
 * @param {string[]} files
 * @param {{ concurrency: number, timeout: number, env?: Record<string, string> }} options `timeout` in milliseconds for all
 * @returns {Promise<Counts>}
 */
function nodeTests(files, { concurrency, timeout, env = {} }) {
  if (files.length === 0) throw new Error('There is no such test file.');
  const script = join(root, 'scripts', 'unit.mjs');
  const child = startTree(process.execPath, ['--import', 'tsx', script, String(concurrency), ...files], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    /** @type {Counts | undefined} */
    let counts;
    const timer = setTimeout(() => {
      void child.stop();
      reject(new Error(`The tests did not end within ${timeout / 1000} s.`));
    }, timeout);
    child.once('message', (message) => {
      counts = /** @type {Counts} */ (message);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (counts) resolve(counts);
      else reject(new Error(`The test runner ended early (${signal ?? `code ${code}`}).`));
    });
  });
}
