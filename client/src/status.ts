import { type Disposable, LanguageStatusSeverity, l10n, languages, type TextDocument, window, workspace } from 'vscode';
import { State } from 'vscode-languageclient';
import type { StatusParams } from '../../server/src/lsp/protocol.ts';
import { documentSelector } from './selector.ts';

/** The language status item: what Guidelint knows of the document in front. Clicking it opens the log. */
export interface Status extends Disposable {
  serverIs(state: State): void;
  checked(params: StatusParams): void;
}

export function createStatus(): Status {
  const item = languages.createLanguageStatusItem('guidelint.status', documentSelector);
  item.name = 'Guidelint';
  item.command = { command: 'guidelint.showOutput', title: l10n.t('Show Log') };
  /** Last result by document; of a notebook by the notebook. */
  const results = new Map<string, StatusParams>();
  let state: State = State.Stopped;

  function update(): void {
    const document = window.activeTextEditor?.document;
    const result = document && results.get(resultKey(document));
    item.busy = state === State.Starting;
    item.severity =
      state === State.StartFailed
        ? LanguageStatusSeverity.Error
        : result?.configProblems
          ? LanguageStatusSeverity.Warning
          : LanguageStatusSeverity.Information;
    [item.text, item.detail] = describe(state, result);
  }

  const listeners = [
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidCloseTextDocument(({ uri }) => results.delete(uri.toString())),
    workspace.onDidCloseNotebookDocument(({ uri }) => results.delete(uri.toString())),
  ];
  update();

  return {
    serverIs(next) {
      state = next;
      if (next !== State.Running) results.clear();
      update();
    },
    checked(params) {
      results.set(params.uri, params);
      update();
    },
    dispose() {
      for (const listener of [item, ...listeners]) listener.dispose();
    },
  };
}

function resultKey(document: TextDocument): string {
  const notebook = window.activeNotebookEditor?.notebook;
  const inNotebook = notebook?.getCells().some((cell) => cell.document === document);
  return (inNotebook ? notebook : document)?.uri.toString() ?? '';
}

function describe(state: State, result: StatusParams | undefined): [text: string, detail: string] {
  if (state === State.Starting) return [l10n.t('Guidelint is starting'), ''];
  if (state === State.StartFailed) return [l10n.t('Guidelint could not start'), ''];
  if (state === State.Stopped) return [l10n.t('Guidelint is not running'), ''];
  if (!result)
    return [l10n.t('Guidelint: not checked'), l10n.t('no card, prompt, code or configuration of an AI system')];
  const { findings, kind, config, configProblems, millis } = result;
  const count =
    findings === 0
      ? l10n.t('Guidelint: no findings')
      : findings === 1
        ? l10n.t('Guidelint: 1 finding')
        : l10n.t('Guidelint: {0} findings', findings);
  const configuration =
    config === undefined
      ? l10n.t('default configuration')
      : configProblems > 0
        ? l10n.t('{0} has mistakes: {1}', config, configProblems)
        : config;
  return [count, [l10n.t('{0}, {1} ms', kind.replace('-', ' '), Math.ceil(millis)), configuration].join(' · ')];
}
