import type { SyntaxNode } from '@lezer/common';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { writtenAs } from '../../languages/python/literals.ts';
import {
  type ApiCall,
  type ApiTable,
  anySource,
  apiTable,
  ensureImport,
  type FlowQuery,
  flowOf,
  inContext,
  type PythonProgram,
  rows,
  SOURCES,
} from '../../languages/python/program.ts';
import { NO_SOURCES } from '../../languages/python/targets.ts';
import { given } from '../../languages/python/triggers.ts';
import { stringOf } from '../../languages/python/values.ts';

/** What a template of this engine can do to the program that fills it. */
interface Engine {
  readonly parameter: string;
  readonly does: 'code' | 'fields';
}

const LANGCHAIN = 'langchain langchain_core langchain_classic'.split(' ');
const prompts = (names: string): string =>
  names
    .split(' ')
    .flatMap((name) => LANGCHAIN.flatMap((each) => [`${each}.${name}`, `${each}.**.${name}`]))
    .join(' ');

/** Jinja reference, "Sandbox"; Flask reference, `render_template_string`; LangChain prompts (CVE-2025-65106); Haystack 2. */
const ENGINES: ApiTable<Engine> = apiTable<Engine>([
  ...rows<Engine>(
    { parameter: 'source', does: 'code' },
    `jinja2.Template jinja2.environment.Template jinja2.Environment().from_string
    jinja2.environment.Environment().from_string flask.render_template_string quart.render_template_string
    mako.template.Template`,
  ),
  ...rows<Engine>(
    { parameter: 'template', does: 'fields' },
    'string.Template haystack.components.builders.PromptBuilder',
  ),
  ...rows<Engine>(
    { parameter: 'template', does: 'fields' },
    prompts('PromptTemplate PromptTemplate.from_template ChatPromptTemplate.from_template'),
  ),
]);

const USERS = anySource(SOURCES.webRequest, SOURCES.upload, SOURCES.modelHub, SOURCES.download, SOURCES.modelReply, {
  sources: NO_SOURCES,
  shape: templateOfModel,
});
const QUERY: FlowQuery<string> = { ...USERS, passes: new Set(['open', 'pathlib.Path']) };

