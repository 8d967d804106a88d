import type { CheckedFile } from '../engine/compliance.ts';
import { CONFIG_NAMES, parseConfig } from '../engine/config.ts';
import type { Finding } from '../engine/finding.ts';
import { maybeRelevant } from '../engine/kind.ts';
import type { Rule } from '../engine/rule.ts';
import { SourceFile } from '../engine/sourceFile.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { FindingCache } from './checkFile.ts';
import { checkFiles } from './checkFiles.ts';
import { findRegister, lintRegister, type RegisterInForce, registerFacts } from './evidence.ts';
import type { AbortSignalLike, Files } from './files.ts';
import { buildInventory, lintSystem } from './inventory.ts';
import { isBelow, parent, relativePath } from './paths.ts';
import { type ConfigInForce, openProject, type Project } from './project.ts';
import type { ScanWorker } from './scanWorkers.ts';
import { inShard, type Shard } from './shard.ts';
import { type WalkedFile, walk } from './walk.ts';

/** Findings of earlier scans. */
export interface FindingStore extends FindingCache {
  get(name: string): readonly Finding[] | undefined;
  set(name: string, findings: readonly Finding[]): void;
}

export interface ScanOptions {
  readonly files: Files;
  /** URI of the workspace folder; paths and configurations are looked up relative to it. */
  readonly folder: string;
  /** URIs of files or folders to check; default: the whole folder. A file named here is checked even if excluded. */
  readonly only?: readonly string[];
  readonly rules: readonly Rule[];
  /** A configuration to use instead of the nearest one. */
  readonly config?: { readonly text: string; readonly path: string };
  /** ISO date. */
  readonly today: string;
  /** Check only the files of one part; the system as a whole is still made of all documents. */
  readonly shard?: Shard;
  readonly cache?: FindingStore;
  readonly project?: Project;
  readonly signal?: AbortSignalLike;
  /** `total` is 0 while files are still being listed. */
  readonly onProgress?: (done: number, total: number, path: string) => void;
  readonly log?: (message: string) => void;
  /** Called between files; a server that shares the thread lets other work in. */
  readonly pause?: () => Promise<void>;
  /** Text of a document as an editor holds it, instead of the one on disk. */
  readonly openText?: (uri: string) => string | undefined;
  /** Text of a file in the commit it is compared with; undefined where it is not compared or was not there. */
  readonly before?: (uri: string) => Promise<string | undefined>;
  /**
   * Starts threads that check along, none for a scan that is too small for it; they must be told to check as this call does.
   *
   * @param files how many there are to check.
   */
  readonly workers?: (files: number) => readonly ScanWorker[];
}

export interface ScannedFile extends CheckedFile {
  readonly file: SourceFile;
  /** Text of the file; of a notebook the raw JSON, while `file.text` is its program. */
  readonly raw: string;
}

export interface ScanResult {
  readonly folder: string;
  /** Files with a kind, in path order. */
  readonly files: readonly ScannedFile[];
  /** Files that should have been checked and were not. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Files looked at, including those that turned out to be none of ours. */
  readonly seen: number;
  /** True when the scan was stopped before its end. */
  readonly partial: boolean;
  readonly configProblems: number;
  readonly inventory: Inventory;
  /** The evidence register that speaks for what was looked at. */
  readonly register?: RegisterInForce;
  /** Why there is a register that could not be read. */
  readonly registerProblem?: { readonly path: string; readonly problem: string };
  /** Paths of all files looked at, relative to the folder. */
  readonly paths: readonly string[];
  readonly millis: number;
}

