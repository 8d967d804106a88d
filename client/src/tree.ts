import {
  type Command,
  EventEmitter,
  l10n,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { ReportedFinding } from '../../server/src/engine/compliance.ts';
import type { Severity } from '../../server/src/engine/finding.ts';

/** One row of a tree with the rows below it, made when it is opened. */
export interface Node {
  readonly label: string;
  /** Said after the label in a quieter voice. */
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: ThemeIcon;
  /** Files show the icon their theme has for them. */
  readonly file?: Uri;
  readonly command?: Command;
  /** Decides about the buttons of the row, in the manifest. */
  readonly context?: string;
  /** What a button of the row is called with. */
  readonly id?: string;
  readonly children?: () => readonly Node[];
  readonly open?: boolean;
}

export interface NodeTree extends TreeDataProvider<Node> {
  /** Shows other rows. */
  set(roots: readonly Node[]): void;
  dispose(): void;
}

export function createTree(): NodeTree {
  const changed = new EventEmitter<void>();
  let roots: readonly Node[] = [];
  return {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => [...(node ? (node.children?.() ?? []) : roots)],
    getTreeItem: itemOf,
    set(next) {
      roots = next;
      changed.fire();
    },
    dispose: () => changed.dispose(),
  };
}

function itemOf(node: Node): TreeItem {
  const { None, Collapsed, Expanded } = TreeItemCollapsibleState;
  const item = new TreeItem(node.label, node.children ? (node.open ? Expanded : Collapsed) : None);
  if (node.description) item.description = node.description;
  item.tooltip = node.tooltip ?? node.label;
  if (node.file) item.resourceUri = node.file;
  const icon = node.icon ?? (node.file && ThemeIcon.File);
  if (icon) item.iconPath = icon;
  if (node.command) item.command = node.command;
  if (node.context) item.contextValue = node.context;
  item.accessibilityInformation = { label: [node.label, node.description].filter(Boolean).join(', ') };
  return item;
}

const ICONS: Readonly<Record<Severity, ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  warning: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  info: new ThemeIcon('info'),
  hint: new ThemeIcon('lightbulb'),
};

export function severityIcon(severity: Severity): ThemeIcon {
  return ICONS[severity];
}

/** A finding as a row that opens it. */
export function findingNode(finding: ReportedFinding, description = finding.path): Node {
  const { severity, message, ruleId, ruleName, line } = finding;
  return {
    label: message,
    description: `${description}:${line + 1}`,
    tooltip: `${message}\n${ruleId} ${ruleName}`,
    icon: severityIcon(severity),
    command: openCommand(Uri.parse(finding.uri), line, finding.character),
    context: 'finding',
    id: ruleId,
  };
}

/** @param line zero-based, like `character`. */
export function openCommand(uri: Uri, line = 0, character = 0): Command {
  const selection = new Range(line, character, line, character);
  // `vscode.open` chooses the editor: a notebook opens as a notebook.
  return { command: 'vscode.open', title: l10n.t('Open'), arguments: [uri, { selection }] };
}
