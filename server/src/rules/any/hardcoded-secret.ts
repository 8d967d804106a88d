import type { SyntaxNode } from '@lezer/common';
import type { Fix } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Span } from '../../engine/span.ts';
import { firstLineOf } from '../../languages/notebook.ts';
import { apiTable, ensureImport, inContext } from '../../languages/python/program.ts';
import { findSecrets, isSecretName, looksIssued, type Secret } from '../../languages/secrets.ts';
import { KEY_MODULES, KEYS } from './hardcoded-secret.table.ts';

/** A terminal's mark for a colour, which is no part of a word. */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]{0,20}m`, 'g');
const KEY_SHAPE = /["']([\w+/=.:~-]{16,200})["']/g;
const OPTIONS = apiTable([['argparse.ArgumentParser().add_argument', true]]);

export const hardcodedSecret = defineRule({
  meta: {
    id: 'GL801',
    name: 'hardcoded-secret',
    title: 'Secret written into a file',
    kinds: ['prompt', 'model-card', 'data-card', 'python', 'notebook', 'script', 'container', 'workflow', 'ai-config'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.4',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-798',
      'atlas:AML.T0055',
    ],
    why: 'Prompts, cards, notebooks and code are committed, published and sent to models. A secret in them has to be considered known, also after it was deleted from the newest version.',
    how: 'Revoke it with its issuer, then read the new one at run time from the environment or a secret store.',
    messages: {
      secret: '{name} in plain text: every reader of the file has it. Revoke it and read `{variable}` at run time',
      prompt:
        '{name} in plain text: the model and every reader of the file have it. Revoke it and give the new one to the tool that needs it',
      argument:
        'A key for `{call}` in plain text: every reader of the file has it. Revoke it and read `{variable}` at run time',
      setting: 'The value of `{variable}` in plain text: every reader of the file has it. Revoke it and set it outside',
      output:
        'Output {output} of this cell shows a secret ({name}): every reader of the notebook has it. Revoke it and clear the output',
    },
    peers: ['gitleaks', 'trufflehog', 'bandit B105', 'bandit B106', 'bandit B107'],
    detections: ['KEY-01', 'KEY-02', 'TRN-06', 'NBK-01', 'PRM-07', 'CFG-17'],
    examples: [
      {
        title: 'variables of a project',
        path: '.env',
        bad: 'OPENAI_API_KEY=sk-proj-9fKq2LmVx7RtBz4NwPy8HsJd3GcUe6AoIiTnQvYrXkEbMlWz\n',
        good: 'OPENAI_API_KEY=\nHF_TOKEN=your_token_here_123456\nMODEL=gpt-4o-mini-2024-07-18\n',
      },
      {
        path: 'compose.yaml',
        bad: 'services:\n  app:\n    build: .\n    environment:\n      SEARCH_API_KEY: q7Gk29vLxPwZ4nRt8sYb\n',
        good: 'services:\n  app:\n    build: .\n    environment:\n      SEARCH_API_KEY: ${SEARCH_API_KEY}\n',
      },
      {
        path: 'assistant.prompt.md',
        bad: '---\ndescription: Answers questions about invoices.\n---\nCall the service with token 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.\n',
        good: '---\ndescription: Answers questions about invoices.\n---\nCall the service with the token from HF_TOKEN.\n',
      },
      {
        path: 'client.py',
        bad: 'client = OpenAI(api_key="sk-proj-9fKq2LmVx7RtBz4NwPy8HsJd3GcUe6AoIiTnQvYrXkEbMlWz")\n',
        fixed: 'import os\nclient = OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n',
        good: 'import os\n\nclient = OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n',
      },
      {
        title: 'a key without a prefix, given to an SDK',
        path: 'client.py',
        bad: 'from pinecone import Pinecone\n\nindex = Pinecone(api_key="4f1c9b0a-7d2e-4b86-9a35-c0e8d172f6b3")\n',
        fixed: 'from pinecone import Pinecone\nimport os\n\nindex = Pinecone(api_key=os.environ["PINECONE_API_KEY"])\n',
      },
      {
        path: 'client.py',
        bad: 'import os\n\nos.environ["SERVICE_API_KEY"] = "q7Gk29vLxPwZ4nRt8sYb"\n',
      },
      {
        title: 'a default of the command line',
        path: 'train.py',
        bad: 'import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--hub_token", default="q7Gk29vLxPwZ4nRt8sYb")\n',
        fixed:
          'import argparse\nimport os\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--hub_token", default=os.environ["HUB_TOKEN"])\n',
      },
      {
        title: 'in a saved output, and in a magic',
        path: 'explore.ipynb',
        bad: '{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": {}, "source": "show()", "outputs": [{"output_type": "stream", "name": "stdout", "text": ["token\\n", "\\u001b[32mhf_QmZkWvRtYpLsNxBdGhJcFaEuIoKzXvMrTq\\u001b[0m"]}]}]}',
      },
      {
        path: 'explore.ipynb',
        bad: '{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": {}, "source": "%env WANDB_API_KEY=0c1f9be26a7d43f8b5e07c2d918a64f3e5b07d19", "outputs": []}]}',
      },
      {
        title: 'the address of a download, signed for minutes',
        path: 'explore.ipynb',
        good: '{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": {}, "source": "fetch()", "outputs": [{"output_type": "stream", "name": "stdout", "text": ["Location: https://objects.storage.dev/a.pt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAQ3LZVXN7RT5KWP2B%2F20240801%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Expires=300\\n"]}]}]}',
      },
      {
        title: 'local servers, references, placeholders',
        path: 'client.py',
        good: 'import os\n\nfrom openai import OpenAI\n\nOpenAI(base_url=url, api_key="EMPTY")\nOpenAI(api_key="sk-no-key-required")\nOpenAI(api_key="token-abc123")\nOpenAI(api_key=os.getenv("OPENAI_API_KEY", "not-needed"))\nos.environ["OPENAI_API_KEY"] = "your-openai-key-2024"\nos.environ["TOKENIZERS_PARALLELISM"] = "false"\n',
      },
      {
        title: 'a commit beside the word wandb',
        path: 'setup.py',
        good: 'URL = "git+https://github.com/wandb/client@0c1f9be26a7d43f8b5e07c2d918a64f3e5b07d19"\n',
      },
      { path: 'client.py', good: 'client = OpenAI(api_key="sk-proj-your-key-goes-here-your-key-goes-here-xxxx")\n' },
    ],
  },
  *check(file) {
    const { kind, text, notebook } = file;
    const issued = findSecrets(notebook?.source ?? text);
    const isCode = kind === 'python' || kind === 'notebook';
    for (const { name, variable, start, end } of issued) {
      const span = { start, end };
      const data = { name, variable };
      const fixes = isCode ? readFromEnvironment(file, span, variable) : [];
      yield { span, message: kind === 'prompt' ? 'prompt' : 'secret', data, fixes };
    }
    if (!isCode && !file.started) return;
    yield* outputs(file);
    const seen: readonly Span[] = issued;
    for (const problem of [...(isCode ? givenKeys(file) : []), ...settings(file)]) {
      const { span } = problem;
      if (!seen.some(({ start, end }) => start < span.end && span.start < end)) yield problem;
    }
  },
});

function* outputs({ notebook }: SourceFile): Iterable<Problem> {
  for (const output of notebook?.outputs ?? []) {
    const shown = new Set<string>();
    for (const secret of findSecrets(output.text().replace(COLOUR, (mark) => ' '.repeat(mark.length)))) {
      if (!notebook || shown.has(secret.name)) continue;
      shown.add(secret.name);
      const data = { name: secret.name, output: String(output.index + 1) };
      yield { span: firstLineOf(notebook, output.cell), onDisk: output.onDisk(secret), message: 'output', data };
    }
  }
}

/** Nothing is parsed for a text without a string that could be a key. */
function mayHoldKey({ text }: SourceFile): boolean {
  return [...text.matchAll(KEY_SHAPE)].some(([, value = '']) => looksIssued(value));
}

/** Keys without a prefix, in the places where SDKs take them. */
function* givenKeys(file: SourceFile): Iterable<Problem> {
  const { python } = file;
  if (!mayHoldKey(file)) return;
  for (const { call, row, name } of python.callsTo(KEYS)) {
    for (const [index, parameter] of row.parameters.entries()) {
      const given = call.argument(parameter, index === 0 ? row.position : undefined);
      if (given.state === 'given') yield* literal(file, given.node, row.variable, 'argument', { call: name });
    }
  }
  for (const { call } of python.callsTo(OPTIONS)) {
    const [option] = call.arguments;
    const flag = option && python.constantOf(option.value);
    const given = call.argument('default');
    if (!flag?.known || given.state !== 'given' || !isSecretName(String(flag.value))) continue;
    const variable = String(flag.value).replace(/^-+/, '').replace(/\W/g, '_').toUpperCase();
    yield* literal(file, given.node, variable, 'argument', { call: String(flag.value) });
  }
  for (const attribute of ['api_key', 'api_token']) {
    for (const { node, through, span } of python.argumentsNamed(attribute)) {
      if (through !== 'assignment') continue;
      const module = file.text.slice(span.start, span.end).split('.', 1)[0] ?? '';
      const variable = Object.hasOwn(KEY_MODULES, module) ? KEY_MODULES[module] : undefined;
      if (variable) yield* literal(file, node, variable, 'argument', { call: module });
    }
  }
}

/** `os.environ["X_API_KEY"] = "…"`, `%env X_API_KEY=…`, `export X_API_KEY=…` */
function* settings(file: SourceFile): Iterable<Problem> {
  const source = file.notebook?.source ?? file.text;
  const sets = file.started !== undefined || /\benviron\b|\bputenv\b|%env\b|%set_env\b|\bexport[ \t]+\w+=/.test(source);
  if (!sets || !/(?:key|token|secret|password|auth)\b/i.test(source)) return;
  if (file.kind === 'python' && !/\bexport[ \t]/.test(source) && !mayHoldKey(file)) return;
  for (const { name, value } of file.environment) {
    if (!value.fixed || !isSecretName(name) || !looksIssued(value.text)) continue;
    const severity = inContext('error', file.path);
    yield { span: value.span, message: 'setting', data: { variable: name }, severity, confidence: 'medium' };
  }
}

function* literal(
  file: SourceFile,
  node: SyntaxNode,
  variable: string,
  message: string,
  data: { readonly call: string },
): Iterable<Problem> {
  const value = file.python.constantOf(node);
  if (!value.known || typeof value.value !== 'string' || !looksIssued(value.value)) return;
  // The key is where it is written, also when the call only names it.
  const place = value.setAt ?? { start: node.from, end: node.to };
  const severity = inContext('error', file.path);
  const inside = { start: place.start + 1, end: place.end - 1 };
  const fixes = readFromEnvironment(file, inside, variable);
  yield { span: place, message, data: { ...data, variable }, severity, confidence: 'medium', fixes };
}

/** Replaces a string that is nothing but the secret. */
function readFromEnvironment(file: SourceFile, { start, end }: Pick<Secret, 'start' | 'end'>, variable: string): Fix[] {
  const { text, python } = file;
  if (!/["']/.test(text[start - 1] ?? '') || text[end] !== text[start - 1]) return [];
  const node = python.tree.tree.resolveInner(start, 1);
  if (node.name !== 'String' || node.from !== start - 1 || node.to !== end + 1) return [];
  // `os.environ["X"] = os.environ["X"]` would be no repair, and a key in a dictionary is no value.
  const written = text.slice(text.lastIndexOf('\n', start) + 1, start);
  if (/environ/.test(written) || node.nextSibling?.name === ':') return [];
  const edit = { start: start - 1, end: end + 1, text: `os.environ["${variable}"]` };
  return [{ title: `Read \`${variable}\``, kind: 'suggestion', edits: [...ensureImport(python, 'os'), edit] }];
}
