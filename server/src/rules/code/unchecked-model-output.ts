import type { SyntaxNode } from '@lezer/common';
import { checkCalls } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Span } from '../../engine/span.ts';
import { type Flow, type FlowQuery, flowOf, inContext, mayHoldReply, SOURCES } from '../../languages/python/program.ts';
import { SINKS } from '../../languages/python/sinks.ts';
import {
  decidingPart,
  isChecked,
  isHandedThrough,
  PATH_STOPS,
  placeOf,
  writes,
} from '../../languages/python/targets.ts';
import { called, inTexts } from '../../languages/python/triggers.ts';
import { CHAINS, CONNECTION, READ_ONLY } from './unchecked-model-output.table.ts';

const QUERY: FlowQuery<string> = {
  ...SOURCES.modelReply,
  stops: new Set([
    ...'int float bool len hash id ord isinstance ast.literal_eval re.escape hashlib.sha256 hashlib.md5 sum open'.split(
      ' ',
    ),
    ...PATH_STOPS,
  ]),
  passes: new Set('os.path.join os.path.expanduser os.path.abspath pathlib.Path sqlalchemy.text'.split(' ')),
};

export const uncheckedModelOutput = defineRule({
  meta: {
    id: 'GL336',
    name: 'unchecked-model-output',
    title: 'Reply of a model used as query, address, file name or recipient',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.2.5-4.1',
      'owasp-llm-2025:LLM05',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM10',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-89',
      'cwe:CWE-918',
      'cwe:CWE-22',
      'cwe:CWE-1426',
      'atlas:AML.T0053',
    ],
    why: 'The reply may repeat what a document told the model to say: delete a table, call an internal address, overwrite a file.',
    how: 'Look the value up among those you allow. Give queries a read-only login, compare hosts with a list, resolve a path and compare it with its folder.',
    messages: {
      query: '`{sink}` runs the query that the reply of {source} contains',
      address: '`{sink}` calls whatever address the reply of {source} names',
      write: '`{sink}` writes to whatever file the reply of {source} names',
      delete: '`{sink}` deletes whatever the reply of {source} names',
      mail: '`{sink}` writes to whomever the reply of {source} names',
      chain: '`{call}` runs the query that the model writes; connect it with a login that can only read what it needs',
      requests: '`{call}` calls whatever address the model names',
    },
    detections: ['OUT-03', 'OUT-05', 'OUT-07'],
    examples: [
      {
        path: 'report.py',
        bad: 'import sqlite3\nfrom openai import OpenAI\n\nsql = OpenAI().responses.create(model=MODEL, input=question).output_text\nrows = sqlite3.connect("shop.db").execute(sql).fetchall()\n',
      },
      {
        title: 'a cursor from elsewhere',
        path: 'report.py',
        bad: 'import anthropic\n\n\ndef report(cursor, question):\n    reply = anthropic.Anthropic().messages.create(model=MODEL, max_tokens=300, messages=messages)\n    cursor.execute(reply.content[0].text)\n',
      },
      {
        path: 'browse.py',
        bad: 'import ollama\nimport requests\n\nurl = ollama.generate(model=MODEL, prompt=prompt)["response"].strip()\npage = requests.get(url, timeout=10)\n',
      },
      {
        path: 'write.py',
        bad: 'import json\nfrom openai import OpenAI\n\nfiles = json.loads(OpenAI().responses.create(model=MODEL, input=task).output_text)\nfor name, text in files.items():\n    with open(name, "w") as file:\n        file.write(text)\n',
      },
      {
        path: 'chain.py',
        bad: 'from langchain_community.agent_toolkits import create_sql_agent\n\nagent = create_sql_agent(llm, db=db)\n',
      },
      {
        title: 'a connection that only reads',
        path: 'chain.py',
        good: 'import sqlite3\nfrom langchain_community.agent_toolkits import create_sql_agent\nfrom langchain_community.utilities import SQLDatabase\nfrom sqlalchemy import create_engine\n\nengine = create_engine("sqlite:///", creator=lambda: sqlite3.connect("file:shop.db?mode=ro", uri=True))\nagent = create_sql_agent(llm, db=SQLDatabase(engine))\n',
      },
      {
        title: 'the reply is what is written, not where',
        path: 'write.py',
        good: 'from openai import OpenAI\n\nreply = OpenAI().responses.create(model=MODEL, input=task)\nwith open("reply.txt", "w") as file:\n    file.write(reply.output_text)\n',
      },
      {
        title: 'a value of a fixed query',
        path: 'report.py',
        good: 'import sqlite3\nfrom openai import OpenAI\n\nname = OpenAI().responses.create(model=MODEL, input=question).output_text\nrows = sqlite3.connect("shop.db").execute("select * from orders where name = ?", (name,)).fetchall()\n',
      },
      {
        title: 'a fixed host',
        path: 'browse.py',
        good: 'import ollama\nimport requests\n\nword = ollama.generate(model=MODEL, prompt=prompt)["response"]\npage = requests.get(f"https://wiki.example/{word}", timeout=10)\n',
      },
      {
        title: 'a fixed host in the caller',
        path: 'browse.py',
        good: 'import ollama\nimport requests\n\n\ndef load(url):\n    return requests.get(url, timeout=10).text\n\n\nword = ollama.generate(model=MODEL, prompt=prompt)["response"]\npage = load(f"https://wiki.example/{word}")\n',
      },
      {
        title: 'a list of hosts',
        path: 'browse.py',
        good: 'from urllib.parse import urlparse\nimport ollama\nimport requests\n\n\ndef page():\n    url = ollama.generate(model=MODEL, prompt=prompt)["response"].strip()\n    if urlparse(url).hostname in HOSTS:\n        return requests.get(url, timeout=10)\n',
      },
      {
        title: 'the reply was only shown',
        path: 'app.py',
        good: 'import streamlit as st\nfrom openai import OpenAI\n\nst.write(OpenAI().responses.create(model=MODEL, input=question).output_text)\nupload = st.file_uploader("File")\nwith open(upload.name, "wb") as file:\n    file.write(upload.getbuffer())\n',
      },
      {
        title: 'another `execute`',
        path: 'run.py',
        good: 'from openai import OpenAI\n\nplan = OpenAI().responses.create(model=MODEL, input=task).output_text\nplanner.execute(plan)\n',
      },
    ],
  },
  triggers: [CHAINS, inTexts(mayHoldReply, SINKS.query, SINKS.address, SINKS.file, SINKS.mail, ...called('execute'))],
  *check(file) {
    if (!READ_ONLY.test(file.text)) yield* checkCalls(file, CHAINS, 'warning');
    if (!mayHoldReply(file.python)) return;
    const reported = new Set<number>();
    for (const table of [SINKS.query, SINKS.address, SINKS.file, SINKS.mail]) {
      for (const match of file.python.callsTo(table)) {
        const place = placeOf(match);
        const { row, call, name } = match;
        const opens = row.does === 'read';
        if (!place || (opens && !writes(match))) continue;
        const node = row.does === 'address' ? decidingPart(file.python, place) : place;
        const flow = node && flowOf(file.python, node, QUERY);
        if (!flow || isChecked(file.python, call.node, row.does)) continue;
        if (row.does === 'address' && isHandedThrough(file.python, node)) continue;
        reported.add(call.nameSpan.start);
        yield problemOf(file, call.nameSpan, opens ? 'write' : row.does, name, flow);
      }
    }
    yield* executed(file, reported);
  },
});

