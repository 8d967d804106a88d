import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { type Draft, type DraftType, makeDraft, nameOf } from '../drafts/draft.ts';
import { isDate } from '../languages/card/dates.ts';
import { CARD_TEMPLATES } from '../languages/card/templates.ts';
import { count } from '../reports/printable.ts';
import { openProject } from '../workspace/project.ts';
import type { CARD_TYPES, TEMPLATES } from './choices.ts';
import { type Context, EXIT, today, UsageError } from './context.ts';
import { writeOutput } from './output.ts';
import { showProgress } from './progress.ts';
import { findTargets } from './targets.ts';

export interface InitOptions {
  readonly type: (typeof CARD_TYPES)[number];
  /** Decides the type. */
  readonly template?: (typeof TEMPLATES)[number];
  readonly output?: string;
  /** Replace a file that is there. */
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export interface BomOptions {
  readonly output?: string;
  readonly force?: boolean;
  /** ISO time in UTC. */
  readonly timestamp?: string;
  readonly serialNumber?: string;
  readonly quiet?: boolean;
}

const SERIAL = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `guidelint card init`: writes a draft that people then fill in. */
export async function init(folder: string | undefined, options: InitOptions, context: Context): Promise<number> {
  const { template, output } = options;
  const type = CARD_TEMPLATES.find(({ id }) => id === template)?.type ?? options.type;
  const place = folderOf(folder, context);
  const [stem, ending] = nameOf(type, template);
  const file = output ?? relative(context.cwd, resolve(place.folder, stem + ending));
  refuseExisting(file, options.force, context);
  const draft = await draftOf({ type, ...(template && { template }) }, place, {}, options.quiet, context);
  if (!draft) return EXIT.interrupted;
  await writeOutput(draft.text, file, context);
  if (!options.quiet) context.stderr.write(`Wrote ${file}: ${described(draft)}\n`);
  return EXIT.clean;
}

/** `guidelint card bom`: an AI-BOM of the model of a folder, to a file or to standard output. */
export async function bom(folder: string | undefined, options: BomOptions, context: Context): Promise<number> {
  const { output, timestamp, serialNumber } = options;
  if (timestamp !== undefined && !isTime(timestamp)) {
    throw new UsageError(`--timestamp wants a time in UTC such as 2027-01-31T12:00:00Z, not ${timestamp}`);
  }
  if (serialNumber !== undefined && !SERIAL.test(serialNumber)) {
    throw new UsageError(`--serial-number wants urn:uuid: and a UUID in lower case, not ${serialNumber}`);
  }
  const place = folderOf(folder, context);
  if (output !== undefined) refuseExisting(output, options.force, context);
  const given = { ...(timestamp && { timestamp }), ...(serialNumber && { serialNumber }) };
  const draft = await draftOf({ type: 'bom' }, place, given, options.quiet, context);
  if (!draft) return EXIT.interrupted;
  await writeOutput(draft.text, output, context);
  if (output !== undefined && !options.quiet) context.stderr.write(`Wrote ${output}: ${described(draft)}\n`);
  return EXIT.clean;
}

/** The folder that the draft is about, and the project it lies in, as absolute paths. */
interface Place {
  readonly folder: string;
  readonly project: string;
}

function folderOf(written: string | undefined, { cwd }: Context): Place {
  const targets = findTargets(written === undefined ? [] : [written], cwd);
  const [folder = cwd] = targets.only;
  if (!statSync(folder).isDirectory()) throw new UsageError(`${written} is no folder`);
  return { folder, project: targets.folder };
}

function refuseExisting(file: string, force: boolean | undefined, { cwd }: Context): void {
  if (!force && existsSync(resolve(cwd, file))) {
    throw new UsageError(`${file} is there already; --force replaces it, --output names another file`);
  }
}

async function draftOf(
  what: { readonly type: DraftType; readonly template?: string },
  place: Place,
  given: { readonly timestamp?: string; readonly serialNumber?: string },
  quiet: boolean | undefined,
  context: Context,
): Promise<Draft | undefined> {
  const { files, version, loadBomWriter } = context;
  const rules = await context.loadRules();
  const folder = URI.file(place.project).toString();
  const progress = quiet ? undefined : showProgress(context);
  const signal = { aborted: false };
  const forget = context.onInterrupt(() => {
    signal.aborted = true;
  });
  try {
    return await makeDraft({
      ...what,
      files,
      folder,
      folderUri: URI.file(place.folder).toString(),
      project: openProject(files, folder, rules),
      today: today(),
      loadBomWriter,
      bom: { version, ...given },
      rules,
      signal,
      ...(progress && { onProgress: progress.update }),
    });
  } finally {
    forget();
    progress?.stop();
    if (signal.aborted) context.stderr.write('Stopped: nothing was written.\n');
  }
}

/** What of it came from the workspace, so that people know what to look at. */
function described({ facts, text }: Draft): string {
  const { baseModels, datasets, weights, data, libraries, metrics, license } = facts;
  const found = [
    ...(license ? ['the licence'] : []),
    ...[
      [weights.length + data.length, 'file'] as const,
      [baseModels.length, 'base model'] as const,
      [datasets.length, 'dataset'] as const,
      [libraries.length, 'library', 'libraries'] as const,
      [metrics.length, 'metric'] as const,
    ].flatMap(([number, one, many]) =>
      number > 0 ? [number > 1 && many ? `${number} ${many}` : count(number, one)] : [],
    ),
  ];
  const open = text.match(/\[TODO: |: TODO\b|- TODO\b/g)?.length ?? 0;
  const known = found.length > 0 ? `${found.join(', ')} from the workspace` : 'nothing found in the workspace';
  return `${known}, ${count(open, 'place')} to fill in`;
}

function isTime(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) && isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
  );
}
