import { type CallRow, callTable, checkCalls, grouped } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';

/**
 * A new repository is public unless told otherwise (documentation of huggingface_hub, `create_repo`, and of `push_to_hub` in
 * datasets, transformers and diffusers). `upload_folder` writes to one that exists.
 */
const ROW: CallRow = {
  detection: 'DATA-16',
  apis: `huggingface_hub.create_repo huggingface_hub.HfApi().create_repo datasets.**.push_to_hub transformers.**.push_to_hub
    diffusers.**.push_to_hub sentence_transformers.**.push_to_hub sentence_transformers.**.save_to_hub
    peft.**.push_to_hub`,
  when: [
    { parameter: 'private', is: 'None', absent: true },
    { parameter: 'visibility', is: 'None', absent: true },
    { parameter: 'hub_private_repo', is: 'None', absent: true },
  ],
  fixes: [{ set: 'private', to: 'True', kind: 'suggestion' }],
};
const TABLE = callTable([ROW], { wrapped: false });

export const publicUpload = defineRule({
  meta: {
    id: 'GL327',
    name: 'public-upload',
    title: 'Upload that does not say who may see it',
    kinds: ['python', 'notebook'],
    severity: 'hint',
    confidence: 'medium',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.1-4.2',
      'ncsc-cisa-2023:ncsc-2.2.4',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-200',
    ],
    why: 'A new repository of the Hub is public unless the organisation decided otherwise. What it held for a minute has been copied.',
    how: 'Say `private=True`, or `private=False` where the public is meant.',
    messages: {
      call: '`{call}` makes a new repository public unless its organisation sets another default: say `private=True` or `private=False`',
      many: '{count} uploads in this file do not say who may see them',
    },
    detections: ['DATA-16'],
    examples: [
      {
        path: 'publish.py',
        bad: 'from huggingface_hub import create_repo\n\ncreate_repo("company/model")\n',
        fixed: 'from huggingface_hub import create_repo\n\ncreate_repo("company/model", private=True)\n',
      },
      {
        title: 'a dataset',
        path: 'publish.py',
        bad: 'from datasets import Dataset\n\nDataset.from_dict(records).push_to_hub("company/tickets")\n',
        fixed:
          'from datasets import Dataset\n\nDataset.from_dict(records).push_to_hub("company/tickets", private=True)\n',
      },
      {
        title: 'decided, either way',
        path: 'publish.py',
        good: 'from huggingface_hub import create_repo\n\ncreate_repo("company/model", private=True)\ncreate_repo("company/demo", private=False)\ncreate_repo("company/other", private=args.private)\n',
      },
      {
        title: 'a trainer, which is told by its settings',
        path: 'train.py',
        good: 'from transformers import Trainer\n\ntrainer = Trainer(model, args)\ntrainer.push_to_hub(commit_message="Trained")\n',
      },
      {
        title: 'another service',
        path: 'publish.py',
        good: 'from project.registry import create_repo\n\ncreate_repo("company/model")\n',
      },
    ],
  },
  triggers: [TABLE],
  *check(file) {
    const problems = checkCalls(file, TABLE, 'hint');
    // A trainer is told by its settings, `hub_private_repo`.
    yield* grouped(
      [...problems].filter(({ data }) => !/Trainer\(\)/.test(data?.call ?? '')),
      'many',
    );
  },
});
