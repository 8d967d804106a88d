import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { executionOf } from '../../languages/python/execution.ts';
import {
  type ApiCall,
  type Flow,
  type FlowQuery,
  flowOf,
  inContext,
  mayHoldReply,
  SANITISERS,
  SOURCES,
} from '../../languages/python/program.ts';
import { SINKS, type Sink } from '../../languages/python/sinks.ts';
import { inTexts } from '../../languages/python/triggers.ts';
import {
  FILE_RUNNERS,
  fileRun,
  filesExecuted,
  mayRunFile,
  writtenTexts,
} from '../../languages/python/writtenPrograms.ts';

/** Their result holds no text of the model that could still be run: numbers, truth values, literals, quoted words. */
const STOPS = new Set([...SANITISERS.value, ...SANITISERS.shell, ...SANITISERS.pattern, 'open']);
const QUERY: FlowQuery<string> = { ...SOURCES.modelReply, stops: STOPS };

export const modelOutputExecuted = defineRule({
  meta: {
    id: 'GL304',
    name: 'model-output-executed',
    title: 'Reply of a model that is run as code or command',
    kinds: ['python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.2.5-4.1',
      'owasp-llm-2025:LLM05',
      'owasp-llm-2026:LLM10',
      'cwe:CWE-94',
      'cwe:CWE-95',
      'cwe:CWE-78',
      'cwe:CWE-1426',
      'atlas:AML.T0050',
    ],
    why: 'A model repeats what it reads: a web page, a document or a user can put words into its reply. Run unseen, these words act with the rights of your program.',
    how: 'Let the model choose among functions you wrote and check the arguments, parse values with `ast.literal_eval` or a schema, and run generated programs only in a sandbox without network, secrets or your files.',
    messages: {
      code: '`{sink}` runs the reply of {source} as code',
      shell: '`{sink}` runs the reply of {source} in a shell',
      file: '`{sink}` runs a file that holds the reply of {source}',
      command: '`{sink}` starts the program that the reply of {source} names',
    },
    peers: [
      'semgrep llm-output-to-exec',
      'bandit B102',
      'bandit B307',
      'bandit B602',
      'bandit B605',
      'ruff S102',
      'ruff S307',
      'ruff S602',
      'ruff S605',
    ],
    detections: ['OUT-01', 'OUT-02', 'OUT-06'],
    examples: [
      {
        path: 'agent.py',
        bad: 'from openai import OpenAI\n\nclient = OpenAI()\nresponse = client.chat.completions.create(model="gpt-4.1", messages=messages)\ncode = response.choices[0].message.content\nexec(code)\n',
      },
      {
        title: 'through a function and string methods',
        path: 'agent.py',
        bad: 'import re\nimport anthropic\n\nclient = anthropic.Anthropic()\n\n\ndef ask(prompt):\n    message = client.messages.create(model=MODEL, max_tokens=500, messages=[{"role": "user", "content": prompt}])\n    return message.content[0].text\n\n\nreply = ask("Write a program.")\nblock = re.search(r"```python(.*)```", reply, re.S).group(1).strip()\nresult = eval(f"({block})")\n',
      },
      {
        title: 'arguments of a tool call',
        path: 'agent.py',
        bad: 'import json\nimport subprocess\nfrom openai import OpenAI\n\nresponse = OpenAI().responses.create(model=MODEL, input=question, tools=TOOLS)\narguments = json.loads(response.output[0].arguments)\nsubprocess.run(arguments["command"], shell=True)\n',
      },
      {
        title: 'a shell started by hand',
        path: 'agent.py',
        bad: 'import subprocess\nimport ollama\n\nanswer = ollama.chat(model="llama3", messages=messages)["message"]["content"]\nsubprocess.check_output(["bash", "-c", answer])\n',
      },
      {
        title: 'LangChain',
        path: 'chain.py',
        bad: 'import os\nfrom langchain_openai import ChatOpenAI\n\nchain = prompt | ChatOpenAI(model="gpt-4.1")\nreply = chain.invoke({"question": question})\nos.system(reply.content)\n',
      },
      {
        title: 'a stream',
        path: 'agent.py',
        bad: 'import litellm\n\nsource = ""\nfor chunk in litellm.completion(model=MODEL, messages=messages, stream=True):\n    source += chunk.choices[0].delta.content or ""\nexec(compile(source, "reply", "exec"))\n',
      },
      {
        title: 'transformers',
        path: 'generate.py',
        bad: 'from transformers import pipeline\n\ngenerate = pipeline("text-generation", model=MODEL)\nexec(generate("Write a program.")[0]["generated_text"])\n',
      },
      {
        title: 'a formula',
        path: 'math.py',
        bad: 'import numexpr\nfrom openai import OpenAI\n\nformula = OpenAI().responses.create(model=MODEL, input=question).output_text\nprint(numexpr.evaluate(formula))\n',
      },
      {
        title: 'rebuilding objects is running code',
        path: 'agent.py',
        bad: 'import base64\nimport pickle\nimport ollama\n\nanswer = ollama.generate(model=MODEL, prompt=prompt)["response"]\nstate = pickle.loads(base64.b64decode(answer))\n',
      },
      {
        title: 'a program that is written to a file first',
        path: 'agent.py',
        bad: 'import subprocess\nimport sys\nimport tempfile\nimport ollama\n\n\ndef run(code):\n    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as file:\n        file.write(code)\n    return subprocess.run([sys.executable, file.name], capture_output=True)\n\n\nrun(ollama.generate(model=MODEL, prompt=prompt)["response"])\n',
      },
      {
        title: 'a file that another program reads',
        path: 'agent.py',
        good: 'import subprocess\nfrom pathlib import Path\nimport ollama\n\nnotes = Path("notes.txt")\nnotes.write_text(ollama.generate(model=MODEL, prompt=prompt)["response"])\nsubprocess.run(["espeak", "-f", str(notes)], check=True)\n',
      },
      {
        title: 'a literal is parsed, not run',
        path: 'agent.py',
        good: 'import ast\nfrom openai import OpenAI\n\nresponse = OpenAI().responses.create(model=MODEL, input=question)\nvalues = ast.literal_eval(response.output_text)\n',
      },
      {
        title: 'the model chooses among functions',
        path: 'agent.py',
        good: 'from openai import OpenAI\n\nTOOLS = {"add": add, "list": show}\nreply = OpenAI().responses.create(model=MODEL, input=question).output_text\nTOOLS[reply.strip()]()\n',
      },
      {
        title: 'a fixed program with an argument',
        path: 'agent.py',
        good: 'import subprocess\nimport ollama\n\nanswer = ollama.generate(model=MODEL, prompt=prompt)["response"]\nsubprocess.run(["espeak", answer], check=True)\n',
      },
      {
        title: 'a list that grows',
        path: 'agent.py',
        good: 'import subprocess\nimport ollama\n\ncommand = ["espeak"]\ncommand.append(ollama.generate(model=MODEL, prompt=prompt)["response"])\nsubprocess.run(command, check=True)\n',
      },
      {
        title: 'a method that happens to be called `eval`',
        path: 'train.py',
        good: 'from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained(name)\nmodel.eval()\n',
      },
      { path: 'calc.py', good: 'expression = "1 + 2"\nprint(eval(expression))\n' },
    ],
  },
  triggers: [inTexts(mayHoldReply, SINKS.execution, FILE_RUNNERS)],
  *check(file) {
    if (!mayHoldReply(file.python)) return;
    for (const match of file.python.callsTo(SINKS.execution)) {
      const problem = problemOf(file, match);
      if (problem) yield problem;
    }
    yield* fromFiles(file);
  },
});

