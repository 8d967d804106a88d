/**
 * Stands in for Node's `net` in every bundle: the LSP library can also speak over sockets and pipes, which Guidelint never does.
 * With this, no bundle holds a module that could open a connection.
 */
function refuse(): never {
  throw new Error('Guidelint opens no connection; use --stdio or --node-ipc');
}

export const connect = refuse;
export const createConnection = refuse;
export const createServer = refuse;
