import { callTable, checkCalls } from '../../engine/callRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { Span } from '../../engine/span.ts';
import { environmentSettings, inContext, type NamedArgument, removeItem } from '../../languages/python/program.ts';
import { given } from '../../languages/python/triggers.ts';
import { CLIENT_METHOD, ONLY_MEANING, UNCHECKED, VARIABLES } from './tls-verification-off.table.ts';

const TABLE = callTable(UNCHECKED);
const CONTEXT = '_create_default_https_context';

export const tlsVerificationOff = defineRule({
  meta: {
    id: 'GL322',
    name: 'tls-verification-off',
    title: 'Certificate of the server is not checked',
    kinds: ['python', 'notebook', 'script', 'container', 'workflow'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-2.1.2',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-295',
    ],
    why: 'Without the check anybody on the way can pose as the server: exchange the model or data you download, and read keys and prompts you send.',
    how: 'Leave the check on. For a server with a certificate of your own, name its CA: `verify="/path/to/ca.pem"`.',
    messages: {
      call: '`{call}` with `{argument}` accepts any certificate',
      context: '`{call}` accepts any certificate',
      setting: '`{argument}` accepts any certificate',
      all: '`{argument}` accepts any certificate, for every connection of this program',
    },
    peers: [
      'bandit B501',
      'bandit B323',
      'ruff S501',
      'ruff S323',
      'semgrep disabled-cert-validation',
      'semgrep unverified-ssl-context',
      'codeql py/request-without-cert-validation',
    ],
    detections: ['NET-08', 'NET-09', 'NET-10'],
    examples: [
      {
        title: 'for everything in an image',
        path: 'Dockerfile',
        bad: 'FROM python:3.12\nENV HF_HUB_DISABLE_SSL_VERIFICATION=1 PORT=80\n',
        good: 'FROM python:3.12\nENV HF_HUB_DISABLE_SSL_VERIFICATION=0\n',
      },
      {
        path: 'client.py',
        bad: 'import requests\n\nreply = requests.get(url, verify=False, timeout=5)\n',
        fixed: 'import requests\n\nreply = requests.get(url, timeout=5)\n',
      },
      {
        title: 'for every connection',
        path: 'data.py',
        bad: 'import ssl\n\nssl._create_default_https_context = ssl._create_unverified_context\n',
      },
      {
        title: 'the client of a model',
        path: 'client.py',
        bad: 'import httpx\nfrom openai import OpenAI\n\nclient = OpenAI(http_client=httpx.Client(verify=False))\n',
        fixed: 'import httpx\nfrom openai import OpenAI\n\nclient = OpenAI(http_client=httpx.Client())\n',
      },
      {
        title: 'a session',
        path: 'client.py',
        bad: 'import requests\n\nsession = requests.Session()\nsession.verify = False\n',
      },
      {
        title: 'a context',
        path: 'client.py',
        bad: 'import ssl\n\ncontext = ssl.create_default_context()\ncontext.check_hostname = False\ncontext.verify_mode = ssl.CERT_NONE\n',
      },
      {
        title: 'a connector',
        path: 'client.py',
        bad: 'import aiohttp\n\nconnector = aiohttp.TCPConnector(limit=5, ssl=False)\n',
        fixed: 'import aiohttp\n\nconnector = aiohttp.TCPConnector(limit=5)\n',
      },
      { title: 'in the environment', path: 'run.py', bad: 'import os\n\nos.environ["CURL_CA_BUNDLE"] = ""\n' },
      {
        title: 'a client under another name',
        path: 'client.py',
        bad: 'class Fetcher:\n    def fetch(self, url):\n        return self.session.get(url, verify=False)\n',
        fixed: 'class Fetcher:\n    def fetch(self, url):\n        return self.session.get(url)\n',
      },
      {
        title: 'a CA of one’s own, and a value nobody can know',
        path: 'client.py',
        good: 'import requests\n\nrequests.get(url, verify="ca.pem")\nrequests.get(url, verify=config.verify)\nrequests.get(url, verify=True)\n',
      },
      {
        title: '`verify` of something else',
        path: 'token.py',
        good: 'import jwt\n\nclaims = jwt.decode(token, options={"verify": False})\nmodel = check(model, verify=False)\n',
      },
      { title: 'in the environment, on', path: 'run.py', good: 'import os\n\nos.environ["PYTHONHTTPSVERIFY"] = "1"\n' },
    ],
  },
  triggers: [TABLE, ...given('verify', 'verify_mode', 'check_hostname', CONTEXT, ...ONLY_MEANING, ...VARIABLES.keys())],
  *check(file) {
    const seen = new Set<number>();
    for (const problem of checkCalls(file, TABLE, 'error')) {
      seen.add(problem.span.start);
      // A reference that is handed on and not called stands below.
      yield problem;
    }
    yield* settings(file);
    for (const name of ['verify', ...ONLY_MEANING]) {
      for (const argument of file.python.argumentsNamed(name)) {
        const problem = byName(file, argument, name);
        if (problem && !(argument.call && seen.has(argument.call.nameSpan.start))) yield problem;
      }
    }
    for (const { name, span, value } of file.started ? file.environment : []) {
      if (value.fixed && VARIABLES.get(name)?.test(value.text)) yield at(file, span, 'all');
    }
    for (const { name, span, value } of environmentSettings(file.python, VARIABLES.keys())) {
      if (value.known && VARIABLES.get(name)?.test(String(value.value ?? '0'))) {
        yield at(file, span, 'all');
      }
    }
  },
});