/** A reply that is written to a file, which is run then. */
function* fromFiles({ python, path }: SourceFile): Iterable<Problem> {
  if (!mayRunFile(python)) return;
  const found: [ApiCall<unknown>, string[]][] = [
    ...python.callsTo(FILE_RUNNERS).map((match): [ApiCall<unknown>, string[]] => [match, fileRun(python, match)]),
    ...python
      .callsTo(SINKS.execution)
      .map((match): [ApiCall<unknown>, string[]] => [match, filesExecuted(python, match)]),
  ];
  if (found.every(([, files]) => files.length === 0)) return;
  // Where the file is written may have been left out.
  python.outgrow();
  const written = writtenTexts(python);
  for (const [{ call, name }, files] of found) {
    let flow: Flow<string> | undefined;
    for (const text of new Set(files.flatMap((file) => written.get(file) ?? []))) flow ??= flowOf(python, text, QUERY);
    if (!flow) continue;
    yield {
      span: call.nameSpan,
      message: 'file',
      data: { sink: name, source: flow.source },
      severity: inContext('error', path),
      confidence: 'medium',
      evidence: call.via ? [`${call.via}.`] : [],
      related: flow.steps,
    };
  }
}

function problemOf({ python, path }: SourceFile, match: ApiCall<Sink>): Problem | undefined {
  const { call, name } = match;
  const found = executionOf(python, match, (node) => flowOf(python, node, QUERY));
  if (!found) return undefined;
  const { flow, as } = found;
  return {
    span: call.nameSpan,
    message: as,
    data: { sink: name, source: flow.source },
    severity: inContext('error', path),
    // Only the form of the call, or a name, says that it is a model.
    confidence: flow.source === 'a model' ? 'medium' : 'high',
    evidence: [...(call.via ? [`${call.via}.`] : []), `The text is the reply of ${flow.source}.`],
    related: flow.steps,
  };
}
