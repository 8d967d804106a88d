import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiTable, readPython } from '../../../server/src/languages/python/program.ts';

const APIS = apiTable(
  `torch.load pickle.load pickle.Unpickler().load yaml.load openai.**.chat.completions.create exec os.system
  pytorch_lightning.**.load_from_checkpoint keras.models.load_model transformers.**.from_pretrained
  huggingface_hub.hf_hub_download joblib.load lib.f`
    .split(/\s+/)
    .map((name) => [name, name] as const),
);

/** Lines (from 1) on which a call of the table is found, with its name. */
function callsIn(source: string): string {
  return readPython(source)
    .callsTo(APIS)
    .map(({ call, row }) => `${source.slice(0, call.span.start).split('\n').length} ${row}`)
    .join(', ');
}

/** Each form with the calls it holds; its safe neighbour, in which nothing must be found. */
const FORMS: Record<string, { readonly found: readonly [string, string]; readonly not?: readonly string[] }> = {
  'an import with `else`': {
    found: ['try:\n  import torch\nexcept ImportError:\n  torch = None\nelse:\n  torch.load(p)', '6 torch.load'],
  },
  'an import under a condition': {
    found: ['if TYPE_CHECKING:\n  import torch\nelse:\n  import torch\ntorch.load(p)', '5 torch.load'],
    not: ['if x:\n  import torch\nelse:\n  import mine as torch\ntorch.load(p)'],
  },
  'versions of one library': {
    found: [
      'if sys.version_info[0] < 3:\n  import cPickle as pickle\nelse:\n  import pickle\npickle.load(f)',
      '5 pickle.load',
    ],
  },
  'import of a module by constant': {
    found: ['import importlib as i\nNAME = "torch"\ni.import_module(NAME).load(p)', '3 torch.load'],
    not: ['import importlib as i\ni.import_module(name).load(p)'],
  },
  'import of a relative module by call': {
    found: [
      'from importlib import import_module\nimport_module(".load", package="torch")\nimport torch\ntorch.load(p)',
      '4 torch.load',
    ],
    not: ['from importlib import import_module\nimport_module(".torch", "mine").load(p)'],
  },
  '`__import__` of a submodule': {
    found: ['__import__("os.path").system(x)', '1 os.system'],
    not: ['__import__("torch.sub", fromlist=["x"]).load(p)'],
  },
  'a module that a test may skip': {
    found: ['import pytest\ntorch = pytest.importorskip("torch")\ntorch.load(p)', '3 torch.load'],
    not: ['import mine\ntorch = mine.importorskip("torch")\ntorch.load(p)'],
  },
  'a chain of `getattr`': {
    found: ['getattr(__import__("os"), "system")(x)', '1 os.system'],
    not: ['import os\ngetattr(os, name)(x)', 'import os\ndef getattr(a, b): ...\ngetattr(os, "system")(x)'],
  },
  '`getattr` with a default': {
    found: ['import torch\nload = getattr(torch, "load", None)\nload(p)', '3 torch.load'],
  },
  'the loaded modules': {
    found: ['import sys\nsys.modules["torch"].load(p)', '2 torch.load'],
    not: ['import sys\nsys.modules[name].load(p)', 'modules = {}\nmodules["torch"].load(p)'],
  },
  'the module `builtins`': {
    found: ['import builtins\nbuiltins.exec(x)', '2 exec'],
    not: ['import builtins\nbuiltins.print(x)'],
  },
  're-assignment through several names': {
    found: ['import torch\na = torch\nb = a.load\nc = d = b\nc(p); d(p)', '5 torch.load, 5 torch.load'],
    not: ['import torch\na = torch\na = mine\na.load(p)'],
  },
  'an attribute of the object in any method': {
    found: [
      'import torch\nclass A:\n  def __init__(self):\n    self.loader = torch.load\n  def f(self, p):\n    return self.loader(p)',
      '6 torch.load',
    ],
    not: [
      'import torch\nclass A:\n  def __init__(self):\n    self.loader = torch.load\n  def g(self):\n    self.loader = mine\n  def f(self, p):\n    return self.loader(p)',
      'import torch\nclass A:\n  def __init__(self):\n    self.loader = torch.load\nclass B:\n  def f(self, p):\n    return self.loader(p)',
    ],
  },
  'an attribute of an instance': {
    found: [
      'import torch\nclass A:\n  def __init__(self):\n    self.loader = torch.load\na = A()\na.loader(p)\nA().loader(p)',
      '6 torch.load, 7 torch.load',
    ],
    not: ['import torch\nclass A:\n  def loader(self, p): ...\na = A()\na.loader(p)'],
  },
  'a static method': {
    found: ['import torch\nclass A:\n  l = staticmethod(torch.load)\nA().l(p)\nA.l(p)', '4 torch.load, 5 torch.load'],
  },
  'an attribute of a base class of the file': {
    found: [
      'import torch\nclass A:\n  l = staticmethod(torch.load)\nclass B(A): pass\nclass C(B):\n  def f(self):\n    self.l(p)\nC().l(p)',
      '7 torch.load, 8 torch.load',
    ],
    not: ['import torch\nclass A:\n  l = staticmethod(torch.load)\nclass B(A):\n  def l(self, p): ...\nB().l(p)'],
  },
  'a partial of a partial': {
    found: [
      'from functools import partial as P\nimport torch\nl = P(P(torch.load, x=1), y=2)\nl(p)\nP(torch.load)(p)',
      '4 torch.load, 5 torch.load',
    ],
    not: ['from mine import partial\nimport torch\npartial(torch.load)(p)'],
  },
  'a dictionary of functions': {
    found: [
      'import torch, pickle\nL = {"pt": torch.load, "pkl": pickle.load}\nL["pt"](p)\nclass A:\n  m = {"x": torch.load}\n  def f(self): self.m["x"](p)',
      '3 torch.load, 6 torch.load',
    ],
    not: [
      'import torch, pickle\nL = {"pt": torch.load, "pkl": pickle.load}\nL[kind](p)',
      'import torch\nL = {"pt": torch.load}\nL["pt"] = mine\nL["pt"](p)',
    ],
  },
  'a loop over functions': {
    found: ['import torch\nfor l in (torch.load, torch.load):\n  l(p)', '3 torch.load'],
    not: ['import torch\nfor l in (torch.load, mine):\n  l(p)', 'import torch\nfor l in torch.loaders:\n  l(p)'],
  },
  'a walrus in a comprehension': {
    found: ['import torch\nx = [y for z in a if (y := torch.load(z))]', '2 torch.load'],
    not: ['import torch\nx = [load(1) for load in a if (y := load)]'],
  },
  'a lambda': {
    found: ['import torch\nf = lambda p, load=torch.load: torch.load(p)\n', '2 torch.load'],
    not: ['import torch\nf = lambda torch: torch.load(p)'],
  },
  'a decorator': {
    found: [
      'import torch\n@torch.load(p)\n@mine\nclass A:\n  @property\n  def x(self): return torch.load(self.p)',
      '2 torch.load, 6 torch.load',
    ],
  },
  'match with patterns of every kind': {
    found: [
      'import torch\nmatch x:\n  case [a, *b] | {"k": c, **d} if torch.load(a): torch.load(d)\n  case A(b=torch.x): torch.load(p)',
      '3 torch.load, 3 torch.load, 4 torch.load',
    ],
    not: [
      'from torch import load\nmatch x:\n  case [*load]: load(p)',
      'from torch import load\nmatch x:\n  case {"a": 1, **load}: load(p)',
      'from torch import load\nmatch x:\n  case A() as load: load(p)',
      'from torch import load\nmatch x:\n  case A(b=load): load(p)',
    ],
  },
  'async code': {
    found: [
      'import openai\nasync def f():\n  async with openai.AsyncOpenAI() as c:\n    async for x in await c.chat.completions.create(): pass',
      '4 openai.**.chat.completions.create',
    ],
    not: ['import openai\nasync def f(c):\n  async with c as openai:\n    openai.OpenAI().chat.completions.create()'],
  },
  'nested format strings': {
    found: ['import torch\nx = f"{f\'{torch.load(p)}\':>{torch.load(q)}}"', '2 torch.load, 2 torch.load'],
    not: ['import torch\nx = f"{{torch.load(p)}}"'],
  },
  'type parameters': {
    found: [
      'import torch\ndef f[T: int](p: T) -> T:\n  return torch.load(p)\nclass A[T]:\n  x = torch.load(p)',
      '3 torch.load, 5 torch.load',
    ],
    not: ['from torch import load\ndef f[load](p):\n  load(p)'],
  },
  'an alias of a type': {
    found: [
      'from openai import OpenAI\ntype C = OpenAI\nD = OpenAI\ndef f(a: C, b: D):\n  a.chat.completions.create()\n  b.chat.completions.create()',
      '5 openai.**.chat.completions.create, 6 openai.**.chat.completions.create',
    ],
    not: ['from openai import OpenAI\ntype OpenAI = int\nOpenAI().chat.completions.create()'],
  },
  'annotations in every form': {
    found: [
      [
        'from openai import OpenAI',
        'from typing import Optional, Annotated, Union',
        'def f(a: "OpenAI", b: Optional[OpenAI], c: Annotated[OpenAI, Depends(x)], d: Union[OpenAI, None], *, e: OpenAI | None = None):',
        '  a.chat.completions.create()',
        '  b.chat.completions.create()',
        '  c.chat.completions.create()',
        '  d.chat.completions.create()',
        '  e.chat.completions.create()',
      ].join('\n'),
      [4, 5, 6, 7, 8].map((line) => `${line} openai.**.chat.completions.create`).join(', '),
    ],
    not: [
      'from openai import OpenAI\ndef f(a: list[OpenAI]):\n  a.chat.completions.create()',
      'from openai import OpenAI\ndef f(a: type[OpenAI]):\n  a.chat.completions.create()',
    ],
  },
  'an annotated attribute': {
    found: [
      'from openai import OpenAI\nclass A:\n  client: OpenAI\n  def f(self):\n    self.client.chat.completions.create()',
      '5 openai.**.chat.completions.create',
    ],
    not: [
      'from openai import OpenAI\nclass A:\n  client: Mine\n  def f(self):\n    self.client.chat.completions.create()',
    ],
  },
  'an argument kept as attribute': {
    found: [
      'from openai import OpenAI\nclass A:\n  def __init__(self, c: OpenAI):\n    self.c = c\n  def f(self):\n    self.c.chat.completions.create()',
      '6 openai.**.chat.completions.create',
    ],
  },
  nonlocal: {
    found: [
      'import torch\ndef f():\n  l = None\n  def g():\n    nonlocal l\n    l = torch.load\n  g()\n  l(p)',
      '8 torch.load',
    ],
    not: ['import torch\ndef f():\n  l = mine\n  def g():\n    l = torch.load\n  g()\n  l(p)'],
  },
  'a class method of a library class': {
    found: [
      [
        'import pytorch_lightning as pl',
        'class M(pl.LightningModule):',
        '  @classmethod',
        '  def make(cls, p):',
        '    return cls.load_from_checkpoint(p)',
        'class N(M): pass',
        'M.load_from_checkpoint(p)',
        'N.load_from_checkpoint(p)',
        'def f(m: M): return m.load_from_checkpoint(p)',
      ].join('\n'),
      [5, 7, 8, 9].map((line) => `${line} pytorch_lightning.**.load_from_checkpoint`).join(', '),
    ],
    not: [
      'import pytorch_lightning as pl\nclass M(pl.LightningModule):\n  @classmethod\n  def load_from_checkpoint(cls, p): ...\nM.load_from_checkpoint(p)',
      'class M(Base):\n  pass\nM.load_from_checkpoint(p)',
      'import pytorch_lightning as pl\nclass M:\n  base = pl.LightningModule\nM.load_from_checkpoint(p)',
      'class A(B): pass\nclass B(A): pass\nA.load_from_checkpoint(p)',
    ],
  },
  'a library class among several bases': {
    found: [
      'import abc, mine\nfrom lightning.pytorch import LightningModule\nfrom typing import Generic\nclass M(mine.Mixin, LightningModule, Generic[T], metaclass=abc.ABCMeta): pass\nM.load_from_checkpoint(p)',
      '5 pytorch_lightning.**.load_from_checkpoint',
    ],
  },
  'super()': {
    found: [
      'import lightning as L\nclass M(L.LightningModule):\n  @classmethod\n  def load_from_checkpoint(cls, p):\n    return super().load_from_checkpoint(p)',
      '5 pytorch_lightning.**.load_from_checkpoint',
    ],
    not: ['class M(Base):\n  def f(self):\n    super().load_from_checkpoint(p)', 'super().load_from_checkpoint(p)'],
  },
  'an object of a class made from one of a library': {
    found: [
      'import pickle, openai\nclass U(pickle.Unpickler):\n  def persistent_load(self, pid): ...\nU(f).load()\nclass C(openai.OpenAI): ...\nwith C() as c: c.chat.completions.create()',
      '4 pickle.Unpickler().load, 6 openai.**.chat.completions.create',
    ],
    not: [
      'import pickle\nclass U(pickle.Unpickler):\n  def find_class(self, module, name): ...\nU(f).load()',
      'import pickle\nclass U(pickle.Unpickler):\n  def find_class(self, module, name): ...\nclass V(U): ...\nV(f).load()',
      'import pickle\nclass U(pickle.Unpickler):\n  def load(self): ...\nU(f).load()',
    ],
  },
  'with over several objects': {
    found: [
      'import openai, pickle\nwith open(p) as f, openai.OpenAI() as c:\n  c.chat.completions.create()\n  pickle.load(f)\nwith (open(q) as g, openai.OpenAI() as d):\n  d.chat.completions.create()',
      '3 openai.**.chat.completions.create, 4 pickle.load, 6 openai.**.chat.completions.create',
    ],
    not: [
      'from torch import load\nwith a as load:\n  load(p)',
      'from torch import load\nwith (a as load):\n  load(p)',
      'from torch import load\nwith (b as c, a as load):\n  load(p)',
    ],
  },
  'shadowing by what comes later': {
    found: ['from torch import load\nload(p)\nfrom mine import load', '2 torch.load'],
    not: [
      'from torch import load\ndef f():\n  load(p)\n  load = 1',
      'from torch import load\ndef f():\n  load(p)\nfrom mine import load',
      'from torch import load\nclass load: ...\nload(p)',
      'import torch\ndef f(*torch): torch.load(p)',
      'import torch\ndef f(**torch): torch.load(p)',
      'from torch import load\ntry: ...\nexcept* E as load: load(p)',
    ],
  },
};

