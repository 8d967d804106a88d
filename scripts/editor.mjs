// @ts-check
// The VS Code server that `ensureEditor` installs: start it, address it, stop it.

import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { editorNode, installed, root } from './ensure.mjs';
import { startTree, temporaryFolder } from './processes.mjs';

/**
 * A running server: what another process needs to address it.
 * @typedef {object} EditorServer
 * @property {number} port
 * @property {string} token without which the server answers nobody: a page elsewhere must not reach a local editor
 * @property {string} dataFolder holds settings, logs and state
 * @property {string} extension where the extension under development is loaded from
 */

/** User settings that keep the picture to what is ours: no welcome page, no chat, nothing that calls home or blinks. */
export const quietSettings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.cursorBlinking': 'solid',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  // The desktop's default; in a browser it is to save after a second.
  'files.autoSave': 'off',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.restoreWindows': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Replaces the user settings; a running editor notices.
 * @param {string} dataFolder
 * @param {Record<string, unknown>} [settings] added to the quiet ones
 */
export function writeSettings(dataFolder, settings = {}) {
  const file = join(dataFolder, 'data', 'User', 'settings.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
}

/**
 * Starts a server on this machine's own address and waits until it answers. It ends with this process at the latest.
 * @param {object} [options]
 * @param {number} [options.port] a free one unless given
 * @param {boolean} [options.workspaceTrust] true asks whether to trust a folder, as VS Code normally does
 * @returns {Promise<EditorServer & { stop: () => Promise<void>, ended: Promise<unknown> }>}
 */
export async function startEditorServer({ port = 0, workspaceTrust = false } = {}) {
  const folder = temporaryFolder('vsc');
  const token = randomBytes(16).toString('hex');
  writeSettings(folder.path);
  // VS Code switches to the themes it finds below the extension under development. The server itself is installed there,
  // with all its themes: seen through a link from elsewhere, it is not. (A junction needs no rights on Windows.)
  const extension = join(folder.path, 'guidelint');
  symlinkSync(root, extension, 'junction');
  const child = startTree(
    editorNode(),
    [
      installed.server,
      ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token],
      // Without the smoke test driver a built VS Code ignores the payload of its address.
      ...['--accept-server-license-terms', '--enable-smoke-test-driver', '--telemetry-level', 'off'],
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...['--server-data-dir', folder.path],
    ],
    { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    await child.stop();
    folder.remove();
  };
  try {
    return { port: await listeningPort(child), token, dataFolder: folder.path, extension, stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Our environment without what a VS Code around us (its terminal, its debugger) put there for itself. */
export function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VSCODE_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$|NODE_PATH$)/.test(name),
    ),
  );
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} the port, once the server accepts connections
 */
function listeningPort(child) {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (/** @type {string} */ reason) =>
      reject(new Error(`The VS Code server ${reason}:\n${log.slice(-4000)}`));
    const timer = setTimeout(() => fail('did not answer within 60 seconds'), 60_000);
    const read = (/** @type {Buffer} */ data) => {
      log += data;
      const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
      if (!port) return;
      clearTimeout(timer);
      child.off('exit', exited);
      // Keep reading, or the server would block on a full pipe; keep nothing, it talks a lot.
      child.stdout?.off('data', read).resume();
      child.stderr?.off('data', read).resume();
      resolve(Number(port));
    };
    const exited = () => {
      clearTimeout(timer);
      fail('ended at once');
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(`could not be started (${error.message})`);
    });
    child.once('exit', exited);
  });
}

/**
 * The address that opens `folder` with the extension under development.
 * @param {EditorServer} server
 * @param {object} options
 * @param {string} options.folder absolute path
 * @param {string} [options.tests] absolute path of a test module, whose `run()` the extension host then calls
 */
export function editorAddress({ port, token, extension }, { folder, tests }) {
  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${port}${pathToFileURL(path).pathname}`;
  const entries = [
    ['extensionDevelopmentPath', remote(extension)],
    ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({
    tkn: token,
    folder: decodeURIComponent(pathToFileURL(folder).pathname),
    payload: JSON.stringify(entries),
  });
  return `http://127.0.0.1:${port}/?${query}`;
}
