// @ts-check
// npm start [-- FOLDER]: installs what is missing, builds, and opens a real VS Code with the extension on FOLDER.
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onPath } from './browser.mjs';
import { cleanEnvironment, editorAddress, startEditorServer, writeSettings } from './editor.mjs';
import { ensureBuilt, ensureEditor, ensureInstalled, root } from './ensure.mjs';
import { atExit, startTree, temporaryFolder } from './processes.mjs';

const folder = chosenFolder(process.argv[2]);

await ensureInstalled();
await ensureBuilt();
const desktop = desktopEditor();
await (desktop ? openDesktop(desktop) : openServer());

/**
 * @param {string | undefined} argument relative to where npm was called, which is not where npm runs scripts
 * @returns {string}
 */
function chosenFolder(argument) {
  const path = argument ? resolve(process.env.INIT_CWD ?? process.cwd(), argument) : join(root, 'examples');
  if (existsSync(path) && statSync(path).isDirectory()) return path;
  console.error(`There is no folder ${path}`);
  process.exit(2);
}

/** A VS Code on this machine. In a remote terminal `code` only talks to a window elsewhere, so it is not used there. */
function desktopEditor() {
  return process.env.GUIDELINT_VSCODE || (process.env.VSCODE_IPC_HOOK_CLI ? undefined : onPath('code'));
}

/**
 * Opens a window with settings and extensions of its own: the extension shows as anybody would first see it, and nothing of
 * the user's own editor is touched. A profile of its own also makes it a process of its own, which Ctrl-C can end.
 * @param {string} command path of the `code` command or of the program itself
 */
async function openDesktop(command) {
  const own = temporaryFolder('vsc');
  const userData = join(own.path, 'data');
  mkdirSync(userData, { recursive: true });
  writeSettings(own.path);
  // The `code` command only hands over to the editor, which notes its process id here.
  atExit(() => process.kill(Number(readFileSync(join(userData, 'code.lock'), 'utf8'))));
  console.log(`Opening ${folder} in ${command}. Close the window or press Ctrl-C to end.`);
  const editor = startTree(
    command,
    [
      ...['--new-window', '--wait', '--skip-welcome', '--skip-release-notes', '--disable-workspace-trust'],
      ...[`--extensionDevelopmentPath=${root}`, `--user-data-dir=${userData}`],
      ...[`--extensions-dir=${join(own.path, 'extensions')}`, folder],
    ],
    { env: cleanEnvironment(), stdio: 'inherit' },
  );
  editor.once('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`);
    process.exit(1);
  });
  editor.once('exit', (code) => process.exit(code ?? 0));
}

async function openServer() {
  await ensureEditor();
  console.log('Starting VS Code …');
  const server = await startEditorServer();
  console.log(`\nVS Code with Guidelint is running on ${folder}. Open this address in a browser:\n`);
  console.log(`  ${editorAddress(server, { folder })}\n`);
  console.log('Ctrl-C ends it.');
  await server.ended;
  console.error('The VS Code server has ended by itself.');
  process.exit(1);
}
