import type { Finding } from '../engine/finding.ts';
import { ruleCrashed } from '../engine/hygiene.ts';
import { finish, type LintContext, optionsOf } from '../engine/lint.ts';
import type { SystemProblem } from '../engine/rule.ts';
import { SourceFile } from '../engine/sourceFile.ts';
import type { Artefact, Inventory } from '../inventory/inventory.ts';
import { folderOf, isWeights, placeOf } from '../inventory/places.ts';
import { documentType, isReadme, mayBeNeighbour, mayStateDigest, statementsOf } from '../inventory/statements.ts';
import { type AbortSignalLike, type Files, MAX_BYTES } from './files.ts';
import { join } from './paths.ts';
import type { WalkedFile } from './walk.ts';

/** Endings of files that hold models or data, by the formats' own documentation. */
const ARTEFACT =
  /\.(?:safetensors|gguf|ggml|onnx|pt|pth|ckpt|bin|h5|hdf5|keras|pb|tflite|mlmodel|pkl|pickle|joblib|dill|npy|npz|nemo|mar|pt2|engine|llamafile|parquet|arrow|feather|csv|tsv|jsonl|tar|tar\.gz|tgz|zip)$/i;
/** A file that Git LFS has not fetched is a text of some 130 bytes. */
const MAX_POINTER = 300;
/** Source: the specification of Git LFS, version 1. */
const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:[^\n]*\n)*?oid sha256:([0-9a-f]{64})\nsize (\d{1,15})\n/;

export function isArtefact(path: string): boolean {
  return ARTEFACT.test(path);
}

/**
 * Joins the parts to one system. A digest is computed only for artefacts whose digest somebody states, because that means
 * reading gigabytes; it is what a system rule compares with.
 *
 * @param folder URI that the paths are relative to.
 * @param whole whether `walked` is all of the folder.
 */
export async function buildInventory(
  files: Files,
  folder: string,
  sources: readonly SourceFile[],
  walked: readonly WalkedFile[],
  whole: boolean,
  signal?: AbortSignalLike,
): Promise<Inventory> {
  const neighbours = await readNeighbours(files, sources, walked, signal);
  const artefacts = new Map<string, Artefact>();
  const stated = statedPaths([...sources, ...neighbours.values()]);
  const known = new Set(walked.map(({ path }) => path));
  // What a document names may be kept out of the repository, and so out of the walk.
  const more = [...stated].filter((path) => !known.has(path)).map((path) => ({ path, uri: join(folder, path) }));
  for (const { uri, path } of [...walked, ...more]) {
    if (signal?.aborted) break;
    if (!isArtefact(path) && !stated.has(path)) continue;
    const artefact = await readArtefact(files, uri, path, stated.has(path), signal);
    if (artefact) artefacts.set(path, artefact);
  }
  return { files: new Map(sources.map((file) => [file.path, file])), artefacts, neighbours, whole };
}

/** What can be told of a model or data file without parsing it; undefined when there is none. */
export async function readArtefact(
  files: Files,
  uri: string,
  path: string,
  withDigest: boolean,
  signal?: AbortSignalLike,
): Promise<Artefact | undefined> {
  const stat = await files.stat(uri);
  if (!stat) return undefined;
  const pointer = stat.size <= MAX_POINTER ? await readPointer(files, uri) : undefined;
  if (pointer) return { path, uri, ...pointer };
  const sha256 = withDigest ? await files.sha256(uri, signal) : undefined;
  return { path, uri, size: stat.size, ...(sha256 && { sha256 }) };
}

async function readPointer(files: Files, uri: string): Promise<Pick<Artefact, 'size' | 'sha256'> | undefined> {
  const read = await files.readText(uri, MAX_POINTER);
  const match = 'text' in read ? POINTER.exec(read.text.replace(/\r\n/g, '\n')) : undefined;
  return match?.[1] && match[2] ? { sha256: match[1], size: Number(match[2]) } : undefined;
}

async function readNeighbours(
  files: Files,
  sources: readonly SourceFile[],
  walked: readonly WalkedFile[],
  signal?: AbortSignalLike,
): Promise<Map<string, SourceFile>> {
  const known = new Set(sources.map(({ path }) => path));
  const found = new Map<string, SourceFile>();
  const weights = walked.filter(({ path }) => isWeights(path)).map(({ path }) => folderOf(path));
  // A page about the folder is of interest only where there is a model for it to speak of.
  const mayMatter = (path: string) =>
    isReadme(path) ? weights.some((folder) => folder.startsWith(placeOf(path))) : mayBeNeighbour(path);
  for (const { uri, path } of walked) {
    if (signal?.aborted) break;
    if (known.has(path) || !mayMatter(path)) continue;
    const read = await files.readText(uri, MAX_BYTES);
    const file = 'text' in read ? new SourceFile({ uri, path, text: read.text, kind: 'other' }) : undefined;
    if (file && documentType(file)) found.set(path, file);
  }
  return found;
}

/** Paths, relative to the workspace folder, of files for which a document states a SHA-256. */
export function statedPaths(sources: readonly SourceFile[]): Set<string> {
  const statements = sources.flatMap((file) =>
    documentType(file) && mayStateDigest(file.text) ? statementsOf(file) : [],
  );
  return new Set(statements.flatMap(({ subject }) => subject ?? []));
}

/**
 * Findings of the rules about several files, by the file they are reported in.
 *
 * @param only leaves out rules that report nothing in this file.
 */
export function lintSystem(
  inventory: Inventory,
  contextFor: (file: SourceFile) => LintContext,
  only?: SourceFile,
): Map<string, Finding[]> {
  const findings = new Map<string, Finding[]>();
  const first = anyFile(inventory);
  if (!first) return findings;
  for (const rule of contextFor(first).rules) {
    if (!rule.checkSystem || (only && !rule.meta.kinds.includes(only.kind))) continue;
    const problems = new Map<SourceFile, SystemProblem[]>();
    try {
      for (const problem of rule.checkSystem(inventory, optionsOf(rule, contextFor(first).config))) {
        problems.set(problem.file, [...(problems.get(problem.file) ?? []), problem]);
      }
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      contextFor(first).log?.(`${rule.meta.id} failed on the workspace: ${message}`);
      const crash = {
        span: { start: 0, end: 0 },
        message: 'crashed',
        data: { rule: rule.meta.id, error: String(error) },
      };
      findings.set(first.path, [
        ...(findings.get(first.path) ?? []),
        ...finish(first, ruleCrashed, [crash], contextFor(first)),
      ]);
    }
    for (const [file, found] of problems) {
      findings.set(file.path, [...(findings.get(file.path) ?? []), ...finish(file, rule, found, contextFor(file))]);
    }
  }
  return findings;
}

/** A file whose configuration decides for rules about no file in particular. */
function anyFile({ files, neighbours, artefacts }: Inventory): SourceFile | undefined {
  const [file] = [...files.values(), ...neighbours.values()];
  if (file) return file;
  const [artefact] = artefacts.values();
  return artefact && new SourceFile({ uri: artefact.uri, path: artefact.path, text: '', kind: 'other' });
}
