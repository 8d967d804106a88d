import type { SyntaxNode } from '@lezer/common';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Span } from '../../engine/span.ts';
import { callAt } from '../../languages/python/calls.ts';
import { definitionOf } from '../../languages/python/functions.ts';
import {
  type Call,
  environmentSettings,
  inContext,
  isTruthy,
  type PythonProgram,
  replaceValue,
  type Value,
} from '../../languages/python/program.ts';
import { nodeAt, spanOf, unwrap } from '../../languages/python/tree.ts';
import { inTexts } from '../../languages/python/triggers.ts';
import { stringOf } from '../../languages/python/values.ts';
import {
  GUARDED,
  type Guarded,
  OPENERS,
  type Opener,
  PATCHES,
  SCOPES,
  WIDER_PICKLES,
} from './safe-loading-disabled.table.ts';

/** What every replacement of a loader holds: an assignment to it, or its name as text. */
const REPLACES =
  /\.(?:_?load|loads|Unpickler|__defaults__)\s*=(?!=)|["'](?:[\w.]{1,60}\.)?_?load["']|\bsys\.modules\[\s*["']pickle\b/;

export const safeLoadingDisabled = defineRule({
  meta: {
    id: 'GL306',
    name: 'safe-loading-disabled',
    title: 'Safe loading switched off for the whole process',
    kinds: ['python', 'notebook', 'script', 'container', 'workflow'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.4',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'atlas:AML.T0011.000',
    ],
    why: 'The switch reaches further than the one file it was set for: every library in the process now loads models without protection, and nobody who reads those calls can see it.',
    how: 'Take it out. Where one file needs more than plain weights, allow its classes by name with `torch.serialization.safe_globals`, or convert the file once in a throw-away environment.',
    messages: {
      variable: '`{variable}` is switched on: {effect}',
      patched: '`{loader}` is replaced by one that sets `{argument}`, for every library in the process',
      defaults: 'The defaults of `{loader}` are replaced, for every library in the process',
      wider: '`pickle` is replaced by `{module}` for every library in the process',
      scope: '`{call}` with `False` loads models without safe mode',
    },
    detections: ['LOAD-04', 'LOAD-64'],
    examples: [
      {
        title: 'for a program that a script starts',
        path: 'train.sh',
        bad: 'export TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1\npython train.py\n',
        good: 'TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=0 python train.py\n',
      },
      {
        path: 'train.py',
        bad: 'import os\n\nos.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "1"\n',
        fixed: 'import os\n\nos.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"\n',
      },
      {
        title: 'for a process that is started',
        path: 'train.py',
        bad: 'import os\nimport subprocess\n\nsubprocess.run(["python", "train.py"], env={**os.environ, "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "true"})\n',
        fixed:
          'import os\nimport subprocess\n\nsubprocess.run(["python", "train.py"], env={**os.environ, "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false"})\n',
      },
      {
        path: 'train.py',
        bad: 'import os\n\nos.environ.setdefault("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "true")\n',
        fixed: 'import os\n\nos.environ.setdefault("TORCH_FORCE_WEIGHTS_ONLY_LOAD", "1")\n',
      },
      {
        path: 'patch.py',
        bad: 'import functools\nimport torch\n\ntorch.load = functools.partial(torch.load, weights_only=False)\n',
        fixed: 'import functools\nimport torch\n\ntorch.load = functools.partial(torch.load, weights_only=True)\n',
      },
      {
        title: 'by a function',
        path: 'patch.py',
        bad: 'import torch\n\noriginal = torch.load\n\n\ndef load(*args, **kwargs):\n    kwargs.setdefault("weights_only", False)\n    return original(*args, **kwargs)\n\n\ntorch.load = load\n',
        fixed:
          'import torch\n\noriginal = torch.load\n\n\ndef load(*args, **kwargs):\n    kwargs.setdefault("weights_only", True)\n    return original(*args, **kwargs)\n\n\ntorch.load = load\n',
      },
      {
        title: 'by a lambda',
        path: 'patch.py',
        bad: 'import numpy as np\n\nload = np.load\nnp.load = lambda *args, **more: load(*args, allow_pickle=True, **more)\n',
        fixed:
          'import numpy as np\n\nload = np.load\nnp.load = lambda *args, **more: load(*args, allow_pickle=False, **more)\n',
      },
      { path: 'patch.py', bad: 'import numpy as np\n\nnp.load.__defaults__ = (None, True, True, "ASCII")\n' },
      { path: 'patch.py', bad: 'import sys\n\nimport dill\n\nsys.modules["pickle"] = dill\n' },
      {
        title: 'the protecting variable',
        path: 'train.py',
        good: 'import os\n\nos.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"\nos.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "0"\n',
      },
      {
        title: 'a wrapper that protects',
        path: 'patch.py',
        good: 'import functools\nimport torch\n\ntorch.load = functools.partial(torch.load, weights_only=True)\n',
      },
      {
        title: 'a function of the project under the same name',
        path: 'store.py',
        good: 'class Store:\n    def __init__(self, torch, read):\n        self.load = lambda path: read(path, weights_only=False)\n        torch.load = self.load\n',
      },
      {
        title: 'read, not set',
        path: 'check.py',
        good: 'import os\n\nif os.environ.get("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD") == "1":\n    raise SystemExit("unset TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD")\n',
      },
    ],
  },
  // Assignments to members and the functions they name are looked for in all of the text.
  triggers: [...OPENERS.map(({ name }) => name), inTexts(REPLACES, 'load', 'pickle'), SCOPES],
  *check(file) {
    const replaced = REPLACES.test(file.text) ? [...patches(file), ...wider(file)] : [];
    const problems = [...started(file), ...variables(file), ...replaced, ...scopes(file)];
    const severity = inContext('error', file.path);
    for (const problem of problems.sort((a, b) => a.span.start - b.span.start)) yield { severity, ...problem };
  },
});

