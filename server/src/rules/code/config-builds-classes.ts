import { defineRule } from '../../engine/rule.ts';
import { flowOf, inContext } from '../../languages/python/program.ts';
import { BUILDERS, FROM_MODELS } from './config-builds-classes.table.ts';

export const configBuildsClasses = defineRule({
  meta: {
    id: 'GL312',
    name: 'config-builds-classes',
    title: 'Configuration of a model decides what is built and called',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.4',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-94',
      'cwe:CWE-915',
      'atlas:AML.T0011.000',
    ],
    why: 'A key such as `_target_` names the function to call. In a configuration that came with a model its author chooses that function, for example `os.system`, however safe the weights are.',
    how: 'Compare every `_target_` with a list of your own before building anything, or keep the configuration in your repository and take only weights from outside.',
    messages: {
      built: '`{call}` calls what the configuration names, and the configuration comes from {source}',
    },
    detections: ['LOAD-26'],
    examples: [
      {
        path: 'load.py',
        bad: 'from huggingface_hub import hf_hub_download\nfrom hydra.utils import instantiate\nfrom omegaconf import OmegaConf\n\nconfig = OmegaConf.load(hf_hub_download("org/name", "config.yaml"))\nmodel = instantiate(config.model)\n',
      },
      {
        title: 'stored in the checkpoint',
        path: 'load.py',
        bad: 'import hydra\nimport torch\n\ncheckpoint = torch.load(path, weights_only=True)\nmodel = hydra.utils.instantiate(checkpoint["config"]["model"])\n',
      },
      {
        path: 'load.py',
        bad: 'import json\nimport zipfile\n\nfrom monai.bundle import ConfigParser\n\nbundle = zipfile.ZipFile(path)\nparser = ConfigParser(json.loads(bundle.read("inference.json")))\n',
      },
      {
        title: 'a configuration of the project',
        path: 'train.py',
        good: 'import hydra\n\n\n@hydra.main(config_path="conf", config_name="train")\ndef main(config):\n    model = hydra.utils.instantiate(config.model)\n',
      },
      {
        path: 'train.py',
        good: 'from hydra.utils import instantiate\nfrom omegaconf import OmegaConf\n\nconfig = OmegaConf.load("conf/model.yaml")\nmodel = instantiate(config)\n',
      },
      {
        title: 'another `instantiate`',
        path: 'train.py',
        good: 'import torch\nfrom factory import instantiate\n\nmodel = instantiate(torch.load(path, weights_only=True))\n',
      },
    ],
  },
  triggers: [BUILDERS],
  *check(file) {
    for (const { call, row, name } of file.python.callsTo(BUILDERS)) {
      const config = call.argument(row.parameter, row.position);
      const flow = config.state === 'given' ? flowOf(file.python, config.node, FROM_MODELS) : undefined;
      if (!flow) continue;
      yield {
        span: call.nameSpan,
        message: 'built',
        data: { call: name, source: flow.source },
        severity: inContext(flow.source === 'a checkpoint' ? 'warning' : 'error', file.path),
        evidence: [...(call.via ? [`${call.via}.`] : []), `The configuration comes from ${flow.source}.`],
        related: flow.steps,
      };
    }
  },
});
