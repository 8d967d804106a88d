import type { SyntaxNode } from '@lezer/common';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { writtenAs } from '../../languages/python/literals.ts';
import { apiTable, inContext } from '../../languages/python/program.ts';
import { inTexts } from '../../languages/python/triggers.ts';
import { isSecretName } from '../../languages/secrets.ts';

const names = (list: string): (readonly [string, true])[] => list.split(/\s+/).map((name) => [name, true] as const);
const LEVELS = 'debug info warning warn error critical exception log'.split(' ');

/** Calls that show or keep what they are given. */
const SINKS = apiTable<true>(
  [
    ...names(
      'print pprint.pprint pprint.pp rich.print sys.stdout.write sys.stderr.write streamlit.write streamlit.text',
    ),
    ...names('streamlit.json streamlit.code streamlit.info streamlit.markdown IPython.display.display warnings.warn'),
    ...LEVELS.flatMap((level) => names(`logging.${level} logging.getLogger().${level} loguru.logger.${level}`)),
  ],
  { wrapped: false },
);
/** Whole stores of secrets. */
const STORES = new Set(['os.environ', 'streamlit.secrets']);
/** A text without any of this shows no secret that this rule knows. */
const NAMES_SECRET =
  /(?:environ|getenv)\b[^\n]{0,30}["']\w*(?:key|token|secret|password|passwd|auth)["']|\(\s*(?:\w+\()?(?:os\.)?environ\)|\{(?:os\.)?environ|\bsecrets\b|\.\w*(?:api_?key|secret_key|access_token|hf_token|auth_token|password)\b/i;
/** Calls that hand on what they are given. */
const PASSES = new Set(['str', 'repr', 'dict', 'json.dumps', 'format', 'list', 'sorted']);
/** Attributes of clients and settings that hold a key. `token` alone is as often a word of a text. */
const KEY_ATTRIBUTE = /^(?:\w+_)?(?:api_?key|secret_key|access_token|hf_token|auth_token|password)$/i;

export const secretInLog = defineRule({
  meta: {
    id: 'GL350',
    name: 'secret-in-log',
    title: 'Key or token is printed or logged',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.4',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-532',
      'atlas:AML.T0055',
    ],
    why: 'Logs, terminals and the saved outputs of notebooks are read, copied and committed by people who should not have the key, and kept long after it was last used.',
    how: 'Print whether the key is there (`bool(key)`), or its last four characters.',
    messages: {
      key: '`{sink}` shows the secret `{secret}`',
      store: '`{sink}` shows all of `{secret}`, with the keys and tokens in it',
    },
    peers: ['codeql py/clear-text-logging-sensitive-data'],
    detections: ['KEY-04'],
    examples: [
      { path: 'run.py', bad: 'import os\n\nprint(os.environ)\n' },
      { path: 'run.py', bad: 'import os\n\nprint(f"key: {os.environ[\'OPENAI_API_KEY\']}")\n' },
      {
        title: 'through a name',
        path: 'run.py',
        bad: 'import logging\nimport os\n\nkey = os.getenv("ANTHROPIC_API_KEY")\nlogging.info("using %s", key)\n',
      },
      {
        path: 'run.py',
        bad: 'import os\n\ntoken = os.environ["HF_TOKEN"]\nprint("token", token)\n',
        good: 'import os\n\nname = os.environ["MODEL"]\nprint("model", name)\n',
      },
      { path: 'run.py', bad: 'from openai import OpenAI\n\nclient = OpenAI()\nprint(client.api_key)\n' },
      { path: 'app.py', bad: 'import streamlit as st\n\nst.write(st.secrets)\n' },
      {
        title: 'masked, counted or only asked for',
        path: 'run.py',
        good: 'import os\n\nkey = os.environ["OPENAI_API_KEY"]\nprint(key[:4], len(key), bool(key), key is not None)\nprint(mask(key))\nprint("OPENAI_API_KEY" in os.environ, os.environ["HOME"])\n',
      },
      {
        title: 'a name that only sounds like it',
        path: 'run.py',
        good: 'import os\n\nmax_tokens = os.environ["MAX_TOKENS"]\nprint(max_tokens, tokenizer.pad_token, keyboard)\n',
      },
      { path: 'run.py', good: 'import os\n\nrun(os.environ)\nlogger = Table()\nlogger.write(os.environ["API_KEY"])\n' },
    ],
  },
  triggers: [inTexts(NAMES_SECRET, SINKS)],
  *check(file) {
    // Almost every program prints; few of them name a secret.
    if (!NAMES_SECRET.test(file.text)) return;
    for (const { call, name } of file.python.callsTo(SINKS)) {
      for (const { value } of call.arguments) {
        const problem = shownSecret(file, value, 0);
        if (!problem) continue;
        yield { ...problem, data: { ...problem.data, sink: name }, severity: inContext('warning', file.path) };
        break;
      }
    }
  },
});

