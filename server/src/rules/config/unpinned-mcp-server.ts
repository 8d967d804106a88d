import { launchedPackages } from '../../engine/launchedPackage.ts';
import { defineRule } from '../../engine/rule.ts';

export const unpinnedMcpServer = defineRule({
  meta: {
    id: 'GL501',
    name: 'unpinned-mcp-server',
    title: 'MCP server started from a package whose version can change',
    kinds: ['mcp', 'assistant-settings', 'prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.3-1',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM03',
      'atlas:AML.T0109',
      'cwe:CWE-494',
    ],
    why: 'The launcher fetches the newest version each time the server starts. Whoever takes over the package or the tag runs code on this machine, with the credentials the server is given: a reviewed server can turn into another one overnight.',
    how: 'Name the exact version that was reviewed: `package@1.2.3` (npm), `package==1.2.3` (Python), `image@sha256:…` (containers).',
    messages: {
      unpinned: '`{package}` is fetched in whatever version is newest when the server starts',
      image: '`{package}` without a tag or digest is whatever `latest` is when the image is pulled',
      moving: '`{package}` is not a fixed version: `{version}` moves',
      address: 'The server is whatever `{package}` answers when it starts',
      git: '`{package}` runs the newest commit of a repository',
      placeholder: 'Put the version of `{package}` that was reviewed in place of `{version}`',
    },
    detections: ['INS-17'],
    examples: [
      {
        path: '.vscode/mcp.json',
        bad: '{\n  "servers": {\n    "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "./docs"] }\n  }\n}\n',
        good: '{\n  "servers": {\n    "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "./docs"] }\n  }\n}\n',
      },
      {
        title: 'a version that the project has locked',
        path: '.vscode/mcp.json',
        packages: { 'mcp-server-git': '==2025.7.1' },
        bad: '{ "servers": { "git": { "command": "uvx", "args": ["mcp-server-git"] } } }\n',
        fixed: '{ "servers": { "git": { "command": "uvx", "args": ["mcp-server-git==2025.7.1"] } } }\n',
      },
      {
        path: '.codex/config.toml',
        bad: '[mcp_servers.docs]\ncommand = "npx"\nargs = [\n  "-y",\n  "@upstash/context7-mcp",\n]\n',
        good: '[mcp_servers.docs]\ncommand = "npx"\nargs = ["-y", "@upstash/context7-mcp@1.0.31"]\n',
      },
      {
        path: 'opencode.json',
        bad: '{ "mcp": { "git": { "type": "local", "command": ["bunx", "git-mcp@latest"] } } }\n',
        good: '{ "mcp": { "git": { "type": "local", "command": ["bunx", "git-mcp@1.2.3"] } } }\n',
      },
      {
        path: '.zed/settings.json',
        bad: '{ "context_servers": { "git": { "command": "sh", "args": ["-c", "cd tools && exec uvx mcp-server-git"] } } }\n',
        good: '{ "context_servers": { "git": { "command": "uv", "args": ["run", "--directory", "tools", "server.py"] } } }\n',
      },
      {
        path: '.github/agents/browse.agent.md',
        bad: "---\ndescription: Looks at pages.\ntools: ['read']\nmcp-servers:\n  browser:\n    type: local\n    command: npx\n    args: ['-y', '@playwright/mcp@latest']\n---\nLook.\n",
        good: "---\ndescription: Looks at pages.\ntools: ['read']\nmcp-servers:\n  browser:\n    type: local\n    command: npx\n    args: ['-y', '@playwright/mcp@0.0.41']\n---\nLook.\n",
      },
      {
        path: 'mcp.json',
        bad: '{ "mcpServers": { "a": { "command": "deno", "args": ["run", "-A", "npm:mcp-a"] }, "b": { "command": "uv", "args": ["run", "--with", "mcp-b", "mcp-b"] }, "c": { "command": "npx", "args": ["-y", "https://example.com/c.tgz"] } } }\n',
        good: '{ "mcpServers": { "a": { "command": "deno", "args": ["run", "--allow-read=docs", "npm:mcp-a@1.0.4"] }, "b": { "command": "uv", "args": ["run", "server.py"] } } }\n',
      },
      {
        path: '.mcp.json',
        bad: '{ "mcpServers": { "git": { "command": "uvx", "args": ["mcp-server-git"] } } }\n',
        good: '{ "mcpServers": { "git": { "command": "uvx", "args": ["mcp-server-git==2025.8.4"] } } }\n',
      },
      {
        path: '.mcp.json',
        bad: '{ "mcpServers": { "db": { "command": "docker", "args": ["run", "-i", "--rm", "-e", "DB_URL", "mcp/postgres:latest"] } } }\n',
        good: '{ "mcpServers": { "db": { "command": "node", "args": ["tools/db-server.js"] } } }\n',
      },
    ],
  },
  *check({ mcp, packages, npm }) {
    for (const server of mcp.servers) yield* launchedPackages(server, packages, npm);
  },
});
