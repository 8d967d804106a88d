import type { SyntaxNode } from '@lezer/common';
import type { Severity } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { listedIn } from '../../languages/python/execution.ts';
import { isGuarded } from '../../languages/python/guard.ts';
import {
  anySource,
  type Call,
  flowOf,
  inContext,
  isStarter,
  isTest,
  isTruthy,
  SOURCES,
} from '../../languages/python/program.ts';
import { elementsOf } from '../../languages/python/tree.ts';
import { ORIGINS, SINKS, type Sink, STOPS } from './untrusted-text-executed.table.ts';

/** A table of pandas that came in as a parameter, by what people call it. */
const FRAME_METHOD = /(?:^|[._])(?:df|data_?frame)\d?\.(?:query|eval)$/i;
/** Downloads whose result is the path of a file: the path is the program's own. */
const SAVES_TO_FILE = /^[\w.]{0,60}(?:download|retrieve|get_file|cached_file)\w*\(/;

const BY_MODEL = anySource(SOURCES.modelReply, SOURCES.toolCall);

export const untrustedTextExecuted = defineRule({
  meta: {
    id: 'GL316',
    name: 'untrusted-text-executed',
    title: 'Text or file from elsewhere that is run',
    kinds: ['python', 'notebook'],
    severity: 'error',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.3',
      'etsi-en-304-223:5.2.1-4.1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-94',
      'cwe:CWE-95',
      'cwe:CWE-78',
      'cwe:CWE-494',
      'atlas:AML.T0050',
    ],
    why: 'Whoever writes the text decides what your program does, with its rights: reads keys, changes data, opens a way in.',
    how: 'Parse values with `ast.literal_eval` or `json`, choose functions and columns from a list of your own, give commands as a list without a shell, and keep the code you run in your project.',
    messages: {
      code: '`{call}` runs text from {source} as code',
      file: '`{call}` runs a file from {source}',
      module: '`{call}` imports the module that {source} names',
      shell: '`{call}` runs text from {source} in a shell',
      command: '`{call}` starts the program that {source} names',
      expression: '`{call}` evaluates an expression from {source}',
      unknownCode: '`{call}` runs text that is not fixed: nothing in this file says where it comes from',
      unknownShell: '`{call}` puts together a line for the shell: a part of it may be a command of its own',
      unknownExpression:
        '`{call}` evaluates an expression that is not fixed: it may call functions and reach variables',
    },
    peers: [
      'bandit B102',
      'bandit B307',
      'bandit B602',
      'bandit B605',
      'ruff S102',
      'ruff S307',
      'ruff S602',
      'ruff S605',
      'semgrep pandas-eval',
      'semgrep dangerous-code-run',
      'codeql py/code-injection',
    ],
    detections: ['CODE-13', 'DATA-09'],
    examples: [
      { path: 'run.py', bad: 'import requests\n\nexec(requests.get(url).text)\n' },
      {
        title: 'a file of a repository',
        path: 'run.py',
        bad: 'import runpy\nfrom huggingface_hub import hf_hub_download\n\nrunpy.run_path(hf_hub_download("somebody/model", "handler.py"))\n',
      },
      {
        title: 'a folder of a repository on the import path',
        path: 'run.py',
        bad: 'import sys\nfrom huggingface_hub import snapshot_download\n\nfolder = snapshot_download("somebody/model")\nsys.path.append(folder)\n',
      },
      {
        title: 'a web request',
        path: 'app.py',
        bad: 'import pandas as pd\nfrom flask import request\n\ntable = pd.read_csv("data.csv")\nrows = table.query(request.args["filter"])\n',
      },
      {
        title: 'a shell',
        path: 'app.py',
        bad: 'import subprocess\nfrom flask import request\n\nsubprocess.run(f"convert {request.form[\'name\']}", shell=True)\n',
      },
      {
        title: 'the command line, which is a warning',
        path: 'train.py',
        bad: 'import argparse\n\nparser = argparse.ArgumentParser()\nargs = parser.parse_args()\nlayers = eval(args.layers)\n',
      },
      {
        title: 'where nothing is known of the text, a hint',
        path: 'calc.py',
        bad: 'def calculate(text):\n    return eval(text)\n',
      },
      {
        title: 'an expression that is put together',
        path: 'data.py',
        bad: 'import pandas as pd\n\n\ndef choose(table: pd.DataFrame, rule):\n    return pd.eval(rule)\n',
      },
      {
        title: 'a table that came in as a parameter',
        path: 'data.py',
        bad: 'import pandas as pd\n\n\ndef choose(df, rule):\n    return df.query(rule)\n',
      },
      {
        title: 'fixed texts',
        path: 'data.py',
        good: 'import os\nimport subprocess\nimport pandas as pd\n\ntable = pd.read_csv("data.csv")\nadults = table.query("age >= 18")\nos.system("nvidia-smi")\nsubprocess.run("ls -l | wc", shell=True)\nprint(eval("1 + 1"))\n',
      },
      {
        title: 'this interpreter, a choice of the command line, and names that are looked up',
        path: 'setup.py',
        good: 'import argparse\nimport subprocess\nimport sys\nimport torch\n\nTYPES = {"half": "float16"}\nparser = argparse.ArgumentParser()\nparser.add_argument("--serve", choices=["all", "worker"])\nargs = parser.parse_args()\nsubprocess.run("pkill -f " + args.serve, shell=True)\nsubprocess.run(f"{sys.executable} -m pip check", shell=True)\n\n\ndef choose(dtype, name):\n    if name in TYPES:\n        return eval("torch." + TYPES[name])\n    return eval(f"torch.{dtype}") if dtype in ["float16", "bfloat16"] else None\n',
      },
      {
        title: 'a file of this project',
        path: 'setup.py',
        good: 'about = {}\nwith open("pkg/version.py") as file:\n    exec(file.read(), about)\nexec(open("configurator.py").read())\n',
      },
      {
        title: 'a test, which runs what it wrote itself',
        path: 'tests/test_code.py',
        good: 'def test_code():\n    code = generate()\n    exec(code, {})\n',
      },
      {
        title: 'values that are parsed, words that are quoted, a list without a shell',
        path: 'app.py',
        good: 'import ast\nimport os\nimport shlex\nimport subprocess\nimport sys\n\nshape = ast.literal_eval(sys.argv[1])\nos.system("ls " + shlex.quote(sys.argv[2]))\nsubprocess.run(["convert", sys.argv[3]], check=True)\n',
      },
      {
        title: 'the path of a file that was downloaded',
        path: 'run.py',
        good: 'import os\nimport wget\n\npath = wget.download(url)\nos.system(f"file {path}")\n',
      },
      {
        title: 'methods that happen to be called so',
        path: 'train.py',
        good: 'import torch\n\nmodel = torch.nn.Linear(2, 2)\nmodel.eval()\nsession.query(User)\n',
      },
    ],
  },
  triggers: [SINKS],
  *check(file) {
    for (const { call, row, name } of file.python.callsTo(SINKS)) {
      const problem = problemOf(file, call, row, name);
      if (problem) yield problem;
    }
    if (!/\bpandas\b/.test(file.text) || !/\.(?:query|eval)\(/.test(file.text)) return;
    for (const call of file.python.calls) {
      if (call.callee || !FRAME_METHOD.test(call.nameText)) continue;
      const problem = problemOf(file, call, { parameter: 'expr', position: 0, runs: 'expression' }, call.nameText);
      if (problem) yield { ...problem, confidence: problem.confidence ?? 'medium' };
    }
  },
});

function problemOf(file: SourceFile, call: Call, row: Sink, name: string): Problem | undefined {
  const given = call.argument(row.parameter, row.position);
  if (given.state !== 'given' || given.value.known) return undefined;
  const shell = row.runs === 'command' ? call.argument('shell') : undefined;
  const inShell = row.runs === 'shell' || (shell?.state === 'given' && isTruthy(shell.value));
  // Of a list only the program matters, which is its first element.
  const list = row.runs === 'command' ? listedIn(file.python, given.node) : undefined;
  const node = list ? list[0]?.node : given.node;
  if (!node || isQuoted(file, node)) return undefined;
  // What a model has written or hands to a tool is reported by rules of their own.
  if (flowOf(file.python, node, BY_MODEL)) return undefined;
  const flow = flowOf(file.python, node, ORIGINS);
  const base = { span: call.nameSpan, evidence: call.via ? [`${call.via}.`] : [] };
  if (
    flow &&
    inShell &&
    SAVES_TO_FILE.test(file.text.slice(flow.node.from, Math.min(flow.node.to, flow.node.from + 80)))
  ) {
    return undefined;
  }
  if (flow) {
    const severity = isStarter(flow.source)
      ? ownChoice(row.runs, inShell)
      : row.runs === 'module'
        ? 'warning'
        : 'error';
    if (!severity) return undefined;
    return {
      ...base,
      message: inShell ? 'shell' : row.runs,
      data: { call: name, source: flow.source },
      severity: inContext(severity, file.path),
      evidence: [...base.evidence, `The text comes from ${flow.source}.`],
      related: flow.steps,
    };
  }
  const unknown = unknownKind(row.runs, inShell);
  // Text of unknown origin in a test is the test's own.
  if (!unknown || isTest(file.path) || isFixed(file, given.node)) return undefined;
  return {
    ...base,
    message: unknown,
    data: { call: name },
    severity: 'hint',
    confidence: 'low',
  };
}

/** Whoever starts the program may run anything anyway; text they think of as a value should still not be code. */
function ownChoice(runs: Sink['runs'], inShell: boolean): Severity | undefined {
  if (runs === 'code' || runs === 'expression') return 'warning';
  return inShell ? 'info' : undefined;
}

function unknownKind(runs: Sink['runs'], inShell: boolean): string | undefined {
  if (inShell) return 'unknownShell';
  if (runs === 'code') return 'unknownCode';
  return runs === 'expression' ? 'unknownExpression' : undefined;
}

/** The call around the text that makes it harmless. */
function stopped({ python }: SourceFile, node: SyntaxNode): boolean {
  const callee = node.name === 'CallExpression' ? node.firstChild : undefined;
  return Boolean(callee && python.resolve(callee)?.some(({ name }) => STOPS.has(name)));
}

/** One of the choices that the program lists for its command line, or a number. */
function isLimited({ python, text }: SourceFile, node: SyntaxNode): boolean {
  const { firstChild: base, lastChild: property } = node;
  if (node.name !== 'MemberExpression' || !base || property?.name !== 'PropertyName') return false;
  const flow = flowOf(python, base, SOURCES.commandLine);
  return flow !== undefined && SOURCES.commandLine.limited(python, text.slice(property.from, property.to), flow.source);
}

/** What nobody outside decides: this interpreter, or one of a set of values that a test before lists. */
function isOwn({ python, text }: SourceFile, node: SyntaxNode): boolean {
  if (text.slice(node.from, node.to) === 'sys.executable' || isGuarded(python, node)) return true;
  const [, index] = node.name === 'MemberExpression' ? elementsOf(node) : [];
  return index?.name === 'VariableName' && isGuarded(python, index);
}

/** Every part that is filled in is quoted for the shell, a number or a known choice. */
function isQuoted(file: SourceFile, node: SyntaxNode): boolean {
  const parts = partsOf(node).filter((part) => !file.python.constantOf(part).known);
  return parts.length > 0 && parts.every((part) => stopped(file, part) || isLimited(file, part) || isOwn(file, part));
}

/** Operands of a sum and fields of a formatted text, else the expression itself. */
function partsOf(node: SyntaxNode, depth = 0): SyntaxNode[] {
  if (depth > 20) return [node];
  const children: SyntaxNode[] = [];
  if (node.name === 'BinaryExpression' || node.name === 'FormatString' || node.name === 'FormatReplacement') {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (/^[A-Z]/.test(child.name) && !/Op$|^Format(?:Spec|Conversion)/.test(child.name)) children.push(child);
    }
    return children.flatMap((child) => partsOf(child, depth + 1));
  }
  return [node];
}

/** Code that the program itself has: read from a path that is written out, or compiled from a fixed text. */
function isFixed(file: SourceFile, node: SyntaxNode): boolean {
  const parts = partsOf(node);
  if (parts.length > 1) return parts.every((part) => file.python.constantOf(part).known);
  const text = file.text.slice(node.from, Math.min(node.to, node.from + 300));
  return (
    /\b(?:open|Path|read_text|compile)\s*\(|\.read\(|\b__file__\b/.test(text) ||
    // A text that is read, parsed or compiled a line above.
    readBefore(file, node)
  );
}

function readBefore({ python, text }: SourceFile, node: SyntaxNode): boolean {
  if (node.name !== 'VariableName') return false;
  const name = text.slice(node.from, node.to);
  const { start } = python.scopeAt(node.from);
  const before = text.slice(Math.max(start, node.from - 2000), node.from);
  return new RegExp(`\\b${name}\\s*=[^\\n]{0,200}(?:open\\(|\\.read|compile\\()`).test(before);
}
