import { type HubLoad, hubLoadsOf } from '../inventory/hubLoads.ts';
import type { Artefact, Inventory } from '../inventory/inventory.ts';
import { above, folderOf, isData, isSample, isWeights, ownWeights, placeOf } from '../inventory/places.ts';
import { documentsOf, documentType, statementsOf } from '../inventory/statements.ts';
import type { CardFacts, ListedFile, Metric, NamedIn } from '../languages/card/facts.ts';
import { isHubId } from '../languages/hubId.ts';
import type { Packages } from '../languages/packages/packages.ts';
import { under } from '../languages/tree.ts';
import type { AbortSignalLike, Files } from './files.ts';
import { metricsOf } from './metrics.ts';
import { baseName, join } from './paths.ts';

/** More files than a card lists. */
const MAX_FILES = 200;
/** Libraries that decide what a model is and how it behaves, by name on PyPI. */
const LIBRARIES =
  'accelerate bitsandbytes datasets diffusers flax jax keras lightgbm numpy onnx onnxruntime peft pytorch-lightning safetensors scikit-learn sentence-transformers setfit tensorflow timm tokenizers torch torchaudio torchvision transformers trl unsloth vllm xgboost'.split(
    ' ',
  );

export interface FactsOptions {
  readonly files: Files;
  /** URI of the workspace folder. */
  readonly folder: string;
  /** The folder that the card is about, relative to the workspace folder, with a closing slash unless empty. */
  readonly place: string;
  readonly inventory: Inventory;
  readonly packages: Packages;
  /** Paths of all files of the folder. */
  readonly paths: readonly string[];
  /** What is listed with its digest. */
  readonly wants: 'weights' | 'data';
  readonly signal?: AbortSignalLike;
  /** Reading weights takes its time: told before each file. */
  readonly onProgress?: (done: number, total: number, path: string) => void;
}

/**
 * What the workspace says about the model and the data of one folder. Digests of its weights and data files are computed.
 * Where it was cancelled, digests are missing.
 */
export async function gatherFacts(options: FactsOptions): Promise<CardFacts> {
  const { folder, place, inventory, packages } = options;
  const listed = await withDigests(options);
  const license = licenseOf(options);
  const model = modelOf(options);
  const metrics = await metricsIn(options);
  const name = baseName(place ? join(folder, place.slice(0, -1)) : folder);
  return {
    ...(/^[\w .-]{1,100}$/.test(name) && { name }),
    ...license,
    ...model,
    baseModels: basesOf(options),
    datasets: once(codeOf(inventory, place).flatMap((file) => hubLoadsOf(file).datasets)),
    weights: listed.filter(({ path }) => isWeights(path)),
    data: await withColumns(
      options,
      listed.filter(({ path }) => !isWeights(path)),
    ),
    libraries: LIBRARIES.flatMap((library) => {
      const found = packages.get(library);
      return found?.lowest && /^==?=?[\d.]/.test(found.specifier) && !found.specifier.includes(',')
        ? [{ name: library, version: found.lowest }]
        : [];
    }),
    metrics,
  };
}

/** Weights and data below the folder, by path. */
export function filesOf(inventory: Inventory, place: string): Artefact[] {
  const weights = new Set(ownWeights(inventory));
  const own = [...inventory.artefacts.values()].filter(
    (artefact) =>
      artefact.path.startsWith(place) &&
      // Below the folder itself samples are left out, in it they are what the card is about.
      (weights.has(artefact) || folderOf(artefact.path) === place || !isSample(artefact.path.slice(place.length))) &&
      (isWeights(artefact.path) || isData(artefact.path)),
  );
  return own.sort((a, b) => (a.path < b.path ? -1 : 1)).slice(0, MAX_FILES);
}

async function withDigests(options: FactsOptions): Promise<ListedFile[]> {
  const { files, place, inventory, wants, signal, onProgress } = options;
  const own = filesOf(inventory, place).filter(({ path }) => isWeights(path) === (wants === 'weights'));
  const listed: ListedFile[] = [];
  for (const { path, uri, size, sha256: known } of own) {
    onProgress?.(listed.length, own.length, path);
    const sha256 = known ?? (signal?.aborted ? undefined : await files.sha256(uri, signal));
    listed.push({ path: path.slice(place.length), size, ...(sha256 && { sha256 }) });
  }
  return listed;
}

/** Names of the columns, from the first line of a table. */
async function withColumns(
  { files, folder, place }: FactsOptions,
  listed: readonly ListedFile[],
): Promise<ListedFile[]> {
  const found: ListedFile[] = [];
  for (const file of listed) {
    const separator = /\.csv$/i.test(file.path) ? ',' : /\.tsv$/i.test(file.path) ? '\t' : undefined;
    const read = separator && (await files.readText(join(folder, place + file.path), MAX_TABLE));
    const [line = ''] = read && 'text' in read ? read.text.replace(/^\uFEFF/, '').split(/\r?\n/, 1) : [];
    const columns = line.split(separator ?? ',').map((column) => column.replace(/^"|"$/g, '').trim());
    // A line of values, or of quoted text that holds the separator, is no header.
    const isHeader = columns.every((column) => /^[A-Za-z_][\w .()/-]{0,60}$/.test(column));
    found.push(isHeader && columns.length <= MAX_COLUMNS ? { ...file, columns } : file);
  }
  return found;
}

