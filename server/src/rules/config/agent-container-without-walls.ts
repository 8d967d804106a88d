import { packageLaunched } from '../../engine/launchedPackage.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import { type Command, namesOf } from '../../languages/commands.ts';
import { startedByTree } from '../../languages/shell/trees.ts';
import { listOf, type TreeNode, under } from '../../languages/tree.ts';
import { INSTALLED, PACKAGES, PRODUCTS, PROGRAMS, STATE, VARIABLES } from './agent-container-without-walls.table.ts';

/** Longer files are generated. In UTF-16 code units. */
const MAX_DOCKERFILE = 20_000;
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
        title: 'known by what it runs',
        path: 'compose.yaml',
        bad: 'services:\n  helper:\n    image: node:22\n    command: npx -y @anthropic-ai/claude-code@2.0.1 -p "Mend the tests"\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n',
        good: 'services:\n  database:\n    image: postgres:17\n    command: goose up\n    privileged: true\n  jupyterhub:\n    build: .\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n  shell:\n    image: docker:27\n    command: sh -c "docker ps"\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n',
      },
      {
        title: 'known by what is installed in it, and by what it is given',
        path: 'compose.yaml',
        bad: 'services:\n  desk:\n    build:\n      dockerfile_inline: |\n        FROM node:22\n        RUN npm install -g @openai/codex@0.50.0\n    privileged: true\n  other:\n    build: .\n    volumes:\n      - ~/.claude:/root/.claude\n      - /var/run/docker.sock:/var/run/docker.sock\n',
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
      const problems = [...opened(key, node)];
      const evidence = problems.length > 0 ? evidenceOf(key, node) : undefined;
      if (evidence) yield* problems.map((problem) => ({ ...problem, evidence: [evidence] }));
    }
  },
});

/** What tells that a model acts in a service, in words; undefined where nothing does for certain. */
function evidenceOf(name: string, node: TreeNode): string | undefined {
  if (PRODUCTS.test(name)) return `The service is called \`${name}\`.`;
  const image = under(node, 'image')?.text ?? '';
  if (PRODUCTS.test(image)) return `Its image is \`${image}\`.`;
  const environment = under(node, 'environment');
  const variables = [
    ...(environment?.entries.map(({ key }) => key) ?? []),
    ...(environment?.items.map(({ text }) => text.split('=', 1)[0] ?? '') ?? []),
  ];
  const variable = variables.find((each) => VARIABLES.some((pattern) => pattern.test(each)));
  if (variable) return `It is given \`${variable}\`.`;
  const { commands } = startedByTree('container', [node]);
  const program = commands.map(agentIn).find((each) => each !== undefined);
  if (program) return `It runs \`${program}\`.`;
  const installed = INSTALLED.exec(
    (under(node, 'build', 'dockerfile_inline')?.text ?? '').slice(0, MAX_DOCKERFILE),
  )?.[0];
  if (installed) return `Its image has \`${installed}\`.`;
  const kept = (under(node, 'volumes')?.items ?? []).map(mountOf).find(({ text }) => STATE.test(text))?.text;
  return kept && `It is given \`${kept}\`, where an assistant keeps its settings.`;
}

function agentIn(command: Command): string | undefined {
  const name = namesOf(command).find((each) => PROGRAMS.has(each));
  if (name) return name;
  const [program, ...args] = command.words;
  const launched = program && packageLaunched({ command: program, args });
  if (launched && PACKAGES.test(launched.name)) return launched.name;
  return command.inner.map(agentIn).find((each) => each !== undefined);
}

/** What of this machine a service is given: the short form `from:to`, or `source` of the long one. */
function mountOf(volume: TreeNode): { readonly text: string } {
  return under(volume, 'source') ?? volume;
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