for (const [title, { found, not = [] }] of Object.entries(FORMS)) {
  test(`sees through ${title}`, () => {
    assert.equal(callsIn(found[0]), found[1]);
    for (const source of not) assert.equal(callsIn(source), '', source);
  });
}

/** Every way to import a library that tables name once. */
const SAME: Record<string, readonly string[]> = {
  'torch.load': [
    'import torch as th\nth.load(p)',
    'from torch import load\nload(p)',
    'from torch.serialization import load as l\nl(p)',
    'import torch.serialization as s\ns.load(p)',
  ],
  'pickle.load': [
    'import pickle as pkl\npkl.load(f)',
    'import cPickle as pickle\npickle.load(f)',
    'import _pickle as cPickle\ncPickle.load(f)',
    'from six.moves import cPickle\ncPickle.load(f)',
    'from six.moves import cPickle as p\np.load(f)',
    'import pickle5 as pickle\npickle.load(f)',
    'try:\n  import cPickle as p\nexcept ImportError:\n  import pickle as p\np.load(f)',
  ],
  'joblib.load': [
    'import joblib\njoblib.load(p)',
    'from joblib import load\nload(p)',
    'from sklearn.externals import joblib\njoblib.load(p)',
    'import sklearn.externals.joblib as joblib\njoblib.load(p)',
    'from joblib.numpy_pickle import load\nload(p)',
  ],
  'numpy.load': [
    'import numpy as onp\nonp.load(p)',
    'from numpy import load\nload(p)',
    'from numpy.lib.npyio import load\nload(p)',
  ],
  'pandas.read_pickle': [
    'import pandas as pd\npd.read_pickle(p)',
    'from pandas import read_pickle\nread_pickle(p)',
    'from pandas.io.pickle import read_pickle\nread_pickle(p)',
  ],
  'keras.models.load_model': [
    'import tensorflow as tf\ntf.keras.models.load_model(p)',
    'import tensorflow.compat.v1 as tf\ntf.keras.models.load_model(p)',
    'from tensorflow import keras\nkeras.models.load_model(p)',
    'from tensorflow.keras.models import load_model\nload_model(p)',
    'from keras import models\nmodels.load_model(p)',
    'from keras.src.models import load_model\nload_model(p)',
    'from tensorflow.python.keras.models import load_model\nload_model(p)',
    'import tf_keras\ntf_keras.models.load_model(p)',
  ],
  'yaml.load': [
    'from yaml import load, Loader\nload(f, Loader)',
    'try:\n  from yaml import CLoader as Loader, load\nexcept ImportError:\n  from yaml import Loader, load\nload(f, Loader=Loader)',
  ],
  'ruamel.yaml.load': [
    'import ruamel.yaml as yaml\nyaml.load(f)',
    'from ruamel import yaml\nyaml.load(f)',
    'import ruamel_yaml as yaml\nyaml.load(f)',
  ],
  'pytorch_lightning.LightningModule.load_from_checkpoint': [
    'import pytorch_lightning as pl\npl.LightningModule.load_from_checkpoint(p)',
    'import lightning.pytorch as pl\npl.LightningModule.load_from_checkpoint(p)',
    'import lightning as L\nL.LightningModule.load_from_checkpoint(p)',
    'from pytorch_lightning.core import LightningModule\nclass M(LightningModule): ...\nM.load_from_checkpoint(p)',
    'from pytorch_lightning.core.lightning import LightningModule\nclass M(LightningModule): ...\nM.load_from_checkpoint(p)',
  ],
  'huggingface_hub.hf_hub_download': [
    'from huggingface_hub import hf_hub_download\nhf_hub_download(r, f)',
    'from huggingface_hub.file_download import hf_hub_download as d\nd(r, f)',
  ],
  'datasets.load_dataset': [
    'from datasets import load_dataset\nload_dataset(n)',
    'from datasets.load import load_dataset\nload_dataset(n)',
  ],
  'torch.hub.load_state_dict_from_url': [
    'from torch.hub import load_state_dict_from_url\nload_state_dict_from_url(u)',
    'from torch import hub\nhub.load_state_dict_from_url(u)',
    'import torch.utils.model_zoo as model_zoo\nmodel_zoo.load_url(u)',
    'from torch.utils.model_zoo import load_url\nload_url(u)',
    'from torchvision.models.utils import load_state_dict_from_url\nload_state_dict_from_url(u)',
  ],
  'torch.distributed.checkpoint.load': [
    'import torch.distributed.checkpoint as dcp\ndcp.load(s)',
    'from torch.distributed import checkpoint as dist_cp\ndist_cp.load(s)',
  ],
  'langchain_community.vectorstores.FAISS.load_local': [
    'from langchain_community.vectorstores import FAISS\nFAISS.load_local(p)',
    'from langchain_community.vectorstores.faiss import FAISS\nFAISS.load_local(p)',
    'from langchain.vectorstores import FAISS\nFAISS.load_local(p)',
    'from langchain.vectorstores.faiss import FAISS\nFAISS.load_local(p)',
    'from langchain_classic.vectorstores import FAISS\nFAISS.load_local(p)',
  ],
  'llama_index.query_engine.PandasQueryEngine': [
    'from llama_index.query_engine import PandasQueryEngine\nPandasQueryEngine(d)',
    'from llama_index.core.query_engine import PandasQueryEngine\nPandasQueryEngine(d)',
    'from llama_index.legacy.query_engine import PandasQueryEngine\nPandasQueryEngine(d)',
    'from gpt_index.query_engine import PandasQueryEngine\nPandasQueryEngine(d)',
  ],
  'onnxruntime.InferenceSession': [
    'import onnxruntime as ort\nort.InferenceSession(p)',
    'import onnxruntime as rt\nrt.InferenceSession(p)',
  ],
  'safetensors.torch.load_file': ['import safetensors.torch as st\nst.load_file(p)'],
  'streamlit.markdown': ['import streamlit as st\nst.markdown(x)'],
  'skops.io.load': ['import skops.io as sio\nsio.load(p)', 'from skops.io import load\nload(p)'],
  'mlflow.pyfunc.load_model': [
    'import mlflow.pyfunc\nmlflow.pyfunc.load_model(u)',
    'import mlflow\nmlflow.pyfunc.load_model(u)',
  ],
  'tensorflow_hub.load': ['import tensorflow_hub as hub\nhub.load(u)'],
  exec: ['exec(x)', 'import builtins\nbuiltins.exec(x)', 'import __builtin__ as b\nb.exec(x)'],
};
for (const [name, sources] of Object.entries(SAME)) {
  test(`knows ${name} by every import`, () => {
    const table = apiTable([[name, true]]);
    for (const source of sources) assert.equal(readPython(source).callsTo(table).length, 1, source);
  });
}
