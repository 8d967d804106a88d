// The suite that runs inside VS Code's extension host; scripts/hostSuite.mjs starts it and reads its output.
// To add tests: write them in a file beside this one, as findings.ts does, and list the file here.
import './findings.ts';
import './kinds.ts';
import './formats.ts';
import './authoring.ts';
import './actions.ts';
import './commands.ts';
import { runTests } from './runner.ts';

/** What both VS Code's desktop test host and the server's one call. */
export async function run(): Promise<void> {
  await runTests();
}
