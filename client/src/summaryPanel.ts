import { commands, type Disposable, l10n, Range, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import type { ComplianceReport } from '../../server/src/engine/compliance.ts';
import { compareReports } from '../../server/src/engine/complianceCompare.ts';
import { renderSummaryHtml, type SummaryMessage } from '../../server/src/reports/summaryHtml.ts';
import { openPage } from './pages.ts';
import type { Reports } from './reports.ts';
import { findSavedReport, pickSavedReport, type SavedReport } from './savedReports.ts';
import type { Server } from './server.ts';

export interface SummaryPanel extends Disposable {
  /** Sums up the workspace anew and shows the result, in the panel that is open or a new one. */
  show(): Promise<void>;
}

/** @param onError told what goes wrong when something in the page is chosen. */
export function createSummaryPanel(
  extension: Uri,
  server: Server,
  reports: Reports,
  onError: (error: unknown) => void,
): SummaryPanel {
  const dist = Uri.joinPath(extension, 'dist');
  let panel: WebviewPanel | undefined;
  let report: ComplianceReport | undefined;
  /** What the report is compared with; null when nobody wants that. */
  let saved: SavedReport | undefined | null;

  async function show(): Promise<void> {
    report = await reports.refresh(l10n.t('Guidelint: Summing up the workspace'));
    if (saved === undefined) saved = await findSavedReport(server);
    if (!panel) panel = createPanel();
    else panel.reveal();
    render(panel, report);
  }

  function render({ webview }: WebviewPanel, current: ComplianceReport): void {
    const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
    const page = {
      nonce: crypto.randomUUID(),
      cspSource: webview.cspSource,
      scriptUri: asset('summary.js'),
      styleUri: asset('summary.css'),
    };
    const compared = saved && { comparison: compareReports(saved.report, current), name: saved.name };
    webview.html = renderSummaryHtml(current, page, compared ?? undefined);
  }

  function createPanel(): WebviewPanel {
    const created = window.createWebviewPanel('guidelint.summary', l10n.t('Compliance Summary'), ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [dist],
    });
    created.iconPath = Uri.joinPath(extension, 'images', 'icon.png');
    created.onDidDispose(() => {
      panel = undefined;
      report = undefined;
      saved = undefined;
    });
    created.webview.onDidReceiveMessage((message: SummaryMessage) => {
      if (report) receive(message, report).catch(onError);
    });
    return created;
  }

  async function receive(message: SummaryMessage, shown: ComplianceReport): Promise<void> {
    if ('page' in message) await openPage(message.page);
    else if ('open' in message) await openPlace(message.open, shown);
    else if ('export' in message) await commands.executeCommand('guidelint.exportSummary', message.export);
    else if ('evidence' in message) await commands.executeCommand('guidelint.addEvidence', message.evidence);
    else if (message.command === 'refresh') await show();
    else if (message.command === 'stopComparing') compareWith(null);
    else if (message.command === 'compare') compareWith((await pickSavedReport(server)) ?? saved);
  }

  function compareWith(next: typeof saved): void {
    const changed = next !== saved;
    saved = next;
    if (changed && panel && report) render(panel, report);
  }

  return { show, dispose: () => panel?.dispose() };
}

type Place = Extract<SummaryMessage, { open: unknown }>['open'];

async function openPlace({ uri, line, character }: Place, report: ComplianceReport): Promise<void> {
  // Only what the report names is opened, whatever the page asks for.
  if (!isNamed(uri, report)) return;
  const selection = new Range(line, character, line, character);
  const target = Uri.parse(uri);
  // The editor for its kind of file: a notebook opens as a notebook.
  if (target.path.endsWith('.ipynb')) await window.showNotebookDocument(await workspace.openNotebookDocument(target));
  else await window.showTextDocument(target, { selection, viewColumn: ViewColumn.One });
}

function isNamed(uri: string, { findings, assets, registers }: ComplianceReport): boolean {
  return [findings, assets, registers].some((list) => list.some((one) => one.uri === uri));
}
