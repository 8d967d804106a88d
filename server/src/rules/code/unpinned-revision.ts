import type { SyntaxNode } from '@lezer/common';
import { grouped } from '../../engine/callRule.ts';
import type { Fix, Severity } from '../../engine/finding.ts';
import { pinAll, pinFix } from '../../engine/pinFix.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import {
  type ApiCall,
  addArgument,
  inContext,
  isTest,
  isTruthy,
  replaceValue,
} from '../../languages/python/program.ts';
import { DATASET_READERS, HUB_DOWNLOADS, type HubDownload } from './unpinned-revision.table.ts';

/** Git and the hubs take a shortened commit too; what follows its contents cannot be moved. */
const COMMIT = /^[0-9a-f]{7,40}$/i;
/** Not a repository: paths, addresses and archives. */
const PATH =
  /^(?:[./\\~]|[A-Za-z]:[\\/]|\w+:\/\/)|\\|\.(?:pt|pth|bin|ckpt|safetensors|gguf|json|csv|txt|py|zip|tar|gz)$/i;
/** Folders that a program keeps its own models in. Half a name of the Hub is an owner, never one of these. */
const OWN_FOLDER =
  /^(?:models?|checkpoints?|ckpts?|weights|outputs?|results?|runs|logs|saved\w*|trained\w*|fine-?tuned\w*|my\w*|local\w*|tmp|temp|cache|data|datasets?|assets|artifacts|exp\w*|tests?|path|best)(?:[-_/]|$)/i;
const REPOSITORY = /^[\w-][\w.-]*(?:\/[\w.-]+)?$/;
/** Formats that run code when they are loaded. */
const RUNS = /\.(?:pt|pth|bin|ckpt|pkl|pickle|joblib|py|so|whl|dill|npy|h5|keras)$/i;

/** Of these, what `weights_only=True` reads without running anything. */
const TORCH = /\.(?:pt|pth|bin|ckpt)$/i;

