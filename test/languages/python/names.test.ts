import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiTable, readPython } from '../../../server/src/languages/python/program.ts';

const APIS = apiTable(
  `torch.load pickle.load pickle.Unpickler().load yaml.load openai.**.chat.completions.create exec
  torch.hub.load_state_dict_from_url transformers.**.from_pretrained keras.models.load_model`
    .split(/\s+/)
    .map((name) => [name, name] as const),
);

/** Lines (from 1) on which a call of the table is found, with its name. */
function callsIn(...lines: string[]): string[] {
  const text = lines.join('\n');
  return readPython(text)
    .callsTo(APIS)
    .map(({ call, row }) => `${text.slice(0, call.span.start).split('\n').length} ${row}`);
}

const FOUND: Record<string, { lines: string[]; calls: string[] }> = {
  'plain import': { lines: ['import torch', 'torch.load(p)'], calls: ['2 torch.load'] },
  'import under another name': { lines: ['import torch as th', 'th.load(p)'], calls: ['2 torch.load'] },
  'import of a submodule': { lines: ['import torch.hub', 'torch.load(p)'], calls: ['2 torch.load'] },
  'from import': { lines: ['from torch import load', 'load(p)'], calls: ['2 torch.load'] },
  'from import under another name': { lines: ['from torch import load as pload', 'pload(p)'], calls: ['2 torch.load'] },
  'from import over several lines': {
    lines: ['from torch import (', '    nn,  # layers', '    load as l,', ')', 'l(p)'],
    calls: ['5 torch.load'],
  },
  'star import': { lines: ['from torch import *', 'load(p)'], calls: ['2 torch.load'] },
  'another spelling of the library': {
    lines: [
      'from torch.serialization import load',
      'import torch.utils.model_zoo as zoo',
      'load(p)',
      'zoo.load_url(u)',
    ],
    calls: ['3 torch.load', '4 torch.hub.load_state_dict_from_url'],
  },
  'Keras inside TensorFlow': {
    lines: ['import tensorflow.compat.v1 as tf', 'tf.keras.models.load_model(p)'],
    calls: ['2 keras.models.load_model'],
  },
  'any class of a library': {
    lines: ['from transformers.models.bert import BertModel', 'BertModel.from_pretrained(n)'],
    calls: ['2 transformers.**.from_pretrained'],
  },
  'pairs for one name': {
    lines: ['try:', '    import cPickle as pickle', 'except ImportError:', '    import pickle', 'pickle.load(f)'],
    calls: ['5 pickle.load'],
  },
  'a library that may be missing': {
    lines: ['try:', '    import torch', 'except ImportError:', '    torch = None', 'torch.load(p)'],
    calls: ['5 torch.load'],
  },
  'import inside a function': { lines: ['def f():', '    import torch', '    torch.load(p)'], calls: ['3 torch.load'] },
  'import after the function that uses it': {
    lines: ['def f():', '    torch.load(p)', 'import torch'],
    calls: ['2 torch.load'],
  },
  'import by call': {
    lines: ['import importlib', 't = importlib.import_module("torch")', 't.load(p)', '__import__("torch").load(p)'],
    calls: ['3 torch.load', '4 torch.load'],
  },
  'attribute by call': { lines: ['import torch', 'getattr(torch, "load")(p)'], calls: ['2 torch.load'] },
  'assigned function': { lines: ['import torch', 'a = torch.load', 'b = a', 'b(p)'], calls: ['4 torch.load'] },
  'assigned in a tuple': { lines: ['import torch', 'a, b = open, torch.load', 'b(p)'], calls: ['3 torch.load'] },
  'assigned in a chain': { lines: ['import torch', 'a = b = torch.load', 'a(p)'], calls: ['3 torch.load'] },
  walrus: { lines: ['import torch', 'if (l := torch.load):', '    l(p)'], calls: ['3 torch.load'] },
  partial: {
    lines: ['import torch, functools', 'l = functools.partial(torch.load, x=1)', 'l(p)'],
    calls: ['3 torch.load'],
  },
  'class attribute': {
    lines: [
      'import torch',
      'class A:',
      '    l = staticmethod(torch.load)',
      '    def f(self):',
      '        self.l(p)',
      'A.l(p)',
    ],
    calls: ['5 torch.load', '6 torch.load'],
  },
  'instance attribute': {
    lines: [
      'import torch',
      'class A:',
      '    def __init__(self):',
      '        self.l = torch.load',
      '    def f(this):',
      '        this.l(p)',
    ],
    calls: ['6 torch.load'],
  },
  'attribute of another object': {
    lines: ['import torch', 'tools.l = torch.load', 'tools.l(p)'],
    calls: ['3 torch.load'],
  },
  global: {
    lines: [
      'l = None',
      'def setup():',
      '    global l',
      '    import torch',
      '    l = torch.load',
      'def f():',
      '    l(p)',
    ],
    calls: ['7 torch.load'],
  },
  'object of a library': {
    lines: ['import pickle', 'u = pickle.Unpickler(f)', 'u.load()'],
    calls: ['3 pickle.Unpickler().load'],
  },
  'object opened by with': {
    lines: ['from openai import OpenAI', 'with OpenAI() as c:', '    c.chat.completions.create()'],
    calls: ['3 openai.**.chat.completions.create'],
  },
  'annotated parameter': {
    lines: ['import openai', 'def f(c: openai.OpenAI | None = None):', '    c.chat.completions.create()'],
    calls: ['3 openai.**.chat.completions.create'],
  },
  awaited: {
    lines: ['from openai import AsyncOpenAI as A', 'async def f():', '    await A().chat.completions.create()'],
    calls: ['3 openai.**.chat.completions.create'],
  },
  'made by a function of the file': {
    lines: ['import openai', 'def client():', '    return openai.OpenAI()', 'client().chat.completions.create()'],
    calls: ['4 openai.**.chat.completions.create'],
  },
  decorator: { lines: ['import torch', '@torch.load(p)', 'def f(): pass'], calls: ['2 torch.load'] },
  'default of a parameter': { lines: ['import torch', 'def f(torch=torch.load(p)): pass'], calls: ['2 torch.load'] },
  comprehension: {
    lines: ['import torch', 'x = [torch.load(p) for p in torch.load(q)]'],
    calls: ['2 torch.load', '2 torch.load'],
  },
  'inside a format string': { lines: ['import torch', 'x = f"{torch.load(p)}"'], calls: ['2 torch.load'] },
  match: {
    lines: ['import torch', 'match x:', '    case {"a": y}:', '        torch.load(y)'],
    calls: ['4 torch.load'],
  },
  'a builtin': { lines: ['exec(x)'], calls: ['1 exec'] },
  'bound again later': {
    lines: ['import torch', 'load = other', 'load(1)', 'load = torch.load', 'load(2)'],
    calls: ['5 torch.load'],
  },
};

