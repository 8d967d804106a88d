import { commands, type LogOutputChannel, l10n, window } from 'vscode';

/** Kinds of notification that are on the screen now. */
const showing = new Set<string>();

/** Shows a notification with something to do about it, unless one of the same kind is still there. */
export async function notify(
  kind: string,
  show: typeof window.showInformationMessage | typeof window.showErrorMessage,
  message: string,
  actions: Readonly<Record<string, () => unknown>>,
): Promise<void> {
  if (showing.has(kind)) return;
  showing.add(kind);
  try {
    const chosen = await show(message, ...Object.keys(actions));
    if (chosen) await actions[chosen]?.();
  } finally {
    showing.delete(kind);
  }
}

/** For a command that failed: what went wrong, and the way to the log. */
export function reportFailure(error: unknown, log: LogOutputChannel): void {
  log.error(error instanceof Error ? error : String(error));
  const reason = error instanceof Error ? error.message : String(error);
  void notify('failure', window.showErrorMessage, l10n.t('Guidelint: {0}', reason), {
    [l10n.t('Show Log')]: () => log.show(),
    [l10n.t('Restart Server')]: () => commands.executeCommand('guidelint.restartServer'),
  });
}
