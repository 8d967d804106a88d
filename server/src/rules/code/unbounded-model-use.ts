import { type CallRow, callTable, checkCalls, grouped } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { inContext, mayUse, type PythonProgram, SOURCES } from '../../languages/python/program.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';

const LANGCHAIN = ['langchain', 'langchain_classic'];
const AGENTS = LANGCHAIN.flatMap((each) => [
  `${each}.agents.AgentExecutor`,
  `${each}.agents.AgentExecutor.from_agent_and_tools`,
  `${each}.agents.initialize_agent`,
  `${each}.agents.agent.AgentExecutor`,
  `${each}.agents.agent.AgentExecutor.from_agent_and_tools`,
]).join(' ');

const OPENAI = `openai.OpenAI().chat.completions.create openai.AsyncOpenAI().chat.completions.create
  openai.AzureOpenAI().chat.completions.create openai.AsyncAzureOpenAI().chat.completions.create
  openai.chat.completions.create openai.ChatCompletion.create openai.ChatCompletion.acreate litellm.completion
  litellm.acompletion`;

const ROWS: readonly CallRow[] = [
  // langchain 0.3: 15 iterations unless given; None is no limit.
  { detection: 'AGT-15', apis: AGENTS, when: [{ parameter: 'max_iterations', is: 'None' }], message: 'steps' },
  // openai-agents 0.22: `max_turns` is 10 unless given; None is no limit.
  {
    detection: 'AGT-15',
    apis: 'agents.Runner.run agents.Runner.run_sync agents.Runner.run_streamed',
    when: [{ parameter: 'max_turns', is: 'None' }],
    message: 'steps',
  },
];
const LIMITS = callTable(ROWS, { wrapped: false });

// OpenAI API reference: the length of the answer has no limit but the model's own unless one is given.
const UNCAPPED = callTable(
  [
    {
      detection: 'PRM-10',
      apis: OPENAI,
      when: [
        { parameter: 'max_tokens', is: 'absent', noneIsDefault: true },
        { parameter: 'max_completion_tokens', is: 'absent', noneIsDefault: true },
      ],
      message: 'tokens',
      severity: 'hint',
    },
    {
      detection: 'PRM-10',
      apis: 'openai.OpenAI().responses.create openai.AsyncOpenAI().responses.create openai.responses.create',
      when: [{ parameter: 'max_output_tokens', is: 'absent', noneIsDefault: true }],
      message: 'tokens',
      severity: 'hint',
    },
  ],
  { wrapped: false },
);

/** Something ends the loop, or a person, a queue or a clock sets its pace. */
const PACED =
  /\b(?:break|return|raise|yield|exit|_exit|quit|abort|input|raw_input|getpass|prompt|ask|recv|receive|receive_text|receive_json|listen|poll|get_message|consume|accept|sleep|wait|select|read|readline|next|pop|get)\b/;

const GRAPHS = /langgraph|langchain/;
const ENDLESS = /\bwhile[ \t]*(?:\([ \t]*)?(?:True|1)[ \t]*(?:\)[ \t]*)?:/g;
const asksModel = (python: PythonProgram): boolean => mayUse(python, REPLIES);
const REPLIES = SOURCES.modelReply.sources;

