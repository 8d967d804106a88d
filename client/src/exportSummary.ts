import { l10n, Uri, window, workspace } from 'vscode';
import { EXPORT, type ExportParams, type ExportReply } from '../../server/src/lsp/protocol.ts';
import { notify } from './notify.ts';
import { requestWithProgress } from './progress.ts';
import type { Server } from './server.ts';

/** What a report can be written as, in the order in which it is offered. */
const FORMATS: readonly (readonly [format: ExportParams['format'], name: string, extension: string, use: string])[] = [
  ['html', 'HTML', 'html', l10n.t('One page to read or print')],
  ['markdown', 'Markdown', 'md', l10n.t('For a repository or a ticket')],
  ['csv', 'CSV', 'csv', l10n.t('Every guideline item, for a spreadsheet')],
  ['json', 'JSON', 'json', l10n.t('For scripts, and to compare with later')],
  ['oscal', 'OSCAL', 'oscal.json', l10n.t('Assessment results, for compliance tools')],
  ['sarif', 'SARIF', 'sarif', l10n.t('The findings, for code scanning')],
];

/** Asks for a place, sums the workspace up, and writes the report. @param wanted format; asked for where it is missing. */
export async function exportSummary(server: Server, wanted?: unknown): Promise<void> {
  const choices = FORMATS.map(([format, label, extension, description]) => ({ format, label, extension, description }));
  const chosen =
    choices.find(({ format }) => format === wanted) ??
    (await window.showQuickPick(choices, { title: l10n.t('Export the compliance summary as') }));
  if (!chosen) return;
  const { format, label, extension } = chosen;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const defaultUri = folder && Uri.joinPath(folder, `compliance-summary.${extension}`);
  const target = await window.showSaveDialog({
    // Dialogs know the last part of a name only.
    filters: { [label]: [extension.slice(extension.lastIndexOf('.') + 1)] },
    ...(defaultUri && { defaultUri }),
  });
  if (!target) return;
  const { text, partial } = await requestWithProgress<ExportReply>(
    server,
    EXPORT,
    l10n.t('Guidelint: Summing up the workspace'),
    undefined,
    { format },
  );
  if (partial) throw new Error(l10n.t('the scan was stopped, so no report was written'));
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  void notify('export', window.showInformationMessage, l10n.t('Guidelint: wrote {0}', target.fsPath), {
    [l10n.t('Open')]: () => window.showTextDocument(target),
  });
}
