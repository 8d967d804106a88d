import { type Disposable, type Event, EventEmitter } from 'vscode';
import type { ComplianceReport } from '../../server/src/engine/compliance.ts';
import { SUMMARY } from '../../server/src/lsp/protocol.ts';
import { type ProgressPlace, requestWithProgress } from './progress.ts';
import type { Server } from './server.ts';

/** The last report on the workspace, which the summary, the trees and the status bar share. */
export interface Reports extends Disposable {
  readonly last: ComplianceReport | undefined;
  readonly onDidChange: Event<ComplianceReport>;
  /** Reads the workspace anew; calls while that lasts share its result. @param place where progress is shown. */
  refresh(title: string, place?: ProgressPlace): Promise<ComplianceReport>;
}

export function createReports(server: Server): Reports {
  const changed = new EventEmitter<ComplianceReport>();
  let last: ComplianceReport | undefined;
  let running: Promise<ComplianceReport> | undefined;

  async function request(title: string, place: ProgressPlace | undefined): Promise<ComplianceReport> {
    const report = await requestWithProgress<ComplianceReport>(server, SUMMARY, title, place);
    last = report;
    changed.fire(report);
    return report;
  }

  return {
    get last() {
      return last;
    },
    onDidChange: changed.event,
    refresh(title, place) {
      running ??= request(title, place).finally(() => {
        running = undefined;
      });
      return running;
    },
    dispose: () => changed.dispose(),
  };
}
