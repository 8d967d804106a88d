import * as z from 'zod';
import { defineRule } from '../../engine/rule.ts';
import type { Prompt, PromptFormat } from '../../languages/prompt.ts';

/** Formats whose products read, or at least tolerate, keys for this; agent and instruction files have nowhere to put them. */
const DOCUMENTED: readonly PromptFormat[] = [
  'prompty',
  'dotprompt',
  'prompt-yaml',
  'semantic-kernel',
  'promptfoo',
  'langchain',
];

/** Formats of assistants, in which a model can be named. */
const NAMES_MODEL: readonly PromptFormat[] = ['agent', 'vscode-prompt', 'claude-command', 'skill', 'command-toml'];

const GUARDRAILS =
  /^(?:.*\b)?(?:guardrails?|boundaries|safety|limits|restrictions|constraints|rules|never|do not|don['’]ts?)\b/i;
const DATED = /[@:-](?:20\d{2}-?\d{2}-?\d{2}|\d{4}|\d{3})$|-v?\d+\.\d+\.\d+/;

export const undocumentedPrompt = defineRule({
  meta: {
    id: 'GL417',
    name: 'undocumented-prompt',
    title: 'Prompt silent on owner, version, inputs, tests or review',
    kinds: ['prompt'],
    severity: 'hint',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'etsi-en-304-223:5.2.4-3',
      'etsi-en-304-223:5.2.4-1',
      'etsi-en-304-223:5.1.2-3',
      'ncsc-cisa-2023:ncsc-2.3',
      'ncsc-cisa-2023:ncsc-2.3.3',
      'ncsc-cisa-2023:ncsc-2.3.6',
    ],
    why: 'A prompt is configuration of the system: the guidelines ask who answers for it, which version runs with which model, what comes in from outside, how it is tested and when it is looked at again. Few prompts say so, hence one hint and not eight warnings.',
    how: 'Add what is missing: `metadata` takes owner, version and `next_review`; name a dated model; declare the inputs; keep a test beside it.',
    detections: ['INS-28'],
    messages: {
      missing: 'The prompt says nothing about {topics}',
      alias: '`{model}` is whichever version the product takes for it that day',
    },
    // Nearly every file that names a model does so: 83 of 84 agents in one public collection.
    options: z.strictObject({
      agentModels: z.boolean().default(false).describe('Report models without a date in agent and command files, too'),
    }),
    strict: { options: { agentModels: true } },
    examples: [
      {
        path: 'answer.prompty',
        bad: '---\nname: answer\ndescription: Answers from the help articles.\n---\nsystem:\nAnswer politely.\n\nuser:\n{{question}}\n',
        good: '---\nname: answer\ndescription: Answers from the help articles.\nmetadata:\n  authors: [desk-team]\n  version: "3"\n  next_review: 2027-06-30\n  tests: evals/answer.yaml\nmodel:\n  id: gpt-4o-2024-11-20\ninputs:\n  question:\n    type: string\n---\nsystem:\nAnswer politely.\n\n# Guardrails\n\nNever promise a refund.\n\nuser:\n{{question}}\n',
      },
      { title: 'agent files have no place for it', path: 'AGENTS.md', good: '# Rules\n\nRun the tests.\n' },
    ],
  },
  *check({ prompt }, { agentModels }) {
    if (agentModels && prompt.model && NAMES_MODEL.includes(prompt.format)) {
      const { text: model, span } = prompt.model;
      if (model !== 'inherit' && !DATED.test(model)) yield { span, message: 'alias', data: { model } };
    }
    if (!DOCUMENTED.includes(prompt.format)) return;
    const topics = missing(prompt);
    if (topics.length === 0) return;
    const last = topics.pop() as string;
    const first = prompt.fields.keys()[0]?.span ?? { start: prompt.head.start, end: prompt.head.start + 3 };
    yield {
      span: first,
      message: 'missing',
      data: { topics: topics.length > 0 ? `${topics.join(', ')} and ${last}` : last },
    };
  },
});

/** What nobody has written down, in the words of the message. */
function missing({ format, fields, description, model, variables, prose }: Prompt): string[] {
  const any = (...keys: string[]) => keys.some((key) => isGiven(fields, key) || isGiven(fields, 'metadata', key));
  const template = format === 'promptfoo' || format === 'langchain';
  const declared = any('inputs', 'input', 'input_variables', 'testData', 'tests', 'sample', 'defaultTest');
  const guarded =
    any('guardrails', 'output', 'outputs', 'responseFormat', 'jsonSchema', 'output_parser') ||
    prose.headings.some(({ text }) => GUARDRAILS.test(text)) ||
    /\b(?:never|do not|don['’]t|must not)\b/i.test(prose.text);
  const rows: [string, boolean][] = [
    // Where `description` is a key of the product, another rule asks for it.
    ['its purpose', description !== undefined || format === 'prompty' || format === 'dotprompt'],
    ['an owner', any('authors', 'author', 'owner')],
    ['a version', any('version', 'variant')],
    ['a dated model', template || format === 'semantic-kernel' || (model !== undefined && DATED.test(model.text))],
    ['its inputs', variables.length === 0 || declared],
    ['limits on what it may do', template || guarded],
    ['tests', any('tests', 'testData', 'evaluators', 'sample', 'scenarios')],
    ['a review', any('last_reviewed', 'next_review', 'reviewed', 'review')],
  ];
  return rows.flatMap(([topic, given]) => (given ? [] : [topic]));
}

function isGiven(fields: Prompt['fields'], ...path: string[]): boolean {
  const value = fields.get(...path)?.value;
  return value !== undefined && value !== null && value !== '';
}
