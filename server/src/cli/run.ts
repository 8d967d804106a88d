import { Command, CommanderError, Option } from 'commander';
import {
  CARD_FORMATS,
  CARD_TYPES,
  CHECK_FORMATS,
  FAIL_ON,
  RULES_FORMATS,
  SUMMARY_FAIL_ON,
  SUMMARY_FORMATS,
  TEMPLATES,
} from './choices.ts';
import { type Context, EXIT, type Output, UsageError } from './context.ts';
import { MAX_JOBS } from './jobs.ts';

const JOBS = `threads to check with; each needs memory of its own (default: one, or up to ${MAX_JOBS} with more than two processors)`;

const CHECK_NOTES = `
Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or configuration error, 3 internal error.

Examples:
  guidelint check                                    everything in this folder
  guidelint check src MODEL_CARD.md                  these only
  guidelint check --fix                              repair what can be repaired safely
  guidelint check --format sarif -o guidelint.sarif  for code scanning
  guidelint check --since origin/main                what a branch has changed
  guidelint check --stdin-filename app.py < app.py   as an editor holds it`;

const CARD_NOTES = `
Exit codes: 0 done or clean, 1 findings at or above --fail-on (check), 2 usage error, a file that is there already.

Examples:
  guidelint card init models/toy            models/toy/MODEL_CARD.md
  guidelint card init data --type data      data/DATA_CARD.md
  guidelint card init --template datasheet  DATASHEET.md, with the headings of one
  guidelint card check                      the cards of this folder
  guidelint card bom models/toy -o bom.json the AI-BOM`;

/**
 * The command line. Each command is loaded when it is called, so that `--version` and `--help` answer at once.
 *
 * @param argv without program and script.
 * @returns the exit code.
 */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  let exitCode: number = EXIT.clean;
  try {
    await createProgram(context, (code) => {
      exitCode = code;
    }).parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return fail(error, context);
  }
}

function fail(error: unknown, { stderr }: Context): number {
  // Commander has printed its message; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  if (error instanceof UsageError) {
    stderr.write(`guidelint: ${error.message}\n`);
    return EXIT.usage;
  }
  const detail = error instanceof Error ? error.stack : String(error);
  stderr.write(`guidelint: internal error, please report it with these lines:\n${detail}\n`);
  return EXIT.internal;
}