/** `tokenizer.chat_template` and the field of a GGUF file: whoever published the model wrote it. */
function templateOfModel({ text }: PythonProgram, node: SyntaxNode): string | undefined {
  if (node.name !== 'MemberExpression') return undefined;
  const written = text.slice(Math.max(node.from, node.to - 100), node.to);
  return /(?:tokenizer|processor|\btok|metadata|tokenizer_config)(?:\.chat_template|\[["'](?:tokenizer\.)?chat_template["']\])$/.test(
    written,
  )
    ? 'a model file'
    : undefined;
}

export const untrustedPromptTemplate = defineRule({
  meta: {
    id: 'GL331',
    name: 'untrusted-prompt-template',
    title: 'Template that others have written',
    kinds: ['python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM01',
      'owasp-llm-2025:LLM05',
      'owasp-llm-2026:LLM01',
      'owasp-llm-2026:LLM10',
      'cwe:CWE-1336',
      'cwe:CWE-94',
    ],
    why: 'A template is a small program. Jinja outside its sandbox reaches any Python function from it, and the simpler engines still hand out attributes of the values you fill in.',
    how: 'Write templates yourself and pass foreign text as a value. Where a model brings its chat template, render it with `jinja2.sandbox.ImmutableSandboxedEnvironment`.',
    messages: {
      code: '`{call}` runs a template that comes from {source} outside the sandbox',
      fields: '`{call}` takes a template that comes from {source}; let it be a value of a fixed template',
      jinja: 'A Jinja template that comes from {source}: use the format `f-string` or `mustache`, or a fixed template',
    },
    peers: ['bandit B701', 'ruff S701', 'codeql py/template-injection'],
    detections: ['PRM-04', 'PRM-05', 'PRM-06'],
    examples: [
      {
        path: 'chat.py',
        bad: 'import jinja2\nfrom transformers import AutoTokenizer\n\ntokenizer = AutoTokenizer.from_pretrained(name)\nprompt = jinja2.Environment(trim_blocks=True).from_string(tokenizer.chat_template).render(messages=messages)\n',
        fixed:
          'import jinja2\nfrom transformers import AutoTokenizer\nimport jinja2.sandbox\n\ntokenizer = AutoTokenizer.from_pretrained(name)\nprompt = jinja2.sandbox.ImmutableSandboxedEnvironment(trim_blocks=True).from_string(tokenizer.chat_template).render(messages=messages)\n',
      },
      {
        path: 'app.py',
        bad: 'from flask import render_template_string\nfrom openai import OpenAI\n\n\ndef page():\n    reply = OpenAI().responses.create(model=MODEL, input=question)\n    return render_template_string(reply.output_text)\n',
      },
      {
        path: 'prompts.py',
        bad: 'from flask import request\nfrom langchain_core.prompts import PromptTemplate\n\nprompt = PromptTemplate.from_template(request.json["template"])\n',
      },
      {
        path: 'prompts.py',
        bad: 'import requests\nfrom langchain_core.prompts import ChatPromptTemplate\n\ntext = requests.get(url).text\nprompt = ChatPromptTemplate([("user", text)], template_format="jinja2")\n',
      },
      {
        title: 'the sandbox',
        path: 'chat.py',
        good: 'from jinja2.sandbox import ImmutableSandboxedEnvironment\n\nprompt = ImmutableSandboxedEnvironment().from_string(tokenizer.chat_template).render(messages=messages)\n',
      },
      {
        title: 'a template of your own',
        path: 'prompts.py',
        good: 'from flask import request\nfrom langchain_core.prompts import PromptTemplate\n\nprompt = PromptTemplate.from_template("Answer {question}").format(question=request.json["question"])\n',
      },
      {
        path: 'prompts.py',
        good: 'from langchain_core.prompts import ChatPromptTemplate\n\nprompt = ChatPromptTemplate([("user", "{{ question }}")], template_format="jinja2")\n',
      },
      {
        title: 'a file of the project',
        path: 'pages.py',
        good: 'import jinja2\n\ntemplate = jinja2.Template(open("page.html").read())\n',
      },
    ],
  },
  triggers: [ENGINES, ...given('template_format')],
  *check(file) {
    const { python, text } = file;
    for (const match of python.callsTo(ENGINES)) {
      const given = match.call.argument(match.row.parameter, 0);
      const flow = given.state === 'given' ? flowOf(python, given.node, QUERY) : undefined;
      if (!flow) continue;
      yield {
        span: match.call.nameSpan,
        message: match.row.does,
        data: { call: match.name, source: flow.source },
        severity: inContext(match.row.does === 'code' ? 'error' : 'warning', file.path),
        related: flow.steps,
        fixes: sandbox(python, match),
      };
    }
    if (!text.includes('template_format')) return;
    for (const { value, span, call } of python.argumentsNamed('template_format')) {
      const template = call?.arguments[0]?.value;
      if (!template || !value.known || value.value !== 'jinja2' || stringOf(python, template) !== undefined) continue;
      const flow = flowOf(python, template, QUERY);
      if (flow) yield jinja(file, span, flow.source, flow.steps);
    }
  },
});

function jinja(file: SourceFile, span: Problem['span'], source: string, related: Problem['related'] = []): Problem {
  return { span, message: 'jinja', data: { source }, severity: inContext('error', file.path), related };
}

/** Only where the environment is made in this file, in one place. */
function sandbox(program: PythonProgram, { call, name }: ApiCall<Engine>): Problem['fixes'] {
  const receiver = call.node.firstChild?.firstChild;
  if (!name.endsWith('Environment().from_string') || !receiver) return [];
  const made = writtenAs(program, receiver).firstChild;
  const written = made ? program.text.slice(made.from, made.to) : '';
  if (!made || !/^(?:\w+\.)*Environment$/.test(written)) return [];
  const sandboxed = 'jinja2.sandbox.ImmutableSandboxedEnvironment';
  const edits = [{ start: made.from, end: made.to, text: sandboxed }, ...ensureImport(program, 'jinja2.sandbox')];
  return [{ title: 'Render in the sandbox', kind: 'suggestion', edits }];
}
