// Collects tests, runs them one after the other and prints a line for each that scripts/hostSuite.mjs reads.
// Printing is the one channel that both hosts share: here the code runs inside the editor, not inside a test runner.

interface Test {
  name: string;
  body: () => void | Promise<void>;
  /** milliseconds */
  timeout: number;
}

const tests: Test[] = [];

/**
 * Adds a test. It runs in the order of the files in index.ts.
 * @param timeout milliseconds after which it counts as failed
 */
export function test(name: string, body: Test['body'], { timeout = 20_000 } = {}): void {
  tests.push({ name, body, timeout });
}

/**
 * Runs every test added so far, whatever becomes of the ones before it.
 * @throws Error when one of them failed, which is how VS Code's test host learns of it
 */
export async function runTests(): Promise<void> {
  let failed = 0;
  for (const { name, body, timeout } of tests) {
    const start = performance.now();
    const error = await outcome(body, timeout);
    if (error !== undefined) failed++;
    print('TEST', { name, ok: error === undefined, milliseconds: Math.round(performance.now() - start), error });
  }
  print('DONE', { tests: tests.length });
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed`);
}

/** @returns why the test failed, or undefined */
async function outcome(body: Test['body'], timeout: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeout} ms`)), timeout);
  });
  try {
    await Promise.race([body(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

function print(word: 'TEST' | 'DONE', message: object): void {
  console.log(`GUIDELINT_${word} ${JSON.stringify(message)}`);
}
