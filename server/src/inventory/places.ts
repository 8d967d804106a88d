import type { SourceFile } from '../engine/sourceFile.ts';
import type { Artefact, Inventory } from './inventory.ts';

/** Formats that hold the weights of a model, by the formats' own documentation. */
const WEIGHTS = /\.(?:safetensors|gguf|ggml|onnx|pt|pth|ckpt|h5|keras|tflite|mlmodel|nemo|pt2|llamafile)$/i;
const DATA = /\.(?:parquet|arrow|feather|csv|tsv|jsonl|npy|npz)$/i;
/** Anything may end in `.bin`; these are names that libraries give to weights. */
const BINARY_WEIGHTS = /(?:model|weights|ggml|adapter|consolidated)[^/]*\.bin$/i;
/** Folders of test data, samples and pages. */
const SAMPLES =
  /(?:^|\/)(?:tests?|testing|test[-_]?data|fixtures?|mocks?|examples?|samples?|docs?|demos?|benchmarks?)\//i;
/** Smaller files are made up for tests. In bytes. */
const MIN_WEIGHTS = 1_000_000;

/** Folder of a path with its closing slash; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

export function isWeights(path: string): boolean {
  return WEIGHTS.test(path) || BINARY_WEIGHTS.test(path);
}

/** Whether a file holds data, by its format; archives may hold anything. */
export function isData(path: string): boolean {
  return DATA.test(path);
}

/** Weights of a size that somebody trained, outside folders of samples and tests. */
export function ownWeights({ artefacts }: Inventory): Artefact[] {
  return [...artefacts.values()].filter(
    ({ path, size }) => size >= MIN_WEIGHTS && isWeights(path) && !SAMPLES.test(path),
  );
}

export function isSample(path: string): boolean {
  return SAMPLES.test(path);
}

/** Folder that a document is about: for one in a folder of documents or configurations the folder around that. */
export function placeOf(path: string): string {
  return folderOf(path).replace(/(?:^|(?<=\/))(?:docs?|configs?|cards?|metadata)\/$/i, '');
}

/** Files in the folder of a path or in one above it, nearest folder first. */
export function above(path: string, files: readonly SourceFile[]): SourceFile[] {
  const folder = folderOf(path);
  return files
    .filter((file) => folder.startsWith(placeOf(file.path)))
    .sort((a, b) => placeOf(b.path).length - placeOf(a.path).length);
}

export function cardsOf({ files }: Inventory, kind: 'model-card' | 'data-card'): SourceFile[] {
  return [...files.values()].filter((file) => file.kind === kind);
}