/** `cursor.execute(reply)` where nothing in the file says what the cursor is: its name does. */
function* executed(file: SourceFile, reported: ReadonlySet<number>): Iterable<Problem> {
  for (const offset of file.python.outline.callsByName.get('execute') ?? []) {
    const list = argumentList(file, offset);
    const receiver = list?.parent?.firstChild?.firstChild;
    const statement = list?.firstChild?.nextSibling;
    if (!receiver || !statement || reported.has(receiver.from)) continue;
    if (!CONNECTION.test(file.text.slice(receiver.from, receiver.to).replace(/\([^()]*\)$/, ''))) continue;
    const flow = flowOf(file.python, statement, QUERY);
    if (!flow || isChecked(file.python, receiver, 'query')) continue;
    const span = { start: receiver.from, end: list.from };
    yield problemOf(file, span, 'query', file.text.slice(span.start, span.end), flow);
  }
}

function argumentList({ python }: SourceFile, offset: number): SyntaxNode | undefined {
  let node: SyntaxNode | null = python.tree.tree.resolveInner(offset, 1);
  while (node && node.name !== 'ArgList' && node.from === offset) node = node.parent;
  return node?.name === 'ArgList' ? node : undefined;
}

function problemOf(file: SourceFile, span: Span, message: string, sink: string, flow: Flow<string>): Problem {
  return {
    span,
    message,
    data: { sink: sink.replace(/\s+/g, ' '), source: flow.source },
    severity: inContext('warning', file.path),
    evidence: [`The text is the reply of ${flow.source}.`],
    related: flow.steps,
  };
}
