import type { SyntaxNode } from '@lezer/common';
import { callTable, checkCalls } from '../../engine/callRule.ts';
import { valueNote } from '../../engine/evidence.ts';
import type { Fix, Severity } from '../../engine/finding.ts';
import { pinFix } from '../../engine/pinFix.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { isBelow } from '../../languages/packages/packages.ts';
import {
  addArgument,
  type Call,
  environmentSettings,
  flowOf,
  inContext,
  isAskedFor,
  isExpectedToFail,
  isIgnored,
  isLookedInto,
  isSwitchedOn,
  isTruthy,
  lowered,
  type NamedArgument,
  removeItem,
  spreadCalls,
  type Value,
} from '../../languages/python/program.ts';
import { given } from '../../languages/python/triggers.ts';
import { CONTAINERS, EVALUATIONS, NO_CODE, OWN_FOLDERS, pinsOf, SWITCHES } from './trusted-remote-code.table.ts';

const FLAG = 'trust_remote_code';
const COMMIT = /^[0-9a-f]{40}$/i;
const EVALUATION_TABLE = callTable(EVALUATIONS);

export const trustedRemoteCode = defineRule({
  meta: {
    id: 'GL303',
    name: 'trusted-remote-code',
    title: 'Code of a model repository is trusted unseen',
    kinds: ['python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-829',
      'cwe:CWE-94',
      'atlas:AML.T0010.003',
    ],
    why: 'The flag downloads Python files from the repository of the model or dataset and runs them with your rights. Without a pinned commit the owner, or whoever takes over the account, can change them at any time.',
    how: 'Use a model that needs no code of its own. If you must, read that code, pin the commit you read with `revision` and `code_revision`, and load it in a sandbox.',
    messages: {
      call: '`{call}` with `trust_remote_code=True` runs code that its publisher can change at any time',
      dataset: '`{call}` with `trust_remote_code=True` runs a script of its publisher, unless datasets is 4.0 or newer',
      pinned: '`{call}` with `trust_remote_code=True` runs code of its publisher, though of a pinned commit',
      unknownRevision:
        '`{call}` with `trust_remote_code=True` runs code of its publisher, in whatever `revision` its caller asks for',
      unpinnedCode:
        '`{call}` with `trust_remote_code=True` pins the model but not the code, which may come from another repository',
      setting:
        '`trust_remote_code` is set to true: what loads a model with it runs code that its publisher can change at any time',
      switch: '`{call}` lets everything this program loads run code that its publisher can change at any time',
      evaluation: '`{argument}` lets the evaluation run programs that the model has written, on this machine',
      dead: '`trust_remote_code=True` has no effect since datasets 4.0',
    },
    detections: `DATA-01 DATA-03 CODE-01 CODE-02 CODE-03 CODE-06 CODE-07 CODE-09 CODE-10 CODE-11 CODE-12`.split(' '),
    examples: [
      {
        path: 'load.py',
        bad: 'from transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained(name, trust_remote_code=True)\n',
        fixed: 'from transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained(name)\n',
      },
      {
        title: 'through a name and over several lines',
        path: 'load.py',
        bad: 'import transformers as tf\n\nTRUST = True\npipe = tf.pipeline(\n    "text-generation",\n    model=name,\n    trust_remote_code=TRUST,\n)\n',
        fixed:
          'import transformers as tf\n\nTRUST = True\npipe = tf.pipeline(\n    "text-generation",\n    model=name,\n)\n',
      },
      {
        title: 'in a dictionary',
        path: 'load.py',
        bad: 'from langchain_huggingface import HuggingFaceEmbeddings\n\nembeddings = HuggingFaceEmbeddings(\n    model_name=name,\n    model_kwargs={"device": "cpu", "trust_remote_code": True},\n)\n',
        fixed:
          'from langchain_huggingface import HuggingFaceEmbeddings\n\nembeddings = HuggingFaceEmbeddings(\n    model_name=name,\n    model_kwargs={"device": "cpu"},\n)\n',
      },
      {
        title: 'in a dictionary that is spread later',
        path: 'load.py',
        bad: 'from transformers import AutoTokenizer\n\noptions = dict(trust_remote_code=True)\ntokenizer = AutoTokenizer.from_pretrained(name, **options)\n',
        fixed:
          'from transformers import AutoTokenizer\n\noptions = dict()\ntokenizer = AutoTokenizer.from_pretrained(name, **options)\n',
      },
      {
        title: 'pinned, which lowers it to a warning',
        path: 'load.py',
        bad: 'from sentence_transformers import SentenceTransformer\n\nmodel = SentenceTransformer(\n    name, trust_remote_code=True, revision="8f7e0d2b6a4c1e9f3d5b7a9c0e2f4d6b8a1c3e5f"\n)\n',
      },
      {
        title: 'a server',
        path: 'serve.py',
        bad: 'from vllm import LLM\n\nllm = LLM(model=name, trust_remote_code=True)\n',
        fixed: 'from vllm import LLM\n\nllm = LLM(model=name)\n',
      },
      {
        title: 'for the whole process',
        path: 'data.py',
        bad: 'import os\n\nos.environ["HF_DATASETS_TRUST_REMOTE_CODE"] = "1"\n',
      },
      {
        title: 'for the whole process, in the library',
        path: 'data.py',
        bad: 'import datasets\n\ndatasets.config.HF_DATASETS_TRUST_REMOTE_CODE = True\n',
      },
      {
        title: 'an evaluation that runs what the model writes',
        path: 'evaluate.py',
        bad: 'import lm_eval\n\nresults = lm_eval.simple_evaluate(model, tasks=["humaneval"], confirm_run_unsafe_code=True)\n',
        fixed: 'import lm_eval\n\nresults = lm_eval.simple_evaluate(model, tasks=["humaneval"])\n',
      },
      {
        title: 'in the settings of a training run',
        path: 'train.py',
        bad: 'from trl import SFTConfig\n\nconfig = SFTConfig(output_dir="out", trust_remote_code=True)\n',
        fixed: 'from trl import SFTConfig\n\nconfig = SFTConfig(output_dir="out")\n',
      },
      {
        title: 'switched off in the environment',
        path: 'data.py',
        good: 'import os\n\nos.environ["HF_DATASETS_TRUST_REMOTE_CODE"] = "0"\nTRUST_REMOTE_CODE = False\n',
      },
      {
        path: 'load.py',
        good: 'from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained(name, trust_remote_code=False)\n',
      },
      {
        title:
          'the caller chooses the revision, which lowers it to a warning; only the code of a known model is pinned',
        path: 'load.py',
        bad: 'from transformers import AutoModel\n\n\ndef load(name, revision, config):\n    AutoModel.from_pretrained(name, trust_remote_code=True, revision=revision)\n    return AutoModel.from_config(config, trust_remote_code=True)\n',
      },
      {
        title: 'settings for generation hold no code',
        path: 'load.py',
        good: 'from transformers import GenerationConfig\n\nsettings = GenerationConfig.from_pretrained(name, trust_remote_code=True)\n',
      },
      {
        title: 'decided by the caller',
        path: 'load.py',
        good: 'from transformers import AutoModel\n\n\ndef load(name, trust_remote_code=False):\n    return AutoModel.from_pretrained(name, trust_remote_code=trust_remote_code)\n',
      },
      {
        title: 'decided by whoever starts the program',
        path: 'load.py',
        good: 'options = {}\nif args.trust_remote_code:\n    options["trust_remote_code"] = True\nmodel = load(**options)\nmore = {"trust_remote_code": True} if args.trust_remote_code else None\n',
      },
      {
        title: 'a function of the project that ignores it',
        path: 'load.py',
        good: 'def load(name, trust_remote_code=False):\n    return read(name)\n\n\nload("model", trust_remote_code=True)\n',
      },
      {
        title: 'settings of the project, which end up somewhere',
        path: 'train.py',
        bad: 'class Base:\n    def __init__(self, **fields):\n        pass\n\n\nclass Settings(Base):\n    def __init__(self, name, trust_remote_code=False):\n        self.fields = locals()\n\n\nsettings = Settings("model", trust_remote_code=True)\n',
      },
      {
        title: 'options that are looked up, a call that a test wants refused',
        path: 'tests/test_load.py',
        good: 'import pytest\nfrom transformers import AutoModel\n\nKNOWN = dict(trust_remote_code=True, revision=None)\n\n\ndef test_options(options):\n    assert all(name in KNOWN for name in options)\n    with pytest.raises(ValueError):\n        AutoModel.from_pretrained("org/name", trust_remote_code=True)\n',
      },
      {
        title: 'a comparison in a test',
        path: 'test_load.py',
        good: 'assert load.call_args.kwargs == {"trust_remote_code": True}\n',
      },
      { path: 'load.py', good: '# never pass trust_remote_code=True\nHELP = "trust_remote_code=True runs code"\n' },
    ],
  },
  triggers: [...given('trust_remote_code', ...SWITCHES.keys()), EVALUATION_TABLE],
  *check(file) {
    const spread = spreadCalls(file.python, FLAG, CONTAINERS);
    for (const argument of file.python.argumentsNamed(FLAG)) {
      if (!isOn(argument.value) || NO_CODE.test(argument.call?.callee ?? '')) continue;
      if (isAskedFor(file.python, argument.node, FLAG) || isIgnored(file.python, argument.call, FLAG)) continue;
      if (isExpectedToFail(file.text, file.path, argument.node)) continue;
      if (argument.through !== 'assignment' && isLookedInto(file.python, argument.node)) continue;
      // Where a dictionary is known to end, the call says what is loaded.
      const calls = spread.get(argument.span.start) ?? [];
      if (calls.length === 0) yield problemOf(file, argument);
      for (const call of calls) yield { ...problemOf(file, { ...argument, call }), span: call.nameSpan };
    }
    for (const { name, span, value } of environmentSettings(file.python, SWITCHES.keys())) {
      const row = SWITCHES.get(name);
      if (!row || !isSwitchedOn(value)) continue;
      const severity = inContext(row.severity, file.path);
      yield { span, message: row.message, data: { call: name, argument: name }, severity };
    }
    yield* checkCalls(file, EVALUATION_TABLE, 'error');
  },
});

