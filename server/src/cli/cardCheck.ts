import { askedFields, countByFramework, countOf, isAnswered } from '../engine/askedFields.ts';
import { frameworks } from '../guidelines/catalogue.ts';
import { count } from '../reports/printable.ts';
import type { ScannedFile, ScanResult } from '../workspace/scan.ts';
import { fails } from './check.ts';
import type { CARD_FORMATS, FAIL_ON } from './choices.ts';
import { type Context, EXIT, usesColor } from './context.ts';
import { tellConfigProblems, tellStopped, writeOutput } from './output.ts';
import { openScan, type PathScan, type ScanArguments } from './scanPaths.ts';

export interface CardCheckOptions extends Omit<ScanArguments, 'paths' | 'part' | 'stdinFilename'> {
  readonly format: (typeof CARD_FORMATS)[number];
  readonly output?: string;
  readonly failOn: (typeof FAIL_ON)[number];
}

/** How much of what is asked for a card says. */
export interface CardStanding {
  /** Relative to the project. */
  readonly path: string;
  readonly kind: string;
  readonly filled: number;
  readonly asked: number;
  /** Titles of the fields that nothing answers, the most important first. */
  readonly open: readonly string[];
  /** The publications that ask, those that ask for most first. */
  readonly frameworks: readonly { readonly id: string; readonly filled: number; readonly asked: number }[];
}

/** `guidelint card check`: findings in cards only, and how many of the asked fields each card fills. */
export async function cardCheck(
  paths: readonly string[],
  options: CardCheckOptions,
  context: Context,
): Promise<number> {
  const scan = await openScan({ ...options, paths }, context);
  const whole = await scan.run();
  const result: ScanResult = { ...whole, files: whole.files.filter(isCard) };
  const standings: CardStanding[] = [];
  for (const card of result.files) standings.push(await standingOf(card, scan));
  const report = { version: context.version, rules: scan.rules, scan: result };
  await writeOutput(await render(), options.output, context);
  const shown = new Set(options.format === 'text' ? result.files.map(({ path }) => path) : []);
  const misconfigured = await tellConfigProblems(result, scan, shown, context);
  if (result.partial) return tellStopped(context);
  if (misconfigured) return EXIT.usage;
  return fails(result, options.failOn) ? EXIT.findings : EXIT.clean;

  async function render(): Promise<string> {
    if (options.format === 'json') {
      const { jsonReport } = await import('../reports/json.ts');
      return `${JSON.stringify({ ...JSON.parse(jsonReport(report)), cards: standings }, null, 2)}\n`;
    }
    if (standings.length === 0) return 'No model card or data card found.\n';
    const { textReport } = await import('../reports/text.ts');
    const { stdout } = context;
    const toTerminal = options.output === undefined && stdout.isTTY === true;
    const findings = textReport(report, {
      colors: options.output === undefined && usesColor(context, stdout),
      width: toTerminal ? Math.min(stdout.columns ?? 80, 120) : undefined,
      quiet: options.quiet,
      displayPath: scan.displayPath,
    });
    return `${findings}${findings && '\n'}${standings.map((one) => table(one, scan)).join('\n')}`;
  }
}

function isCard({ kind }: ScannedFile): boolean {
  return kind === 'model-card' || kind === 'data-card';
}

async function standingOf({ path, uri, kind, file }: ScannedFile, { rules, project }: PathScan): Promise<CardStanding> {
  const { config } = await project.configFor(uri);
  const asked = askedFields(file, rules, config);
  const byFramework = [...countByFramework(asked)].map(([id, one]) => ({ id, ...one }));
  const open = asked.filter(({ field }) => !isAnswered(field)).map(({ field }) => field.spec.title);
  return { path, kind, ...countOf(asked), open, frameworks: byFramework };
}

/** `MODEL_CARD.md: 12 of 20 asked fields filled`, a line for each publication, and what is left to fill. */
function table({ path, filled, asked, open, frameworks: counts }: CardStanding, scan: PathScan): string {
  const titles = new Map(frameworks().map(({ id, shortTitle }) => [id as string, shortTitle]));
  const lines = counts.map(({ id, filled, asked }) => `  ${`${filled} of ${asked}`.padEnd(9)}${titles.get(id) ?? id}`);
  return `${scan.displayPath(path)}: ${filled} of ${count(asked, 'asked field')} filled\n${lines.map((line) => `${line}\n`).join('')}${open.length > 0 ? `  to fill: ${open.join('; ')}\n` : ''}`;
}
