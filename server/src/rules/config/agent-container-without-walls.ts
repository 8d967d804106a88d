import { defineRule, type Problem } from '../../engine/rule.ts';
import { listOf, type TreeNode, under } from '../../languages/tree.ts';

/** Keys of model providers: what has one talks to a model. */
const PROVIDER_KEY =
  /^(?:OPENAI|ANTHROPIC|GEMINI|GOOGLE|MISTRAL|GROQ|DEEPSEEK|OPENROUTER|TOGETHER|COHERE|AZURE_OPENAI|XAI|CLAUDE_CODE|LLM)_(?:API_KEY|OAUTH_TOKEN)$/;
/** Products in which a model acts. */
const AGENTS =
  /(?:^|[/_.-])(?:openhands|opendevin|autogpt|auto-gpt|superagi|devika|agentgpt|open-interpreter|claude-code|codex|gemini-cli|aider|goose|crewai|langflow|flowise|open-webui|jupyter\w*|docker-mcp|mcp)(?:$|[/:@_.-])/i;
const SOCKET = /^(?:\/var)?\/run\/(?:docker|containerd\/containerd|podman\/podman)\.sock/;

export const agentContainerWithoutWalls = defineRule({
  meta: {
    id: 'GL533',
    name: 'agent-container-without-walls',
    title: 'Container of an agent that holds nothing back',
    kinds: ['container'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.2-6',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-250',
      'atlas:AML.T0053',
    ],
    detections: ['CFG-10'],
    why: 'Whoever can talk the agent into a command is root on the machine: with the socket of Docker it starts a container that mounts the whole disk, with `privileged` it needs none.',
    how: 'Let another service with a narrow interface start what has to be started, or run the agent in a virtual machine of its own.',
    messages: {
      socket: 'Through `{path}` the agent in `{service}` is root on this machine',
      privileged: '`privileged: true` gives the agent in `{service}` the devices of this machine',
    },
    peers: ['semgrep exposing-docker-socket-volume', 'semgrep privileged-service'],
    examples: [
      {
        path: 'compose.yaml',
        bad: 'services:\n  worker:\n    build: .\n    environment:\n      - OPENAI_API_KEY=${OPENAI_API_KEY}\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n',
        good: 'services:\n  worker:\n    build: .\n    environment:\n      - OPENAI_API_KEY=${OPENAI_API_KEY}\n    volumes:\n      - ./data:/data\n  proxy:\n    image: traefik\n    privileged: true\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n',
      },
      {
        path: 'docker-compose.yml',
        bad: 'services:\n  notebook:\n    image: quay.io/jupyter/scipy-notebook:2025-01-01\n    privileged: true\n',
      },
    ],
  },
  *check({ path, tree: [root] }) {
    if (!/\.ya?ml$/i.test(path)) return;
    for (const { key, node } of under(root, 'services')?.entries ?? []) {
      if (isAgent(key, node)) yield* opened(key, node);
    }
  },
});

function isAgent(name: string, node: TreeNode): boolean {
  const environment = under(node, 'environment');
  const names = [
    ...(environment?.entries.map(({ key }) => key) ?? []),
    ...(environment?.items.map(({ text }) => text.split('=', 1)[0] ?? '') ?? []),
  ];
  return (
    names.some((each) => PROVIDER_KEY.test(each)) || AGENTS.test(name) || AGENTS.test(under(node, 'image')?.text ?? '')
  );
}

function* opened(service: string, node: TreeNode): Iterable<Problem> {
  const privileged = under(node, 'privileged');
  if (privileged?.text === 'true') yield { span: privileged.span, message: 'privileged', data: { service } };
  for (const volume of under(node, 'volumes')?.items ?? []) {
    const source = under(volume, 'source') ?? listOf(volume)[0];
    const path = source && SOCKET.exec(source.text)?.[0];
    if (source && path) yield { span: source.span, message: 'socket', data: { service, path } };
  }
}