/** Settings files write it as text; any other text is somebody's placeholder. */
function isOn(value: Value): boolean {
  return isTruthy(value) && value.known && /^(?:true|1|yes)$/i.test(String(value.value));
}

function problemOf(file: SourceFile, argument: NamedArgument): Problem {
  const { call } = argument;
  const name = call?.callee;
  const removal = argument.through === 'assignment' ? undefined : removeItem(file.python, argument.span);
  const base = {
    span: argument.span,
    evidence: [...(call?.via ? [`${call.via}.`] : []), ...valueNote(file, argument.value)],
    fixes: removal ? [{ title: 'Remove `trust_remote_code`', kind: 'suggestion' as const, edits: removal }] : [],
  };
  if (!call || (name && CONTAINERS.has(name))) {
    return { ...base, message: 'setting', severity: inContext('warning', file.path), confidence: 'medium' };
  }
  const written = file.text.slice(call.nameSpan.start, call.nameSpan.end).replace(/\s+/g, ' ');
  const data = { call: name ?? written };
  // `datasets` dropped scripts altogether.
  if (name?.startsWith('datasets.') && isBelow(file.packages.get('datasets'), '4.0') === 'no') {
    return { ...base, message: 'dead', severity: 'hint' };
  }
  const { message, severity } = judge(file, call, name);
  const mayBeIgnored = name?.startsWith('datasets.') && isBelow(file.packages.get('datasets'), '4.0') !== 'yes';
  // A function of the project may decide otherwise; the flag is still a request to trust.
  const isLibrary = name !== undefined && !name.startsWith('.');
  const known = isLibrary || /(?:^|\.)(?:from_pretrained|from_config|pipeline|load_dataset)$/.test(written);
  return {
    ...base,
    fixes: [
      ...base.fixes,
      ...(message === 'call' && name && argument.through === 'call' ? pinOf(file, call, name) : []),
    ],
    message: mayBeIgnored && message === 'call' ? 'dataset' : message,
    data,
    severity: inContext(known && !mayBeIgnored ? severity : lowered(severity), file.path),
    confidence: isLibrary && !(argument.value.known && argument.value.byDefault) ? 'high' : 'medium',
  };
}

