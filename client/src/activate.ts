import { commands, type ExtensionContext, window } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { showCardFields } from './cardFields.ts';
import { newCard } from './cards.ts';
import { createClientOptions } from './clientOptions.ts';
import { insertDigests } from './digests.ts';
import { disableWithReason } from './disable.ts';
import { addEvidence } from './evidence.ts';
import { exportSummary } from './exportSummary.ts';
import { newPromptFile } from './newPrompt.ts';
import { reportFailure } from './notify.ts';
import { explainRule, offerPages, openGuideline } from './pages.ts';
import { createReports } from './reports.ts';
import { openSample, watchSample } from './sample.ts';
import { clearResults, scanWorkspace } from './scan.ts';
import { onFirstEligible } from './selector.ts';
import { createServer } from './server.ts';
import { createStatus } from './status.ts';
import { createStatusBar } from './statusBar.ts';
import { createSummaryPanel } from './summaryPanel.ts';
import { createViews } from './views.ts';

/**
 * Everything but the way a server is started, so that desktop and web share it. The server starts with the first document
 * that concerns it, or with the first command that needs it.
 */
export function activateWith(
  context: ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
): void {
  const log = window.createOutputChannel('Guidelint', { log: true });
  const status = createStatus();
  const server = createServer(() => createClient(createClientOptions(log)), status, log);
  const reports = createReports(server);
  const summary = createSummaryPanel(context.extensionUri, server, reports, (error) => reportFailure(error, log));
  const views = createViews(reports, (error) => reportFailure(error, log));
  const statusBar = createStatusBar(server, reports);
  context.subscriptions.push(log, status, server, reports, summary, views, statusBar);
  context.subscriptions.push(offerPages(server), watchSample(server));

  const register = (name: string, run: (...args: unknown[]) => unknown) =>
    context.subscriptions.push(
      commands.registerCommand(`guidelint.${name}`, async (...args: unknown[]) => {
        try {
          return await run(...args);
        } catch (error) {
          return reportFailure(error, log);
        }
      }),
    );
  register('showSummary', () => summary.show());
  register('exportSummary', (format) => exportSummary(server, format));
  register('scanWorkspace', () => scanWorkspace(server));
  register('clearResults', () => clearResults(server));
  register('newModelCard', (template) => newCard(server, 'model', template));
  register('newDataCard', (template) => newCard(server, 'data', template));
  register('newAiBom', () => newCard(server, 'bom'));
  register('newCroissant', () => newCard(server, 'croissant'));
  register('insertDigests', () => insertDigests(server));
  register('newPromptFile', (format) => newPromptFile(server, format));
  register('showCardFields', (uri) => showCardFields(server, uri));
  register('addEvidence', (item) => addEvidence(server, idOf(item)));
  register('refreshViews', () => views.refresh());
  register('showOpenOnly', () => views.filter(true));
  register('showAll', () => views.filter(false));
  register('explainRule', (rule) => explainRule(server, idOf(rule)));
  register('openGuideline', (guideline) => openGuideline(server, idOf(guideline)));
  register('openSample', () => openSample(context.extensionUri));
  register('restartServer', () => server.restart());
  register('showOutput', () => log.show());
  register('disableWithReason', disableWithReason);

  context.subscriptions.push(onFirstEligible(() => server.running().catch((error) => log.error(error))));
}

/** A button of a tree's row is called with the row. */
function idOf(argument: unknown): unknown {
  return typeof argument === 'object' && argument !== null && 'id' in argument ? argument.id : argument;
}
