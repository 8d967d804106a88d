import type { SyntaxNode } from '@lezer/common';
import { grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { argumentsOf, callAt } from '../../languages/python/calls.ts';
import { lookup } from '../../languages/python/lookup.ts';
import { inContext, isTruthy, type PythonProgram } from '../../languages/python/program.ts';
import { dottedText, nodeAt, unwrap } from '../../languages/python/tree.ts';
import { called } from '../../languages/python/triggers.ts';
import {
  FRAME_WRITER,
  LAMBDAS,
  MODULE_BASES,
  MODULES,
  PICKLE_WRITERS,
  type PickleWriter,
  PUBLISHES,
  SAVES,
  TO_PICKLE,
} from './pickled-model-save.table.ts';

export const pickledModelSave = defineRule({
  meta: {
    id: 'GL314',
    name: 'pickled-model-save',
    title: 'Model or data stored so that every reader must run code',
    kinds: ['python', 'notebook'],
    severity: 'info',
    confidence: 'medium',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'atlas:AML.T0018.002',
    ],
    why: 'A pickled object can be read only by running what the file says, so whoever uses the file has to switch the protection of the loader off, and learns to.',
    how: 'Store weights (`state_dict`, best as `safetensors`) and build the model from code; store tables as Parquet and settings as JSON.',
    messages: {
      module:
        '`{call}` pickles the whole model, which the safe mode of `torch.load` refuses; store `{value}.state_dict()`',
      lambda:
        'A model with this `Lambda` is saved with byte code, so its readers need `safe_mode=False`: use a layer class or a registered function',
      pickle: '`{call}` writes a pickle, which runs code in whoever reads it; use {instead}',
      pickles: '{count} calls write pickles, which run code in whoever reads them',
      published: '`{call}` writes a pickle in a program that publishes files; use {instead}',
    },
    peers: ['semgrep pickles-in-pytorch', 'semgrep pickles-in-pandas'],
    detections: ['LOAD-12', 'LOAD-31', 'LOAD-65'],
    examples: [
      {
        path: 'train.py',
        bad: 'import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    pass\n\n\nnet = Net().cuda()\ntorch.save(net, "net.pt")\n',
        fixed:
          'import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    pass\n\n\nnet = Net().cuda()\ntorch.save(net.state_dict(), "net.pt")\n',
      },
      {
        path: 'train.py',
        bad: 'import torch\n\n\ndef save(model, path):\n    torch.save(model, path)\n',
        fixed: 'import torch\n\n\ndef save(model, path):\n    torch.save(model.state_dict(), path)\n',
      },
      {
        path: 'train.py',
        bad: 'import keras\n\nmodel = keras.Sequential([keras.layers.Lambda(lambda x: x * 2)])\nmodel.save("model.keras")\n',
      },
      { path: 'prepare.py', bad: 'import pandas as pd\n\npd.read_csv("train.csv").to_pickle("train.pkl")\n' },
      {
        title: 'in a program that publishes its files',
        path: 'release.py',
        bad: 'import joblib\nfrom huggingface_hub import HfApi\n\njoblib.dump(model, "model.joblib")\nHfApi().upload_file(path_or_fileobj="model.joblib", path_in_repo="model.joblib", repo_id=name)\n',
      },
      {
        title: 'a class from another file',
        path: 'train.py',
        bad: 'import torch\nfrom models import Tagger\n\nmodel = Tagger(config)\nmodel = model.to(device)\ntorch.save(model, "tagger.pt")\n',
        fixed:
          'import torch\nfrom models import Tagger\n\nmodel = Tagger(config)\nmodel = model.to(device)\ntorch.save(model.state_dict(), "tagger.pt")\n',
      },
      { path: 'train.py', good: 'import torch\n\ntorch.save(model.state_dict(), "net.pt")\n' },
      {
        title: 'a dictionary under the name of a model',
        path: 'train.py',
        good: 'import torch\n\nmodel = {"weights": net.state_dict(), "epoch": 3}\ntorch.save(model, "net.pt")\n',
      },
      {
        path: 'train.py',
        good: 'import torch\n\nmodel = net.state_dict()\ntorch.save(model, "net.pt")\ntorch.save(tensor, "x.pt")\n',
      },
      {
        title: 'a model that is never stored',
        path: 'train.py',
        good: 'import keras\n\nmodel = keras.Sequential([keras.layers.Lambda(lambda x: x * 2)])\nmodel.predict(data)\n',
      },
      {
        title: 'a function with a name, which can be registered',
        path: 'train.py',
        good: 'import keras\n\nmodel = keras.Sequential([keras.layers.Lambda(double)])\nmodel.save("model.keras")\n',
      },
      {
        path: 'prepare.py',
        good: 'import numpy as np\n\nnp.save("x.npy", x)\nnp.save("y.npy", y, allow_pickle=False)\n',
      },
    ],
  },
  triggers: [SAVES, LAMBDAS, PICKLE_WRITERS, ...called(TO_PICKLE)],
  *check(file) {
    yield* modules(file);
    yield* lambdas(file);
    yield* grouped(pickles(file), 'pickles');
  },
});

/** Written as a class, and not one of those that hold settings or tensors. */
const CLASS = /^[A-Z](?!\w*(?:Dict|Namespace|Config|Tensor|Pipeline))\w*$/;

