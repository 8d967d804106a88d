import { entries, items, type JsonNode, readJson, valueAt } from './json.ts';
import { readYaml, yamlTree } from './yaml.ts';

/** What a hub keeps under an id; `folder`: what was downloaded into a folder of the workspace, whose path is the id. */
export type HubKind = 'model' | 'dataset' | 'folder';

/** A commit that a file or cache of the workspace names for a repository of the Hub. */
export interface HubPin {
  readonly kind: HubKind;
  readonly id: string;
  /** The branch or tag the commit was found under; absent where the commit stands by itself. */
  readonly revision?: string;
  /** 40 lower-case hex digits. */
  readonly commit: string;
  /** The file or folder that says so, relative to the workspace folder. */
  readonly path: string;
}

/** What the workspace around a file says about commits. */
export interface HubPins {
  /** Equal for equal pins: part of the key under which findings are kept. */
  readonly key: string;
  /**
   * The commit in use; undefined where none is known, or the nearest folder that knows one knows two.
   *
   * @param revision branch or tag that is asked for; default: the main branch.
   */
  of(kind: HubKind, id: string, revision?: string): HubPin | undefined;
}

const COMMIT = /^[0-9a-f]{40}$/;

export function isCommit(text: unknown): text is string {
  return typeof text === 'string' && COMMIT.test(text);
}

/** @param layers pins by folder, the nearest first. */
export function hubPins(layers: readonly (readonly HubPin[])[]): HubPins {
  return {
    key: JSON.stringify(layers),
    of(kind, id, revision) {
      const isMain = revision === undefined || revision === 'main';
      const fits = (pin: HubPin) =>
        pin.kind === kind &&
        pin.id === id &&
        (isMain ? (pin.revision ?? 'main') === 'main' : pin.revision === revision);
      const found = layers.map((layer) => layer.filter(fits)).find((layer) => layer.length > 0) ?? [];
      const [first] = found;
      return found.every(({ commit }) => commit === first?.commit) ? first : undefined;
    },
  };
}

/** The repository that a folder of the Hub's cache holds: `models--owner--name`. Source: Hub documentation, "Hub Local Cache". */
export function cachedRepository(folder: string): { readonly kind: HubKind; readonly id: string } | undefined {
  const [, plural, name] = /^(models|datasets)--([\w.-]+)$/.exec(folder) ?? [];
  if (!plural || !name) return undefined;
  // A name may hold two dashes as well; an owner cannot.
  return { kind: plural === 'models' ? 'model' : 'dataset', id: name.replace('--', '/') };
}

/** The commit of a download into a folder: the first line of each `*.metadata` beside it. Source: huggingface_hub, `_local_folder.py`. */
export function downloadedCommit(metadata: readonly string[]): string | undefined {
  const commits = new Set(metadata.map((text) => text.slice(0, 60).split(/\r?\n/, 1)[0]?.trim()));
  const [only] = commits;
  return commits.size === 1 && isCommit(only) ? only : undefined;
}

type Found = Omit<HubPin, 'path'>;

/** Files that pair an id with a commit, by name. */
const READERS: readonly { readonly names: RegExp; read(text: string): Iterable<Found> }[] = [
  { names: /^adapter_config\.json$/, read: fromAdapter },
  { names: /^kernels\.lock$/, read: fromKernelLock },
  { names: /^MLmodel$/, read: fromMlflow },
  { names: /.\.dvc$/, read: fromDvc },
];

/** Where commits are noted, for those who watch for changes. */
export const PIN_PATTERNS = [
  ...['adapter_config.json', 'kernels.lock', 'MLmodel', '*.dvc'],
  '{models,datasets}--*/refs/*',
  'huggingface/download/*.metadata',
] as const;

/** Whether a file at this path or URI may say which commit is used. */
export function notesCommit(path: string): boolean {
  return (
    isPinFile(path.slice(path.lastIndexOf('/') + 1)) ||
    /\/(?:models|datasets)--[^/]+\/refs\/[^/]+$|\/huggingface\/download\/[^/]+\.metadata$/.test(path)
  );
}

export function isPinFile(name: string): boolean {
  return READERS.some(({ names }) => names.test(name));
}

/** The pins in a file whose name is one of them. Never throws; anything but a full commit says nothing. */
export function pinsIn(path: string, text: string): HubPin[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const reader = READERS.find(({ names }) => names.test(name));
  return reader ? [...reader.read(text)].filter(({ commit }) => isCommit(commit)).map((pin) => ({ ...pin, path })) : [];
}

function* pair(kind: HubKind, id: JsonNode | undefined, commit: JsonNode | undefined): Iterable<Found> {
  if (typeof id?.value === 'string' && typeof commit?.value === 'string')
    yield { kind, id: id.value, commit: commit.value };
}

/** Source: peft, `config.py`: `revision` is that of the base model. */
function* fromAdapter(text: string): Iterable<Found> {
  const { root } = readJson(text);
  yield* pair('model', valueAt(root, 'base_model_name_or_path'), valueAt(root, 'revision'));
}

/** Source: kernels, `lockfile.py`: a list of `repo_id` and `sha`; kernels lie in model repositories. */
function* fromKernelLock(text: string): Iterable<Found> {
  for (const each of items(readJson(text).root)) yield* pair('model', valueAt(each, 'repo_id'), valueAt(each, 'sha'));
}

/** Source: MLflow, transformers flavor (`flavor_config.py`). Each part of a pipeline has its own pair of keys. */
function* fromMlflow(text: string): Iterable<Found> {
  if (!text.includes('_revision')) return;
  const flavor = yamlTree(readYaml(text), 'flavors', 'transformers');
  for (const { key, value } of entries(flavor)) {
    const part = /^(\w{1,60})_revision$/.exec(String(key.value))?.[1];
    if (part) yield* pair('model', valueAt(flavor, `${part}_name`), value);
  }
}

/** Source: DVC documentation, ".dvc Files": what `dvc import` takes from a git repository, which those of the Hub are. */
function* fromDvc(text: string): Iterable<Found> {
  if (!text.includes('rev_lock')) return;
  for (const each of items(yamlTree(readYaml(text), 'deps'))) {
    const url = valueAt(each, 'repo', 'url')?.value;
    const match =
      /^(?:https:\/\/|git@|ssh:\/\/git@)(?:huggingface\.co|hf\.co)[/:](datasets\/)?([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
        String(url),
      );
    const commit = valueAt(each, 'repo', 'rev_lock')?.value;
    if (match?.[2] && typeof commit === 'string') yield { kind: match[1] ? 'dataset' : 'model', id: match[2], commit };
  }
}
