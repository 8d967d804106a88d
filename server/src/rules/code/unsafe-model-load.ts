import { checkCalls } from '../../engine/callRule.ts';
import { versionNote } from '../../engine/evidence.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { isBelow } from '../../languages/packages/packages.ts';
import { callAt } from '../../languages/python/calls.ts';
import { inContext, provenanceOf, replaceValue } from '../../languages/python/program.ts';
import { called } from '../../languages/python/triggers.ts';
import { stringOf } from '../../languages/python/values.ts';
import { LOADERS } from './unsafe-model-load.table.ts';

const FROM_CHECKPOINT = 'load_from_checkpoint';

export const unsafeModelLoad = defineRule({
  meta: {
    id: 'GL301',
    name: 'unsafe-model-load',
    title: 'Model loader that can run code hidden in the file',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'safe',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'owasp-ml-2023:ML06',
      'atlas:AML.T0011.000',
    ],
    why: 'Checkpoints, arrays and saved models can carry Python objects, and rebuilding an object can call any function. Whoever can change the file, or the place it is downloaded from, then runs code with your rights.',
    how: 'Switch the safe mode of the loader on: it takes plain weights and refuses everything else. For files that need more, convert them once in a throw-away environment, to `safetensors` if you can.',
    messages: {
      given: '`{call}` with `{argument}` can run code hidden in the file',
      absent: '`{call}` without `{argument}` can run code hidden in the file',
      absentOld:
        '`{call}` without `{argument}` can run code hidden in the file: that is the default before {package} {version}',
      absentUnknown:
        '`{call}` without `{argument}` can run code hidden in the file, unless {package} is {version} or newer',
      unrestricted: '`{call}` with `{argument}` can run code hidden in the file: it switches the safe default off',
      pickled: '`{call}` asks for a pickled file with `{argument}`; prefer the `.safetensors` one',
      checkpoint:
        '`{call}` without `weights_only=True` runs code that the checkpoint may contain: it comes from {source}',
      checkpointOld: '`{call}` runs code that the checkpoint may contain before Lightning 2.6',
      always: '`{call}` lets every model file that is loaded from here on run code',
    },
    peers: ['bandit B614', 'TorchFix TOR102', 'semgrep pickles-in-pytorch', 'semgrep pickles-in-numpy', 'sonar S6985'],
    detections: [
      'LOAD-01',
      'LOAD-03',
      'LOAD-06',
      'LOAD-18',
      'LOAD-27',
      'LOAD-28',
      'LOAD-39',
      'LOAD-40',
      'LOAD-42',
      'LOAD-43',
      'LOAD-45',
    ],
    examples: [
      {
        title: 'no argument, torch before 2.6',
        path: 'load.py',
        packages: { torch: '==2.5.1' },
        bad: 'import torch\n\nstate = torch.load("model.pt")\n',
        fixed: 'import torch\n\nstate = torch.load("model.pt", weights_only=True)\n',
      },
      {
        title: 'no argument, version unknown',
        path: 'load.py',
        bad: 'from torch import load as load_checkpoint\n\nstate = load_checkpoint(\n    path,\n    map_location="cpu",\n)\n',
        fixed:
          'from torch import load as load_checkpoint\n\nstate = load_checkpoint(\n    path,\n    map_location="cpu",\n    weights_only=True,\n)\n',
      },
      {
        title: 'switched off, in any version',
        path: 'load.py',
        packages: { torch: '==2.9.0' },
        bad: 'import torch as t\n\nloader = t.load\nstate = loader(path, weights_only=not True)\n',
        fixed: 'import torch as t\n\nloader = t.load\nstate = loader(path, weights_only=True)\n',
      },
      {
        title: 'switched off through a dictionary',
        path: 'load.py',
        bad: 'import torch\n\noptions = {"map_location": "cpu", "weights_only": False}\nstate = torch.load(path, **options)\n',
        fixed:
          'import torch\n\noptions = {"map_location": "cpu", "weights_only": True}\nstate = torch.load(path, **options)\n',
      },
      {
        title: 'switched off through `functools.partial`',
        path: 'load.py',
        bad: 'import functools\nimport torch\n\nload = functools.partial(torch.load, weights_only=False)\nstate = load(path)\n',
        fixed:
          'import functools\nimport torch\n\nload = functools.partial(torch.load, weights_only=True)\nstate = load(path)\n',
      },
      {
        title: 'another pickle module',
        path: 'load.py',
        packages: { torch: '==2.9.0' },
        bad: 'import dill\nimport torch\n\nmodel = torch.load(path, pickle_module=dill)\n',
        fixed: 'import dill\nimport torch\n\nmodel = torch.load(path, weights_only=True)\n',
      },
      {
        title: 'from a URL',
        path: 'load.py',
        packages: { torch: '==2.9.0' },
        bad: 'import torch.utils.model_zoo as model_zoo\n\nstate = model_zoo.load_url(url)\n',
        fixed: 'import torch.utils.model_zoo as model_zoo\n\nstate = model_zoo.load_url(url, weights_only=True)\n',
      },
      {
        title: 'arrays of objects',
        path: 'data.py',
        bad: 'import numpy as np\n\nembeddings = np.load("embeddings.npy", allow_pickle=True)\n',
        fixed: 'import numpy as np\n\nembeddings = np.load("embeddings.npy", allow_pickle=False)\n',
      },
      {
        title: 'Keras without safe mode',
        path: 'load.py',
        bad: 'from tensorflow import keras\n\nmodel = keras.models.load_model("m.keras", safe_mode=False)\n',
        fixed: 'from tensorflow import keras\n\nmodel = keras.models.load_model("m.keras", safe_mode=True)\n',
      },
      { path: 'load.py', bad: 'import keras\n\nkeras.config.enable_unsafe_deserialization()\n' },
      {
        title: 'a Lightning checkpoint from an address',
        path: 'predict.py',
        bad: 'from model import Classifier\n\nmodel = Classifier.load_from_checkpoint("https://models.example/last.ckpt")\n',
      },
      {
        title: 'Lightning before it had the argument',
        path: 'predict.py',
        packages: { lightning: '==2.4.0' },
        bad: 'from model import Classifier\n\nmodel = Classifier.load_from_checkpoint("last.ckpt")\n',
      },
      {
        title: 'a pickled file asked for by name',
        path: 'generate.py',
        bad: 'from diffusers import StableDiffusionPipeline\n\npipe = StableDiffusionPipeline.from_single_file("model.ckpt")\n',
      },
      {
        title: 'a Lightning checkpoint of the project',
        path: 'predict.py',
        packages: { lightning: '>=2.6' },
        good: 'from model import Classifier\n\nmodel = Classifier.load_from_checkpoint("last.ckpt")\n',
      },
      { path: 'load.py', good: 'import torch\n\nstate = torch.load("model.pt", weights_only=True)\n' },
      {
        title: 'the default is safe since torch 2.6',
        path: 'load.py',
        packages: { torch: '>=2.6,<3' },
        good: 'import torch\n\nstate = torch.load("model.pt")\n',
      },
      {
        title: 'another `load`',
        path: 'load.py',
        good: 'import torch\n\n\ndef load(path, torch):\n    return torch.load(path, weights_only=False)\n',
      },
      {
        title: 'a buffer that was filled here',
        path: 'copy.py',
        good: 'import io\nimport torch\n\n\ndef clone(model):\n    buffer = io.BytesIO()\n    torch.save(model, buffer)\n    buffer.seek(0)\n    return torch.load(buffer)\n',
      },
      {
        title: 'an argument nobody can know',
        path: 'load.py',
        good: 'import torch\n\n\ndef load(path, **options):\n    return torch.load(path, **options)\n',
      },
      { path: 'data.py', good: 'import numpy as np\n\nx = np.load("x.npy")\ny = np.load("y.npy", "r", False)\n' },
    ],
  },
  triggers: [LOADERS, ...called(FROM_CHECKPOINT)],
  *check(file) {
    yield* checkCalls(file, LOADERS, 'warning');
    yield* checkpoints(file);
  },
});

