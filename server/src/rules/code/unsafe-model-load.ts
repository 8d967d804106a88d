import type { Fix } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { isBelow, type PackageVersion } from '../../languages/packages/packages.ts';
import {
  type ApiCall,
  addArgument,
  apiTable,
  inContext,
  isOwnBuffer,
  isTruthy,
  provenanceOf,
  raised,
  removeItem,
  replaceValue,
} from '../../languages/python/program.ts';
import { LOADERS, type Loader, type Switch } from './unsafe-model-load.table.ts';

const SAVES = apiTable([['torch.save', { parameter: 'f', position: 1 }]]);

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
      always: '`{call}` lets every model file that is loaded from here on run code',
    },
    peers: ['bandit B614', 'TorchFix TOR102', 'semgrep pickles-in-pytorch', 'semgrep pickles-in-numpy', 'sonar S6985'],
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
  triggers: [LOADERS],
  *check(file) {
    for (const match of file.python.callsTo(LOADERS)) yield* problemsOf(file, match);
  },
});

function* problemsOf(file: SourceFile, match: ApiCall<Loader>): Iterable<Problem> {
  const { call, row, name } = match;
  if (row.always) {
    yield { ...baseOf(match), severity: inContext('error', file.path), message: 'always', data: { call: name } };
    return;
  }
  const other = row.unrestricts && call.argument(row.unrestricts.parameter, row.unrestricts.position);
  if (other?.state === 'given' && !(other.value.known && other.value.value === null)) {
    yield unrestricted(file, match, other.span);
    return;
  }
  const source = call.arguments[0]?.value;
  if (other?.state === 'unknown' || (source && isOwnBuffer(file.python, source, SAVES))) return;
  for (const each of row.switches) {
    const problem = problemOf(file, match, each);
    if (problem) yield problem;
  }
}

function problemOf(
  file: SourceFile,
  match: ApiCall<Loader>,
  { parameter, position, safe, ...row }: Switch,
): Problem | undefined {
  const { call, name } = match;
  const given = call.argument(parameter, position);
  const base = baseOf(match);
  const argument = `${parameter}=${safe}`;
  if (given.state === 'unknown') return undefined;
  if (given.state === 'given' && !(row.noneIsDefault && given.value.known && given.value.value === null)) {
    const isUnsafe = given.value.known && isTruthy(given.value) !== (safe === 'True');
    if (!given.value.known || !isUnsafe) return undefined;
    const written = file.text.slice(given.node.from, given.node.to);
    const fix: Fix = { title: `Use \`${argument}\``, kind: 'suggestion', edits: replaceValue(given.node, safe) };
    const flow = row.raise ? provenanceOf(file.python, call.arguments[0]?.value ?? given.node) : undefined;
    return {
      ...base,
      message: 'given',
      data: { call: name, argument: `${parameter}=${written}` },
      severity: inContext(flow ? raised(row.severity) : row.severity, file.path),
      evidence: [
        ...base.evidence,
        ...setAt(file, given.value),
        ...(flow ? [`The file comes from ${flow.source}.`] : []),
      ],
      related: flow?.steps ?? [],
      fixes: [fix],
    };
  }
  if (!row.absent) return undefined;
  const edits = given.state === 'given' ? replaceValue(given.node, safe) : addArgument(file.python, call, argument);
  const fixes: Fix[] = edits ? [{ title: `Add \`${argument}\``, kind: 'safe', edits }] : [];
  const absent = { ...base, data: { call: name, argument }, fixes };
  if (row.absent === 'unsafe') return { ...absent, message: 'absent', severity: inContext('warning', file.path) };
  const { package: library, safeSince, addedIn, unknown } = row.absent;
  const version = file.packages.get(library);
  const data = { call: name, argument, package: library, version: safeSince };
  const severity = inContext('warning', file.path);
  switch (isBelow(version, safeSince)) {
    case 'no':
      return undefined;
    case 'unknown':
      return unknown === 'ignore'
        ? undefined
        : {
            ...absent,
            message: 'absentUnknown',
            data,
            severity,
            confidence: 'medium',
            evidence: [...base.evidence, versionNote(library, version)],
          };
    case 'yes':
      return {
        ...absent,
        message: 'absentOld',
        data,
        severity,
        evidence: [...base.evidence, versionNote(library, version)],
        // An older library refuses the argument: raising its version comes first.
        fixes: isBelow(version, addedIn) === 'yes' ? [] : fixes,
      };
  }
}

function unrestricted(file: SourceFile, match: ApiCall<Loader>, span: { start: number; end: number }): Problem {
  const { call, name } = match;
  const [row] = match.row.switches;
  const argument = file.text.slice(span.start, span.end);
  const removal = argument.includes('=') ? removeItem(file.python, span) : undefined;
  const flag = row && call.argument(row.parameter, row.position);
  const needed = row && flag?.state === 'absent' ? `${row.parameter}=${row.safe}` : undefined;
  const edits = removal && (needed ? [{ ...span, text: needed }] : removal);
  return {
    ...baseOf(match),
    message: 'unrestricted',
    data: { call: name, argument: argument.includes('=') ? argument : `pickle_module=${argument}` },
    severity: inContext('error', file.path),
    fixes: edits ? [{ title: `Remove \`${argument}\``, kind: 'suggestion', edits }] : [],
  };
}

function baseOf({ call }: ApiCall<Loader>) {
  return { span: call.nameSpan, evidence: call.via ? [`${call.via}.`] : [] };
}

function setAt(file: SourceFile, value: { readonly setAt?: { start: number; end: number } }): string[] {
  const { setAt: place } = value;
  return place ? [`The value is set elsewhere: \`${file.text.slice(place.start, place.end)}\`.`] : [];
}

function versionNote(library: string, found: PackageVersion | undefined): string {
  if (!found) return `No manifest or lock file beside the code says which ${library} is used.`;
  const { specifier, source } = found;
  return `${source.path}, line ${source.line}, allows ${library}${specifier ? ` ${specifier}` : ' in any version'}.`;
}
