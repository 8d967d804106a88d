import type { Inventory } from '../inventory/inventory.ts';
import { statedDigests } from '../languages/card/digests.ts';
import { besides } from '../languages/path.ts';
import { type Finding, SEVERITIES, type Severity } from './finding.ts';
import type { SourceFile } from './sourceFile.ts';

/** What an AI system is made of, in the order in which it is shown. */
export const ASSET_TYPES = ['model', 'dataset', 'card', 'prompt', 'agent', 'mcp', 'code'] as const;
export type AssetType = (typeof ASSET_TYPES)[number];

export interface AssetLink {
  /** Reads on from the asset: `describes`, `described by`, `base model`, `trained on`, `server`. */
  readonly relation: string;
  /** A path of the workspace, a name on a model hub, or the name of a server. */
  readonly target: string;
  /** Of a file of the workspace. */
  readonly uri?: string;
}

/** One part of the system, with what it refers to and how many findings are open in it. */
export interface Asset {
  readonly type: AssetType;
  /** Relative to the workspace folder, forward slashes. */
  readonly path: string;
  readonly uri: string;
  /** In bytes; of model and data files only. */
  readonly size?: number;
  readonly open: number;
  /** The worst of them. */
  readonly severity?: Severity;
  readonly links: readonly AssetLink[];
}

interface FileFindings {
  readonly path: string;
  readonly uri: string;
  readonly findings: readonly Finding[];
}

/** Data files; every other artefact holds a model, or an archive that may. */
const DATA = /\.(?:parquet|arrow|feather|csv|tsv|jsonl|npy|npz)$/i;
const AGENT =
  /(?:^|\/)(?:SKILL|AGENTS|AGENTS\.override|CLAUDE|CLAUDE\.local|GEMINI)\.md$|\.(?:agent|chatmode)\.md$|(?:^|\/)agents\/[^/]+\.md$/i;
/** More than so many links of one asset help nobody. */
const MAX_LINKS = 50;

/**
 * The parts of the system that one workspace folder holds, by type and path. A link is what a file says, or that a card
 * stands beside a model file; nothing is guessed from names.
 *
 * @param join makes the URI of a path relative to the folder.
 */
export function assetsOf(
  { files, artefacts }: Inventory,
  checked: readonly FileFindings[],
  join: (path: string) => string,
): Asset[] {
  const findings = new Map(checked.map((file) => [file.path, file.findings]));
  const exists = (path: string) => files.has(path) || artefacts.has(path);
  const link = (relation: string, target: string): AssetLink => ({
    relation,
    target,
    ...(exists(target) && { uri: join(target) }),
  });
  const cards = [...files.values()].filter(({ kind }) => kind === 'model-card' || kind === 'data-card');
  const described = new Map(cards.map((card) => [card.path, describedBy(card, artefacts.keys())]));

  const found: Asset[] = [...artefacts.values()].map(({ path, size }) => {
    const by = cards.filter((card) => described.get(card.path)?.includes(path));
    const links = by.map((card) => link('described by', card.path));
    return { type: DATA.test(path) ? 'dataset' : 'model', path, uri: join(path), size, open: 0, links };
  });
  for (const [path, file] of files) {
    const type = typeOf(file);
    if (!type) continue;
    const open = (findings.get(path) ?? []).filter(({ suppression }) => !suppression);
    // Of code only what needs a look: all of it would hide the rest.
    if (type === 'code' && open.length === 0) continue;
    const severity = SEVERITIES.find((level) => open.some((finding) => finding.severity === level));
    const links = [...(described.get(path) ?? []).map((target) => link('describes', target)), ...linksOf(file, link)];
    found.push({
      type,
      path,
      uri: file.uri,
      open: open.length,
      ...(severity && { severity }),
      links: links.slice(0, MAX_LINKS),
    });
  }
  const rank = ({ type }: Asset) => ASSET_TYPES.indexOf(type);
  return found.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

function typeOf({ kind, path }: SourceFile): AssetType | undefined {
  switch (kind) {
    case 'model-card':
    case 'data-card':
      return 'card';
    case 'prompt':
      return AGENT.test(path) ? 'agent' : 'prompt';
    case 'mcp':
      return 'mcp';
    case 'python':
    case 'notebook':
      return 'code';
    default:
      return undefined;
  }
}

/** Artefacts that a card names with a digest, and those that stand beside it. */
function describedBy(card: SourceFile, artefacts: Iterable<string>): string[] {
  const named = new Set(statedDigests(card.card).flatMap(({ file }) => (file ? [besides(card.path, file)] : [])));
  const wanted = card.kind === 'data-card';
  return [...artefacts].filter(
    (path) => named.has(path) || (folderOf(path) === folderOf(card.path) && DATA.test(path) === wanted),
  );
}

function linksOf(file: SourceFile, link: (relation: string, target: string) => AssetLink): AssetLink[] {
  if (file.kind === 'mcp') return file.mcp.servers.map(({ name }) => link('server', name.text));
  if (file.kind !== 'model-card') return [];
  return [
    ...textsAt(file, 'base_model').map((name) => link('base model', name)),
    ...textsAt(file, 'datasets').map((name) => link('trained on', name)),
  ];
}

/** A front-matter key that holds one name or a list of them. */
function textsAt({ frontMatter }: SourceFile, key: string): string[] {
  const own = frontMatter.get(key)?.value;
  const values = typeof own === 'string' ? [own] : frontMatter.items(key).map(({ value }) => value);
  return values.filter((value) => typeof value === 'string');
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
