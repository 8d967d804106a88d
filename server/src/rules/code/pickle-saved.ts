import type { SyntaxNode } from '@lezer/common';
import { grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { isTest, replaceValue } from '../../languages/python/program.ts';
import { given } from '../../languages/python/triggers.ts';

/** Both are `True` when unset: transformers since 4.35, diffusers, accelerate, peft. */
const PARAMETERS = ['safe_serialization', 'save_safetensors'];

export const pickleSaved = defineRule({
  meta: {
    id: 'GL359',
    name: 'pickle-saved',
    title: 'Weights are saved as a pickle',
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
      'atlas:AML.T0011.000',
    ],
    why: 'Everybody who loads the file has to run what is in it. Whoever can change it on the way runs code on their machines.',
    how: 'Save as safetensors, which holds only data and is the default.',
    messages: {
      call: '`{argument}` saves a pickle, which runs code in whoever loads it; the default is safetensors',
      many: '{count} places save pickles, which run code in whoever loads them; the default is safetensors',
    },
    detections: ['TRN-03'],
    examples: [
      {
        path: 'train.py',
        bad: 'model.save_pretrained("out", safe_serialization=False)\n',
        fixed: 'model.save_pretrained("out", safe_serialization=True)\n',
      },
      {
        path: 'train.py',
        bad: 'from transformers import TrainingArguments\n\nargs = TrainingArguments("out", save_safetensors=False)\n',
        fixed: 'from transformers import TrainingArguments\n\nargs = TrainingArguments("out", save_safetensors=True)\n',
      },
      {
        path: 'train.py',
        good: 'model.save_pretrained("out")\nmodel.save_pretrained("out", safe_serialization=safe)\n',
      },
      { path: 'train.py', good: 'def save(path, safe_serialization=False):\n    pass\n' },
      {
        title: 'a test, which reads back what it saves',
        path: 'tests/test_saving.py',
        good: 'model.save_pretrained(folder, safe_serialization=False)\n',
      },
    ],
  },
  triggers: given(...PARAMETERS),
  *check(file) {
    yield* grouped(saves(file), 'many');
  },
});

function* saves({ python, path, text }: SourceFile): Iterable<Problem> {
  // What a test saves, it reads back itself.
  if (isTest(path)) return;
  for (const parameter of PARAMETERS) {
    for (const { call, span, node, value } of python.argumentsNamed(parameter)) {
      if (!call || !value.known || value.value !== false) continue;
      yield {
        span,
        message: 'call',
        data: { argument: text.slice(span.start, span.end) },
        severity: 'warning',
        fixes: [
          {
            title: `Use \`${parameter}=True\``,
            kind: 'suggestion',
            edits: replaceValue(node as SyntaxNode, 'True'),
          },
        ],
      };
    }
  }
}
