import type { CallRow } from '../../engine/callRule.ts';

/** An address or the `owner/name` of a repository; no path of this machine. */
const REPOSITORY = /^(?:https?:\/\/|[\w-][\w.-]*\/[\w.-]+$)/;
/** `owner/name` without anything behind it, and with a branch or tag; a full commit cannot move. */
const BARE = /^[\w-][\w.-]*\/[\w.-]+$/;
const BRANCH = /^[\w-][\w.-]*\/[\w.-]+:(?![0-9a-f]{40}$)/i;
/** torch 1.12 to 2.14 (`torch/hub.py`, `_TRUSTED_REPO_OWNERS`) never asks about these. */
const KNOWN = /^(?:facebookresearch|facebookincubator|pytorch|fairinternal)\//i;
const STRANGER =
  /^(?!(?:facebookresearch|facebookincubator|pytorch|fairinternal)\/)[\w-][\w.-]*\/[\w.-]+(?:$|:(?![0-9a-f]{40}$))/i;
const COMMIT_MISSING = { parameter: 'revision', is: /^(?![0-9a-f]{40}$)/i, absent: true, noneIsDefault: true } as const;
const LOCAL = { parameter: 'source', position: 2, is: ['local'] } as const;
const PIN = { set: 'revision', to: '"<commit>"', kind: 'suggestion' } as const;

function hubRows(apis: string, parameter: string): CallRow[] {
  const row = { detection: 'CODE-05', apis };
  const repository = (is: RegExp) => ({ parameter, position: 0, is });
  const known = repository(KNOWN);
  const asked = [LOCAL, { parameter: 'trust_repo', is: 'true' }, { parameter: 'skip_validation', is: 'true' }] as const;
  const append = { append: ':<commit>', parameter, position: 0, kind: 'suggestion' } as const;
  return [
    {
      ...row,
      when: [repository(STRANGER), { parameter: 'trust_repo', is: 'true' }],
      unless: [LOCAL],
      message: 'trusted',
      severity: 'error',
      fixes: [{ set: 'trust_repo', to: '"check"', kind: 'suggestion' }],
    },
    {
      ...row,
      when: [repository(STRANGER), { parameter: 'skip_validation', is: 'true' }],
      unless: [LOCAL, { parameter: 'trust_repo', is: 'true' }],
      message: 'trusted',
      severity: 'error',
      fixes: [{ remove: 'skip_validation', kind: 'suggestion' }],
    },
    { ...row, when: [repository(BARE)], unless: [...asked, known], message: 'branch', fixes: [append] },
    { ...row, when: [repository(BRANCH)], unless: [...asked, known], message: 'branch' },
    { ...row, when: [known, repository(BARE)], unless: [LOCAL], message: 'branch', severity: 'info', fixes: [append] },
    { ...row, when: [known, repository(BRANCH)], unless: [LOCAL], message: 'branch', severity: 'info' },
  ];
}

/**
 * Calls that fetch Python files or native binaries and run them, without a flag that says so. Sources: torch 2.14 (`torch/hub.py`),
 * diffusers 0.42 (`pipelines/pipeline_utils.py`), transformers 5.18 (kernels), datasets 2.16 (`load.py`), and the
 * documentation of evaluate, kernels, Gradio and spaCy.
 */
export const CODE_FROM_HUB: readonly CallRow[] = [
  ...hubRows('torch.hub.load', 'repo_or_dir'),
  ...hubRows('torch.hub.list torch.hub.help', 'github'),
  {
    detection: 'CODE-04',
    apis: 'diffusers.**.from_pretrained',
    when: [{ parameter: 'custom_pipeline', is: REPOSITORY }],
    unless: [{ parameter: 'custom_revision', is: /^[0-9a-f]{40}$/i }],
    message: 'run',
    severity: 'error',
    fixes: [{ set: 'custom_revision', to: '"<commit>"', kind: 'suggestion' }],
  },
  {
    detection: 'CODE-04',
    apis: 'diffusers.**.from_pretrained',
    // A plain name stands for a file of the community folder of the diffusers repository.
    when: [{ parameter: 'custom_pipeline', is: /^[\w-]+$/ }],
    unless: [{ parameter: 'custom_revision', is: /^[0-9a-f]{40}$/i }],
    message: 'run',
  },
  {
    detection: 'DATA-04',
    apis: 'evaluate.load evaluate.combine',
    when: [{ parameter: 'path', position: 0, is: REPOSITORY }, COMMIT_MISSING],
    message: 'metric',
    fixes: [PIN],
  },
  {
    detection: 'CODE-08',
    apis: 'kernels.get_kernel',
    when: [
      { parameter: 'repo_id', position: 0, is: /^(?!kernels-community\/)[\w.-]+\/[\w.-]+$/ },
      { ...COMMIT_MISSING, position: 1 },
    ],
    unless: [{ parameter: 'version', is: 'given' }],
    message: 'kernel',
    fixes: [{ ...PIN, of: { parameter: 'repo_id', position: 0 } }],
  },
  {
    detection: 'CODE-08',
    apis: 'transformers.**.from_pretrained transformers.**.from_config transformers.pipeline',
    when: [{ parameter: 'allow_all_kernels', is: 'true' }],
    message: 'kernel',
    severity: 'error',
    fixes: [{ remove: 'allow_all_kernels', kind: 'suggestion' }],
  },
  {
    detection: 'CODE-08',
    apis: 'transformers.**.from_pretrained transformers.**.from_config',
    when: [{ parameter: 'attn_implementation', is: /^(?!kernels-community\/)[\w.-]+\/[\w.-]+$/ }],
    message: 'kernel',
  },
  {
    detection: 'CODE-09',
    // smolagents asks for the flag of GL303; its predecessor in transformers 4 did not.
    apis: 'transformers.load_tool transformers.tools.load_tool transformers.agents.load_tool',
    when: [{ parameter: 'task_or_repo_id', position: 0, is: REPOSITORY }, COMMIT_MISSING],
    unless: [{ parameter: 'trust_remote_code', is: 'given' }],
    message: 'tool',
  },
  {
    detection: 'DATA-02',
    apis: 'datasets.load_dataset datasets.load_dataset_builder',
    when: [{ parameter: 'path', position: 0, is: /^[\w-][\w.-]*\/[\w.-]+$|\.py$/ }],
    unless: [{ parameter: 'trust_remote_code', is: 'given' }],
    versions: { package: 'datasets', below: '2.16' },
    message: 'script',
  },
  {
    detection: 'CODE-16',
    apis: 'gradio.load gradio.Interface.load gradio.Blocks.load',
    when: [{ parameter: 'name', position: 0, is: /^spaces\// }],
    message: 'space',
    severity: 'hint',
  },
  {
    detection: 'CODE-16',
    apis: 'gradio.load',
    when: [
      { parameter: 'name', position: 0, is: REPOSITORY },
      { parameter: 'src', position: 1, is: ['spaces'] },
    ],
    message: 'space',
    severity: 'hint',
  },
  {
    detection: 'CODE-16',
    apis: 'spacy.cli.download spacy.cli.download.download',
    when: [{ parameter: 'model', position: 0, is: /^https?:\/\// }],
    message: 'package',
  },
];
