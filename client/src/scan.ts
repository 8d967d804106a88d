import { commands, l10n, window } from 'vscode';
import { CLEAR, SCAN, type ScanReply } from '../../server/src/lsp/protocol.ts';
import { notify } from './notify.ts';
import { requestWithProgress } from './progress.ts';
import type { Server } from './server.ts';

/** Checks every file of the workspace; what is found stays in the Problems panel until cleared. */
export async function scanWorkspace(server: Server): Promise<void> {
  const { files, findings, skipped, cancelled } = await requestWithProgress<ScanReply>(
    server,
    SCAN,
    l10n.t('Guidelint: Scanning the workspace'),
  );
  const parts = [
    cancelled ? l10n.t('Guidelint: scan stopped.') : '',
    l10n.t('Files checked: {0}. Findings: {1}.', files, findings),
    skipped.length > 0 ? l10n.t('Files that could not be checked: {0}.', skipped.length) : '',
  ];
  void notify('scan', window.showInformationMessage, parts.filter(Boolean).join(' '), {
    [l10n.t('Show Problems')]: () => commands.executeCommand('workbench.actions.view.problems'),
    [l10n.t('Show Summary')]: () => commands.executeCommand('guidelint.showSummary'),
  });
}

/** Takes the findings of files that are not open out of the Problems panel. */
export async function clearResults(server: Server): Promise<void> {
  const client = await server.running();
  await client.sendRequest(CLEAR);
}
