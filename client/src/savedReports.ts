import { l10n, Uri, window, workspace } from 'vscode';
import type { Comparable } from '../../server/src/engine/complianceCompare.ts';
import { SAVED_REPORT, type SavedReportParams, type SavedReportReply } from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

/** An earlier report, and what people call its file. */
export interface SavedReport {
  readonly name: string;
  readonly report: Comparable;
}

/** Names under which the export command and the command line's documentation save a report. */
const NAMES = ['compliance-summary.json', 'compliance.json'];
const PATTERN = '**/*compliance*.json';
const MOST = 50;

/** The report that lies where the export command puts one; undefined where there is none that can be read. */
export async function findSavedReport(server: Server): Promise<SavedReport | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) return undefined;
  for (const name of NAMES) {
    const uri = Uri.joinPath(folder, name);
    const there = await workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    const reply = there ? await read(server, uri) : undefined;
    if (reply?.report) return { name, report: reply.report };
  }
  return undefined;
}

/**
 * Asks which saved report to compare with: those in the workspace, or any other file.
 *
 * @returns undefined when nobody has chosen one.
 * @throws Error when it cannot be read as a report.
 */
export async function pickSavedReport(server: Server): Promise<SavedReport | undefined> {
  const found = await workspace.findFiles(PATTERN, '**/node_modules/**', MOST);
  const files = found
    .map((uri) => ({ label: workspace.asRelativePath(uri), uri }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const browse = { label: l10n.t('Browse…'), uri: undefined };
  const title = l10n.t('Compare with which saved report (JSON)?');
  const chosen = files.length > 0 ? await window.showQuickPick([...files, browse], { title }) : browse;
  if (!chosen) return undefined;
  const uri = chosen.uri ?? (await window.showOpenDialog({ filters: { JSON: ['json'] }, title }))?.[0];
  if (!uri) return undefined;
  const name = workspace.asRelativePath(uri);
  const reply = await read(server, uri);
  if (!reply.report) throw new Error(`${name} ${reply.problem}`);
  return { name, report: reply.report };
}

async function read(server: Server, uri: Uri): Promise<SavedReportReply> {
  const client = await server.running();
  const params: SavedReportParams = { uri: uri.toString() };
  return client.sendRequest<SavedReportReply>(SAVED_REPORT, params);
}
