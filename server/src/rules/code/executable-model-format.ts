import { checkCalls } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';
import { EXECUTABLE_FORMATS } from './executable-model-format.table.ts';

export const executableModelFormat = defineRule({
  meta: {
    id: 'GL309',
    name: 'executable-model-format',
    title: 'Model format that carries code and has no safe mode',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'cwe:CWE-829',
      'atlas:AML.T0011.000',
    ],
    why: 'TorchScript, exported programs, SavedModels and archives that name their classes are programs: loading or calling one runs what its author put in. No argument turns that off.',
    how: 'Exchange weights as `safetensors` and build the model from code of your own. Where the format is needed, load only files that your own job wrote, and compare a digest you keep elsewhere.',
    messages: {
      torchscript: '`{call}` runs code that the TorchScript file brings along; load only files that you made',
      torchscriptFrom: '`{call}` runs code that the TorchScript file brings along, and the file comes from {source}',
      package: '`{call}` without `module_allowed` runs code of the package and imports whatever it names',
      packageFrom: '`{call}` without `module_allowed` runs code of the package, which comes from {source}',
      exported: '`{call}` unpickles parts of the archive without restriction; load only files that you made',
      exportedFrom: '`{call}` unpickles parts of the archive without restriction, and the file comes from {source}',
      distributed: '`{call}` unpickles the metadata of the checkpoint; read only folders that your own job wrote',
      distributedFrom: '`{call}` unpickles the metadata of the checkpoint, which comes from {source}',
      graph: '`{call}` loads a graph that can read and write files when it runs; load only models that you made',
      graphFrom: '`{call}` loads a graph that can read and write files when it runs, and it comes from {source}',
      silent: '`{call}` with `silent=True` downloads from any repository without a question',
      repository: '`{call}` with `{argument}` takes the model from a repository other than the official one',
      archive: '`{call}` builds the classes that the archive names and unpickles its checkpoint',
      archiveFrom:
        '`{call}` builds the classes that the archive names and unpickles its checkpoint, and it comes from {source}',
    },
    peers: ['semgrep pytorch-package', 'semgrep pickles-in-tensorflow', 'codeql py/unsafe-deserialization'],
    detections: ['LOAD-07', 'LOAD-08', 'LOAD-09', 'LOAD-11', 'LOAD-32', 'LOAD-36', 'LOAD-47'],
    examples: [
      { path: 'serve.py', bad: 'import torch\n\nmodel = torch.jit.load("model.ts", map_location="cpu")\n' },
      {
        title: 'from a model hub',
        path: 'serve.py',
        bad: 'import torch\nfrom huggingface_hub import hf_hub_download\n\nprogram = torch.export.load(hf_hub_download("org/name", "model.pt2"))\n',
      },
      { path: 'serve.py', bad: 'from torch.package import PackageImporter\n\nimporter = PackageImporter(path)\n' },
      { path: 'serve.py', bad: 'import tensorflow as tf\n\nmodel = tf.saved_model.load(path)\n' },
      {
        title: 'a module of a hub without a version',
        path: 'embed.py',
        bad: 'import tensorflow_hub as hub\n\nembed = hub.load("https://tfhub.dev/someone/encoder")\n',
      },
      {
        path: 'asr.py',
        bad: 'import nemo.collections.asr as nemo_asr\n\nmodel = nemo_asr.models.ASRModel.restore_from("model.nemo")\n',
      },
      {
        path: 'hub.py',
        bad: 'import onnx.hub\n\nmodel = onnx.hub.load("resnet50", silent=True)\n',
        fixed: 'import onnx.hub\n\nmodel = onnx.hub.load("resnet50")\n',
      },
      {
        path: 'convert.py',
        bad: 'import torch.distributed.checkpoint as dcp\n\ndcp.load(state, storage_reader=dcp.FileSystemReader(path))\n',
      },
      {
        title: 'with a list of what may be imported',
        path: 'serve.py',
        good: 'from torch.package import PackageImporter\n\nimporter = PackageImporter(path, module_allowed=is_allowed)\n',
      },
      {
        title: 'a pinned module of a hub',
        path: 'embed.py',
        good: 'import tensorflow_hub as hub\n\nembed = hub.load("https://tfhub.dev/google/universal-sentence-encoder/4")\n',
      },
      {
        title: 'downloaded and compared, which leaves a warning',
        path: 'convert.py',
        bad: 'import hashlib\nimport urllib.request\n\nimport torch\n\n\ndef fetch(url, target, expected):\n    urllib.request.urlretrieve(url, target)\n    with open(target, "rb") as file:\n        if hashlib.sha256(file.read()).hexdigest() != expected:\n            raise RuntimeError(target)\n    return target\n\n\nmodel = torch.jit.load(fetch("https://x.example/m.pt", "m.pt", DIGEST))\n',
      },
      {
        title: 'another `load`',
        path: 'serve.py',
        good: 'from safetensors import torch\n\nstate = torch.load(data)\n',
      },
      {
        title: 'a buffer that was filled here',
        path: 'copy.py',
        good: 'import io\n\nimport torch\n\n\ndef clone(script):\n    buffer = io.BytesIO()\n    torch.jit.save(script, buffer)\n    buffer.seek(0)\n    return torch.jit.load(buffer)\n',
      },
    ],
  },
  triggers: [EXECUTABLE_FORMATS],
  *check(file) {
    yield* checkCalls(file, EXECUTABLE_FORMATS, 'warning');
  },
});
