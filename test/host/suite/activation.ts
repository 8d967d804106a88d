// Not a test: how long the extension takes to activate in this host, for the benchmark. Run by bench/activation.ts.
import { extension } from './helpers.ts';

export async function run(): Promise<void> {
  const started = performance.now();
  await extension().activate();
  console.log(`GUIDELINT_ACTIVATION ${JSON.stringify({ millis: performance.now() - started })}`);
}
