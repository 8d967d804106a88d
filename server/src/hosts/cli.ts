import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { version } from '../../../package.json';
import type { Context } from '../cli/context.ts';
import { run } from '../cli/run.ts';
import { decodeText, nodeFiles } from './nodeFiles.ts';
import { startWorkers } from './workers.ts';
import { runWorker, workerTask } from './workerThread.ts';

const task = workerTask();
if (task) void loadRules().then((rules) => runWorker(task, rules));
else runCommand();

async function loadRules() {
  return (await import('../rules/index.ts')).rules;
}

function runCommand(): void {
  const [, script = '', ...argv] = process.argv;

  const context: Context = {
    version,
    loadRules,
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    files: nodeFiles(),
    async readStdin() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk);
      return decodeText(Buffer.concat(chunks));
    },
    async startServer() {
      // The server's own bundle: the other commands need not carry it. It reads `--stdio` from the command line itself.
      if (!argv.includes('--stdio')) process.argv.push('--stdio');
      await import('./server.js');
    },
    startWorkers,
    loadBomWriter: () => import('./bom.js'),
    onInterrupt(callback) {
      let asked = false;
      const listener = () => {
        if (asked) process.exit(130);
        asked = true;
        callback();
      };
      process.on('SIGINT', listener).on('SIGTERM', listener);
      return () => process.off('SIGINT', listener).off('SIGTERM', listener);
    },
    // Run from its sources the program has no one file that changes with it.
    ...(!script.endsWith('.ts') && { build: () => createHash('sha256').update(readFileSync(script)).digest('hex') }),
  };

  // A reader that has seen enough (`guidelint check | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });

  // Code 1 would read as findings.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`guidelint: internal error, please report it with these lines:\n${error.stack}\n`);
    process.exit(3);
  });

  void run(argv, context).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