/** What a script or a container sets for the programs it starts. */
function* started(file: SourceFile): Iterable<Problem> {
  for (const { name, value, span } of file.started ? file.environment : []) {
    const opener = OPENERS.find((each) => each.name === name);
    if (!opener || !value.fixed || !isOn(opener, { known: true, value: value.text })) continue;
    yield { span, message: 'variable', data: { variable: name, effect: opener.effect } };
  }
}

function* variables(file: SourceFile): Iterable<Problem> {
  const { python } = file;
  for (const opener of OPENERS) {
    if (!file.text.includes(opener.name)) continue;
    for (const { span, node, value } of environmentSettings(python, [opener.name])) {
      if (isOn(opener, value)) yield variable(file, opener, span, node);
    }
  }
}

function isOn({ on }: Opener, value: Value): boolean {
  if (!value.known || typeof value.value !== 'string') return false;
  return on ? on.includes(value.value.toLowerCase()) : value.value !== '';
}

function variable(file: SourceFile, { name, protects, effect }: Opener, span: Span, node: SyntaxNode): Problem {
  const at = file.text.indexOf(name, span.start);
  // The name may be a constant from elsewhere.
  const isHere = at !== -1 && at < span.end;
  const edits = [
    { start: at, end: at + name.length, text: protects?.name ?? '' },
    ...(protects ? replaceValue(node, protects.value) : []),
  ];
  return {
    span,
    message: 'variable',
    data: { variable: name, effect },
    fixes:
      protects && isHere
        ? [{ title: `Use \`${protects.name}=${protects.value.slice(1, -1)}\``, kind: 'suggestion', edits }]
        : [],
  };
}

/** `torch.load = …`, `setattr(torch, "load", …)` and `patch("torch.load", …)` with a function that gives the safety up. */
function* patches(file: SourceFile): Iterable<Problem> {
  const { python, text } = file;
  for (const binder of python.outline.members.get('load') ?? []) yield* assigned(file, binder);
  for (const path of ['serialization.load', 'serialization._load']) {
    for (const binder of python.outline.members.get(path) ?? []) yield* assigned(file, binder);
  }
  for (const binder of python.outline.members.get('load.__defaults__') ?? []) {
    const target = nodeAt(python.tree.tree, binder, 'AssignStatement')?.firstChild;
    const loader = target?.name === 'MemberExpression' && target.firstChild && guardedAt(python, target.firstChild);
    if (!target || !loader || !/\bTrue\b/.test(text.slice(binder.start, binder.end))) continue;
    yield { span: spanOf(target), message: 'defaults', data: { loader: loader.loader } };
  }
  for (const { call, row } of python.callsTo(PATCHES)) {
    const patched = patchedBy(python, call, row);
    if (patched) yield* replaced(file, patched.guarded, patched.value, call.nameSpan);
  }
}

function* assigned(file: SourceFile, binder: Span): Iterable<Problem> {
  const { python } = file;
  const statement = nodeAt(python.tree.tree, binder, 'AssignStatement');
  const target = statement?.firstChild;
  const value = statement?.lastChild;
  const guarded = target?.name === 'MemberExpression' ? guardedAt(python, target) : undefined;
  if (target && value && guarded) yield* replaced(file, guarded, value, spanOf(target));
}

