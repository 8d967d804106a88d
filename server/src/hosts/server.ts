import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import { startServer } from '../lsp/server.ts';
import { rules } from '../rules/index.ts';
import { nodeFiles } from './nodeFiles.ts';

// The transport (`--stdio`, `--node-ipc`, `--socket=…`) is read from the command line by the library.
startServer(createConnection(ProposedFeatures.all), nodeFiles(), rules, version, () => import('./bom.js'));
