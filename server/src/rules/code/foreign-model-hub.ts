import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { apiTable, environmentSettings, inContext, type Value } from '../../languages/python/program.ts';
import { given } from '../../languages/python/triggers.ts';

const VARIABLES = ['HF_ENDPOINT', 'HF_MIRROR'];
const CLIENTS = apiTable(
  `huggingface_hub.HfApi huggingface_hub.HfFileSystem huggingface_hub.hf_hub_download huggingface_hub.snapshot_download`
    .split(' ')
    .map((name) => [name, 'endpoint'] as const),
  { wrapped: false },
);
const OFFICIAL = /^(?:[\w-]+\.)*(?:huggingface\.co|hf\.co)$/i;
/** This machine and names that only the own network knows: a cache of one's own. */
const NEAR =
  /^(?:localhost|127\.[\d.]+|0\.0\.0\.0|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|[^.]+|.*\.(?:local|internal|intranet|lan|corp|svc))$/i;

export const foreignModelHub = defineRule({
  meta: {
    id: 'GL326',
    name: 'foreign-model-hub',
    title: 'Models are taken from a mirror',
    kinds: ['python', 'notebook', 'script', 'container', 'workflow'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-2.1.2',
      'etsi-en-304-223:5.2.3-1',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-829',
      'cwe:CWE-345',
      'atlas:AML.T0010.003',
    ],
    why: 'Whoever runs the host decides which weights, datasets and code you get under the names you know, and sees the token you log in with.',
    how: 'Leave the endpoint out, or set it outside the code to a mirror your organisation runs.',
    messages: { endpoint: '`{argument}` takes models and tokens to `{host}` instead of huggingface.co' },
    detections: ['NET-11'],
    examples: [
      {
        path: 'train.sh',
        bad: 'export HF_ENDPOINT=https://hf-mirror.com\npython train.py\n',
        good: 'export HF_ENDPOINT=https://huggingface.co\nHF_ENDPOINT=$MIRROR python train.py\n',
      },
      { path: 'load.py', bad: 'import os\n\nos.environ["HF_ENDPOINT"] = "https://hub.example.net"\n' },
      {
        title: 'for one client',
        path: 'load.py',
        bad: 'from huggingface_hub import HfApi\n\napi = HfApi(endpoint="https://hub.example.net")\n',
      },
      {
        title: 'the Hub itself, a cache of one’s own, and what nobody can know',
        path: 'load.py',
        good: 'import os\nfrom huggingface_hub import HfApi\n\nos.environ["HF_ENDPOINT"] = "https://huggingface.co"\nos.environ.setdefault("HF_ENDPOINT", "http://hub.internal:8080")\napi = HfApi(endpoint=os.environ["ENDPOINT"])\n',
      },
      { title: 'read, not set', path: 'load.py', good: 'import os\n\nendpoint = os.environ.get("HF_ENDPOINT")\n' },
    ],
  },
  triggers: [...given(...VARIABLES), CLIENTS],
  *check(file) {
    for (const { name, span, value } of file.started ? file.environment : []) {
      const host =
        VARIABLES.includes(name) && value.fixed ? foreignHost({ known: true, value: value.text }) : undefined;
      if (host) yield problemAt(file, span, name, host);
    }
    for (const { name, span, value } of environmentSettings(file.python, VARIABLES)) {
      const host = foreignHost(value);
      if (host) yield problemAt(file, span, name, host);
    }
    for (const { call, row } of file.python.callsTo(CLIENTS)) {
      const given = call.argument(row);
      const host = given.state === 'given' ? foreignHost(given.value) : undefined;
      if (given.state === 'given' && host) yield problemAt(file, given.span, row, host);
    }
  },
});

function foreignHost(value: Value): string | undefined {
  if (!value.known) return undefined;
  const host = /^https?:\/\/(?:[^\s/@]*@)?([\w.-]+)/i.exec(String(value.value))?.[1];
  return host && !OFFICIAL.test(host) && !NEAR.test(host) ? host : undefined;
}

function problemAt({ path }: SourceFile, span: Problem['span'], argument: string, host: string): Problem {
  return { span, message: 'endpoint', data: { argument, host }, severity: inContext('warning', path) };
}