function* modules(file: SourceFile): Iterable<Problem> {
  const { python, path, text } = file;
  for (const { call, name } of python.callsTo(SAVES)) {
    const saved = call.argument('obj', 0);
    const target = call.argument('f', 1);
    if (target.state === 'given' && isBuffer(python, target.node)) continue;
    const sure = saved.state === 'given' ? moduleIn(python, unwrap(saved.node)) : undefined;
    if (saved.state !== 'given' || !sure) continue;
    const { from, to } = saved.node;
    yield {
      span: call.nameSpan,
      message: 'module',
      data: { call: name, value: text.slice(from, to).slice(0, 60) },
      severity: inContext('info', path),
      confidence: sure,
      fixes: [
        { title: 'Store the weights only', kind: 'suggestion', edits: [{ start: to, end: to, text: '.state_dict()' }] },
      ],
    };
  }
}

/** What is written to memory stays with the program. */
function isBuffer(python: PythonProgram, node: SyntaxNode): boolean {
  return python.resolve(node)?.some(({ name }) => name === 'io.BytesIO()') ?? false;
}

/** How sure it is that an expression is a whole module: by its class, or only by how it is named. */
function moduleIn(python: PythonProgram, node: SyntaxNode): 'high' | 'medium' | undefined {
  const dotted = dottedText(node, python.text);
  if (!dotted) return undefined;
  const names = python.resolve(node);
  if (names?.length && names.every(({ name }) => MODULES.test(name))) return 'high';
  const bindings = node.name === 'VariableName' ? (lookup(python, dotted, node.from) ?? []) : [];
  const isNamed = /(?:^|[._])(?:model|net|network)$/i.test(dotted);
  if (bindings.length === 0) return isNamed && dotted.startsWith('self.') ? 'medium' : undefined;
  const judged = bindings.map((binding) => {
    if (binding.kind === 'parameter') {
      const type = binding.type ? python.text.slice(binding.type.start, binding.type.end) : '';
      return isNamed && !/dict|mapping|tensor|str\b/i.test(type) ? 'medium' : undefined;
    }
    const value = binding.kind === 'assign' && binding.path.length === 0 && nodeAt(python.tree.tree, binding.value);
    return value ? madeBy(python, value, isNamed) : undefined;
  });
  if (judged.includes(undefined)) return undefined;
  return judged.includes('medium') ? 'medium' : 'high';
}

/** What a value was made by: a class of modules of this file, or a call that reads like one. */
function madeBy(python: PythonProgram, value: SyntaxNode, isNamed: boolean): 'high' | 'medium' | undefined {
  const callee = value.name === 'CallExpression' ? value.firstChild : undefined;
  if (!callee) return undefined;
  const written = python.text.slice(callee.from, callee.to);
  const moved = /\.(?:to|cuda|cpu|half|float|eval|train|double|bfloat16|requires_grad_)$/.test(written);
  if (moved && callee.firstChild) {
    // `model = model.to(device)`: what it was before decides.
    return callee.firstChild.name === 'CallExpression'
      ? madeBy(python, callee.firstChild, isNamed)
      : isNamed
        ? 'medium'
        : undefined;
  }
  const names = python.resolve(value);
  if (names?.some(({ name }) => MODULES.test(name))) return 'high';
  const [definition] = callee.name === 'VariableName' ? (lookup(python, written, callee.from) ?? []) : [];
  if (definition?.kind === 'class') {
    const bases = nodeAt(python.tree.tree, definition.statement, 'ClassDefinition')?.getChild('ArgList');
    const isModule =
      bases &&
      argumentsOf(python, bases).some((base) =>
        python.resolve(base.value)?.some(({ name }) => MODULE_BASES.test(name)),
      );
    return isModule ? 'high' : undefined;
  }
  // A class from another file of the project, under the name of a model.
  return isNamed && definition?.kind === 'import' && CLASS.test(written) ? 'medium' : undefined;
}

function* lambdas(file: SourceFile): Iterable<Problem> {
  const { python, path, text } = file;
  if (!/\.(?:save|push_to_hub|export)\s*\(|\bsave_model\s*\(|\bModelCheckpoint\s*\(/.test(text)) return;
  for (const { call } of python.callsTo(LAMBDAS)) {
    const layer = call.argument('function', 0);
    if (layer.state !== 'given' || unwrap(layer.node).name !== 'LambdaExpression') continue;
    yield { span: call.nameSpan, message: 'lambda', severity: inContext('info', path) };
  }
}

function* pickles(file: SourceFile): Iterable<Problem> {
  const { python } = file;
  const published = PUBLISHES.test(file.text);
  const found: Problem[] = [];
  for (const { call, row, name } of python.callsTo(PICKLE_WRITERS)) {
    const flag = row.flag ? call.argument(row.flag) : undefined;
    if (flag && !(flag.state === 'given' && isTruthy(flag.value))) continue;
    if (call.arguments.some(({ value }) => isBuffer(python, value))) continue;
    found.push(pickle(file, name, row, call.nameSpan, published));
  }
  for (const offset of python.outline.callsByName.get(TO_PICKLE) ?? []) {
    const call = callAt(python, offset);
    if (call?.node.firstChild?.name !== 'MemberExpression' || call.callee === 'pandas.to_pickle') continue;
    found.push(pickle(file, `DataFrame.${TO_PICKLE}`, FRAME_WRITER, call.nameSpan, published));
  }
  yield* found.sort((a, b) => a.span.start - b.span.start);
}

function pickle(
  file: SourceFile,
  call: string,
  { instead }: PickleWriter,
  span: Problem['span'],
  published: boolean,
): Problem {
  return {
    span,
    message: published ? 'published' : 'pickle',
    data: { call, instead },
    severity: inContext(published ? 'info' : 'hint', file.path),
  };
}