/** In bytes. */
const MAX_TABLE = 5 * 1024 * 1024;
const MAX_COLUMNS = 100;

/** Only of a text beside the card: that of a project is one of its code, and data at its top has often another. */
function licenseOf({ inventory, place, wants }: FactsOptions): Pick<CardFacts, 'license'> {
  if (wants === 'data' && place === '') return {};
  const texts = documentsOf(inventory).filter((file) => documentType(file) === 'licence');
  const found = texts.filter(({ path }) => folderOf(path) === place).flatMap(statementsOf);
  const [first] = found;
  return first && found.length === 1 ? { license: first.value } : {};
}

/** Configurations in the folder; where there is none, the only one below it. */
function modelOf({ inventory, place, paths }: FactsOptions): Pick<CardFacts, 'libraryName' | 'architecture'> {
  const named = (name: string) => {
    const below = paths.filter((path) => path.startsWith(place) && path.endsWith(name) && !isSample(path));
    const exact = below.filter((path) => path === place + name);
    return exact[0] ?? (below.length === 1 ? below[0] : undefined);
  };
  if (named('adapter_config.json')) return { libraryName: 'peft' };
  const config = inventory.files.get(named('config.json') ?? '');
  const architecture = config && under(config.tree[0], 'architectures', 0)?.text;
  if (architecture) return { libraryName: 'transformers', architecture };
  return named('model_index.json') ? { libraryName: 'diffusers' } : {};
}

function basesOf({ inventory, place }: FactsOptions): NamedIn[] {
  const stated = documentsOf(inventory)
    .filter((file) => documentType(file) === 'adapter' && file.path.startsWith(place) && !isSample(file.path))
    .flatMap(statementsOf)
    .filter(({ topic, value }) => topic === 'base-model' && isHubId(value))
    .map(({ value, file }) => ({ id: value, path: file.path }));
  if (stated.length > 0) return [...new Map(stated.map((each) => [each.id, each])).values()];
  return once(codeOf(inventory, place).flatMap((file) => hubLoadsOf(file).models));
}

/** Code that trains: below the folder; where there is none, that of the workspace which stands beside no other model. */
function codeOf(inventory: Inventory, place: string) {
  const training = [...inventory.files.values()].filter((file) => hubLoadsOf(file).trains);
  const below = training.filter(({ path }) => path.startsWith(place));
  const others = documentsOf(inventory).filter(({ path }) => !place.startsWith(placeOf(path)));
  const ofNobody = training.filter(({ path }) => above(path, others).length === 0);
  return (below.length > 0 ? below : ofNobody).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function once(loads: readonly HubLoad[]): NamedIn[] {
  return [...new Map(loads.map(({ id, file }) => [id, { id, path: file.path }] as const).reverse()).values()].reverse();
}

async function metricsIn({ files, folder, place, paths, inventory }: FactsOptions): Promise<Metric[]> {
  const found: Metric[] = [];
  const results = paths.filter(
    (path) =>
      path.startsWith(place) &&
      !isSample(path) &&
      /(?:^|\/)(?:(?:all|eval|test|predict)_results|metrics)\.json$/.test(path),
  );
  for (const path of results.slice(0, 20)) {
    const read = await files.readText(join(folder, path), 1_000_000);
    if ('text' in read) found.push(...metricsOf(path, read.text));
  }
  for (const file of inventory.files.values()) {
    if (file.kind !== 'model-card' || !file.path.startsWith(place) || found.length > 0) continue;
    found.push(...metricsOfCard(file.path, file.frontMatter));
  }
  return found.slice(0, 30);
}

function metricsOfCard(
  path: string,
  head: { items(...path: readonly (string | number)[]): readonly { value: unknown }[] },
): Metric[] {
  return head.items('model-index', 0, 'results').flatMap((_, index) => {
    const at = ['model-index', 0, 'results', index] as const;
    const [dataset] = head.items(...at, 'dataset', 'name');
    return head.items(...at, 'metrics').flatMap((_, position) => {
      const [type] = head.items(...at, 'metrics', position, 'type');
      const [value] = head.items(...at, 'metrics', position, 'value');
      if (typeof type?.value !== 'string' || typeof value?.value !== 'number') return [];
      const of = typeof dataset?.value === 'string' ? { dataset: dataset.value } : {};
      return [{ name: type.value, value: value.value, ...of, path }];
    });
  });
}
