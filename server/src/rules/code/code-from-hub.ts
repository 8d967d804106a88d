import { callTable, checkCalls } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';
import { CODE_FROM_HUB } from './code-from-hub.table.ts';

const TABLE = callTable(CODE_FROM_HUB);

export const codeFromHub = defineRule({
  meta: {
    id: 'GL315',
    name: 'code-from-hub',
    title: 'Code is fetched from a repository that may change and run',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-2.1.2',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-829',
      'cwe:CWE-494',
      'atlas:AML.T0010.001',
    ],
    why: 'The call downloads Python files or binaries and runs them with your rights. A branch, a tag or the newest version is what its owner, or whoever takes over the account, makes of it tomorrow.',
    how: 'Read the code and pin the commit you have read, or keep a copy of it in your project.',
    messages: {
      trusted: '`{call}` runs the code of a stranger’s repository without asking: `{argument}`',
      branch: '`{call}` runs whatever the branch holds today: name a commit, `owner/name:<commit>`',
      run: '`{call}` downloads a pipeline and runs its code: `{argument}`',
      metric: '`{call}` runs the code of a metric that its publisher can change at any time',
      kernel: '`{call}` loads native code of a repository that its publisher can change at any time',
      tool: '`{call}` runs the code of a tool that its publisher can change at any time',
      script: '`{call}` runs the loading script of the dataset without asking: that is so before {package} {version}',
      space: '`{call}` builds the app from what the Space says today',
      package: '`{call}` installs a package from an address without a digest',
    },
    detections: 'DATA-02 DATA-04 CODE-04 CODE-05 CODE-08 CODE-09 CODE-16'.split(' '),
    examples: [
      {
        path: 'load.py',
        bad: 'import torch\n\nmodel = torch.hub.load("somebody/detector", "detector_s", pretrained=True)\n',
      },
      {
        title: 'trusted outright',
        path: 'load.py',
        bad: 'import torch\n\nmodel = torch.hub.load("somebody/detector:v2", "detector_s", trust_repo=True)\n',
      },
      {
        title: 'a known publisher, which lowers it to an information',
        path: 'load.py',
        bad: 'import torch\n\nmodel = torch.hub.load("pytorch/vision:main", "resnet50")\n',
      },
      {
        title: 'a pipeline of somebody else',
        path: 'generate.py',
        bad: 'from diffusers import DiffusionPipeline\n\npipe = DiffusionPipeline.from_pretrained(name, custom_pipeline="somebody/pipeline")\n',
      },
      {
        title: 'a metric of somebody else',
        path: 'score.py',
        bad: 'import evaluate\n\nmetric = evaluate.load("somebody/metric")\n',
      },
      {
        title: 'a native kernel',
        path: 'load.py',
        bad: 'from kernels import get_kernel\n\nactivation = get_kernel("somebody/activation")\n',
      },
      {
        title: 'a dataset script, before datasets asked',
        path: 'data.py',
        packages: { datasets: '==2.14.0' },
        bad: 'from datasets import load_dataset\n\ndata = load_dataset("somebody/corpus", split="train")\n',
      },
      {
        title: 'an app',
        path: 'app.py',
        bad: 'import gradio as gr\n\ndemo = gr.load("spaces/somebody/app")\n',
      },
      {
        title: 'a commit',
        path: 'load.py',
        good: 'import torch\n\nmodel = torch.hub.load("somebody/detector:8f7e0d2b6a4c1e9f3d5b7a9c0e2f4d6b8a1c3e5f", "detector_s")\n',
      },
      {
        title: 'a folder of this machine',
        path: 'load.py',
        good: 'import torch\n\nmodel = torch.hub.load("vendor/detector", "detector_s", source="local")\n',
      },
      {
        title: 'metrics of the library itself, and one pinned',
        path: 'score.py',
        good: 'import evaluate\n\naccuracy = evaluate.load("accuracy")\nother = evaluate.load("somebody/metric", revision="8f7e0d2b6a4c1e9f3d5b7a9c0e2f4d6b8a1c3e5f")\n',
      },
      {
        title: 'another `load`',
        path: 'load.py',
        good: 'from project import hub\n\nmodel = hub.load("somebody/detector", "detector_s")\n',
      },
      {
        title: 'a pipeline of this project',
        path: 'generate.py',
        good: 'from diffusers import DiffusionPipeline\n\npipe = DiffusionPipeline.from_pretrained(name, custom_pipeline="./pipelines/mine")\n',
      },
    ],
  },
  triggers: [TABLE],
  *check(file) {
    yield* checkCalls(file, TABLE, 'warning');
  },
});
