import { callTable, checkCalls, grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { inContext } from '../../languages/python/program.ts';

const ARGUMENTS = `transformers.TrainingArguments transformers.Seq2SeqTrainingArguments
  transformers.training_args.TrainingArguments trl.SFTConfig trl.DPOConfig trl.GRPOConfig trl.RewardConfig trl.KTOConfig
  trl.PPOConfig trl.ORPOConfig sentence_transformers.SentenceTransformerTrainingArguments`;

/**
 * - transformers: `push_to_hub` is off when unset, `hub_private_repo` leaves it to the organisation, which is public unless
 *   set otherwise. `report_to` means every tracker that is installed when unset in 4.x, and none in 5.x.
 * - wandb: `save_code` is off when unset.
 */
const CALLS = callTable(
  [
    {
      detection: 'TRN-01',
      apis: ARGUMENTS,
      when: [
        { parameter: 'push_to_hub', is: 'true' },
        { parameter: 'hub_private_repo', is: 'absent' },
      ],
      message: 'public',
      fixes: [{ set: 'hub_private_repo', to: 'True', kind: 'suggestion' }],
    },
    {
      detection: 'TRN-05',
      apis: 'wandb.init',
      when: [{ parameter: 'save_code', is: 'true' }],
      message: 'code',
      fixes: [{ remove: 'save_code', kind: 'suggestion' }],
    },
    {
      detection: 'TRN-05',
      apis: 'mlflow.log_artifact mlflow.log_artifacts',
      when: [
        {
          parameter: 'local_path',
          position: 0,
          is: /(?:^|\/)(?:\.env(?:\.\w+)?|secrets\.toml|\.netrc|\.aws\/credentials)$/,
        },
      ],
      message: 'secrets',
      severity: 'warning',
    },
  ],
  { wrapped: false },
);
const TRACKERS = callTable(
  [
    {
      detection: 'TRN-02',
      apis: ARGUMENTS,
      when: [{ parameter: 'report_to', is: 'absent' }],
      versions: { package: 'transformers', below: '5.0' },
      message: 'trackers',
      severity: 'hint',
      fixes: [{ set: 'report_to', to: '"none"', kind: 'suggestion' }],
    },
  ],
  { wrapped: false },
);
/** What records the configuration of a run, and the parameter that takes it. */
const RECORDERS = callTable(
  [
    {
      detection: 'TRN-05',
      apis: 'wandb.config.update wandb.init().config.update',
      source: { parameter: 'd', position: 0 },
    },
    { detection: 'TRN-05', apis: 'wandb.init', source: { parameter: 'config' } },
    { detection: 'TRN-05', apis: 'mlflow.log_params mlflow.log_dict', source: { parameter: 'params', position: 0 } },
  ],
  { wrapped: false },
);

export const trainingRunShared = defineRule({
  meta: {
    id: 'GL358',
    name: 'training-run-shared',
    title: 'Training run sends more to others than its code shows',
    kinds: ['python', 'notebook'],
    severity: 'info',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.4',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-200',
    ],
    why: 'Weights can give away the data they were trained on, and trackers keep arguments, code and variables on a server of somebody else.',
    how: 'Say who may see the result: `hub_private_repo=True` until it has been reviewed, a named tracker or `report_to="none"`.',
    messages: {
      public:
        '`{call}` publishes the model while it is trained; `hub_private_repo=True` keeps it private until you decide',
      code: '`save_code=True` uploads the source of the run, with everything written in it',
      secrets: '`{call}` uploads a file that holds secrets',
      trackers: '`{call}` without `report_to` sends the run to every tracker that happens to be installed',
      trackersMany:
        '{count} training configurations without `report_to` send runs to every tracker that happens to be installed',
      environment: '`{call}` uploads all environment variables, with the keys and tokens in them',
    },
    detections: ['TRN-01', 'TRN-02', 'TRN-05'],
    examples: [
      {
        path: 'train.py',
        bad: 'from transformers import TrainingArguments\n\nargs = TrainingArguments("out", push_to_hub=True, report_to="none")\n',
        fixed:
          'from transformers import TrainingArguments\n\nargs = TrainingArguments("out", push_to_hub=True, report_to="none", hub_private_repo=True)\n',
      },
      {
        title: 'a version that reports to whatever is installed',
        path: 'train.py',
        packages: { transformers: '==4.57.0' },
        bad: 'from transformers import TrainingArguments\n\nargs = TrainingArguments("out")\n',
        fixed: 'from transformers import TrainingArguments\n\nargs = TrainingArguments("out", report_to="none")\n',
      },
      { path: 'train.py', bad: 'import os\n\nimport wandb\n\nwandb.init(project="x", config=dict(os.environ))\n' },
      { path: 'train.py', bad: 'import mlflow\n\nmlflow.log_artifact(".env")\n' },
      {
        path: 'train.py',
        packages: { transformers: '==5.2.0' },
        good: 'from transformers import TrainingArguments\n\nargs = TrainingArguments("out")\n',
      },
      {
        title: 'nobody knows the version',
        path: 'train.py',
        good: 'from transformers import TrainingArguments\n\nargs = TrainingArguments("out")\n',
      },
      {
        path: 'train.py',
        good: 'import wandb\nfrom transformers import TrainingArguments\n\nwandb.init(project="x", config={"lr": 1e-4})\nargs = TrainingArguments("out", push_to_hub=True, hub_private_repo=True, report_to=["wandb"])\n',
      },
    ],
  },
  triggers: [CALLS, TRACKERS, RECORDERS],
  *check(file) {
    yield* checkCalls(file, CALLS, 'info');
    yield* grouped(checkCalls(file, TRACKERS, 'hint'), 'trackersMany');
    yield* recordedEnvironment(file);
  },
});

function* recordedEnvironment(file: SourceFile): Iterable<Problem> {
  if (!file.text.includes('environ')) return;
  for (const { call, row: rows, name } of file.python.callsTo(RECORDERS)) {
    for (const { source } of rows) {
      const given = source && call.argument(source.parameter, source.position);
      if (given?.state !== 'given') continue;
      const { node } = given;
      const inner = node.name === 'CallExpression' && node.getChild('ArgList')?.firstChild?.nextSibling;
      const isEnvironment = [node, inner].some(
        (each) => each && file.python.resolve(each)?.some((resolved) => resolved.name === 'os.environ'),
      );
      if (isEnvironment) {
        yield {
          span: given.span,
          message: 'environment',
          data: { call: name },
          severity: inContext('warning', file.path),
        };
      }
    }
  }
}
