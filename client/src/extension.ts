import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activate.ts';

// Desktop and remote: the server is a Node.js process of its own.
export function activate(context: ExtensionContext): void {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  activateWith(context, (options) => {
    return new LanguageClient('guidelint', 'Guidelint', { module, transport: TransportKind.ipc }, options);
  });
}
