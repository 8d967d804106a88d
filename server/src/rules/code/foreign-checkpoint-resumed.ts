import type { SyntaxNode } from '@lezer/common';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { apiTable, inContext, provenanceOf } from '../../languages/python/program.ts';
import { given } from '../../languages/python/triggers.ts';

/** accelerate reads optimizer, scheduler and random states with `torch.load`. */
const LOADS = apiTable([
  ['accelerate.Accelerator().load_state', true],
  ['accelerate.Accelerator().load_checkpoint', true],
]);
/** On the command line people mostly name folders of their own: a hint. */
const FOREIGN = /download|hub|socket|web|upload/;
const STARTER = /command line/;

export const foreignCheckpointResumed = defineRule({
  meta: {
    id: 'GL360',
    name: 'foreign-checkpoint-resumed',
    title: 'Training continues from a checkpoint that somebody else wrote',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.1.c',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-502',
      'atlas:AML.T0011.000',
    ],
    why: 'Beside the weights a checkpoint holds the states of optimizer, scheduler and random numbers, which are pickles. They run code when training continues, also where the weights are safetensors.',
    how: 'Load only the weights of a foreign model, with `from_pretrained`, and start the optimizer afresh.',
    messages: { call: '`{call}` unpickles the training state of a checkpoint that comes from {source}' },
    detections: ['TRN-04'],
    examples: [
      {
        path: 'train.py',
        bad: 'from huggingface_hub import snapshot_download\nfrom transformers import Trainer\n\nfolder = snapshot_download("org/name")\ntrainer = Trainer(model=model, args=args)\ntrainer.train(resume_from_checkpoint=folder)\n',
      },
      {
        path: 'train.py',
        bad: 'import gdown\nfrom accelerate import Accelerator\n\naccelerator = Accelerator()\naccelerator.load_state(gdown.download(url))\n',
      },
      {
        title: 'checkpoints of the same training',
        path: 'train.py',
        good: 'from transformers import Trainer\n\ntrainer = Trainer(model=model, args=args)\ntrainer.train(resume_from_checkpoint=True)\ntrainer.train(resume_from_checkpoint=arguments.resume)\ntrainer.train(resume_from_checkpoint="out/checkpoint-500")\n',
      },
    ],
  },
  triggers: [LOADS, ...given('resume_from_checkpoint')],
  *check(file) {
    for (const { call, node } of file.python.argumentsNamed('resume_from_checkpoint')) {
      if (call && /\.train$/.test(call.nameText)) yield* judge(file, call.nameSpan, call.nameText, node);
    }
    for (const { call, name } of file.python.callsTo(LOADS)) {
      const given = call.argument('input_dir', 0);
      if (given.state === 'given') yield* judge(file, call.nameSpan, name, given.node);
    }
  },
});

function* judge(file: SourceFile, span: Problem['span'], call: string, node: SyntaxNode): Iterable<Problem> {
  const flow = provenanceOf(file.python, node);
  const isForeign = flow !== undefined && FOREIGN.test(flow.source);
  if (!flow || !(isForeign || STARTER.test(flow.source))) return;
  yield {
    span,
    message: 'call',
    data: { call: call.replace(/\s+/g, ''), source: flow.source },
    severity: isForeign ? inContext('warning', file.path) : 'hint',
    related: flow.steps,
  };
}
