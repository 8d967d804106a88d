import { knownHoles } from '../../engine/knownHoles.ts';
import { defineRule } from '../../engine/rule.ts';
import { VULNERABLE } from './vulnerable-loader-version.table.ts';

export const vulnerableLoaderVersion = defineRule({
  meta: {
    id: 'GL313',
    name: 'vulnerable-loader-version',
    title: 'Safe loader of a version with a known hole',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-1395',
      'cwe:CWE-502',
      'atlas:AML.T0010.001',
    ],
    why: 'The call is the safe one, but the version of the library that the project names is known to let a crafted file around that safety.',
    how: 'Raise the version in the manifest and in the lock file. Until then load only files that you made.',
    messages: {
      call: '`{call}` has a known hole before {package} {version} ({flaw}); the project allows {allowed}',
    },
    detections: [
      'LOAD-02',
      'LOAD-26',
      'LOAD-29',
      'LOAD-30',
      'LOAD-35',
      'LOAD-37',
      'LOAD-38',
      'LOAD-49',
      'LOAD-55',
      'LOAD-60',
    ],
    examples: [
      {
        path: 'load.py',
        packages: { torch: '==2.5.1' },
        bad: 'import torch\n\nstate = torch.load("model.pt", weights_only=True)\n',
      },
      {
        title: 'the default, of a version that has it',
        path: 'load.py',
        packages: { torch: '==2.8.0' },
        bad: 'import torch\n\nstate = torch.load(path)\n',
      },
      {
        path: 'load.py',
        packages: { keras: '==3.8.0' },
        bad: 'import keras\n\nmodel = keras.saving.load_model("model.keras")\n',
      },
      {
        path: 'load.py',
        packages: { keras: '==3.11.0' },
        bad: 'from keras.models import load_model\n\nmodel = load_model("model.h5")\n',
      },
      { path: 'load.py', packages: { onnx: '==1.16.0' }, bad: 'import onnx\n\nmodel = onnx.load(path)\n' },
      { path: 'words.py', packages: { nltk: '==3.8.1' }, bad: 'import nltk\n\nnltk.download("punkt")\n' },
      {
        path: 'data.py',
        packages: { pyarrow: '==13.0.0' },
        bad: 'import pyarrow.parquet as pq\n\ntable = pq.read_table(path)\n',
      },
      {
        title: 'only the lowest version of a range is affected',
        path: 'load.py',
        packages: { 'langchain-core': '>=1.1' },
        bad: 'from langchain_core.load import loads\n\nchain = loads(text)\n',
      },
      {
        title: 'a version without the hole',
        path: 'load.py',
        packages: { torch: '==2.10.0' },
        good: 'import torch\n\nstate = torch.load("model.pt", weights_only=True)\n',
      },
      {
        title: 'no manifest says which version',
        path: 'load.py',
        good: 'import torch\n\nstate = torch.load("model.pt", weights_only=True)\n',
      },
      {
        title: 'only the graph is read',
        path: 'load.py',
        packages: { onnx: '==1.16.0' },
        good: 'import onnx\n\nmodel = onnx.load(path, load_external_data=False)\n',
      },
      {
        title: 'the resource without a pickle',
        path: 'words.py',
        packages: { nltk: '==3.8.1' },
        good: 'import nltk\n\nnltk.download("punkt_tab")\n',
      },
      {
        title: 'closed by the package made for it',
        path: 'data.py',
        packages: { pyarrow: '==13.0.0' },
        good: 'import pyarrow.parquet as pq\nimport pyarrow_hotfix\n\ntable = pq.read_table(path)\n',
      },
    ],
  },
  triggers: [VULNERABLE],
  check(file) {
    // The package that was made to close the hole.
    const isClosed = file.text.includes('pyarrow_hotfix');
    const found = [...knownHoles(file, VULNERABLE, 'lower')];
    return isClosed ? found.filter(({ data }) => data?.package !== 'pyarrow') : found;
  },
});