for (const [title, { lines, calls }] of Object.entries(FOUND)) {
  test(`finds ${title}`, () => assert.deepEqual(callsIn(...lines), calls));
}

const UNKNOWN: Record<string, string[]> = {
  'a name that nothing binds': ['torch.load(p)'],
  'a parameter': ['import torch', 'def f(torch):', '    torch.load(p)'],
  'a parameter of a lambda': ['from torch import load', 'f = lambda load: load(p)'],
  'a target of a comprehension': ['from torch import load', 'x = [load(p) for load in loaders]'],
  'a local function': ['from torch import load', 'def load(p): ...', 'load(p)'],
  'a local class': ['import pickle', 'class U: ...', 'U(f).load()'],
  'a later import': ['from torch import load', 'from mine import load', 'load(p)'],
  'a relative import': ['from .torch import load', 'load(p)'],
  'a deleted name': ['from torch import load', 'del load', 'load(p)'],
  'a loop variable': ['from torch import load', 'for load in loaders:', '    load(p)'],
  'a caught exception': ['from torch import load', 'try: pass', 'except E as load:', '    load(p)'],
  'a captured pattern': ['from torch import load', 'match x:', '    case [load]:', '        load(p)'],
  'branches that disagree': ['if x:', '    from torch import load', 'else:', '    from pickle import load', 'load(p)'],
  'one unknown branch': ['from torch import load', 'if x:', '    load = mine', 'load(p)'],
  'the other branch': ['load = mine', 'if x:', '    from torch import load', 'else:', '    load(p)'],
  'a method of the same name': ['import torch', 'class A:', '    def load(self, p):', '        self.load(p)'],
  'a shadowed builtin': ['def exec(x): ...', 'exec(y)'],
  'two star imports': ['from torch import *', 'from mine import *', 'load(p)'],
  'a name of a class body in a method': [
    'class A:',
    '    from torch import load',
    '    def f(self):',
    '        load(p)',
  ],
  'text in strings and comments': [
    'import torch',
    '# torch.load(p)',
    'x = "torch.load(p)"',
    '"""',
    'torch.load(p)',
    '"""',
  ],
};

for (const [title, lines] of Object.entries(UNKNOWN)) {
  test(`does not know ${title}`, () => assert.deepEqual(callsIn(...lines), []));
}

test('says how a name came to mean an API', () => {
  const via = (text: string) => readPython(text).callsTo(APIS)[0]?.call.via;
  assert.equal(via('import torch\ntorch.load(p)'), undefined);
  assert.equal(via('from torch import nn, load as l\nl(p)'), '`l` is `torch.load` here: `from torch import load as l`');
  assert.equal(via('import torch\nf = torch.load\nf(p)'), '`f` is `torch.load` here: `f = torch.load`');
});
