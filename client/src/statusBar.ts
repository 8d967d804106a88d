import { type Disposable, l10n, MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { StatusParams } from '../../server/src/lsp/protocol.ts';
import type { Reports } from './reports.ts';
import type { Server } from './server.ts';

/**
 * The number of open findings at the foot of the window: of the document in front, with the configuration in force and what
 * was last known of the whole workspace behind it.
 */
export function createStatusBar(server: Server, reports: Reports): Disposable {
  const item = window.createStatusBarItem('guidelint.findings', StatusBarAlignment.Left);
  item.name = l10n.t('Guidelint Findings');
  item.command = 'guidelint.showSummary';
  const results = new Map<string, StatusParams>();

  function update(): void {
    const notebook = window.activeNotebookEditor?.notebook;
    const uri = (notebook ?? window.activeTextEditor?.document)?.uri.toString();
    const result = uri === undefined ? undefined : results.get(uri);
    const report = reports.last;
    const total = report && report.severities.error + report.severities.warning + report.severities.info;
    const count = result?.findings ?? total;
    if (count === undefined) {
      item.hide();
      return;
    }
    item.text = `$(shield) ${count}`;
    const lines = [
      result && l10n.t('Findings in this file: {0}', result.findings),
      total !== undefined && l10n.t('Findings in the workspace when it was last read: {0}', total),
      result && l10n.t('Configuration: {0}', result.config ?? l10n.t('defaults')),
      result && result.configProblems > 0 && l10n.t('Mistakes in the configuration: {0}', result.configProblems),
      l10n.t('Click for the compliance summary'),
    ].filter((line) => typeof line === 'string');
    const tooltip = new MarkdownString();
    lines.forEach((line, index) => {
      if (index > 0) tooltip.appendMarkdown('\n\n');
      tooltip.appendText(line);
    });
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: [l10n.t('Guidelint'), ...lines].join('. '), role: 'button' };
    item.show();
  }

  const parts = [
    item,
    window.onDidChangeActiveTextEditor(update),
    window.onDidChangeActiveNotebookEditor(update),
    reports.onDidChange(update),
    server.onDidCheck((params) => {
      results.set(params.uri, params);
      update();
    }),
  ];
  return { dispose: () => parts.forEach((part) => void part.dispose()) };
}