/** A secret that the expression puts into the text unchanged. */
function shownSecret(file: SourceFile, node: SyntaxNode, depth: number): Problem | undefined {
  const { python, text } = file;
  const span = { start: node.from, end: node.to };
  const written = text.slice(node.from, node.to);
  if (depth > 6) return undefined;
  switch (node.name) {
    case 'FormatString':
      return firstOf(file, replacements(node), depth);
    case 'BinaryExpression':
      return /^\s*[+%]/.test(text.slice(node.firstChild?.to ?? 0, node.to))
        ? firstOf(file, children(node), depth)
        : undefined;
    case 'ParenthesizedExpression':
    case 'TupleExpression':
    case 'ContinuedString':
      return firstOf(file, children(node), depth);
    case 'VariableName':
    case 'MemberExpression': {
      const secret = namedSecret(file, node);
      if (secret) return { span, message: secret, data: { secret: written } };
      return undefined;
    }
    case 'CallExpression': {
      const callee = node.firstChild;
      const list = node.getChild('ArgList');
      const name = callee && python.resolve(callee)?.[0]?.name;
      if (!callee || !list || !name) return undefined;
      if (isRead(file, name, list)) return { span, message: 'key', data: { secret: written } };
      if (PASSES.has(name)) return firstOf(file, children(list), depth);
      return undefined;
    }
    default:
      return undefined;
  }
}

function firstOf(file: SourceFile, nodes: readonly SyntaxNode[], depth: number): Problem | undefined {
  for (const node of nodes) {
    const found = shownSecret(file, node, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function namedSecret(file: SourceFile, node: SyntaxNode): 'key' | 'store' | undefined {
  const { python, text } = file;
  const names = python.resolve(node);
  if (names?.length && names.every(({ name }) => STORES.has(name))) return 'store';
  if (node.name === 'MemberExpression') {
    const base = node.firstChild;
    const last = node.lastChild;
    if (last?.name === 'PropertyName') return KEY_ATTRIBUTE.test(text.slice(last.from, last.to)) ? 'key' : undefined;
    const store = base && python.resolve(base)?.[0]?.name;
    const key = base?.nextSibling?.nextSibling;
    const value = key && store && STORES.has(store) ? python.constantOf(key) : undefined;
    return value?.known && isSecretName(String(value.value)) ? 'key' : undefined;
  }
  const behind = writtenAs(python, node);
  if (behind.name === 'MemberExpression') return namedSecret(file, behind);
  // A name for what was read from the environment; `os.getenv("X")` resolves to a call.
  const [first, ...others] = names ?? [];
  if (!first || others.length > 0 || !/^os\.(?:getenv|environ\.get)\(\)$/.test(first.name)) return undefined;
  const statement = first.binding?.statement;
  const read =
    statement && /\b(?:getenv|environ\.get)\(\s*["'](\w+)["']/.exec(text.slice(statement.start, statement.end));
  return read?.[1] && isSecretName(read[1]) ? 'key' : undefined;
}

/** `os.getenv("X_API_KEY")` */
function isRead(file: SourceFile, name: string, list: SyntaxNode): boolean {
  if (name !== 'os.getenv' && name !== 'os.environ.get') return false;
  const first = children(list)[0];
  const value = first && file.python.constantOf(first);
  return value?.known === true && isSecretName(String(value.value));
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (/^[A-Z]/.test(child.name)) found.push(child);
  return found;
}

function replacements(node: SyntaxNode): SyntaxNode[] {
  return node.getChildren('FormatReplacement').flatMap((each) => children(each).slice(0, 1));
}
