import { commands, type Disposable, l10n, Range, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import type { ComplianceReport } from '../../server/src/engine/compliance.ts';
import { renderSummaryHtml, type SummaryMessage } from '../../server/src/reports/summaryHtml.ts';
import { renderSummaryMarkdown } from '../../server/src/reports/summaryMarkdown.ts';
import { openPage } from './pages.ts';
import type { Reports } from './reports.ts';

export interface SummaryPanel extends Disposable {
  /** Sums up the workspace anew and shows the result, in the panel that is open or a new one. */
  show(): Promise<void>;
}

export function createSummaryPanel(extension: Uri, reports: Reports): SummaryPanel {
  const dist = Uri.joinPath(extension, 'dist');
  let panel: WebviewPanel | undefined;
  let report: ComplianceReport | undefined;

  async function show(): Promise<void> {
    report = await reports.refresh(l10n.t('Guidelint: Summing up the workspace'));
    if (!panel) panel = createPanel();
    else panel.reveal();
    const { webview } = panel;
    const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
    webview.html = renderSummaryHtml(report, {
      nonce: crypto.randomUUID(),
      cspSource: webview.cspSource,
      scriptUri: asset('summary.js'),
      styleUri: asset('summary.css'),
    });
  }

  function createPanel(): WebviewPanel {
    const created = window.createWebviewPanel('guidelint.summary', l10n.t('Compliance Summary'), ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [dist],
    });
    created.iconPath = Uri.joinPath(extension, 'images', 'icon.png');
    created.onDidDispose(() => {
      panel = undefined;
      report = undefined;
    });
    created.webview.onDidReceiveMessage((message: SummaryMessage) => report && receive(message, report));
    return created;
  }

  async function receive(message: SummaryMessage, shown: ComplianceReport): Promise<void> {
    if ('page' in message) await openPage(message.page);
    else if ('open' in message) await openFinding(message.open, shown);
    else if (message.command === 'refresh') await show();
    else if (message.command === 'saveMarkdown') await save('md', 'Markdown', renderSummaryMarkdown(shown));
    else if (message.command === 'saveJson') await commands.executeCommand('guidelint.exportSummary', 'json');
  }

  return { show, dispose: () => panel?.dispose() };
}

type Place = Extract<SummaryMessage, { open: unknown }>['open'];

async function openFinding({ uri, line, character }: Place, { findings }: ComplianceReport): Promise<void> {
  // Only what the report names is opened, whatever the page asks for.
  if (!findings.some((finding) => finding.uri === uri)) return;
  const selection = new Range(line, character, line, character);
  const target = Uri.parse(uri);
  // The editor for its kind of file: a notebook opens as a notebook.
  if (target.path.endsWith('.ipynb')) await window.showNotebookDocument(await workspace.openNotebookDocument(target));
  else await window.showTextDocument(target, { selection, viewColumn: ViewColumn.One });
}

/** Asks where to put a report, writes it and opens it. */
async function save(extension: string, language: string, text: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const defaultUri = folder && Uri.joinPath(folder, `compliance-summary.${extension}`);
  const target = await window.showSaveDialog({
    filters: { [language]: [extension] },
    ...(defaultUri && { defaultUri }),
  });
  if (!target) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await window.showTextDocument(target);
}