export const unpinnedRevision = defineRule({
  meta: {
    id: 'GL318',
    name: 'unpinned-revision',
    title: 'Model, dataset or prompt of a hub without a commit',
    kinds: ['python', 'notebook'],
    severity: 'hint',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.1-2',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-494',
      'atlas:AML.T0109',
    ],
    why: 'Without a commit the newest state is downloaded: what you tested is not what runs next month, and whoever takes over the account of the publisher reaches you with the next start.',
    how: 'Name the commit you have looked at. A branch or a tag can be moved. Where the workspace says which commit it uses (a cache of the Hub, the notes of a download, `adapter_config.json`, `kernels.lock`, an MLflow model or a DVC import), the fix fills it in.',
    messages: {
      absent: '`{call}` takes whatever `{name}` holds today: name a commit with `{pin}`',
      inName: '`{call}` takes whatever `{name}` holds today: name a version in it',
      movable: '`{call}` takes `{name}` at `{revision}`, which can be moved: name a commit',
      placeholder: '`{revision}` still has to be replaced by the commit you have looked at',
      default: '`{call}` without `model` takes whatever model is the default',
      many: '{count} downloads from a hub in this file name no commit, the first is `{name}`',
    },
    peers: ['bandit B615'],
    detections: 'NET-01 NET-02 NET-03 NET-04 DATA-05 DATA-14 CODE-15'.split(' '),
    examples: [
      {
        path: 'load.py',
        bad: 'from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("somebody/model")\n',
      },
      {
        title: 'a branch',
        path: 'load.py',
        bad: 'from huggingface_hub import snapshot_download\n\nsnapshot_download("somebody/model", revision="main")\n',
      },
      {
        title: 'a file that runs code when it is loaded, which makes it a warning',
        path: 'load.py',
        bad: 'from huggingface_hub import hf_hub_download\n\npath = hf_hub_download(repo_id="somebody/model", filename="model.pt")\n',
      },
      {
        title: 'a dataset',
        path: 'data.py',
        bad: 'import datasets\n\ndata = datasets.load_dataset("imdb", split="train")\n',
      },
      {
        title: 'libraries that name the commit elsewhere',
        path: 'load.py',
        bad: 'import timm\n\nmodel = timm.create_model("hf_hub:somebody/model", pretrained=True)\n',
      },
      {
        title: 'the default of a pipeline',
        path: 'load.py',
        bad: 'from transformers import pipeline\n\nclassify = pipeline("sentiment-analysis")\n',
      },
      {
        title: 'a prompt',
        path: 'chain.py',
        bad: 'from langchain import hub\n\nprompt = hub.pull("somebody/prompt")\n',
      },
      {
        title: 'a dataset of Kaggle',
        path: 'data.py',
        bad: 'import kagglehub\n\npath = kagglehub.dataset_download("somebody/data")\n',
      },
      {
        title: 'a commit, given and named',
        path: 'load.py',
        good: 'from transformers import AutoModel\n\nCOMMIT = "8f7e0d2b6a4c1e9f3d5b7a9c0e2f4d6b8a1c3e5f"\nmodel = AutoModel.from_pretrained("somebody/model", revision=COMMIT)\nother = AutoModel.from_pretrained("somebody/model", revision=config.revision)\n',
      },
      {
        title: 'paths, and names nobody can know',
        path: 'load.py',
        good: 'from transformers import AutoModel\n\na = AutoModel.from_pretrained("./model")\nb = AutoModel.from_pretrained("checkpoints/last")\nc = AutoModel.from_pretrained(args.model)\nd = AutoModel.from_pretrained("somebody/model", local_files_only=True)\n',
      },
      {
        title: 'files of one’s own through a reader',
        path: 'data.py',
        good: 'from datasets import load_dataset\n\ndata = load_dataset("json", data_files="data.jsonl")\n',
      },
      {
        title: 'a version of Kaggle and a model of timm itself',
        path: 'data.py',
        good: 'import kagglehub\nimport timm\n\npath = kagglehub.dataset_download("somebody/data/versions/3")\nmodel = timm.create_model("resnet50")\n',
      },
    ],
  },
  triggers: [HUB_DOWNLOADS],
  *check(file) {
    // A program that stays offline downloads nothing.
    if (/HF_(?:HUB|DATASETS)_OFFLINE|TRANSFORMERS_OFFLINE/.test(file.text)) return;
    const problems = file.python
      .callsTo(HUB_DOWNLOADS)
      .flatMap((match) => problemOf(file, match) ?? [])
      // A changed model breaks a test, which is where that should show.
      .filter(({ severity }) => severity !== 'hint' || !isTest(file.path));
    // What runs code is not hidden behind the others.
    yield* problems.filter(({ severity }) => severity === 'warning');
    const others = problems.filter(({ severity }) => severity !== 'warning');
    for (const problem of grouped(others, 'many')) {
      if (problem.message !== 'many') yield problem;
      else yield { ...problem, fixes: pinAll(others.flatMap(({ fixes = [] }) => fixes.find(isKnown) ?? [])) };
    }
  },
});

/** Not the one that leaves a place. */
function isKnown({ edits }: Fix): boolean {
  return edits.every(({ text }) => !text.includes('<'));
}

function problemOf(file: SourceFile, match: ApiCall<HubDownload>): Problem | undefined {
  const { call, row } = match;
  const given = call.argument(row.name, row.position);
  if (given.state === 'absent' && row.optional) return defaultOf(file, match);
  if (given.state !== 'given' || !given.value.known || typeof given.value.value !== 'string') return undefined;
  const name = given.value.value;
  if (!isRepository(name, match)) return undefined;
  const offline = call.argument('local_files_only');
  if (offline.state !== 'absent' && !(offline.state === 'given' && offline.value.known && !offline.value.value))
    return undefined;
  // Code that its publisher can change is the greater harm, and said by the rule about it.
  const trusts = call.argument('trust_remote_code');
  if (trusts.state === 'given' && isTruthy(trusts.value)) return undefined;
  const data = { call: match.name, name, pin: row.pin };
  const base = { span: call.nameSpan, evidence: call.via ? [`${call.via}.`] : [], severity: harmOf(file, match) };
  if (/<\w+>$/.test(name)) return { ...base, message: 'placeholder', data: { ...data, revision: name } };
  if (!row.pin) {
    const fixes = row.append ? appended(file, given.node, name, row.append) : [];
    return { ...base, message: 'inName', data, fixes };
  }
  const revision = call.argument(row.pin, row.pinPosition);
  if (revision.state === 'unknown') return undefined;
  if (revision.state === 'absent' || (revision.value.known && revision.value.value === null)) {
    return { ...base, message: 'absent', data, fixes: pinned(file, match, name, revision) };
  }
  if (!revision.value.known) return undefined;
  const written = String(revision.value.value);
  if (COMMIT.test(written)) return undefined;
  if (/^<.*>$/.test(written)) return { ...base, message: 'placeholder', data: { ...data, revision: written } };
  return {
    ...base,
    message: 'movable',
    data: { ...data, revision: written },
    fixes: pinned(file, match, name, revision),
  };
}

