// @ts-check
// node scripts/desktopSuite.mjs FOLDER SUITE: runs the suite in desktop VS Code. Started by hostSuite.mjs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { writeSettings } from './editor.mjs';
import { root } from './ensure.mjs';
import { temporaryFolder } from './processes.mjs';

const [folder = '', suite = ''] = process.argv.slice(2);
const own = temporaryFolder('vsc');
mkdirSync(join(own.path, 'data'));
writeSettings(own.path);
const code = await runTests({
  vscodeExecutablePath: process.env.GUIDELINT_VSCODE,
  // 'stable' unless the caller wants another, such as the oldest one we support.
  version: process.env.GUIDELINT_VSCODE_VERSION,
  extensionDevelopmentPath: root,
  extensionTestsPath: suite,
  launchArgs: [
    folder,
    ...['--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
    ...[`--user-data-dir=${join(own.path, 'data')}`, `--extensions-dir=${join(own.path, 'extensions')}`],
  ],
}).catch((error) => {
  console.error(String(error));
  return 1;
});
process.exitCode = code;
