// @ts-check
// Runs the suite in test/host/suite inside VS Code's extension host: on the npm-only server, or on desktop VS Code.
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { editorAddress } from './editor.mjs';
import { root } from './ensure.mjs';
import { run } from './processes.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const suite = join(root, 'dist', 'test', 'index.js');

/** Both hosts together get this long, in milliseconds; the suite bounds every single test much tighter. */
const timeout = 300_000;

/**
 * Reads what the suite prints (test/host/suite/runner.ts): a line for every test and one at the end.
 */
function suiteReport() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {number | undefined} */
  let planned;
  return {
    /** @param {string} line */
    read(line) {
      const [, word, json = ''] = /GUIDELINT_(TEST|DONE) (\{.*\})/.exec(line) ?? [];
      if (!word) return;
      const message = JSON.parse(json);
      if (word === 'DONE') {
        planned = message.tests;
        return;
      }
      const { name, ok, milliseconds, error } = message;
      counts[ok ? 'passed' : 'failed']++;
      console.log(`  ${ok ? '✓' : '✗'} ${name} (${milliseconds} ms)`);
      if (!ok) console.log(String(error).replace(/^/gm, '      '));
    },
    /** @returns {Counts} @throws Error when the suite did not get to its end */
    finish() {
      const seen = counts.passed + counts.failed;
      if (planned === undefined) throw new Error(`The suite broke off after ${seen} tests.`);
      if (planned !== seen || seen === 0) throw new Error(`The suite ran ${planned} tests, ${seen} were reported.`);
      return counts;
    },
  };
}

/**
 * @param {import('./editor.mjs').EditorServer} server
 * @param {string} folder the workspace, which the suite may change
 * @returns {Promise<Counts>}
 */
export async function runOnServer(server, folder) {
  const report = suiteReport();
  const other = /** @type {string[]} */ ([]);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const line = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
      report.read(line);
      other.push(`${type}: ${line.slice(0, 400)}`);
    });
    await page.goto(editorAddress(server, { folder, tests: suite }));
    const late = new Promise((resolve) => setTimeout(() => resolve('late'), timeout).unref());
    if ((await Promise.race([ended, late])) === 'late')
      console.log(`  The suite did not end within ${timeout / 1000} s.`);
    return report.finish();
  } catch (error) {
    console.log(`  The end of the editor's log:\n${other.slice(-30).join('\n').replace(/^/gm, '      ')}`);
    throw error;
  } finally {
    await browser.close();
  }
}

/**
 * The same on desktop VS Code, which @vscode/test-electron downloads unless GUIDELINT_VSCODE names one.
 * In a process of its own, because the helper writes the editor's output to its own.
 * @param {string} folder
 * @returns {Promise<Counts>}
 */
export async function runOnDesktop(folder) {
  const report = suiteReport();
  const script = join(root, 'scripts', 'desktopSuite.mjs');
  const { code, output } = await run(process.execPath, [script, folder, suite], { stdio: 'pipe', timeout });
  for (const line of output.split('\n')) report.read(line);
  try {
    const counts = report.finish();
    if (code !== 0 && counts.failed === 0) throw new Error(`VS Code ended with code ${code}.`);
    return counts;
  } catch (error) {
    console.log(output.slice(-4000));
    throw error;
  }
}