/** Pinning counts when both the weights and the code are pinned; only transformers takes the code from elsewhere. */
function judge(file: SourceFile, call: Call, name = ''): { message: string; severity: Severity } {
  const pins = pinsOf(name);
  const [first, ...others] = (pins.length > 0 ? pins : ['revision']).map((parameter) => pinned(call, parameter));
  // Whoever calls this may pass a commit.
  if (first === 'unknown') return { message: 'unknownRevision', severity: 'warning' };
  if (first === 'yes' && others.every((each) => each !== 'no')) return { message: 'pinned', severity: 'warning' };
  if (first === 'yes') return { message: 'unpinnedCode', severity: 'error' };
  const model = modelOf(call);
  return { message: 'call', severity: model && isLocalPath(file, model) ? 'warning' : 'error' };
}

function pinned(call: Call, parameter: string): 'yes' | 'no' | 'unknown' {
  const found = call.argument(parameter);
  if (found.state !== 'given') return found.state === 'unknown' ? 'unknown' : 'no';
  if (!found.value.known) return 'unknown';
  return COMMIT.test(String(found.value.value)) ? 'yes' : 'no';
}

/**
 * The commit that the workspace names, else placeholders: what is not a commit does not end the finding. The code may lie in
 * another repository than the weights, so its commit is left open.
 */
function pinOf(file: SourceFile, call: Call, name: string): Fix[] {
  const missing = pinsOf(name).filter((parameter) => call.argument(parameter).state === 'absent');
  const edits = (commit: string) =>
    missing[0] === undefined
      ? undefined
      : addArgument(
          file.python,
          call,
          missing.map((each) => `${each}="${each === 'revision' ? commit : '<commit>'}"`).join(', '),
        );
  const left = edits('<commit>');
  const model = modelOf(call);
  const id = model && file.python.constantOf(model);
  const kind = name.startsWith('datasets.') ? 'dataset' : 'model';
  return [
    ...(missing[0] === 'revision' && id?.known && typeof id.value === 'string'
      ? pinFix(file, { kind, id: id.value }, edits)
      : []),
    ...(left ? [{ title: 'Pin the commit you have read', kind: 'suggestion' as const, edits: left }] : []),
  ];
}

function modelOf(call: Call): SyntaxNode | undefined {
  return call.arguments.find((argument) => !argument.name && !argument.star)?.value;
}

function isLocalPath(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.python.constantOf(node);
  if (value.known) return /^(?:\.{1,2}[\\/]|[\\/]|~|[A-Za-z]:[\\/])/.test(String(value.value));
  return flowOf(file.python, node, OWN_FOLDERS) !== undefined;
}
