import { launchedPackage } from '../../engine/launchedPackage.ts';
import { defineRule } from '../../engine/rule.ts';

export const unpinnedMcpServer = defineRule({
  meta: {
    id: 'GL501',
    name: 'unpinned-mcp-server',
    title: 'MCP server started from a package whose version can change',
    kinds: ['mcp'],
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
      moving: '`{package}` is not a fixed version: `{version}` moves',
      git: '`{package}` runs the newest commit of a repository',
      placeholder: 'Put the version of `{package}` that was reviewed in place of `{version}`',
    },
    examples: [
      {
        path: '.vscode/mcp.json',
        bad: '{\n  "servers": {\n    "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "./docs"] }\n  }\n}\n',
        good: '{\n  "servers": {\n    "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "./docs"] }\n  }\n}\n',
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
  *check({ mcp }) {
    for (const server of mcp.servers) {
      const problem = launchedPackage(server);
      if (problem) yield problem;
    }
  },
});