/** The loader that `module.name` is, whatever has been assigned to it since. */
function guardedAt(python: PythonProgram, node: SyntaxNode): Guarded | undefined {
  const { firstChild: base, lastChild: property } = node;
  if (!base || property?.name !== 'PropertyName') return undefined;
  const [module, ...others] = python.resolve(base) ?? [];
  if (!module || others.length > 0) return undefined;
  return GUARDED.find(`${module.name}.${python.text.slice(property.from, property.to)}`);
}

function patchedBy(python: PythonProgram, call: Call, row: 'pair' | 'path') {
  const [first, second, third] = call.arguments.map(({ value }) => value);
  if (!first) return undefined;
  const name = row === 'pair' && second ? stringOf(python, second) : stringOf(python, first);
  // The name is known in few calls of `setattr`; only then what the object is matters.
  if (!name || !/(?:^|\.)_?load$/.test(name)) return undefined;
  const modules = row === 'pair' ? python.resolve(first) : undefined;
  const path = row === 'path' ? name : modules?.length === 1 ? `${modules[0]?.name}.${name}` : undefined;
  const guarded = path ? GUARDED.find(path) : undefined;
  const value = row === 'pair' ? third : second;
  return guarded && value ? { guarded, value } : undefined;
}

/** What a new loader sets, in its own text or in that of the function of this file that it names. */
function* replaced(file: SourceFile, guarded: Guarded, value: SyntaxNode, span: Span): Iterable<Problem> {
  const { python } = file;
  const { loader, parameter, unsafe } = guarded;
  const within = [unwrap(value), definitionOf(python, unwrap(value))];
  for (const { node, value: given } of settingsOf(python, parameter)) {
    if (!within.some((each) => each && each.from <= node.from && node.to <= each.to)) continue;
    if (!given.known || given.value === null || isTruthy(given) !== unsafe) continue;
    const safe = unsafe ? 'False' : 'True';
    yield {
      span,
      message: 'patched',
      data: { loader, argument: `${parameter}=${unsafe ? 'True' : 'False'}` },
      related: [{ span: spanOf(node), message: 'is set here' }],
      fixes: [{ title: `Use \`${parameter}=${safe}\``, kind: 'suggestion', edits: replaceValue(node, safe) }],
    };
    return;
  }
}

/** Values given to a parameter by name, by item, or by `setdefault`. */
function settingsOf(python: PythonProgram, parameter: string): { readonly node: SyntaxNode; readonly value: Value }[] {
  const named = python.argumentsNamed(parameter).map(({ node, value }) => ({ node, value }));
  const defaults = (python.outline.callsByName.get('setdefault') ?? []).flatMap((offset) => {
    const [first, second] = callAt(python, offset)?.arguments.map(({ value }) => value) ?? [];
    if (!first || !second || stringOf(python, first) !== parameter) return [];
    return [{ node: second, value: python.constantOf(second) }];
  });
  return [...named, ...defaults];
}

/** `pickle.load = dill.load` and `sys.modules["pickle"] = dill`. */
function* wider({ python, path }: SourceFile): Iterable<Problem> {
  const severity = inContext('warning', path);
  for (const name of ['load', 'loads', 'Unpickler']) {
    for (const binder of python.outline.members.get(name) ?? []) {
      const statement = nodeAt(python.tree.tree, binder, 'AssignStatement');
      const target = statement?.firstChild;
      const module = target?.name === 'MemberExpression' && target.firstChild && python.resolve(target.firstChild);
      const value = statement?.lastChild && python.resolve(statement.lastChild);
      if (!target || !module || module.length !== 1 || module[0]?.name !== 'pickle') continue;
      const other = value?.find((each) => WIDER_PICKLES.find(each.name));
      if (other) yield { span: spanOf(target), message: 'wider', data: { module: other.name }, severity };
    }
  }
  for (const { span, node, through } of python.argumentsNamed('pickle')) {
    const isModules = python.text.slice(span.start, span.start + 12) === 'sys.modules[';
    const other =
      isModules && through === 'assignment' && python.resolve(node)?.find((each) => WIDER_PICKLES.find(each.name));
    if (other) yield { span, message: 'wider', data: { module: other.name }, severity };
  }
}

function* scopes({ python }: SourceFile): Iterable<Problem> {
  for (const { call, name } of python.callsTo(SCOPES)) {
    const mode = call.argument('safe_mode', 0);
    if (mode.state !== 'given' || !mode.value.known || isTruthy(mode.value)) continue;
    const edits = replaceValue(mode.node, 'True');
    yield {
      span: call.nameSpan,
      message: 'scope',
      data: { call: name },
      fixes: [{ title: 'Use `True`', kind: 'suggestion', edits }],
    };
  }
}
