import type { SyntaxNode } from '@lezer/common';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { valueUnder, writtenAs } from '../../languages/python/literals.ts';
import {
  anySource,
  type Flow,
  type FlowQuery,
  flowOf,
  inContext,
  lowered,
  mayUse,
  type PythonProgram,
  SOURCES,
} from '../../languages/python/program.ts';
import { WEB_LIBRARIES } from '../../languages/python/tools.ts';
import { spanOf } from '../../languages/python/tree.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';
import { stringOf } from '../../languages/python/values.ts';
import { CHATS, INSTRUCTIONS } from './untrusted-system-prompt.table.ts';

const USERS = anySource(SOURCES.webRequest, SOURCES.upload, SOURCES.widget);
const STOPS = new Set('int float bool len hash id isinstance'.split(' '));
const QUERY: FlowQuery<string> = { ...USERS, stops: STOPS };
const CLIENT: FlowQuery<string> = { ...SOURCES.webRequest, stops: STOPS };

/** Whether the text can have anything from the users of a service or a page. */
function isUsed(python: PythonProgram): boolean {
  return WEB_LIBRARIES.test(python.text) || mayUse(python, USERS.sources);
}

export const untrustedSystemPrompt = defineRule({
  meta: {
    id: 'GL330',
    name: 'untrusted-system-prompt',
    title: 'Text of a user in the instructions of a model',
    kinds: ['python', 'notebook'],
    severity: 'error',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM01',
      'owasp-llm-2026:LLM01',
      'cwe:CWE-1427',
      'cwe:CWE-915',
      'atlas:AML.T0051.000',
    ],
    why: 'A model gives more weight to its instructions than to what a user says. Whoever writes into them can lift every rule that stands there.',
    how: 'Keep the instructions constant and pass what users write in a message of the role `user`; of a list of messages from outside take over the text only and set the role yourself.',
    messages: {
      instruction: 'Text from {source} becomes part of the instructions of the model; put it into a `user` message',
      offered:
        'Whoever sends {source} writes the instructions of the model here: offer that to callers you trust, or add the text to yours',
      tool: 'Text from {source} becomes the description of a tool, which the model reads as an instruction',
      messages: 'The list of messages comes from {source} as it is: its sender can write `system` messages',
      arguments:
        'All arguments of the call come from {source}: its sender sets the instructions, the model and the limits',
    },
    peers: ['semgrep openai-user-input-in-system-prompt', 'codeql py/system-prompt-injection'],
    detections: ['PRM-01', 'PRM-02', 'PRM-09'],
    examples: [
      {
        path: 'app.py',
        bad: 'from flask import Flask, request\nfrom openai import OpenAI\n\napp = Flask(__name__)\nclient = OpenAI()\n\n\n@app.post("/ask")\ndef ask():\n    persona = request.json["persona"]\n    reply = client.chat.completions.create(\n        model=MODEL,\n        messages=[\n            {"role": "system", "content": persona},\n            {"role": "user", "content": request.json["question"]},\n        ],\n    )\n    return reply.choices[0].message.content\n',
      },
      {
        title: 'a parameter of the handler',
        path: 'app.py',
        bad: 'import anthropic\nfrom fastapi import FastAPI\n\napp = FastAPI()\nclient = anthropic.Anthropic()\n\n\n@app.post("/ask")\ndef ask(topic: str, question: str):\n    return client.messages.create(\n        model=MODEL,\n        max_tokens=500,\n        system=f"You are an expert for {topic}.",\n        messages=[{"role": "user", "content": question}],\n    )\n',
      },
      {
        title: 'messages as the client sends them',
        path: 'app.py',
        bad: 'from flask import Flask, request\nfrom openai import OpenAI\n\nclient = OpenAI()\n\n\ndef chat():\n    return client.chat.completions.create(model=MODEL, messages=request.json["messages"])\n',
      },
      {
        path: 'app.py',
        bad: 'import openai\nfrom flask import request\n\n\ndef proxy():\n    return openai.chat.completions.create(**request.json)\n',
      },
      {
        path: 'chain.py',
        bad: 'import streamlit as st\nfrom langchain_core.messages import HumanMessage, SystemMessage\n\nrole = st.text_input("Role")\nmessages = [SystemMessage(content=role), HumanMessage(content=question)]\n',
      },
      {
        path: 'app.py',
        good: 'from flask import request\nfrom openai import OpenAI\n\nreply = OpenAI().chat.completions.create(\n    model=MODEL,\n    messages=[\n        {"role": "system", "content": "Answer in one sentence."},\n        {"role": "user", "content": request.json["question"]},\n    ],\n)\n',
      },
      {
        title: 'one of a few constants',
        path: 'app.py',
        good: 'from flask import request\nfrom openai import OpenAI\n\nPERSONAS = {"short": "Answer in one sentence.", "long": "Explain at length."}\nreply = OpenAI().responses.create(model=MODEL, instructions=PERSONAS[request.json["persona"]], input=question)\n',
      },
      {
        title: 'the role is set here',
        path: 'app.py',
        good: 'from flask import request\nfrom openai import OpenAI\n\nmessages = [{"role": "user", "content": text} for text in request.json["messages"]]\nreply = OpenAI().chat.completions.create(model=MODEL, messages=messages)\n',
      },
      {
        title: 'a conversation that the program keeps',
        path: 'app.py',
        good: 'import ollama\nimport streamlit as st\n\nif question := st.chat_input("Ask"):\n    st.session_state.messages.append({"role": "user", "content": question})\n    reply = ollama.chat(model=MODEL, messages=st.session_state.messages)\n',
      },
      {
        title: 'roles that the model of the request restricts',
        path: 'app.py',
        good: 'from typing import Literal\nfrom fastapi import FastAPI\nfrom openai import OpenAI\nfrom pydantic import BaseModel\n\napp = FastAPI()\n\n\nclass Message(BaseModel):\n    role: Literal["user", "assistant"]\n    content: str\n\n\nclass Chat(BaseModel):\n    messages: list[Message]\n\n\n@app.post("/chat")\ndef chat(body: Chat):\n    return OpenAI().chat.completions.create(model=MODEL, messages=body.messages)\n',
      },
      {
        title: 'a service that offers it: lower',
        path: 'app.py',
        bad: 'from fastapi import FastAPI\nfrom openai import OpenAI\n\napp = FastAPI()\n\n\n@app.post("/complete")\ndef complete(body: Completion):\n    messages = [\n        {"role": "system", "content": body.system_prompt},\n        {"role": "user", "content": body.prompt},\n    ]\n    return OpenAI().chat.completions.create(model=MODEL, messages=messages, max_tokens=500)\n',
      },
      {
        title: 'no user',
        path: 'run.py',
        good: 'from pathlib import Path\nfrom openai import OpenAI\n\nprompt = Path("system.txt").read_text()\nreply = OpenAI().responses.create(model=MODEL, instructions=prompt, input=question)\n',
      },
    ],
  },
  triggers: [inTexts(isUsed, INSTRUCTIONS, CHATS, ...given('role'))],
  *check(file) {
    const { text, python } = file;
    if (!isUsed(python)) return;
    for (const { value, node, through, call } of python.argumentsNamed('role')) {
      if (!value.known || (value.value !== 'system' && value.value !== 'developer')) continue;
      const own = through === 'call' ? call?.argument('content') : undefined;
      const content = own?.state === 'given' ? own.node : node.parent && valueUnder(python, node.parent, 'content');
      if (content) yield* problemsOf(file, content, 'instruction');
    }
    for (const { call, row } of python.callsTo(INSTRUCTIONS)) {
      const given = call.argument(row.parameter, row.position);
      if (given.state === 'given') yield* problemsOf(file, given.node, row.kind);
    }
    if (/\brole\s*:\s*(?:\w+\.)?Literal\b/.test(text)) return;
    for (const { call } of python.callsTo(CHATS)) {
      const given = call.argument('messages');
      const flow = given.state === 'given' ? listOf(python, given.node) : undefined;
      if (flow && given.state === 'given') yield problemOf(file, given.node, 'messages', flow);
      for (const { star, value } of call.arguments) {
        const all = star === '**' && !/Expression/.test(writtenAs(python, value).name.replace('MemberExpression', ''));
        const spread = all ? flowOf(python, rootOf(python, value), CLIENT) : undefined;
        if (spread) yield problemOf(file, value, 'arguments', spread);
      }
    }
  },
});

