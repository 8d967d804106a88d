// @ts-check
// Makes sure that what a command needs is there, and does nothing when it is. Imports nothing that has to be installed.
// Run by itself (`node scripts/ensure.mjs`) it installs the project's own dependencies.
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

const host = join(root, '.editor', 'host');
const tools = join(root, '.editor', 'tools');
const vscode = join(host, 'node_modules', 'code-server', 'lib', 'vscode');

/** Where things are once `ensureEditor` and `ensureTools` have run. */
export const installed = {
  /** The VS Code server's entry point, a script for `node()`. */
  server: join(vscode, 'out', 'server-main.js'),
  /** A headless Chromium for Linux with, beside it, `fonts/` and the libraries it needs in `al2023/lib/`. */
  browserFolder: join(host, 'chromium'),
  /** A program: `Sarif.Multitool validate FILE.sarif --rule-kind "Sarif;Ghas"`; runs on Linux without ICU only when
   *  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 is set. (The package's own bin.js breaks on a path with a space.) */
  sarifMultitool: join(
    join(tools, 'node_modules', '@microsoft', `sarif-multitool-${process.platform}`),
    process.platform === 'win32' ? 'Sarif.Multitool.exe' : 'Sarif.Multitool',
  ),
};

const say = (/** @type {string} */ line) => console.log(line);

/** Installs the project's dependencies unless node_modules already holds exactly what the lock file asks for. */
export async function ensureInstalled() {
  if (matchesLock(root)) return;
  say('Installing dependencies …');
  // No dependency needs its install script; leaving them out is quicker and works without a compiler.
  await npm(['ci', '--ignore-scripts'], root);
}

/**
 * Whether node_modules holds every package of the lock file in the right version. npm leaves a second lock file in
 * node_modules that says what it really installed. Contents are compared, not times: a checkout touches files.
 * @param {string} folder
 */
function matchesLock(folder) {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).packages;
  try {
    const wanted = Object.entries(read('package-lock.json'));
    const present = read('node_modules/.package-lock.json');
    return wanted.every(
      ([path, { version, optional }]) =>
        path === '' || (path in present ? present[path].version === version : optional === true),
    );
  } catch {
    return false;
  }
}

/**
 * Builds all bundles, including the ones of the tests.
 * @param {string[]} [args] passed on to esbuild.mjs
 */
export async function ensureBuilt(args = []) {
  say('Building …');
  const { code } = await run(process.execPath, [join(root, 'esbuild.mjs'), ...args], { cwd: root, stdio: 'inherit' });
  if (code !== 0) throw new Error('The build failed.');
}

/** Installs the VS Code server, the Node.js it needs and a browser into .editor/host (once, about 1.3 GB). */
export async function ensureEditor() {
  await once(join(root, 'test', 'host'), host, async () => {
    say('Installing a VS Code server (once, about a minute) …');
    await npm(['ci', '--ignore-scripts'], host);
    // The package installs these two in its install script, which also compiles things nobody needs here.
    say('  its libraries …');
    await npm(['install', '--omit=dev', '--ignore-scripts'], vscode);
    say('  its built-in extensions …');
    await npm(['install', '--omit=dev', '--ignore-scripts'], join(vscode, 'extensions'));
    if (process.platform === 'linux') await unpackBrowser();
  });
}

/**
 * The Node.js that runs the VS Code server: the one from the manifest, or our own if it is new enough.
 * @returns {string}
 */
export function editorNode() {
  const { platform, arch } = process;
  const names = [`node-${platform === 'win32' ? 'win' : platform}-${arch}`, `node-bin-${platform}-${arch}`];
  for (const name of names) {
    const path = join(host, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(path)) return path;
  }
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  throw new Error(
    `There is no packaged Node.js 24 for ${platform}-${arch}: run this command with Node.js 24 or newer.`,
  );
}

/** The package unpacks itself into the temporary folder, which others can write to: give it a folder of ours instead. */
async function unpackBrowser() {
  say('  a browser …');
  mkdirSync(installed.browserFolder, { recursive: true });
  const script = "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))";
  const { code, output } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: host,
    // The second variable makes it unpack the shared libraries too that a small Linux image lacks.
    env: { ...process.env, TMPDIR: installed.browserFolder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    stdio: 'pipe',
  });
  // Not fatal: any other browser on the machine will do, and the search for one reports this one's absence.
  if (code !== 0) say(`  The packaged browser could not be unpacked: ${firstLines(output)}`);
}

/**
 * Installs Microsoft's SARIF validator (about 100 MB), which one test uses.
 * @returns {Promise<boolean>} false when it cannot be had, for example offline
 */
export async function ensureTools() {
  try {
    await once(join(root, 'test', 'tools'), tools, async () => {
      say('Installing the SARIF validator (once) …');
      await npm(['ci', '--ignore-scripts'], tools);
      // All that its install script does.
      chmodSync(installed.sarifMultitool, 0o755);
    });
    return true;
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\nThe test that needs the SARIF validator will be skipped.`);
    return false;
  }
}

/**
 * Copies a manifest and its lock file to `target` and runs `install` there, unless that was done before for the same lock
 * file on the same kind of machine. The stamp is written last, so an install that was interrupted is done again.
 * @param {string} manifest folder of package.json and package-lock.json
 * @param {string} target
 * @param {() => Promise<void>} install
 */
async function once(manifest, target, install) {
  const stampFile = join(target, 'stamp');
  const files = ['package.json', 'package-lock.json'];
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of files) hash.update(readFileSync(join(manifest, file)));
  const stamp = hash.digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const file of files) cpSync(join(manifest, file), join(target, file));
  await install();
  writeFileSync(stampFile, stamp);
}

/**
 * Runs npm: the very npm that started us where there is one, else the one on the PATH.
 * @param {string[]} args
 * @param {string} cwd
 */
async function npm(args, cwd) {
  const own = process.env.npm_execpath;
  const [command, first] =
    own && /npm-cli\.[cm]?js$/.test(own)
      ? [process.execPath, [own]]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  // Errors only: the server's packages warn about every Node.js but theirs.
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--engine-strict=false', '--loglevel=error'];
  const { code, output } = await run(command, [...first, ...args, ...quiet], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Called by `npm install -g`, the inner npm would take the order to install globally for its own.
    env: { ...process.env, npm_config_global: 'false', npm_config_location: 'project' },
  });
  if (code === 0) return;
  throw new Error(
    `${firstLines(output)}\n"npm ${args.join(' ')}" failed in ${cwd}. It needs the npm registry (or a mirror set with "npm config set registry") this once.`,
  );
}

/** npm says first what is wrong, then much else. */
function firstLines(/** @type {string} */ text) {
  const said = text.split('\n').filter((line) => !/^(npm error)?\s*$/.test(line));
  return said.slice(0, 12).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
