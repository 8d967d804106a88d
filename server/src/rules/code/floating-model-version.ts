import { grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { isTest } from '../../languages/python/program.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';

/**
 * Names that a provider moves to another model without notice, while the same model also has a dated name. Model pages of
 * OpenAI ("aliases and snapshots"), Anthropic ("model aliases"), Google and Mistral.
 */
const ALIAS =
  /^(?:(?:openai|azure|anthropic|gemini|mistral|google)[/:])?(?:gpt-3\.5-turbo|gpt-4|gpt-4-turbo|gpt-4o|gpt-4o-mini|gpt-4\.1|gpt-4\.1-mini|gpt-4\.1-nano|o3-mini|o4-mini|gemini-pro|[a-z][\w.-]*-latest)$/;

/** Any of them in quotes, somewhere in the text. */
const WRITTEN = new RegExp(`["']${ALIAS.source.slice(1, -1)}["']`);

export const floatingModelVersion = defineRule({
  meta: {
    id: 'GL334',
    name: 'floating-model-version',
    title: 'Model named by an alias that moves',
    kinds: ['python', 'notebook'],
    severity: 'hint',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-4.3.2',
      'etsi-en-304-223:5.2.1-2',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-1104',
    ],
    why: 'The provider points the name at another model one day. Prompts, filters and tests that were right for the old one have then never been tried on the new one.',
    how: 'Name the dated version that was evaluated, and change it on purpose.',
    messages: {
      alias: '`{model}` is an alias that can come to mean another model; name the dated version',
      many: '{count} places of this file name a model by an alias, which can come to mean another one; the first is `{model}`',
    },
    detections: ['PRM-12'],
    examples: [
      {
        path: 'ask.py',
        bad: 'from openai import OpenAI\n\nMODEL = "gpt-4o"\nreply = OpenAI().responses.create(model=MODEL, input=question, max_output_tokens=300)\n',
      },
      {
        path: 'ask.py',
        bad: 'from langchain_anthropic import ChatAnthropic\n\nmodel = ChatAnthropic(model="claude-3-5-sonnet-latest")\n',
      },
      {
        path: 'ask.py',
        good: 'from openai import OpenAI\n\nreply = OpenAI().responses.create(model="gpt-4o-2024-08-06", input=question, max_output_tokens=300)\n',
      },
      {
        title: 'a test, which asks nobody',
        path: 'tests/test_ask.py',
        good: 'from project import Client\n\nclient = Client(model="gpt-4o")\n',
      },
      {
        title: 'chosen by the configuration',
        path: 'ask.py',
        good: 'import os\nfrom openai import OpenAI\n\nreply = OpenAI().responses.create(model=os.environ["MODEL"], input=question, max_output_tokens=300)\n',
      },
    ],
  },
  triggers: [inTexts(WRITTEN, ...given('model', 'model_name'))],
  *check(file) {
    yield* grouped(problems(file), 'many');
  },
});

function* problems(file: SourceFile): Iterable<Problem> {
  // A test most often names a model that is never asked.
  if (isTest(file.path) || !WRITTEN.test(file.text)) return;
  for (const name of ['model', 'model_name']) {
    for (const { value, span, through } of file.python.argumentsNamed(name)) {
      if (through === 'assignment' || !value.known || typeof value.value !== 'string') continue;
      const model = value.value;
      if (ALIAS.test(model)) yield { span, message: 'alias', data: { model }, severity: 'hint' };
    }
  }
}