function* problemsOf(file: SourceFile, content: SyntaxNode, message: string): Iterable<Problem> {
  const flow = isLookup(file.python, content) ? undefined : flowOf(file.python, content, QUERY);
  if (!flow) return;
  const { name, from, to } = writtenAs(file.python, content);
  const isField = message === 'instruction' && /^(?:VariableName|MemberExpression)$/.test(name);
  const isOffered = isField && OFFERED.test(file.text.slice(Math.max(from, to - 60), to));
  const problem = problemOf(file, content, isOffered ? 'offered' : message, flow);
  yield isOffered ? { ...problem, severity: 'info' } : problem;
}

/** The field of a request that is there for instructions: to take them is what the service offers. */
const OFFERED = /(?:^|[.[]["']?)(?:system|system_?(?:prompt|message|instructions?)|instructions)(?:["']?\])?$/i;

/** `NAMES[key]` and `NAMES.get(key)` choose among the values of a dictionary written out here. */
function isLookup(program: PythonProgram, content: SyntaxNode): boolean {
  const node = writtenAs(program, content);
  const holder = node.name === 'CallExpression' ? node.firstChild?.firstChild : node.firstChild;
  const found = holder && /^(?:Member|Call)Expression$/.test(node.name) ? writtenAs(program, holder) : undefined;
  return found?.name === 'DictionaryExpression';
}

/** The flow of a list of messages whose roles a client sets: handed through, or copied entry by entry. */
function listOf(program: PythonProgram, messages: SyntaxNode): Flow<string> | undefined {
  const node = writtenAs(program, messages);
  if (node.name === 'ArrayComprehensionExpression') {
    const element = node.firstChild?.nextSibling;
    const role = element && valueUnder(program, element, 'role');
    if (!element || /\bif\b[^\]]*role/.test(program.text.slice(element.to, Math.min(node.to, element.to + 500))))
      return undefined;
    if (element.name === 'DictionaryExpression') {
      return role && stringOf(program, role) === undefined ? flowOf(program, role, QUERY) : undefined;
    }
    return /^(?:VariableName|MemberExpression)$/.test(element.name) ||
      /\.(?:dict|model_dump)\(\)$/.test(program.text.slice(element.from, element.to))
      ? flowOf(program, element, QUERY)
      : undefined;
  }
  const handed =
    node.name === 'MemberExpression' ||
    (node.name === 'CallExpression' &&
      /\.(?:get|json|get_json|loads|pop)\([^()]*\)$/.test(program.text.slice(node.from, node.to)));
  return handed ? flowOf(program, rootOf(program, node), CLIENT) : undefined;
}

/** The request itself in `request.json["messages"]`: a list that the program keeps and adds to is its own. */
function rootOf(program: PythonProgram, node: SyntaxNode): SyntaxNode {
  let root = node;
  for (let depth = 0; depth < 20 && root.firstChild && /^(?:Member|Call|Await)Expression$/.test(root.name); depth++) {
    const parsed = root.name === 'CallExpression' && /\bloads\(/.test(program.text.slice(root.from, root.to));
    const inner = parsed ? root.getChild('ArgList')?.firstChild?.nextSibling : root.firstChild;
    const next = root.name === 'AwaitExpression' ? root.lastChild : inner;
    if (!next) break;
    root = writtenAs(program, next);
  }
  return root;
}

function problemOf(
  { python, path }: SourceFile,
  node: SyntaxNode,
  message: string,
  { source, steps }: Flow<string>,
): Problem {
  const written = writtenAs(python, node).name;
  const inside = written === 'FormatString' || written === 'BinaryExpression' || message === 'tool';
  // A field of a page is most often filled in by the one who runs the page.
  const harm = inside || source === 'an input field' ? lowered('error') : 'error';
  return {
    span: spanOf(node),
    message,
    data: { source },
    severity: inContext(harm, path),
    evidence: [`The text comes from ${source}.`],
    related: steps,
  };
}