/** Assignments to `ssl` and to contexts. */
function* settings(file: SourceFile): Iterable<Problem> {
  const { python } = file;
  for (const { node, span, through } of python.argumentsNamed(CONTEXT)) {
    const names = python.resolve(node) ?? [];
    if (through === 'assignment' && names.some(({ name }) => name === 'ssl._create_unverified_context')) {
      yield at(file, span, 'all');
    }
  }
  const modes = python.argumentsNamed('verify_mode').filter(({ node }) => /\bCERT_NONE$/.test(written(file, node)));
  for (const { span } of modes) yield at(file, span, 'setting');
  if (modes.length > 0) return;
  for (const { span, value, through } of python.argumentsNamed('check_hostname')) {
    if (through !== 'call' && value.known && value.value === false) yield at(file, span, 'setting');
  }
}

function byName(file: SourceFile, argument: NamedArgument, name: string): Problem | undefined {
  const { value, through, call, span } = argument;
  if (!value.known || value.value !== false || through === 'dictionary') return undefined;
  if (through === 'assignment') {
    const target = file.text.slice(span.start, span.end);
    const isClient = /(?:session|client|http|requests?)\w*\.verify\s*=/i.test(target) || ownsSession(file, span);
    return name === 'verify' && isClient ? at(file, span, 'setting') : undefined;
  }
  if (!call) return undefined;
  const callee = call.nameText;
  // A known function of a known library that is not in the table means something else by it.
  if (
    name === 'verify' &&
    (call.callee || !CLIENT_METHOD.test(callee) || !/session|client|http|requests/i.test(callee))
  )
    return undefined;
  const edits = removeItem(file.python, span);
  return {
    ...at(file, span, 'call'),
    data: { call: callee, argument: file.text.slice(span.start, span.end) },
    confidence: 'medium',
    fixes: edits ? [{ title: `Remove \`${name}\``, kind: 'suggestion', edits }] : [],
  };
}

/** `s.verify = False` where `s` was made by `requests.Session()`. */
function ownsSession({ python }: SourceFile, { start }: Span): boolean {
  const owner = python.tree.tree.resolveInner(start, 1);
  return (
    python.resolve(owner)?.some(({ name }) => /^(?:requests\.[Ss]ession|httpx\.(?:Async)?Client)\(\)$/.test(name)) ??
    false
  );
}

function at(file: SourceFile, span: Span, message: string): Problem {
  const argument = file.text.slice(span.start, span.end).replace(/\s+/g, ' ');
  return { span, message, data: { argument }, severity: inContext('error', file.path) };
}

function written({ text }: SourceFile, { from, to }: { readonly from: number; readonly to: number }): string {
  return text.slice(from, to);
}
