import { packageLaunched } from '../../engine/launchedPackage.ts';
import { defineRule, type Problem } from '../../engine/rule.ts';
import type { McpServer } from '../../languages/mcp.ts';
import { baseName } from '../../languages/shell.ts';

/** The whole disk, or everything a person has. */
const EVERYTHING =
  /^(?:\/|[A-Za-z]:[\\/]*|~[\\/]?|\$HOME\/?|\$\{(?:env:)?(?:HOME|USERPROFILE|userHome)\}[\\/]?|%USERPROFILE%[\\/]?|\/(?:home|Users)(?:\/[^/]+)?\/?|\/root\/?|[A-Za-z]:[\\/]+Users(?:[\\/]+[^\\/]+)?[\\/]*)$/;
/** Servers whose arguments are the folders they open, by their package or program. */
const FILE_SERVER = /filesystem|desktop-commander|(?:^|[-/_])(?:mcp-)?files?(?:-mcp|-server)?$/i;

/** Options of container engines that take the walls down. Source: `docker run` reference. */
const CONTAINER: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^--privileged(?:=true)?$/, 'every right of the host'],
  [/^(?:--pid|--ipc|--userns)=host$/, 'the processes of the host'],
  [/^--cap-add=(?:ALL|SYS_ADMIN)$/i, 'nearly every right of the host'],
  [/^(?:--(?:network|net)=host)$/, 'the network of the host'],
];
const VALUED = /^(?:-v|--volume|--mount|--pid|--ipc|--userns|--cap-add|--network|--net)$/;
const VOLUME = /^(?:-v|--volume)=/;
/** What is mounted: `host:container`, or the keys of `--mount`. */
const SOURCE = /^(?:[^=]*,)?(?:source|src)=([^,]*)|^([A-Za-z]:[\\/][^:]*|[^:=]*):/;

/** A database address with the user who may do everything there. */
const ADMIN =
  /^(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|mssql|sqlserver|oracle)(?:\+\w+)?:\/\/(postgres|root|sa|admin|administrator|sys|system)(?::[^@/]*)?@([^/?#:]+)/i;
const LOOPBACK = /^(?:localhost|127\.|host\.docker\.internal$|\[)/i;

export const wideMcpServerScope = defineRule({
  meta: {
    id: 'GL510',
    name: 'wide-mcp-server-scope',
    title: 'MCP server that reaches far more than a project',
    kinds: ['mcp', 'assistant-settings', 'prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.2-6',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-250',
      'cwe:CWE-732',
    ],
    detections: ['INS-21'],
    why: 'The model uses the tools of the server, and text that it reads can steer it. What the server can reach is what such a text can reach.',
    how: 'Give the server the one folder it needs, a database user who may only read, and a container without rights of the host.',
    messages: {
      folder: '`{path}` opens {what} to the server `{server}`, and so to the model',
      container: '`{option}` gives the container of the server `{server}` {what}',
      database: 'The server `{server}` works as `{user}`, who may do everything in the database',
      deno: '`{option}` switches off every restriction of Deno for the server `{server}`',
      tools: '`*` gives the agent every tool of the server `{server}`, also those added later',
    },
    examples: [
      {
        path: '.mcp.json',
        bad: '{ "mcpServers": { "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "/Users/ana"] } } }\n',
        good: '{ "mcpServers": { "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "./docs", "/Users/ana/notes"] } } }\n',
      },
      {
        path: '.vscode/mcp.json',
        bad: '{ "servers": { "build": { "command": "docker", "args": ["run", "-i", "--privileged", "-v", "/var/run/docker.sock:/var/run/docker.sock", "build-mcp:1.2.3"] } } }\n',
        good: '{ "servers": { "build": { "command": "docker", "args": ["run", "-i", "-v", "${workspaceFolder}:/work:ro", "build-mcp:1.2.3"] } } }\n',
      },
      {
        path: '.codex/config.toml',
        bad: '[mcp_servers.db]\ncommand = "db-mcp"\nargs = ["postgresql://postgres@db.example.com/app"]\n',
        good: '[mcp_servers.db]\ncommand = "db-mcp"\nargs = ["postgresql://reader@db.example.com/app", "postgresql://postgres@localhost/app"]\n',
      },
      {
        path: '.github/agents/look.agent.md',
        bad: '---\ndescription: Looks at pages.\ntools: ["read"]\nmcp-servers:\n  browser:\n    type: http\n    url: https://browser.example.com/mcp\n    tools: ["*"]\n---\nLook.\n',
        good: '---\ndescription: Looks at pages.\ntools: ["read"]\nmcp-servers:\n  browser:\n    type: http\n    url: https://browser.example.com/mcp\n    tools: ["open", "read"]\n---\nLook.\n',
      },
    ],
  },
  *check({ mcp, path, kind }) {
    // Only GitHub's agents read `tools` of a server.
    const hasTools = kind === 'prompt' || /mcp-config\.json$/.test(path);
    for (const server of mcp.servers) {
      yield* foldersOf(server);
      const name = baseName(server.command?.text ?? '');
      if (/^(?:docker|podman)$/.test(name)) yield* containerOf(server);
      if (name === 'deno') {
        const option = server.args.find(({ text }) => /^(?:-A|--allow-all)$/.test(text));
        const data = { option: option?.text, server: server.name.text };
        if (option) yield { span: option.span, message: 'deno', data, severity: 'info' };
      }
      const urls = [...server.args, ...server.env.map(({ value }) => value)];
      for (const { text, span } of urls) {
        const [, user, host = ''] = ADMIN.exec(text) ?? [];
        if (user && !LOOPBACK.test(host) && !/[${]/.test(host))
          yield { span, message: 'database', data: { user, server: server.name.text } };
      }
      const all = hasTools ? server.tools.find(({ text }) => text === '*') : undefined;
      if (all) yield { span: all.span, message: 'tools', data: { server: server.name.text }, severity: 'info' };
    }
  },
});

function* foldersOf(server: McpServer): Iterable<Problem> {
  const program = packageLaunched(server)?.name ?? baseName(server.command?.text ?? '');
  if (!FILE_SERVER.test(program)) return;
  for (const { text, span } of server.args) {
    if (!EVERYTHING.test(text)) continue;
    yield { span, message: 'folder', data: { path: text, what: extent(text), server: server.name.text } };
  }
}

function* containerOf({ args, name }: McpServer): Iterable<Problem> {
  for (const [index, arg] of args.entries()) {
    const next = VALUED.test(arg.text) ? args[index + 1] : undefined;
    const span = { start: arg.span.start, end: (next ?? arg).span.end };
    const option = next ? `${arg.text}=${next.text}` : arg.text;
    const what = CONTAINER.find(([pattern]) => pattern.test(option))?.[1] ?? mounted(option);
    // The host's network reaches what listens on this machine only, and is often the way to one service.
    const severity = /network/.test(what ?? '') ? 'info' : 'warning';
    if (what) yield { span, message: 'container', data: { option, what, server: name.text }, severity };
  }
}

function mounted(option: string): string | undefined {
  if (!VOLUME.test(option) && !option.startsWith('--mount=')) return undefined;
  const [, named, plain] = SOURCE.exec(option.replace(/^[^=]*=/, '')) ?? [];
  const source = named ?? plain ?? '';
  if (/\/docker\.sock$/.test(source)) return 'control of the container engine, and with it of the host';
  return EVERYTHING.test(source) ? extent(source) : undefined;
}

function extent(path: string): string {
  return /^(?:\/|[A-Za-z]:[\\/]*)$/.test(path) ? 'the whole disk' : 'everything in a home folder';
}
