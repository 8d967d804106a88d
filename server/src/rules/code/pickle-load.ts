import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import {
  type ApiCall,
  flowOf,
  inContext,
  isOwnBuffer,
  isOwnFile,
  provenanceOf,
} from '../../languages/python/program.ts';
import { DUMPS, PICKLES, type PickleFamily, REPACKS, RUNS_CODE } from './pickle-load.table.ts';

export const pickleLoad = defineRule({
  meta: {
    id: 'GL302',
    name: 'pickle-load',
    title: 'Loader of pickled objects, which has no safe mode',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'owasp-ml-2023:ML06',
      'atlas:AML.T0011.000',
    ],
    why: 'A pickle is a small program that rebuilds objects and may call any function while doing so. Whoever writes the file runs code in the process that reads it.',
    how: 'Store data in a format that holds only data. If a pickle cannot be avoided, read only files that your own code wrote, and compare a digest you keep elsewhere before you open them.',
    messages: {
      load: '`{call}` runs code that the data may contain; use {instead}',
      untrusted: '`{call}` runs code that the data may contain, and the data comes from {source}; use {instead}',
      executed: '`{call}` turns data into code that is then run; use {instead}',
    },
    peers: [
      'bandit B301',
      'bandit B302',
      'ruff S301',
      'ruff S302',
      'semgrep avoid-pickle',
      'semgrep scikit-joblib-load',
    ],
    detections: ['LOAD-13', 'LOAD-15', 'LOAD-16', 'LOAD-17', 'LOAD-19', 'LOAD-21', 'LOAD-22', 'LOAD-23'],
    examples: [
      {
        path: 'load.py',
        bad: 'import pickle\n\nwith open("model.pkl", "rb") as file:\n    model = pickle.load(file)\n',
      },
      {
        title: 'one library under several names',
        path: 'load.py',
        bad: 'try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle\n\nvocabulary = pickle.loads(data)\n',
      },
      { path: 'load.py', bad: 'from joblib import load as load_model\n\nmodel = load_model(path)\n' },
      { path: 'load.py', bad: 'import pandas as pd\n\nframe = pd.read_pickle("train.pkl")\n' },
      { path: 'load.py', bad: 'import dill as pickle\n\nreader = pickle.Unpickler(file)\nmodel = reader.load()\n' },
      {
        title: 'bytes from the network',
        path: 'load.py',
        bad: 'import pickle\nimport requests\n\nresponse = requests.get(url, timeout=30)\nmodel = pickle.loads(response.content)\n',
      },
      {
        title: 'a file from a model hub',
        path: 'load.py',
        bad: 'import joblib\nfrom huggingface_hub import hf_hub_download\n\npath = hf_hub_download("org/name", "model.joblib")\nmodel = joblib.load(path)\n',
      },
      { path: 'run.py', bad: 'import marshal\n\nexec(marshal.loads(blob))\n' },
      {
        title: 'an unpickler of your own that allows named classes only',
        path: 'load.py',
        good: 'import pickle\n\nALLOWED = {("collections", "OrderedDict")}\n\n\nclass Reader(pickle.Unpickler):\n    def find_class(self, module, name):\n        if (module, name) not in ALLOWED:\n            raise pickle.UnpicklingError(name)\n        return super().find_class(module, name)\n\n\nmodel = Reader(file).load()\n',
      },
      {
        title: 'a copy through bytes made here',
        path: 'copy.py',
        good: 'import pickle\n\n\ndef clone(model):\n    data = pickle.dumps(model)\n    return pickle.loads(data)\n',
      },
      {
        title: 'an unpickler of bytes made here',
        path: 'copy.py',
        good: 'import io\nimport pickle\n\n\ndef clone(model):\n    buffer = io.BytesIO()\n    pickle.dump(model, buffer)\n    buffer.seek(0)\n    return pickle.Unpickler(buffer).load()\n',
      },
      {
        path: 'load.py',
        good: 'import json as pickle\n\nwith open("model.json") as file:\n    model = pickle.load(file)\n',
      },
      { path: 'load.py', good: 'def read(pickle):\n    return pickle.load()\n' },
      {
        title: 'only written, never read',
        path: 'save.py',
        good: 'import pickle\n\nwith open("model.pkl", "wb") as file:\n    pickle.dump(model, file)\n',
      },
    ],
  },
  triggers: [PICKLES],
  *check(file) {
    for (const match of file.python.callsTo(PICKLES)) {
      const problem = problemOf(file, match);
      if (problem) yield problem;
    }
  },
});

function problemOf({ python, path }: SourceFile, { call, row, name }: ApiCall<PickleFamily>): Problem | undefined {
  const data = dataOf(call);
  // A method read as an argument of a decorator or a call without arguments reads nothing.
  if (!data) return undefined;
  if (isOwnBuffer(python, data)) return undefined;
  if (flowOf(python, data, { sources: DUMPS, passes: REPACKS })) return undefined;
  const base = { span: call.nameSpan, evidence: call.via ? [`${call.via}.`] : [] };
  const said = { call: name, instead: row.instead };
  const flow = provenanceOf(python, data);
  if (flow) {
    return {
      ...base,
      message: 'untrusted',
      data: { ...said, source: flow.source },
      severity: inContext('error', path),
      evidence: [...base.evidence, `The data comes from ${flow.source}.`],
      related: flow.steps,
    };
  }
  if (row.limits?.some((limit) => call.argument(limit).state === 'given')) return undefined;
  const outer = call.node.parent?.name === 'ArgList' ? call.node.parent.parent?.firstChild : undefined;
  if (name.startsWith('marshal.') && outer && python.resolve(outer)?.some((each) => RUNS_CODE.find(each.name))) {
    return { ...base, message: 'executed', data: said, severity: inContext('error', path) };
  }
  const own = isOwnFile(python, data);
  return {
    ...base,
    message: 'load',
    data: said,
    severity: inContext(own ? 'info' : 'warning', path),
    evidence: [...base.evidence, ...(own ? ['This program writes the file itself.'] : [])],
  };
}

/** What is read: the first argument, or for `Unpickler(file).load()` the object with its file. */
function dataOf(call: ApiCall<PickleFamily>['call']) {
  const [first] = call.arguments;
  if (first) return first.value;
  const reader = call.node.firstChild?.name === 'MemberExpression' ? call.node.firstChild.firstChild : undefined;
  const file = reader?.name === 'CallExpression' ? reader.getChild('ArgList')?.firstChild?.nextSibling : undefined;
  return file?.name === 'VariableName' ? file : reader;
}