/**
 * `X.load_from_checkpoint(path)` of Lightning's modules, which are classes of the project and mostly imported: known by the
 * name of the method on something written as a class, unless the file defines that method itself.
 */
function* checkpoints(file: SourceFile): Iterable<Problem> {
  const { python, path, text } = file;
  if (!text.includes(FROM_CHECKPOINT) || new RegExp(`def ${FROM_CHECKPOINT}\\b`).test(text)) return;
  for (const offset of python.outline.callsByName.get(FROM_CHECKPOINT) ?? []) {
    const call = callAt(python, offset);
    if (!call || !/(?:^|\.)[A-Z]\w*\.load_from_checkpoint$/.test(call.nameText)) continue;
    const flag = call.argument('weights_only');
    const source = call.argument('checkpoint_path', 0);
    const base = { span: call.nameSpan, data: { call: call.nameText, argument: 'weights_only=False' } };
    if (flag.state === 'given' && flag.value.known && flag.value.value === false) {
      const edits = replaceValue(flag.node, 'True');
      const fixes = [{ title: 'Use `weights_only=True`', kind: 'suggestion' as const, edits }];
      yield { ...base, message: 'given', severity: inContext('error', path), fixes };
      continue;
    }
    const isDefault =
      flag.state === 'absent' || (flag.state === 'given' && flag.value.known && flag.value.value === null);
    if (!isDefault || source.state !== 'given') continue;
    const flow = provenanceOf(python, source.node);
    const isAddress = /^https?:/i.test(stringOf(python, source.node) ?? '');
    const old = ['lightning', 'pytorch-lightning']
      .map((name) => file.packages.get(name))
      .find((version) => isBelow(version, '2.6') === 'yes');
    // A local file is read with torch's own default since Lightning 2.6.
    if (!isAddress && !old) continue;
    yield {
      ...base,
      message: isAddress ? 'checkpoint' : 'checkpointOld',
      data: { call: call.nameText, ...(isAddress && { source: 'a download' }) },
      severity: inContext(flow ? 'error' : 'warning', path),
      confidence: 'medium',
      evidence: old ? [versionNote(old.name, old)] : [],
      related: flow?.steps ?? [],
    };
  }
}
