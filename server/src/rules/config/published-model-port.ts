import type { Fix } from '../../engine/finding.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import { allNodes, listOf, type TreeNode, under } from '../../languages/tree.ts';
import { SERVICES, type ServiceRow } from './published-model-port.table.ts';

export const publishedModelPort = defineRule({
  meta: {
    id: 'GL532',
    name: 'published-model-port',
    title: 'Port of a model server or vector store open on every address of the machine',
    kinds: ['container'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.2-1',
      'ncsc-cisa-2023:ncsc-3.1.1',
      'owasp-llm-2025:LLM10',
      'owasp-llm-2026:LLM06',
      'cwe:CWE-306',
      'atlas:AML.T0049',
    ],
    detections: ['CFG-10'],
    why: 'The service asks nobody for a name. A published port listens on every address, past most firewalls of the machine: the network can use, read and often change the models and data.',
    how: 'Publish it for this machine (`127.0.0.1:11434:11434`), let other containers reach it by its service name, or set its key.',
    messages: {
      port: '{service} asks for no key, and port `{port}` is published on every address of the machine',
      host: '{service} asks for no key, and with the network of the machine its ports are open on every address',
    },
    peers: ['semgrep port-all-interfaces'],
    examples: [
      {
        path: 'compose.yaml',
        bad: 'services:\n  ollama:\n    image: ollama/ollama:0.12.3\n    ports:\n      - "11434:11434"\n',
        fixed: 'services:\n  ollama:\n    image: ollama/ollama:0.12.3\n    ports:\n      - "127.0.0.1:11434:11434"\n',
        good: 'services:\n  ollama:\n    image: ollama/ollama:0.12.3\n    expose: ["11434"]\n  web:\n    image: nginx\n    ports: ["443:443"]\n',
      },
      {
        path: 'docker-compose.yml',
        bad: 'services:\n  db:\n    image: qdrant/qdrant\n    ports:\n      - target: 6333\n        published: 6333\n',
      },
      {
        title: 'with a key, or for this machine',
        path: 'compose.yml',
        good: 'services:\n  db:\n    image: qdrant/qdrant\n    environment:\n      QDRANT__SERVICE__API_KEY: ${KEY}\n    ports: ["6333:6333"]\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: --model org/model --api-key ${KEY}\n    ports: ["8000:8000"]\n  local:\n    image: ollama/ollama\n    ports: ["127.0.0.1:11434:11434", "${BIND}:11434:11434"]\n',
      },
    ],
  },
  *check({ path, tree: [root] }) {
    if (!/\.ya?ml$/i.test(path)) return;
    for (const { node } of under(root, 'services')?.entries ?? []) {
      const service = serviceOf(node);
      if (!service || asksForKey(node, service)) continue;
      const mode = under(node, 'network_mode');
      if (mode?.text === 'host') yield { span: mode.span, message: 'host', data: { service: service.name } };
      for (const port of under(node, 'ports')?.items ?? []) yield* portProblem(port, service);
    }
  },
});

function serviceOf(node: TreeNode): ServiceRow | undefined {
  const image = under(node, 'image')
    ?.text.replace(/[:@](?![^/]*\/)[\s\S]*$/, '')
    .toLowerCase();
  return image ? SERVICES.find((row) => row.image.test(image)) : undefined;
}

/** In the command or the variables; a file of variables may hold anything. */
function asksForKey(node: TreeNode, { asks }: ServiceRow): boolean {
  if (under(node, 'env_file')) return true;
  const places = ['command', 'entrypoint', 'environment'].flatMap((key) => under(node, key) ?? []);
  return places.some((place) =>
    [...allNodes(place)].some(
      ({ text, entries }) => asks.test(text || '-') || entries.some(({ key }) => asks.test(key)),
    ),
  );
}

function* portProblem(port: TreeNode, { name, ports }: ServiceRow): Iterable<Problem> {
  if (port.kind === 'map') {
    const target = under(port, 'target');
    const isOpen = /^$|^0\.0\.0\.0$|^::$/.test(under(port, 'host_ip')?.text ?? '');
    if (!target || !under(port, 'published') || !isOpen || !ports.includes(Number(target.text))) return;
    yield { span: target.span, message: 'port', data: { service: name, port: target.text } };
    return;
  }
  for (const { text, span, written } of listOf(port)) {
    const [, address, outside, inside] =
      /^(?:(0\.0\.0\.0|\[::\]):)?(\d+|\$\{\w+(?::?-\d+)?\}):(\d+)(?:\/tcp)?$/.exec(text) ?? [];
    if (!outside || !ports.includes(Number(inside))) continue;
    const from = span.start + (address ? address.length + 1 : 0);
    const edit = { start: span.start, end: from, text: '127.0.0.1:' };
    const fixes: Fix[] =
      written === text ? [{ title: 'Publish it for this machine only', kind: 'suggestion', edits: [edit] }] : [];
    yield { span, message: 'port', data: { service: name, port: text }, fixes };
  }
}