export const unboundedModelUse = defineRule({
  meta: {
    id: 'GL343',
    name: 'unbounded-model-use',
    title: 'Calls of a model without an end',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.2',
      'etsi-en-304-223:5.1.2-2',
      'owasp-llm-2025:LLM10',
      'owasp-llm-2026:LLM06',
      'cwe:CWE-770',
      'cwe:CWE-400',
      'atlas:AML.T0034',
      'atlas:AML.T0029',
    ],
    why: 'An input that keeps the model busy, or two agents that keep answering each other, run up cost until somebody notices.',
    how: 'Set the largest number of steps and of output tokens, and stop with a message when it is reached.',
    messages: {
      steps: '`{call}` with `{argument}` never stops an agent that goes round in circles',
      recursion: '`{argument}` lets a graph call the model that many times before it stops',
      loop: 'This loop calls a model and has no end',
      tokens: '`{call}` sets no limit for the length of the answer',
      manyTokens: '{count} calls of this file set no limit for the length of the answer; the first is `{call}`',
    },
    peers: ['semgrep agent-unbounded-loop', 'semgrep openai-missing-max-tokens'],
    detections: ['AGT-15', 'PRM-10'],
    examples: [
      {
        path: 'agent.py',
        bad: 'from langchain.agents import AgentExecutor\n\nexecutor = AgentExecutor(agent=agent, tools=tools, max_iterations=None)\n',
      },
      {
        path: 'graph.py',
        bad: 'from langgraph.graph import StateGraph\n\nresult = graph.invoke(state, {"recursion_limit": 10000})\n',
      },
      {
        path: 'loop.py',
        bad: 'from openai import OpenAI\n\nclient = OpenAI()\nwhile True:\n    reply = client.chat.completions.create(model=MODEL, messages=messages, max_tokens=500)\n    messages.append(reply.choices[0].message)\n',
      },
      {
        title: 'no limit for the answer, a hint',
        path: 'ask.py',
        bad: 'from openai import OpenAI\n\nanswer = OpenAI().responses.create(model=MODEL, input=question)\n',
      },
      {
        path: 'agent.py',
        good: 'from langchain.agents import AgentExecutor\n\nexecutor = AgentExecutor(agent=agent, tools=tools)\n',
      },
      {
        path: 'graph.py',
        good: 'from langgraph.graph import StateGraph\n\nresult = graph.invoke(state, {"recursion_limit": 50})\n',
      },
      {
        title: 'a person sets the pace',
        path: 'chat.py',
        good: 'from openai import OpenAI\n\nclient = OpenAI()\nwhile True:\n    messages.append({"role": "user", "content": input("> ")})\n    reply = client.chat.completions.create(model=MODEL, messages=messages, max_tokens=500)\n    print(reply.choices[0].message.content)\n',
      },
      {
        title: 'it ends with the answer',
        path: 'loop.py',
        good: 'from openai import OpenAI\n\nclient = OpenAI()\nwhile True:\n    reply = client.chat.completions.create(model=MODEL, messages=messages, max_tokens=500)\n    if not reply.choices[0].message.tool_calls:\n        break\n',
      },
      {
        path: 'ask.py',
        good: 'from openai import OpenAI\n\nanswer = OpenAI().responses.create(model=MODEL, input=question, max_output_tokens=800)\n',
      },
      {
        title: 'settings nobody can know',
        path: 'ask.py',
        good: 'from openai import OpenAI\n\n\ndef ask(question, **settings):\n    return OpenAI().responses.create(model=MODEL, input=question, **settings)\n',
      },
    ],
  },
  triggers: [
    LIMITS,
    UNCAPPED,
    inTexts(GRAPHS, ...given('recursion_limit')),
    inTexts(new RegExp(ENDLESS.source), inTexts(asksModel, 'while')),
  ],
  *check(file) {
    yield* checkCalls(file, LIMITS, 'warning');
    yield* grouped(checkCalls(file, UNCAPPED, 'hint'), 'manyTokens');
    if (GRAPHS.test(file.text)) yield* deepGraphs(file);
    if (asksModel(file.python)) yield* endlessLoops(file);
  },
});

function* deepGraphs(file: SourceFile): Iterable<Problem> {
  for (const { span, value } of file.python.argumentsNamed('recursion_limit')) {
    if (!value.known || typeof value.value !== 'number' || value.value < 1000) continue;
    const argument = file.text.slice(span.start, span.end);
    yield { span, message: 'recursion', data: { argument }, severity: inContext('warning', file.path) };
  }
}

/** `while True` (or `1`) around a call of a model, with nothing in it that ends or paces it. */
function* endlessLoops({ text, path, python }: SourceFile): Iterable<Problem> {
  for (const { index, 0: head } of text.matchAll(ENDLESS)) {
    const loop = python.tree.tree.resolveInner(index, 1).parent;
    if (loop?.name !== 'WhileStatement' || loop.from !== index) continue;
    if (PACED.test(text.slice(loop.from, loop.to))) continue;
    const inside = python.calls.filter(({ span }) => span.start > loop.from && span.end <= loop.to);
    const asks = inside.find(({ callee }) => callee !== undefined && REPLIES.find(callee) !== undefined);
    if (!asks) continue;
    yield {
      span: { start: index, end: index + head.length - 1 },
      message: 'loop',
      severity: inContext('warning', path),
      related: [{ span: asks.nameSpan, message: 'calls a model' }],
    };
  }
}