function createProgram(context: Context, done: (exitCode: number) => void): Command {
  const { stdout, stderr, version } = context;
  const program = new Command('guidelint')
    .description(
      'Checks AI projects against the published guidelines on AI security: model cards, data cards, prompts, ML code, notebooks and configuration. Works offline and executes nothing of what it checks.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .showHelpAfterError('Try --help.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => helpWidth(stdout),
      getErrHelpWidth: () => helpWidth(stderr),
      outputError: (text, write) => write(text.replace(/^error:/, 'guidelint:')),
    });

  program
    .command('check')
    .summary('report findings, and repair with --fix')
    .description('Reports findings in files and folders (default: this folder). `-` reads standard input.')
    .argument('[paths...]', 'files and folders')
    .addOption(choice('-f, --format <format>', 'how to report', CHECK_FORMATS, 'text'))
    .option('-o, --output <file>', 'write the report to a file')
    .addOption(choice('--fail-on <severity>', 'exit with 1 from this severity on', FAIL_ON, 'warning'))
    .option('--fix', 'apply all safe fixes')
    .option('-c, --config <file>', 'use this configuration instead of the nearest .guidelint.yaml')
    .option('--baseline <file>', 'findings that are known and not shown (default: .guidelint/baseline.json if there)')
    .option('--no-baseline', 'show known findings too')
    .option('--update-baseline', 'drop from the baseline what is gone; make one where there is none')
    .option('--since <revision>', 'report only on files that have changed against a git revision')
    .option('--shard <i/n>', 'check one of n equal parts, for several machines; see guidelint merge')
    .option('--stdin-filename <path>', 'check standard input as if it were this file; with --fix the result is printed')
    .option('--no-suppressed', 'leave accepted findings out of SARIF (GitHub would show them as open)')
    .option('--no-cache', 'neither use nor keep results of other runs')
    .option('-j, --jobs <n>', JOBS)
    .option('-q, --quiet', 'findings only: no progress, no summary')
    .addHelpText('after', CHECK_NOTES)
    .action(async (paths: string[], options) => {
      const { check } = await import('./check.ts');
      done(await check(paths, options, context));
    });

  program
    .command('merge')
    .summary('join the reports of all shards')
    .description('Joins the JSON or SARIF reports of all shards into the one that a run without shards would write.')
    .argument('<reports...>', 'reports of guidelint check --shard')
    .option('-o, --output <file>', 'write the report to a file')
    .addOption(choice('--fail-on <severity>', 'exit with 1 from this severity on', FAIL_ON, 'warning'))
    .option('-q, --quiet', 'no notes')
    .action(async (reports: string[], options) => {
      const { merge } = await import('./merge.ts');
      done(await merge(reports, options, context));
    });

  program
    .command('summary')
    .summary('say where the project stands on every guideline')
    .description(
      'Says for every guideline item whether findings are open or accepted, whether it was checked, or whether it needs a human.',
    )
    .argument('[paths...]', 'files and folders (default: this folder)')
    .addOption(choice('-f, --format <format>', 'how to report', SUMMARY_FORMATS, 'markdown'))
    .option('--framework <ids>', 'only these publications: etsi-en-304-223,eu-ai-act', (ids) => ids.split(','))
    .option('-o, --output <file>', 'write the report to a file')
    .addOption(
      choice('--fail-on <level>', 'exit with 1 if an item of this level falls short', SUMMARY_FAIL_ON, 'never'),
    )
    .option('--compare <report>', 'say what changed since a report saved with --format json (Markdown and HTML)')
    .option('--date <time>', 'day or time of the report instead of now, such as 2027-01-31')
    .option('-c, --config <file>', 'use this configuration instead of the nearest .guidelint.yaml')
    .option('--no-cache', 'neither use nor keep results of other runs')
    .option('-j, --jobs <n>', JOBS)
    .option('-q, --quiet', 'no progress, no notes')
    .action(async (paths: string[], options) => {
      const { summary } = await import('./summary.ts');
      done(await summary(paths, options, context));
    });

  const card = program
    .command('card')
    .summary('draft or check model cards and data cards, write an AI-BOM')
    .description('Drafts and checks the documents of a model and its data.')
    .helpCommand(false)
    .addHelpText('after', CARD_NOTES);
  card
    .command('init')
    .summary('write the draft of a card')
    .description(
      'Writes the draft of a card: what the workspace already says is filled in, the rest is marked to be filled in.',
    )
    .argument('[folder]', 'folder of the model or the data (default: this folder)')
    .addOption(choice('-t, --type <type>', 'what to draft', CARD_TYPES, 'model'))
    .addOption(new Option('--template <name>', 'with the headings of a known template').choices(TEMPLATES))
    .option('-o, --output <file>', 'write to this file instead of the usual name, for example MODEL_CARD.md')
    .option('--force', 'replace a file that is there')
    .option('-q, --quiet', 'no progress, no notes')
    .action(async (folder: string | undefined, options) => {
      const { init } = await import('./card.ts');
      done(await init(folder, options, context));
    });
  card
    .command('check')
    .summary('report findings in cards, and how many of the asked fields they fill')
    .description(
      'Reports findings in model cards and data cards only, and for each card how many of the fields that each publication asks for it fills.',
    )
    .argument('[paths...]', 'files and folders (default: this folder)')
    .addOption(choice('-f, --format <format>', 'how to report', CARD_FORMATS, 'text'))
    .option('-o, --output <file>', 'write the report to a file')
    .addOption(choice('--fail-on <severity>', 'exit with 1 from this severity on', FAIL_ON, 'warning'))
    .option('-c, --config <file>', 'use this configuration instead of the nearest .guidelint.yaml')
    .option('--no-cache', 'neither use nor keep results of other runs')
    .option('-j, --jobs <n>', JOBS)
    .option('-q, --quiet', 'no progress, no summary')
    .action(async (paths: string[], options) => {
      const { cardCheck } = await import('./cardCheck.ts');
      done(await cardCheck(paths, options, context));
    });
  card
    .command('bom')
    .summary('write the AI-BOM of a model')
    .description(
      'Writes an AI-BOM (CycloneDX 1.6, JSON): the model, its files with their SHA-256, base models, datasets and libraries. Equal workspaces give equal documents: it holds a time and a serial number only where they are given.',
    )
    .argument('[folder]', 'folder of the model (default: this folder)')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--force', 'replace a file that is there')
    .option('--timestamp <time>', 'time to state, such as 2027-01-31T12:00:00Z')
    .option('--serial-number <urn>', 'serial number to state: urn:uuid:…')
    .option('-q, --quiet', 'no progress, no notes')
    .action(async (folder: string | undefined, options) => {
      const { bom } = await import('./card.ts');
      done(await bom(folder, options, context));
    });

  program
    .command('rules')
    .summary('list all rules')
    .addOption(choice('-f, --format <format>', 'how to list', RULES_FORMATS, 'text'))
    .option('-o, --output <file>', 'write the list to a file')
    .action(async (options) => {
      const { listRules } = await import('./rules.ts');
      done(await listRules(options, context));
    });

  program
    .command('explain')
    .summary('explain a rule or a guideline item')
    .argument('<name>', 'GL301, unsafe-model-load, etsi-en-304-223:5.2.4-1, CWE-502, "Article 15(5)"')
    .action(async (name: string) => {
      const { explain } = await import('./explain.ts');
      done(await explain(name, context));
    });

  program
    .command('lsp')
    .summary('run the language server for an editor')
    .option('--stdio', 'talk over standard input and output (the default)')
    .action(() => context.startServer());

  return program;
}

function helpWidth({ isTTY, columns }: Output): number {
  return isTTY ? Math.min(columns ?? 80, 100) : 80;
}

function choice(flags: string, description: string, choices: readonly string[], value: string): Option {
  return new Option(flags, description).choices(choices).default(value);
}
