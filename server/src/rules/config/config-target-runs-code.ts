import { defineRule } from '../../engine/rule.ts';
import { allEntries } from '../../languages/tree.ts';

/** Keys under which a configuration names what is built: Hydra and MONAI, Lightning's command line, latent diffusion. */
const KEYS = /^(?:_target_|class_path|target)$/;
/**
 * Functions that run, load or fetch whatever their arguments say. Sources: the list that hydra 1.3.4 refuses, and loaders of
 * pickles.
 */
const RUNS =
  /^(?:(?:builtins|__builtin__|__builtins__)\.(?:eval|exec|compile|__import__|open|getattr|setattr|input|breakpoint)|os\.(?:system|popen|exec\w*|spawn\w*|posix_spawnp?|remove|unlink|rmdir|removedirs|kill|chmod|putenv)|posix\.\w+|nt\.\w+|pty\.spawn|subprocess\.\w+|runpy\.\w+|importlib\.(?:import_module|reload|__import__)|imp\.\w+|ctypes\.\w+|code\.\w+|shutil\.(?:rmtree|move|copy\w*|unpack_archive)|socket\.\w+|(?:c|_)?[pP]ickle\.(?:loads?|Unpickler)|(?:dill|cloudpickle|joblib|marshal|shelve)\.(?:loads?|open)|torch\.load|torch\.hub\.\w+|numpy\.load|pandas\.read_pickle|urllib\.request\.\w+|webbrowser\.\w+|pip\.\w+|sys\.(?:exit|modules)|timeit\.\w+|yaml\.(?:unsafe_load|load))(?:\.\w+)*$/;

export const configTargetRunsCode = defineRule({
  meta: {
    id: 'GL527',
    name: 'config-target-runs-code',
    title: 'Configuration that has a program run, load or fetch something',
    kinds: ['ai-config'],
    severity: 'error',
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
    detections: ['CFG-06'],
    why: 'A program that builds what its configuration names calls this function with the arguments that stand beside it. Such a file in a model archive is a program, and has been used as one.',
    how: 'Name a class of the project, and do what the function does in code that is reviewed.',
    messages: { runs: '`{key}` has the program call `{target}` with what stands beside it' },
    examples: [
      {
        path: 'conf/train.yaml',
        bad: 'callback:\n  _target_: subprocess.run\n  args: [id]\n',
        good: 'model:\n  _target_: project.models.Net\noptimizer:\n  _target_: torch.optim.AdamW\n  lr: 0.1\nloader:\n  _target_: torch.utils.data.DataLoader\npath:\n  _target_: os.path.join\n',
      },
      { path: 'config.json', bad: '{ "network": { "_target_": "builtins.eval" } }\n' },
      {
        title: 'a word that is no function',
        path: 'conf/train.yaml',
        good: '_target_: project.Net\ntarget: builtins\ntarget_: torch.load\n',
      },
    ],
  },
  *check({ tree, text }) {
    if (!/_target_|class_path|\btarget\b/.test(text)) return;
    for (const document of tree) {
      for (const { key, node } of allEntries(document)) {
        if (!KEYS.test(key) || typeof node.value !== 'string' || !RUNS.test(node.value)) continue;
        yield { span: node.span, message: 'runs', data: { key, target: node.value } };
      }
    }
  },
});
