import { commands, type Disposable, l10n, type TreeView, window } from 'vscode';
import { assetNodes } from './assetsTree.ts';
import { guidelineNodes } from './guidelinesTree.ts';
import type { Reports } from './reports.ts';
import { createTree, type Node } from './tree.ts';

export interface Views extends Disposable {
  /** Reads the workspace anew for both trees. */
  refresh(): Promise<void>;
  /** Shows only rows with open findings, or all. */
  filter(openOnly: boolean): void;
}

/** The two trees behind our icon in the activity bar. They are filled when one of them is first seen. */
export function createViews(reports: Reports, onError: (error: unknown) => void): Views {
  const trees = [
    { id: 'guidelint.assets', nodes: assetNodes, tree: createTree() },
    { id: 'guidelint.guidelines', nodes: guidelineNodes, tree: createTree() },
  ];
  let openOnly = false;

  async function refresh(viewId = 'guidelint.assets'): Promise<void> {
    await reports.refresh(l10n.t('Guidelint: Reading the workspace'), { viewId });
  }

  function show(): void {
    const { last } = reports;
    if (last) for (const { nodes, tree } of trees) tree.set(nodes(last, openOnly));
  }

  const views = trees.map(({ id, tree }) => {
    const view = window.createTreeView(id, { treeDataProvider: tree, showCollapseAll: true });
    view.onDidChangeVisibility(({ visible }) => {
      if (visible && !reports.last) refresh(id).catch(onError);
    });
    return view;
  });
  const [assets] = views as [TreeView<Node>, TreeView<Node>];
  const listener = reports.onDidChange(({ severities, partial }) => {
    show();
    const open = severities.error + severities.warning;
    assets.badge = { value: open, tooltip: l10n.t('{0} errors and warnings', open) };
    for (const view of views) view.message = partial ? l10n.t('Stopped: not all files were read.') : undefined;
  });

  return {
    refresh: () => refresh(),
    filter(next) {
      openOnly = next;
      void commands.executeCommand('setContext', 'guidelint.openOnly', next);
      show();
    },
    dispose() {
      for (const part of [listener, ...views, ...trees.map(({ tree }) => tree)]) part.dispose();
    },
  };
}
