import { checkRow } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';
import { flowOf } from '../../languages/python/program.ts';
import { COMPILES, NATIVE_LOADERS } from './native-code-load.table.ts';

export const nativeCodeLoad = defineRule({
  meta: {
    id: 'GL308',
    name: 'native-code-load',
    title: 'Machine code loaded from a model package or from elsewhere',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-829',
      'cwe:CWE-94',
      'atlas:AML.T0011.000',
    ],
    why: 'A shared library runs code the moment it is loaded, before anything can look at it. A library that came with a model, a download or an argument runs with your rights.',
    how: 'Ship native code as a package with a pinned version and hash, or build it from sources of this repository. Compare a digest you keep elsewhere before you load anything that was fetched.',
    messages: {
      package: '`{call}` runs the shared library inside the package; load only packages that you built',
      untrusted: '`{call}` runs native code that comes from {source}',
      compiled: '`{call}` compiles and runs source code that comes from {source}',
    },
    peers: [
      'semgrep tensorflow-load-library',
      'semgrep pytorch-classes-load-library',
      'semgrep onnx-session-options',
      'semgrep numpy-load-library',
      'semgrep numpy-f2py-compile',
    ],
    detections: ['LOAD-10', 'LOAD-33', 'LOAD-34'],
    examples: [
      {
        path: 'serve.py',
        bad: 'import torch\n\nmodel = torch._inductor.aoti_load_package("model.pt2")\n',
      },
      {
        title: 'a library from a model hub',
        path: 'ops.py',
        bad: 'import torch\nfrom huggingface_hub import hf_hub_download\n\ntorch.ops.load_library(hf_hub_download("org/name", "ops.so"))\n',
      },
      {
        title: 'a library named on the command line',
        path: 'run.py',
        bad: 'import sys\n\nimport onnxruntime as ort\n\noptions = ort.SessionOptions()\noptions.register_custom_ops_library(sys.argv[1])\n',
      },
      {
        title: 'sources that were downloaded',
        path: 'build.py',
        bad: 'import requests\nfrom torch.utils.cpp_extension import load_inline\n\nsource = requests.get(url, timeout=30).text\nops = load_inline(name="ops", cpp_sources=source)\n',
      },
      {
        title: 'a library beside the module',
        path: 'ops.py',
        good: 'from pathlib import Path\n\nimport torch\n\ntorch.ops.load_library(Path(__file__).parent / "_C.so")\n',
      },
      { path: 'ops.py', good: 'import ctypes\n\nlibc = ctypes.CDLL("libc.so.6")\n' },
      {
        title: 'compiled here',
        path: 'compile.py',
        good: 'import torch\n\npath = torch._inductor.aoti_compile_and_package(exported)\nmodel = torch._inductor.aoti_load_package(path)\n',
      },
      {
        title: 'sources of the repository',
        path: 'build.py',
        good: 'from torch.utils.cpp_extension import load\n\nops = load(name="ops", sources=["csrc/ops.cpp"])\n',
      },
    ],
  },
  triggers: [NATIVE_LOADERS],
  *check(file) {
    for (const match of file.python.callsTo(NATIVE_LOADERS)) {
      const [first] = match.call.arguments;
      if (first && flowOf(file.python, first.value, { sources: COMPILES })) continue;
      for (const row of match.row) {
        const problem = checkRow(file, { ...match, row }, 'warning');
        if (problem) yield problem;
      }
    }
  },
});
