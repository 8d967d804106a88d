import { basename, posix, relative, resolve, sep } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { type ConfigProblem, parseConfig } from '../engine/config.ts';
import type { Rule } from '../engine/rule.ts';
import { MAX_BYTES } from '../workspace/files.ts';
import { join, parent } from '../workspace/paths.ts';
import { openProject, type Project } from '../workspace/project.ts';
import { type ScanResult, scan } from '../workspace/scan.ts';
import { workersFor } from '../workspace/scanWorkers.ts';
import type { Shard } from '../workspace/shard.ts';
import { cacheFolder, openCache } from './cache.ts';
import { type Context, today, UsageError } from './context.ts';
import { type Changes, committedBefore } from './git.ts';
import { jobsOf } from './jobs.ts';
import { showProgress } from './progress.ts';
import { configAbove, findTarget, findTargets } from './targets.ts';

export interface ScanArguments {
  /** As written; `-` means standard input. */
  readonly paths: readonly string[];
  readonly config?: string;
  readonly cache: boolean;
  readonly quiet?: boolean;
  /** What standard input is the text of. */
  readonly stdinFilename?: string;
  /** ISO date that dates in files are compared with; default: today. */
  readonly day?: string;
  /** Check one part of the project only. */
  readonly part?: Shard;
  /** Threads to check with, as `jobsOf` reads it. */
  readonly jobs?: string;
}

/** One call's files, configuration and rules. */
export interface PathScan {
  /** Absolute path of the folder that paths are relative to. */
  readonly folder: string;
  readonly rules: readonly Rule[];
  readonly project: Project;
  readonly today: string;
  /** What is checked, by the name of the project: `project`, or `project/sub/folder`. */
  readonly scope: readonly string[];
  /** Text of standard input, where that is what is checked. */
  readonly stdin: string | undefined;
  /**
   * Checks the files as they are now, with a progress bar; Ctrl-C ends it early.
   *
   * @param changes files that are compared with a commit.
   */
  run(changes?: Changes): Promise<ScanResult>;
  /** A path of the project as the user would write it here. */
  displayPath(path: string): string;
  /** What is wrong in the configurations that were in force, `path:line:column: message`, by path. */
  configProblems(result: ScanResult): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** @throws UsageError when a path or the configuration cannot be used. */
export async function openScan(args: ScanArguments, context: Context): Promise<PathScan> {
  const { files, cwd } = context;
  const jobs = jobsOf(args.jobs);
  if (args.jobs !== undefined && jobs > 1 && !context.startWorkers && !args.quiet)
    context.stderr.write('Note: run from its sources, guidelint checks in one thread, whatever --jobs says.\n');
  const rules = await context.loadRules();
  const stdin = await readStdin(args, context);
  const targets = stdin ? findTarget(stdin.path, cwd) : findTargets(args.paths, cwd);
  tellConfigAbove(targets.folder, args, context);
  const folder = URI.file(targets.folder).toString();
  const only = targets.only.map((path) => URI.file(path).toString());
  const config = args.config === undefined ? undefined : await readConfig(args.config, context);
  const project = openProject(files, folder, rules, config && parseConfig(config.text, rules, config.path));
  const date = args.day ?? today();
  const displayPath = (path: string) => relative(cwd, URI.parse(join(folder, path)).fsPath);

  return {
    folder: targets.folder,
    rules,
    project,
    today: date,
    scope: targets.only.map((path) =>
      posix.join(basename(targets.folder), ...relative(targets.folder, path).split(sep)),
    ),
    stdin: stdin?.text,
    displayPath,

    async run(changes) {
      project.forget();
      const cache =
        args.cache && context.build && !stdin
          ? await openCache(cacheFolder(context.env), targets.folder, context.build())
          : undefined;
      const progress = args.quiet ? undefined : showProgress(context);
      const signal = { aborted: false };
      const log = (message: string) => void context.stderr.write(`${message}\n`);
      const forget = context.onInterrupt(() => {
        signal.aborted = true;
      });
      try {
        return await scan({
          files,
          folder,
          only,
          rules,
          project,
          today: date,
          signal,
          ...(args.part && { shard: args.part }),
          ...(cache && { cache }),
          ...(changes && { before: committedBefore(changes, files) }),
          ...(stdin && { openText: (uri: string) => (uri === only[0] ? stdin.text : undefined) }),
          ...(progress && { onProgress: progress.update }),
          pause: takeTurns(),
          log,
          workers: (count) =>
            context.startWorkers?.(workersFor(count, jobs - 1), {
              signal,
              log,
              task: {
                folder,
                rules: rules.map(({ meta }) => meta.id),
                today: date,
                config,
                shard: args.part,
                cached: cache?.names(),
                open: stdin && new Map(only.slice(0, 1).map((uri) => [uri, stdin.text])),
                since: changes,
              },
            }) ?? [],
        });
      } finally {
        forget();
        progress?.stop();
        await cache?.save();
      }
    },

    async configProblems(result) {
      const found = new Map<string, readonly string[]>();
      const uris = [...result.files.map(({ uri }) => uri), ...only, ...only.map((uri) => `${uri}/.`)];
      for (const uri of new Map(uris.map((uri) => [parent(uri), uri])).values()) {
        const { config: used, problems } = await project.configFor(uri);
        const { path } = used;
        if (path === undefined || problems.length === 0 || found.has(path)) continue;
        const text = config?.text ?? (await textOf(join(folder, path)));
        found.set(
          path,
          problems.map((problem) => describe(config ? path : displayPath(path), text, problem)),
        );
      }
      return found;
    },
  };

  async function textOf(uri: string): Promise<string> {
    const read = await files.readText(uri, MAX_BYTES);
    return 'text' in read ? read.text : '';
  }
}

/**
 * Lets one file after the other go on, each in a turn of the event loop of its own: otherwise all files that have been
 * read meanwhile are checked in one go, and Ctrl-C has to wait for them.
 */
function takeTurns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}

function describe(path: string, text: string, { span, message }: ConfigProblem): string {
  const { line, character } = TextDocument.create(path, 'yaml', 0, text).positionAt(span.start);
  return `${path}:${line + 1}:${character + 1}: ${message}`;
}

/** Not to be in force although one sees it would be the worst a configuration can do. */
function tellConfigAbove(folder: string, { config, quiet }: ScanArguments, { cwd, stderr }: Context): void {
  const above = config === undefined && !quiet ? configAbove(folder) : undefined;
  if (above)
    stderr.write(`Note: ${relative(cwd, above)} is not used; run guidelint in its folder, or name it with --config.\n`);
}

async function readStdin(
  { paths, stdinFilename }: ScanArguments,
  context: Context,
): Promise<{ path: string; text: string } | undefined> {
  if (stdinFilename === undefined && !paths.includes('-')) return undefined;
  if (paths.some((path) => path !== '-')) throw new UsageError('standard input cannot be checked together with files');
  if (stdinFilename === undefined) {
    throw new UsageError('say with --stdin-filename what standard input is, for example --stdin-filename train.py');
  }
  const read = await context.readStdin();
  if ('problem' in read) throw new UsageError(`standard input ${read.detail}`);
  return { path: stdinFilename, text: read.text };
}

async function readConfig(name: string, { cwd, files }: Context): Promise<{ text: string; path: string }> {
  const read = await files.readText(URI.file(resolve(cwd, name)).toString(), MAX_BYTES);
  if ('problem' in read) throw new UsageError(`the configuration ${name} ${read.detail}`);
  return { text: read.text, path: name };
}
