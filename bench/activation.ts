import { join } from 'node:path';
import { launchBrowser } from '../scripts/browser.mjs';
import { editorAddress, startEditorServer } from '../scripts/editor.mjs';
import { ensureEditor, root } from '../scripts/ensure.mjs';
import { temporaryFolder } from '../scripts/processes.mjs';
import { median, ms, printTable } from './stats.ts';

const RUNS = 5;

/** Loading the client's bundle, which is nearly all that activation does, in the extension host of a real VS Code. */
export async function benchActivation(): Promise<void> {
  await ensureEditor();
  const server = await startEditorServer();
  const folder = temporaryFolder('bench');
  const browser = await launchBrowser();
  const samples: number[] = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.newPage();
      const measured = new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error('the bundle was not loaded within a minute')), 60_000).unref();
        void page.exposeFunction('codeAutomationExit', () => undefined);
        void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
          const json = /GUIDELINT_ACTIVATION (\{.*\})/.exec(args.join(' '))?.[1];
          if (json) resolve((JSON.parse(json) as { millis: number }).millis);
        });
      });
      await page.goto(
        editorAddress(server, { folder: folder.path, tests: join(root, 'dist', 'test', 'activation.js') }),
      );
      samples.push(await measured);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.stop();
    folder.remove();
  }
  printTable(`Client bundle loaded in VS Code's extension host (${RUNS} starts)`, [
    ['', 'min', 'median', 'max'],
    ['guidelint', ms(Math.min(...samples)), ms(median(samples)), ms(Math.max(...samples))],
  ]);
}
