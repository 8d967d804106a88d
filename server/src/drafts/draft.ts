import { askedFields } from '../engine/askedFields.ts';
import type { Config } from '../engine/config.ts';
import { fixOf } from '../engine/fieldRule.ts';
import { applyEdits } from '../engine/fixes.ts';
import type { Rule } from '../engine/rule.ts';
import { cardsOf, folderOf } from '../inventory/places.ts';
import { documentType } from '../inventory/statements.ts';
import type { CardFacts } from '../languages/card/facts.ts';
import { newDataCard, newModelCard } from '../languages/card/skeletons.ts';
import { CARD_TEMPLATES, type CardTemplate, cardFrom } from '../languages/card/templates.ts';
import { type FactsOptions, gatherFacts } from '../workspace/facts.ts';
import { openFile } from '../workspace/open.ts';
import { relativePath } from '../workspace/paths.ts';
import type { Project } from '../workspace/project.ts';
import { type ScanOptions, scan } from '../workspace/scan.ts';
import type { aiBom, BomOptions } from './aiBom.ts';
import { wordsOf } from './bomModelCard.ts';
import { croissant } from './croissant.ts';

const DRAFT_TYPES = ['model', 'data', 'bom', 'croissant'] as const;
export type DraftType = (typeof DRAFT_TYPES)[number];

/** Name of the file that a draft is meant for, without what makes it unique. */
const DRAFT_NAMES: Readonly<Record<DraftType, readonly [stem: string, ending: string]>> = {
  model: ['MODEL_CARD', '.md'],
  data: ['DATA_CARD', '.md'],
  bom: ['ai-bom', '.cdx.json'],
  croissant: ['croissant', '.json'],
};

/** The library behind it is only loaded where a BOM is asked for. */
export type LoadBomWriter = () => Promise<{ readonly aiBom: typeof aiBom }>;

export interface DraftOptions
  extends Pick<ScanOptions, 'files' | 'folder' | 'today' | 'openText' | 'pause'>,
    Pick<FactsOptions, 'signal' | 'onProgress'> {
  readonly type: DraftType;
  /** Id of a template of that type; left out, a card has every section that is asked for. */
  readonly template?: string;
  /** URI of the folder that the draft is for. */
  readonly folderUri: string;
  readonly project: Project;
  readonly loadBomWriter: LoadBomWriter;
  readonly bom: BomOptions;
  /** What a draft in JSON is asked for by these gets a placeholder, so that it is seen in the file. */
  readonly rules: readonly Rule[];
}

export interface Draft {
  readonly text: string;
  readonly facts: CardFacts;
}

/**
 * The text of a new card or AI-BOM, filled with what the workspace says and marked placeholders for the rest.
 *
 * @returns undefined when it was cancelled.
 */
export async function makeDraft(options: DraftOptions): Promise<Draft | undefined> {
  const { type, files, folder, folderUri, project, signal, onProgress } = options;
  const { inventory, paths, partial } = await scan({ ...options, only: [folder], rules: [] });
  if (partial) return undefined;
  const inside = relativePath(folder, folderUri);
  const place = inside === '' ? '' : `${inside.replace(/\/$/, '')}/`;
  const packages = await project.packagesFor(`${folderUri.replace(/\/$/, '')}/_`);
  const facts = await gatherFacts({
    files,
    folder,
    place,
    inventory,
    packages,
    paths,
    wants: type === 'model' || type === 'bom' ? 'weights' : 'data',
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  if (signal?.aborted) return undefined;
  const template = templateOf(type, options.template);
  if (template) return { text: cardFrom(template, facts), facts };
  if (type === 'model') return { text: newModelCard(facts), facts };
  if (type === 'data') return { text: newDataCard(facts), facts };
  const { config } = await project.configFor(`${folderUri.replace(/\/$/, '')}/_`);
  const finished = (text: string) => ({
    text: withAskedFields(DRAFT_NAMES[type].join(''), text, options.rules, config),
    facts,
  });
  if (type === 'croissant') return finished(croissant(facts));
  const cards = cardsOf(inventory, 'model-card').filter(
    (file) => documentType(file) === 'card' && folderOf(file.path) === place,
  );
  const { aiBom } = await options.loadBomWriter();
  return finished(aiBom(facts, wordsOf(cards.length === 1 ? cards[0]?.card : undefined), options.bom));
}

/** A placeholder for each field that the rules ask for, that the format has a place for, and that the document lacks. */
function withAskedFields(path: string, text: string, rules: readonly Rule[], config: Config): string {
  const file = openFile({ uri: `draft:/${path}`, path, text, config });
  if (!file.card.places) return text;
  const missing = askedFields(file, rules, config).filter(({ field }) => field.state === 'absent');
  const [fix] = fixOf(
    file.card,
    missing.map(({ field }) => field.spec),
  );
  return fix ? applyEdits(text, fix.edits) : text;
}

/** The template of an id, where it is one for cards of that type. */
export function templateOf(type: DraftType, id: string | undefined): CardTemplate | undefined {
  return CARD_TEMPLATES.find((template) => template.id === id && template.type === type);
}

/** What the file of a draft is called, without what makes it unique. */
export function nameOf(type: DraftType, template?: string): readonly [stem: string, ending: string] {
  const file = templateOf(type, template)?.file;
  return file ? [file.replace(/\.md$/, ''), '.md'] : DRAFT_NAMES[type];
}

/** A name that no file of a folder has. */
export async function freeName(
  files: DraftOptions['files'],
  folderUri: string,
  type: DraftType,
  template?: string,
): Promise<string> {
  const [stem, ending] = nameOf(type, template);
  const taken = new Set(((await files.list(folderUri)) ?? []).map(({ name }) => name.toLowerCase()));
  let name = `${stem}${ending}`;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem}_${number}${ending}`;
  return name;
}
