import type { Finding } from '../engine/finding.ts';
import { ruleCrashed } from '../engine/hygiene.ts';
import { finish, type LintContext, optionsOf } from '../engine/lint.ts';
import type { SystemProblem } from '../engine/rule.ts';
import type { SourceFile } from '../engine/sourceFile.ts';
import type { Artefact, Inventory } from '../inventory/inventory.ts';
import { statedDigests } from '../languages/card/digests.ts';
import { besides } from '../languages/path.ts';
import type { AbortSignalLike, Files } from './files.ts';
import type { WalkedFile } from './walk.ts';

/** Endings of files that hold models or data, by the formats' own documentation. */
const ARTEFACT =
  /\.(?:safetensors|gguf|ggml|onnx|pt|pth|ckpt|bin|h5|hdf5|keras|pb|tflite|mlmodel|pkl|pickle|joblib|dill|npy|npz|nemo|mar|pt2|engine|llamafile|parquet|arrow|feather|csv|tsv|jsonl|tar|tar\.gz|tgz|zip)$/i;

export function isArtefact(path: string): boolean {
  return ARTEFACT.test(path);
}

/**
 * Joins the parts to one system. A digest is computed only for artefacts whose digest somebody states, because that means
 * reading gigabytes; it is what a system rule compares with.
 */
export async function buildInventory(
  files: Files,
  sources: readonly SourceFile[],
  walked: readonly WalkedFile[],
  signal?: AbortSignalLike,
): Promise<Inventory> {
  const artefacts = new Map<string, Artefact>();
  const stated = statedPaths(sources);
  for (const { uri, path } of walked) {
    if (signal?.aborted) break;
    if (!isArtefact(path) && !stated.has(path)) continue;
    const stat = await files.stat(uri);
    if (!stat) continue;
    const sha256 = stated.has(path) ? await files.sha256(uri, signal) : undefined;
    artefacts.set(path, { path, size: stat.size, ...(sha256 && { sha256 }) });
  }
  return { files: new Map(sources.map((file) => [file.path, file])), artefacts };
}

/** Paths, relative to the workspace folder, of files for which a card states a SHA-256. */
export function statedPaths(sources: readonly SourceFile[]): Set<string> {
  const paths = new Set<string>();
  for (const file of sources) {
    // A card is only parsed where something in it can be a digest.
    if ((file.kind !== 'model-card' && file.kind !== 'data-card') || !/[0-9a-f]{64}/i.test(file.text)) continue;
    for (const { algorithm, file: name } of statedDigests(file.card)) {
      if (algorithm === 'sha256' && name) paths.add(besides(file.path, name));
    }
  }
  return paths;
}

/** Findings of the rules about several files, by the path of the file they are reported in. */
export function lintSystem(
  inventory: Inventory,
  contextFor: (file: SourceFile) => LintContext,
): Map<string, Finding[]> {
  const findings = new Map<string, Finding[]>();
  const first = inventory.files.values().next().value;
  if (!first) return findings;
  for (const rule of contextFor(first).rules) {
    if (!rule.checkSystem) continue;
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
