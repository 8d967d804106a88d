import { type CallRow, callTable, checkCalls, grouped } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';

const VERBS = 'get post put delete patch options head'.split(' ');
const verbsOf = (prefix: string) => VERBS.map((verb) => `${prefix}.${verb}`).join(' ');
const ADD = { set: 'timeout', to: '30', kind: 'suggestion' } as const;

/** requests and urllib wait for ever unless told otherwise; httpx (5 s), aiohttp (300 s) and the SDKs of models do not. */
const ROWS: readonly CallRow[] = [
  {
    detection: 'NET-14',
    apis: `${verbsOf('requests')} ${verbsOf('requests.Session()')} ${verbsOf('requests.session()')} requests.request`,
    when: [{ parameter: 'timeout', is: 'None', absent: true }],
    fixes: [ADD],
  },
  {
    detection: 'NET-14',
    apis: 'urllib.request.urlopen',
    when: [{ parameter: 'timeout', position: 2, is: 'None', absent: true }],
    fixes: [ADD],
  },
  {
    detection: 'NET-14',
    apis: `${verbsOf('httpx')} httpx.request httpx.stream httpx.Client httpx.AsyncClient`,
    when: [{ parameter: 'timeout', is: 'None' }],
    fixes: [ADD],
  },
];
const TABLE = callTable(ROWS);

export const missingTimeout = defineRule({
  meta: {
    id: 'GL323',
    name: 'missing-timeout',
    title: 'Request that may wait for ever',
    kinds: ['python', 'notebook'],
    severity: 'info',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.1.2-2',
      'ncsc-cisa-2023:ncsc-2.1.3',
      'owasp-llm-2025:LLM10',
      'owasp-llm-2026:LLM06',
      'cwe:CWE-400',
    ],
    why: 'A server that accepts the connection and then says nothing holds the program, and with it a worker or an agent, until somebody kills it.',
    how: 'Give a `timeout` in seconds, and decide what happens when it is over.',
    messages: {
      call: '`{call}` without `timeout` may wait for ever',
      many: '{count} requests in this file have no `timeout` and may wait for ever',
    },
    peers: ['bandit B113', 'ruff S113', 'semgrep use-timeout'],
    detections: ['NET-14'],
    examples: [
      {
        path: 'client.py',
        bad: 'import requests\n\nreply = requests.post(url, json=prompt)\n',
        fixed: 'import requests\n\nreply = requests.post(url, json=prompt, timeout=30)\n',
      },
      {
        title: 'a session',
        path: 'client.py',
        bad: 'import requests\n\nwith requests.Session() as session:\n    page = session.get(url)\n',
        fixed: 'import requests\n\nwith requests.Session() as session:\n    page = session.get(url, timeout=30)\n',
      },
      {
        title: 'the limit of httpx taken off',
        path: 'client.py',
        bad: 'import httpx\n\nclient = httpx.AsyncClient(timeout=None)\n',
        fixed: 'import httpx\n\nclient = httpx.AsyncClient(timeout=30)\n',
      },
      { path: 'client.py', good: 'import requests\n\nrequests.get(url, timeout=5)\nrequests.get(url, **options)\n' },
      {
        title: 'libraries with a limit of their own',
        path: 'client.py',
        good: 'import httpx\nfrom openai import OpenAI\n\nhttpx.get(url)\nclient = OpenAI()\n',
      },
    ],
  },
  triggers: [TABLE],
  *check(file) {
    yield* grouped(checkCalls(file, TABLE, 'info'), 'many');
  },
});