/** Checks every relevant file of a folder, then the folder as one system. Never throws for what is wrong with a file. */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const started = Date.now();
  const { files, folder, rules, signal } = options;
  const fixed: ConfigInForce | undefined =
    options.config && parseConfig(options.config.text, rules, options.config.path);
  const project = options.project ?? openProject(files, folder, rules, fixed, options.openText);
  const skipped: { path: string; reason: string }[] = [];
  const { shard } = options;
  const isOwn = ({ path }: { readonly path: string }) => !shard || inShard(path, shard);
  const walked = await listFiles(options, project, (path) => {
    skipped.push({ path: path || '.', reason: 'the folder cannot be listed' });
  });
  const todo: WalkedFile[] = [];
  for (const entry of walked) {
    const { config } = await project.configFor(entry.uri);
    if (maybeRelevant(entry.path, config.kinds)) todo.push(entry);
  }
  const { scanned, notChecked } = await checkFiles(todo, options, project);
  skipped.push(...notChecked);
  let configProblems = fixed?.problems.length ?? 0;
  configProblems += scanned
    .filter(isOwn)
    .reduce((sum, { kind, findings }) => sum + (kind === 'config' ? findings.length : 0), 0);
  configProblems += skipped.filter(({ path }) => CONFIG_NAMES.some((name) => path.split('/').at(-1) === name)).length;
  const sources = scanned.map(({ file }) => file);
  const whole = (options.only ?? [folder]).some((uri) => relativePath(folder, uri) === '' && isBelow(folder, uri));
  const inventory = await buildInventory(files, folder, sources, walked, whole, signal);
  // Of half a workspace nothing can be said as a whole.
  const judged = signal?.aborted ? scanned : await withSystemFindings(scanned, inventory, options, project);
  const paths = walked.map(({ path }) => path);
  const found = await findRegister(files, folder, options.only ?? [folder], options.today, options.openText);
  return {
    folder,
    inventory,
    files: (signal?.aborted ? judged : await withRegisterFindings(judged, paths, options, project)).filter(isOwn),
    paths,
    ...(found &&
      'file' in found && {
        register: { file: found.file, facts: await registerFacts(files, folder, found.file, {}) },
      }),
    ...(found && 'problem' in found && { registerProblem: found }),
    skipped: skipped.filter(isOwn).sort((a, b) => (a.path < b.path ? -1 : 1)),
    seen: walked.length,
    partial: signal?.aborted === true,
    configProblems,
    millis: Date.now() - started,
  };
}

async function listFiles(
  { files, folder, only, rules, signal }: ScanOptions,
  project: Project,
  onUnlisted: (path: string) => void,
): Promise<WalkedFile[]> {
  const found = new Map<string, WalkedFile>();
  for (const uri of only ?? [folder]) {
    const path = relativePath(folder, uri);
    const isFile = (await files.list(uri)) === undefined;
    if (isFile) found.set(uri, { uri, path });
    else {
      const inside = isBelow(folder, uri);
      // A folder elsewhere is looked at as if it had been opened by itself.
      const place = inside
        ? { root: folder, start: path === '' ? '' : path.replace(/\/?$/, '/'), exclusions: project.exclusions }
        : { root: uri, exclusions: openProject(files, uri, rules).exclusions };
      for await (const entry of walk({ files, ...place, onUnlisted, ...(signal && { signal }) })) {
        found.set(entry.uri, { uri: entry.uri, path: relativePath(folder, entry.uri) });
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function withSystemFindings(
  scanned: readonly ScannedFile[],
  inventory: Inventory,
  options: ScanOptions,
  project: Project,
): Promise<ScannedFile[]> {
  const { rules, log } = options;
  const configs = new Map<string, ConfigInForce>();
  for (const { uri } of [...scanned, ...inventory.artefacts.values(), ...inventory.neighbours.values()]) {
    const folder = parent(uri);
    if (!configs.has(folder)) configs.set(folder, await project.configFor(uri));
  }
  const found = lintSystem(inventory, ({ uri }) => ({
    rules,
    config: (configs.get(parent(uri)) as ConfigInForce).config,
    ...(log && { log }),
  }));
  const known = new Set(scanned.map(({ path }) => path));
  const others = [...found].flatMap(([path, findings]) => {
    const uri = findings[0]?.uri;
    return known.has(path) || !uri ? [] : [withoutKind(path, uri, findings, inventory)];
  });
  const judged = scanned.map((entry) => {
    const more = found.get(entry.path);
    return more ? { ...entry, findings: [...entry.findings, ...more] } : entry;
  });
  return [...judged, ...others].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Findings in files that no rule reads by themselves: model files, licences, AI-BOMs. */
function withoutKind(path: string, uri: string, findings: Finding[], { neighbours }: Inventory): ScannedFile {
  const file = neighbours.get(path) ?? new SourceFile({ uri, path, text: '', kind: 'other' });
  return { path, uri, kind: 'other', off: [], raw: file.text, file, findings };
}

/** Registers are judged last: by the findings of all other files. */
async function withRegisterFindings(
  scanned: readonly ScannedFile[],
  paths: readonly string[],
  { files, folder, rules, log, shard }: ScanOptions,
  project: Project,
): Promise<ScannedFile[]> {
  const findings = new Map(scanned.map((file) => [file.path, file.findings]));
  return Promise.all(
    scanned.map(async (entry) => {
      if (entry.kind !== 'evidence') return entry;
      const { config } = await project.configFor(entry.uri);
      // A part of the project cannot tell what the whole contradicts.
      const known = shard ? { paths } : { paths, findings };
      const facts = await registerFacts(files, folder, entry.file, known);
      const more = lintRegister(entry.file, facts, { rules, config, ...(log && { log }) });
      return { ...entry, findings: [...entry.findings, ...more] };
    }),
  );
}