function isRepository(name: string, { row, name: api }: ApiCall<HubDownload>): boolean {
  if (row.only) return row.only.test(name) && !row.inName?.test(name);
  if (row.inName) return !row.inName.test(name);
  if (!REPOSITORY.test(name) || PATH.test(name) || OWN_FOLDER.test(name)) return false;
  if (api.startsWith('datasets.')) return !DATASET_READERS.has(name);
  // Sizes of Whisper are names of its own.
  return api !== 'faster_whisper.WhisperModel' || name.includes('/');
}

/** A pipeline without a model; `task` alone chooses one. */
function defaultOf(file: SourceFile, { call, name }: ApiCall<HubDownload>): Problem | undefined {
  const task = call.argument('task', 0);
  if (task.state !== 'given' || !task.value.known || typeof task.value.value !== 'string') return undefined;
  return {
    span: call.nameSpan,
    message: 'default',
    data: { call: name, name: `the default model for ${task.value.value}` },
    severity: inContext('hint', file.path),
    evidence: call.via ? [`${call.via}.`] : [],
  };
}

/** A warning where a single file is fetched whose format runs code, or where a prompt brings its model along. */
function harmOf({ path, text }: SourceFile, { call }: ApiCall<HubDownload>): Severity {
  const file = call.argument('filename', 1);
  if (file.state === 'given' && file.value.known && RUNS.test(String(file.value.value))) {
    const readSafely = TORCH.test(String(file.value.value)) && /\bweights_only\s*=\s*True\b/.test(text);
    return readSafely ? 'hint' : inContext('warning', path);
  }
  const model = call.argument('include_model');
  return model.state === 'given' && isTruthy(model.value) ? inContext('warning', path) : 'hint';
}

function pinned(
  file: SourceFile,
  match: ApiCall<HubDownload>,
  name: string,
  revision: ReturnType<ApiCall<HubDownload>['call']['argument']>,
): Fix[] {
  const { call, row } = match;
  const edits = (commit: string) =>
    revision.state === 'given'
      ? revision.through === 'call'
        ? replaceValue(revision.node, `"${commit}"`)
        : undefined
      : addArgument(file.python, call, `${row.pin}="${commit}"`);
  const left = edits('<commit>');
  const kind = kindOf(match);
  const known = (parameter: string) => {
    const given = call.argument(parameter);
    return given.state === 'given' && given.value.known ? String(given.value.value ?? '') || undefined : undefined;
  };
  const asked = revision.state === 'given' && revision.value.known ? revision.value.value : undefined;
  const unpinned = { id: name, revision: typeof asked === 'string' ? asked : undefined, into: known('local_dir') };
  return [
    ...(kind ? pinFix(file, { kind, ...unpinned }, edits) : []),
    ...(left ? [{ title: 'Leave a place for the commit', kind: 'suggestion' as const, edits: left }] : []),
  ];
}

/** What of the Hub a call takes; undefined where it is no model or dataset, or nobody can tell. */
function kindOf({ call, name }: ApiCall<HubDownload>): 'model' | 'dataset' | undefined {
  if (name.startsWith('datasets.')) return 'dataset';
  const type = call.argument('repo_type');
  if (type.state === 'absent') return 'model';
  const value = type.state === 'given' && type.value.known ? type.value.value : undefined;
  return value === null || value === 'model' ? 'model' : value === 'dataset' ? 'dataset' : undefined;
}

function appended(file: SourceFile, node: SyntaxNode, name: string, addition: string): Fix[] {
  if (node.name !== 'String') return [];
  const quotes = /(?:"""|'''|"|')$/.exec(file.text.slice(node.from, node.to))?.[0].length ?? 1;
  const at = node.to - quotes;
  const edits = (text: string) => [{ start: at, end: at, text }];
  const id = /^hf[-_]hub:(.+)$/i.exec(name)?.[1];
  return [
    ...(id ? pinFix(file, { kind: 'model', id }, (commit) => edits(addition.replace('<commit>', commit))) : []),
    { title: 'Leave a place for the version', kind: 'suggestion', edits: edits(addition) },
  ];
}
