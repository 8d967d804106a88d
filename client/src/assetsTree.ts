import { l10n, ThemeIcon, Uri } from 'vscode';
import type { Asset, AssetLink, AssetType } from '../../server/src/engine/assets.ts';
import type { ComplianceReport, ReportedFinding } from '../../server/src/engine/compliance.ts';
import { findingNode, type Node, openCommand } from './tree.ts';

const TYPES: readonly (readonly [AssetType, label: string, icon: string])[] = [
  ['model', l10n.t('Models'), 'package'],
  ['dataset', l10n.t('Data'), 'database'],
  ['card', l10n.t('Cards'), 'book'],
  ['prompt', l10n.t('Prompts'), 'comment'],
  ['agent', l10n.t('Agents and instructions'), 'robot'],
  ['mcp', l10n.t('MCP servers'), 'plug'],
  ['code', l10n.t('Code with findings'), 'file-code'],
];

/** What the system is made of: type, part, and below each part its findings and links. @param openOnly parts with findings only. */
export function assetNodes({ assets, findings }: ComplianceReport, openOnly: boolean): Node[] {
  const byUri = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    if (!finding.suppression) byUri.set(finding.uri, [...(byUri.get(finding.uri) ?? []), finding]);
  }
  return TYPES.flatMap(([type, label, icon]) => {
    const own = assets.filter((asset) => asset.type === type && (!openOnly || asset.open > 0));
    if (own.length === 0) return [];
    return {
      label,
      description: String(own.length),
      icon: new ThemeIcon(icon),
      open: true,
      children: () => own.map((asset) => assetNode(asset, byUri.get(asset.uri) ?? [])),
    };
  });
}

function assetNode({ path, uri, open, size, links }: Asset, findings: readonly ReportedFinding[]): Node {
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, Math.max(slash, 0));
  const facts = [open > 0 ? countText(open) : '', size === undefined ? '' : sizeText(size), folder];
  const children = [...findings.map((finding) => findingNode(finding, l10n.t('line'))), ...links.map(linkNode)];
  const target = Uri.parse(uri);
  return {
    label: path.slice(slash + 1),
    description: facts.filter(Boolean).join(' · '),
    tooltip: path,
    file: target,
    // Weights are no text; a click on them shows where they are described.
    ...(size === undefined && { command: openCommand(target) }),
    ...(children.length > 0 && { children: () => children }),
  };
}

function linkNode({ relation, target, uri }: AssetLink): Node {
  return {
    label: target,
    description: relation,
    icon: new ThemeIcon(uri ? 'link' : 'globe'),
    ...(uri && { command: openCommand(Uri.parse(uri)) }),
  };
}

function countText(count: number): string {
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
}

/** Bytes as people read them. */
function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
