import { SETTING_TRIGGERS } from '../../engine/commandRule.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { apiTable, inContext } from '../../languages/python/program.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';
import { looksMadeUp } from '../../languages/secrets.ts';

/** Parameters and attributes under which SDKs of model providers take their address. */
const PARAMETERS = 'base_url api_base openai_api_base anthropic_api_url azure_endpoint inference_server_url'.split(' ');
const NAMES_ENDPOINT = /_BASE_URL|_API_BASE|_ENDPOINT|OLLAMA_HOST/;
const VARIABLES =
  /^(?:OPENAI_BASE_URL|OPENAI_API_BASE|ANTHROPIC_BASE_URL|AZURE_OPENAI_ENDPOINT|OLLAMA_HOST|HF_ENDPOINT|MISTRAL_BASE_URL|GROQ_BASE_URL|LITELLM_PROXY_API_BASE)$/;
/** Libraries that speak to language models. Others have `base_url` and `host` too. */
const SDK =
  /^(?:openai|anthropic|mistralai|cohere|groq|together|ollama|litellm|langchain\w*|llama_index|huggingface_hub|text_generation|vllm|instructor|dspy|autogen|crewai|smolagents|semantic_kernel|haystack|guidance|ragas|mem0)\b/;
const OLLAMA = apiTable([
  ['ollama.Client', 'host'],
  ['ollama.AsyncClient', 'host'],
]);
const URL = /^http:\/\/([^/?#\s]+)/i;
/** Loopback, private and link-local addresses, names without a dot (containers, the own network), and reserved endings. */
const NEAR =
  /^(?:localhost|127\.|0\.0\.0\.0|\[?::1?\]?|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)|^[^.]+$|\.(?:local|internal|intranet|lan|home|corp|svc|docker|test|invalid|localhost|localdomain)$/i;

export const plainHttpModelEndpoint = defineRule({
  meta: {
    id: 'GL351',
    name: 'plain-http-model-endpoint',
    title: 'Model is reached without encryption',
    kinds: ['python', 'notebook', 'script', 'container', 'workflow'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.2-1',
      'ncsc-cisa-2023:ncsc-3.2.4',
      'owasp-llm-2025:LLM02',
      'owasp-llm-2026:LLM02',
      'cwe:CWE-319',
    ],
    why: 'Everybody on the way reads the key, the prompts and the answers, and can change the answers, which your program may act on.',
    how: 'Use `https://`, or reach the server through a tunnel or on this machine.',
    messages: { http: 'Key, prompts and answers travel to `{host}` unencrypted' },
    detections: ['KEY-05'],
    examples: [
      {
        title: 'in a file of variables and in containers',
        path: '.env',
        bad: 'OPENAI_BASE_URL=http://llm.shop.dev/v1\n',
        fixed: 'OPENAI_BASE_URL=https://llm.shop.dev/v1\n',
        good: 'OPENAI_BASE_URL=http://localhost:8000/v1\nOLLAMA_HOST=http://ollama:11434\n',
      },
      {
        path: 'client.py',
        bad: 'from openai import OpenAI\n\nclient = OpenAI(base_url="http://llm.shop.dev/v1", api_key=key)\n',
        fixed: 'from openai import OpenAI\n\nclient = OpenAI(base_url="https://llm.shop.dev/v1", api_key=key)\n',
      },
      { path: 'client.py', bad: 'import openai\n\nopenai.api_base = "http://203.0.113.7:8000/v1"\n' },
      { path: 'client.py', bad: 'import os\n\nos.environ["OPENAI_BASE_URL"] = "http://203.0.113.7/v1"\n' },
      {
        title: 'on this machine or in this network',
        path: 'client.py',
        good: 'from openai import OpenAI\n\nfor address in ("a", "b"):\n    OpenAI(base_url="http://localhost:8000/v1")\nOpenAI(base_url="http://vllm:8000/v1")\nOpenAI(base_url="http://192.168.1.4:8000/v1")\nOpenAI(base_url="https://llm.shop.dev/v1")\n',
      },
      {
        title: 'no model',
        path: 'client.py',
        good: 'from shop import Client\n\nClient(base_url="http://api.shop.dev")\n',
      },
      {
        title: 'a placeholder',
        path: 'client.py',
        good: 'from openai import OpenAI\n\nOpenAI(base_url="http://your-server.com/v1")\n',
      },
    ],
  },
  triggers: [inTexts(/http:\/\//i, ...given(...PARAMETERS), OLLAMA, inTexts(NAMES_ENDPOINT, ...SETTING_TRIGGERS))],
  *check(file) {
    const source = file.notebook?.source ?? file.text;
    if (!/http:\/\//i.test(source)) return;
    for (const parameter of PARAMETERS) {
      for (const { node, value, call, through, span } of file.python.argumentsNamed(parameter)) {
        if (!value.known || typeof value.value !== 'string') continue;
        const owner = call?.callee ?? (through === 'assignment' ? ownerOf(file, span.start) : undefined);
        if (owner && SDK.test(owner)) yield* judge(file, value.value, { start: node.from, end: node.to });
      }
    }
    for (const { call, row } of file.python.callsTo(OLLAMA)) {
      const host = call.argument(row, 0);
      if (host.state === 'given' && host.value.known) yield* judge(file, String(host.value.value), host.span);
    }
    if (!NAMES_ENDPOINT.test(source)) return;
    for (const { name, value } of file.environment) {
      if (VARIABLES.test(name) && value.fixed) yield* judge(file, value.text, value.span);
    }
  },
});

/** The module in `openai.api_base = …`. */
function ownerOf({ python }: SourceFile, offset: number): string | undefined {
  const base = python.tree.tree.resolveInner(offset, 1);
  return python.resolve(base)?.[0]?.name;
}

function* judge(file: SourceFile, address: string, span: Problem['span']): Iterable<Problem> {
  const authority = URL.exec(address)?.[1];
  const host = authority?.replace(/^.*@/, '').replace(/:\d+$/, '');
  if (!host || NEAR.test(host) || /[<{$%]/.test(host)) return;
  // An address that is reserved for examples is written where the real one goes.
  const named = address.replace(/\bexample\.(?:com|net|org)\b/i, 'shop.dev');
  if (looksMadeUp(`${named} random-padding-8fK2`) || /\b(?:my|server|host|ip|domain|endpoint)\b/i.test(host)) return;
  const written = (file.notebook?.source ?? file.text).slice(span.start, span.end);
  const at = written.indexOf('http://');
  const edit = { start: span.start + at, end: span.start + at + 4, text: 'https' };
  yield {
    span,
    message: 'http',
    data: { host },
    severity: inContext('warning', file.path),
    fixes: at === -1 ? [] : [{ title: 'Use `https://`', kind: 'suggestion', edits: [edit] }],
  };
}
