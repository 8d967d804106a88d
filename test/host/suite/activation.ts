// Not a test: how long the client takes to load in this host, for the benchmark. Run by bench/activation.ts.
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import { extension } from './helpers.ts';

/** The host has activated the extension before it runs a suite, so its bundle is loaded once more and that is timed. */
export async function run(): Promise<void> {
  await extension().activate();
  const bundle = vscode.Uri.joinPath(extension().extensionUri, 'dist', 'client.js').fsPath;
  const load = createRequire(__filename);
  delete load.cache[load.resolve(bundle)];
  const started = performance.now();
  load(bundle);
  console.log(`GUIDELINT_ACTIVATION ${JSON.stringify({ millis: performance.now() - started })}`);
}
