import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type {
  ComplianceReport,
  FrameworkReport,
  ItemReport,
  ReportedFinding,
  Status,
} from '../../server/src/engine/compliance.ts';
import { findingNode, type Node, severityIcon } from './tree.ts';

const STATUS: Readonly<Record<Status, readonly [words: string, icon: ThemeIcon]>> = {
  open: [l10n.t('open'), severityIcon('warning')],
  'evidence-overdue': [l10n.t('evidence overdue'), new ThemeIcon('history')],
  'accepted-risk': [l10n.t('risk accepted'), new ThemeIcon('shield')],
  'partly-met': [l10n.t('met in part'), new ThemeIcon('file')],
  'partly-checked': [l10n.t('partly checked, nothing found'), new ThemeIcon('pass')],
  evidence: [l10n.t('evidence given'), new ThemeIcon('file-symlink-file')],
  'other-role': [l10n.t('for other roles'), new ThemeIcon('dash')],
  'not-applicable': [l10n.t('not applicable'), new ThemeIcon('dash')],
  suppressed: [l10n.t('accepted'), new ThemeIcon('circle-slash')],
  clean: [l10n.t('checked, nothing found'), new ThemeIcon('pass', new ThemeColor('testing.iconPassed'))],
  'needs-human': [l10n.t('needs people'), new ThemeIcon('account')],
  unchecked: [l10n.t('not checked'), new ThemeIcon('circle-outline')],
  'switched-off': [l10n.t('switched off'), new ThemeIcon('circle-slash')],
  'not-relevant': [l10n.t('nothing of the kind here'), new ThemeIcon('dash')],
};

/** Framework, item, finding. @param openOnly items with open findings only. */
export function guidelineNodes({ frameworks, findings }: ComplianceReport, openOnly: boolean): Node[] {
  const byItem = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    if (finding.suppression) continue;
    for (const id of finding.guidelines) byItem.set(id, [...(byItem.get(id) ?? []), finding]);
  }
  return frameworks.flatMap((framework) => {
    const items = framework.items.filter(({ status }) => !openOnly || status === 'open');
    return items.length > 0 ? frameworkNode(framework, items, byItem) : [];
  });
}

function frameworkNode(
  { title, shortTitle, publisher, version, counts }: FrameworkReport,
  items: readonly ItemReport[],
  byItem: ReadonlyMap<string, readonly ReportedFinding[]>,
): Node {
  return {
    label: shortTitle,
    description: l10n.t('{0} open · {1} clean', counts.open, counts.clean),
    tooltip: `${title}\n${publisher}, ${version}`,
    icon: new ThemeIcon('law'),
    children: () => items.map((item) => itemNode(item, byItem.get(item.id) ?? [])),
  };
}

function itemNode(item: ItemReport, findings: readonly ReportedFinding[]): Node {
  const [words, icon] = STATUS[item.status];
  return {
    label: item.citation,
    description: item.title,
    tooltip: `${item.citation}\n${item.title}\n${words}`,
    icon: item.severity ? severityIcon(item.severity) : icon,
    context: 'guideline',
    id: item.id,
    ...(findings.length > 0
      ? { children: () => findings.map((finding) => findingNode(finding)) }
      : {
          command: { command: 'guidelint.openGuideline', title: l10n.t('Open Guideline'), arguments: [item.id] },
        }),
  };
}
