import type { SourceFile } from '../engine/sourceFile.ts';
import type { Span } from '../engine/span.ts';
import { isHubId } from '../languages/hubId.ts';
import { partsAround } from '../languages/python/focus.ts';
import { type ApiTable, apiTable, isTest, type PythonProgram } from '../languages/python/program.ts';
import { triggerIndex } from '../languages/python/triggers.ts';
import { isSample } from './places.ts';

/** A model or dataset that code takes from a hub by a name that is known. */
export interface HubLoad {
  readonly id: string;
  /** The call's name. */
  readonly span: Span;
  readonly file: SourceFile;
}

/** What a Python file or notebook that trains a model takes from a hub. */
export interface HubLoads {
  readonly models: readonly HubLoad[];
  readonly datasets: readonly HubLoad[];
  /** False when it also loads a model under a name that cannot be told. */
  readonly complete: boolean;
  /** It trains or tunes a model. */
  readonly trains: boolean;
}

interface Row {
  readonly what: 'models' | 'datasets';
  readonly name: string;
  readonly position: number;
}

const model = (name: string): Row => ({ what: 'models', name, position: 0 });
const dataset = (name: string): Row => ({ what: 'datasets', name, position: 0 });

/** Sources: the signatures in the documentation of each library. */
const LOADS: ApiTable<Row> = apiTable<Row>([
  ['transformers.**.from_pretrained', model('pretrained_model_name_or_path')],
  ['diffusers.**.from_pretrained', model('pretrained_model_name_or_path')],
  ['setfit.SetFitModel.from_pretrained', model('pretrained_model_name_or_path')],
  ['unsloth.FastLanguageModel.from_pretrained', model('model_name')],
  ['unsloth.FastModel.from_pretrained', model('model_name')],
  ['unsloth.FastVisionModel.from_pretrained', model('model_name')],
  ['sentence_transformers.SentenceTransformer', model('model_name_or_path')],
  ['datasets.load_dataset', dataset('path')],
  ['datasets.load.load_dataset', dataset('path')],
]);
const INDEX = triggerIndex([[LOADS]]);
/** Parts around a model, which are often taken from elsewhere. */
const NOT_A_MODEL = /Tokenizer|Processor|Config|FeatureExtractor|Scheduler|VAE|Autoencoder|ControlNet|TextModel/;
const TRAINS =
  /Trainer\(|\.train\(|\bget_peft_model\(|\boptimizer\.step\(|\baccelerator\.backward\(|\bloss\.backward\(|\.fit\(/;
const NOTHING: HubLoads = { models: [], datasets: [], complete: true, trains: false };

/** The calls and what gives their arguments a value, where there may be any. Of a copy, so that its tree goes with it. */
function partsOf(file: SourceFile): PythonProgram | undefined {
  const copy = file.withoutViews();
  const { python } = copy;
  if (!python.mayCall(LOADS)) return undefined;
  const { suspects, text } = python;
  const ranges = suspects.sure ? partsAround(text, suspects, python.callOffsets(LOADS)) : undefined;
  return ranges ? copy.inParts({ ranges, covers: INDEX.covers }).python : python;
}

const memo = new WeakMap<SourceFile, HubLoads>();

/** What a file loads; nothing for tests, samples and files that train nothing. Parses only what may matter, once per version of a file. */
export function hubLoadsOf(file: SourceFile): HubLoads {
  if (file.kind !== 'python' && file.kind !== 'notebook') return NOTHING;
  let known = memo.get(file);
  if (!known) {
    known = isOwn(file.path) && TRAINS.test(file.text) && LOADS.mayOccurIn(file.text) ? read(file) : NOTHING;
    memo.set(file, known);
  }
  return known;
}

function isOwn(path: string): boolean {
  return !isTest(path) && !isSample(path);
}

function read(file: SourceFile): HubLoads {
  const models: HubLoad[] = [];
  const datasets: HubLoad[] = [];
  let complete = true;
  const python = partsOf(file);
  if (!python) return NOTHING;
  for (const { call, row, name } of python.directCallsTo(LOADS)) {
    if (row.what === 'models' && NOT_A_MODEL.test(name)) continue;
    const given = call.argument(row.name, row.position);
    const id = given.state === 'given' && given.value.known ? given.value.value : undefined;
    if (typeof id !== 'string') {
      if (row.what === 'models') complete = false;
    } else if (row.what === 'models' ? isHubId(id) : isDataset(id)) {
      (row.what === 'models' ? models : datasets).push({ id, span: call.nameSpan, file });
    }
  }
  return { models, datasets, complete, trains: true };
}

/** `load_dataset` names of readers that take files instead of a repository (datasets, `packaged_modules`). */
const DATASET_READERS: ReadonlySet<string> = new Set(
  'csv json parquet text imagefolder audiofolder videofolder pdffolder webdataset arrow pandas sql generator cache spark xml hdf5 lance'.split(
    ' ',
  ),
);

/** Datasets of the Hub's early days have a name of one word. */
function isDataset(id: string): boolean {
  return !DATASET_READERS.has(id) && (isHubId(id) || (/^\w{3,60}$/.test(id) && isHubId(`${id}-`)));
}
