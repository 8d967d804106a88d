import { availableParallelism } from 'node:os';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import { startServer } from '../lsp/server.ts';
import { rules } from '../rules/index.ts';
import { nodeFiles } from './nodeFiles.ts';
import { startWorkers } from './workers.ts';
import { runWorker, workerTask } from './workerThread.ts';

/** The server's own thread checks along, between its other work; one processor is left to the editor. On two a worker gains nothing. */
const processors = availableParallelism();
const most = Math.max(0, Math.min(3, processors - 2));

const task = workerTask();
if (task) runWorker(task, rules);
else {
  // The transport (`--stdio`, `--node-ipc`, `--socket=…`) is read from the command line by the library.
  const connection = createConnection(ProposedFeatures.all);
  startServer(
    connection,
    nodeFiles(),
    rules,
    version,
    () => import('./bom.js'),
    startWorkers && { start: startWorkers, most },
  );
}
