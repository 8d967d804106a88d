import { type CallRow, callTable, checkCalls } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { inContext, isTruthy } from '../../languages/python/program.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';

const ROWS: readonly CallRow[] = [
  // LangChain reference, langchain.globals and langchain_core.globals: off by default.
  {
    detection: 'OUT-10',
    apis: `langchain.globals.set_debug langchain_core.globals.set_debug langchain_classic.globals.set_debug
    langchain.globals.set_verbose langchain_core.globals.set_verbose langchain_classic.globals.set_verbose`,
    when: [{ parameter: 'value', position: 0, is: 'true' }],
    message: 'call',
  },
  // LiteLLM documentation, "Debugging": prints the whole request, headers included.
  { detection: 'OUT-10', apis: 'litellm._turn_on_debug', message: 'call' },
];
const TABLE = callTable(ROWS, { wrapped: false });

/** Module settings by their name as written. */
const LIBRARIES = /\b(?:langchain|litellm|openai|os\.environ)\b/;
const SETTINGS: readonly { readonly name: string; readonly target: RegExp; readonly on: RegExp }[] = [
  { name: 'debug', target: /^langchain\.debug\b/, on: /^true$/i },
  { name: 'verbose', target: /^langchain\.verbose\b/, on: /^true$/i },
  { name: 'set_verbose', target: /^litellm\.set_verbose\b/, on: /^true$/i },
  { name: 'log', target: /^openai\.log\b/, on: /^debug$/i },
  { name: 'OPENAI_LOG', target: /^os\.environ\[/, on: /^debug$/i },
  { name: 'LITELLM_LOG', target: /^os\.environ\[/, on: /^debug$/i },
  { name: 'LANGCHAIN_TRACING_V2', target: /^os\.environ\[/, on: /^true$/i },
  { name: 'LANGSMITH_TRACING', target: /^os\.environ\[/, on: /^true$/i },
];

export const loggedPrompts = defineRule({
  meta: {
    id: 'GL339',
    name: 'logged-prompts',
    title: 'Prompts and replies written to a log or a third party',
    kinds: ['python', 'notebook'],
    severity: 'info',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.2',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-532',
      'atlas:AML.T0057',
    ],
    why: 'Prompts carry what users type and what the program looks up for them. In a log or at a tracing service more people read it, for longer.',
    how: 'Switch it on by the environment of a developer machine, not in code that is shipped.',
    messages: {
      call: '`{call}` writes every prompt and reply to the log',
      setting: '`{setting}` writes every prompt and reply to the log',
      tracing: '`{setting}` sends every prompt and reply to a tracing service',
    },
    detections: ['OUT-10'],
    examples: [
      { path: 'app.py', bad: 'from langchain.globals import set_debug\n\nset_debug(True)\n' },
      { path: 'app.py', bad: 'import litellm\n\nlitellm.set_verbose = True\n' },
      { path: 'app.py', bad: 'import os\n\nos.environ["LANGCHAIN_TRACING_V2"] = "true"\n' },
      {
        path: 'app.py',
        good: 'import os\nfrom langchain.globals import set_debug\n\nset_debug("DEBUG" in os.environ)\n',
      },
      { path: 'app.py', good: 'import litellm\n\nlitellm.set_verbose = False\n' },
      {
        title: 'another module',
        path: 'app.py',
        good: 'import flask\n\napp = flask.Flask(__name__)\napp.debug = True\n',
      },
    ],
  },
  triggers: [TABLE, inTexts(LIBRARIES, ...given(...SETTINGS.map(({ name }) => name)))],
  *check(file) {
    yield* checkCalls(file, TABLE, 'info');
    for (const { name, target, on } of SETTINGS) yield* settings(file, name, target, on);
  },
});

function* settings(file: SourceFile, name: string, target: RegExp, on: RegExp): Iterable<Problem> {
  // Most files hold `log` or `debug` somewhere; few set it on one of these modules.
  if (!LIBRARIES.test(file.text)) return;
  for (const { span, value, through } of file.python.argumentsNamed(name)) {
    const setting = file.text.slice(span.start, span.end);
    if (through !== 'assignment' || !target.test(setting) || !isTruthy(value)) continue;
    if (!value.known || !on.test(String(value.value))) continue;
    const message = name.endsWith('TRACING') || name.endsWith('TRACING_V2') ? 'tracing' : 'setting';
    yield { span, message, data: { setting }, severity: inContext('info', file.path) };
  }
}
