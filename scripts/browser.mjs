// @ts-check
// Finds a Chromium-like browser that Playwright can drive, and starts it.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installed } from './ensure.mjs';

/**
 * @typedef {import('playwright-core').LaunchOptions} LaunchOptions
 * @typedef {{ name: string, options: LaunchOptions }} Candidate
 */

/**
 * Every browser that might be there, best first. Whether one works is known only by starting it.
 * @returns {Candidate[]}
 */
function candidates() {
  const wished = process.env.GUIDELINT_BROWSER;
  if (wished) return [{ name: 'GUIDELINT_BROWSER', options: { executablePath: wished } }];
  return [
    { name: "Playwright's Chromium", options: {} },
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'msedge', 'microsoft-edge']
      .map((name) => ({ name, path: onPath(name) }))
      .flatMap(({ name, path }) => (path ? [{ name, options: { executablePath: path } }] : [])),
    // Playwright knows where these two live on Windows and macOS, where they are never on the PATH.
    { name: 'Chrome', options: { channel: 'chrome' } },
    { name: 'Edge', options: { channel: 'msedge' } },
    ...packagedBrowser(),
  ];
}

/**
 * The browser from the npm registry: first with the machine's own libraries, then with the ones that came along.
 * @returns {Candidate[]}
 */
function packagedBrowser() {
  const folder = installed.browserFolder;
  const executablePath = join(folder, 'chromium');
  if (!existsSync(executablePath)) return [];
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
  const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  return [
    { name: 'the packaged Chromium', options: { executablePath, env: { ...process.env, ...fonts } } },
    {
      name: 'the packaged Chromium with its own libraries',
      options: { executablePath, env: { ...process.env, ...fonts, ...libraries } },
    },
  ];
}

/**
 * @param {string} name of a program, without extension
 * @returns {string | undefined} its path if one of the PATH's folders holds it
 */
export function onPath(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => existsSync(path));
}

/**
 * Starts the first browser that starts.
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws Error that names every browser tried and why it did not start
 */
export async function launchBrowser() {
  const { chromium } = await import('playwright-core');
  const args = [
    // The sandbox does not work for root, as which containers often run.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    // On a closed network these would only wait for an answer.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const reasons = [];
  for (const { name, options } of candidates()) {
    try {
      return await chromium.launch({ ...options, args, timeout: 30_000 });
    } catch (error) {
      reasons.push(`  ${name}: ${String(error).split('\n')[0]}`);
    }
  }
  throw new Error(
    `No browser could be started. Install Chrome or Chromium, run "npx playwright-core install chromium", or set GUIDELINT_BROWSER to the path of one. Tried:\n${reasons.join('\n')}`,
  );
}
