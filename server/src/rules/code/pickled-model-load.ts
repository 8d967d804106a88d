import { checkCalls } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';
import { PICKLED_MODELS } from './pickled-model-load.table.ts';

export const pickledModelLoad = defineRule({
  meta: {
    id: 'GL310',
    name: 'pickled-model-load',
    title: 'Library loader that unpickles underneath',
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
    why: 'The name of the function does not say so, but the file it reads is or contains a pickle, and a pickle runs code while it is read. Nothing in the call can stop that.',
    how: 'Load only files that your own pipeline wrote and nobody else can change. For models of others ask for a format without code, and compare a digest before you open them.',
    messages: {
      call: '`{call}` unpickles what it reads and so runs code that the file may contain; use {instead}',
      untrusted:
        '`{call}` unpickles what it reads and so runs code that the file may contain, and the file comes from {source}; use {instead}',
      objects: '`{call}` unpickles columns of objects; use {instead} for data of others',
    },
    peers: ['codeql py/unsafe-deserialization'],
    detections: [
      'LOAD-20',
      'LOAD-41',
      'LOAD-44',
      'LOAD-46',
      'LOAD-48',
      'LOAD-49',
      'LOAD-50',
      'LOAD-51',
      'LOAD-52',
      'LOAD-53',
      'LOAD-62',
    ],
    examples: [
      { path: 'app.py', bad: 'from fastai.vision.all import *\n\nlearner = load_learner("export.pkl")\n' },
      {
        path: 'app.py',
        bad: 'from huggingface_hub import from_pretrained_fastai\n\nlearner = from_pretrained_fastai("org/name")\n',
      },
      { path: 'detect.py', bad: 'from ultralytics import YOLO\n\nmodel = YOLO("weights/helmets.pt")\n' },
      {
        title: 'a checkpoint from a model hub',
        path: 'detect.py',
        bad: 'from huggingface_hub import hf_hub_download\nfrom ultralytics import YOLO\n\nmodel = YOLO(hf_hub_download("org/name", "best.pt"))\n',
      },
      { path: 'serve.py', bad: 'import mlflow.pyfunc\n\nmodel = mlflow.pyfunc.load_model("models:/triage/3")\n' },
      {
        path: 'convert.py',
        bad: 'from fairseq import checkpoint_utils\n\nmodels, config, task = checkpoint_utils.load_model_ensemble_and_task([path])\n',
      },
      { path: 'play.py', bad: 'from stable_baselines3 import PPO\n\nagent = PPO.load("agent")\n' },
      { path: 'words.py', bad: 'from gensim.models import Word2Vec\n\nmodel = Word2Vec.load("words.model")\n' },
      { path: 'data.py', bad: 'import pandas as pd\n\nframe = pd.read_hdf("frame.h5")\n' },
      {
        title: 'a model of the library',
        path: 'detect.py',
        good: 'from ultralytics import YOLO\n\nmodel = YOLO("yolo11n.pt")\n',
      },
      {
        title: 'a checkpoint without code',
        path: 'detect.py',
        good: 'from ultralytics import YOLO\n\nmodel = YOLO("weights/helmets.onnx")\n',
      },
      {
        title: 'a format that holds only vectors',
        path: 'words.py',
        good: 'from gensim.models import KeyedVectors\n\nmodel = KeyedVectors.load_word2vec_format("words.bin", binary=True)\n',
      },
      { title: 'a model by name', path: 'asr.py', good: 'import whisper\n\nmodel = whisper.load_model("base")\n' },
      { path: 'serve.py', good: 'import mlflow\n\nmodel = mlflow.onnx.load_model("models:/triage/3")\n' },
    ],
  },
  triggers: [PICKLED_MODELS],
  *check(file) {
    yield* checkCalls(file, PICKLED_MODELS, 'warning');
  },
});
