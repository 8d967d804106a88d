import type { SyntaxNode } from '@lezer/common';
import { launchedPackage } from '../../engine/launchedPackage.ts';
import { defineRule } from '../../engine/rule.ts';
import { entryOf, textsIn } from '../../languages/python/literals.ts';
import { inContext } from '../../languages/python/program.ts';

const CLIENTS = /\b(?:mcp|fastmcp|langchain_mcp_adapters|MCPServerStdio|StdioServerParameters|mcpServers)\b/;
const LAUNCHERS = /^(?:npx|bunx|pnpm|yarn|npm|bun|uvx|uv|pipx|docker|podman|cmd)(?:\.cmd|\.exe)?$/;

/** The content of a string literal; undefined for one with a prefix or three quotes, whose offsets differ. */
function content(node: SyntaxNode, text: string): { start: number; end: number } | undefined {
  return node.name === 'String' && /^(?:"(?!"")|'(?!''))/.test(text.slice(node.from, node.from + 3))
    ? { start: node.from + 1, end: node.to - 1 }
    : undefined;
}

export const unpinnedMcpLaunch = defineRule({
  meta: {
    id: 'GL335',
    name: 'unpinned-mcp-launch',
    title: 'MCP server that code starts in whatever version is newest',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.3-1',
      'ncsc-cisa-2023:ncsc-2.1.2',
      'owasp-llm-2025:LLM03',
      'owasp-llm-2026:LLM04',
      'cwe:CWE-494',
      'cwe:CWE-829',
      'atlas:AML.T0109',
    ],
    why: 'The launcher fetches the newest version each time. Whoever takes over the package or the tag runs code on this machine, and tells the model what its tools are for.',
    how: 'Name the exact version that was reviewed: `package@1.2.3` (npm), `package==1.2.3` (Python), `image@sha256:…` (containers).',
    messages: {
      unpinned: '`{package}` is fetched in whatever version is newest when the server starts',
      moving: '`{package}` is not a fixed version: `{version}` moves',
      git: '`{package}` runs the newest commit of a repository',
      placeholder: 'Put the version of `{package}` that was reviewed in place of `{version}`',
    },
    detections: ['AGT-21'],
    examples: [
      {
        path: 'client.py',
        bad: 'from mcp import StdioServerParameters\n\nserver = StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem", "docs"])\n',
      },
      {
        path: 'agent.py',
        bad: 'from agents.mcp import MCPServerStdio\n\nserver = MCPServerStdio(params={"command": "uvx", "args": ["mcp-server-git"]})\n',
      },
      {
        title: 'a placeholder from the fix',
        path: 'agent.py',
        bad: 'from agents.mcp import MCPServerStdio\n\nserver = MCPServerStdio(params={"command": "uvx", "args": ["mcp-server-git==<version>"]})\n',
      },
      {
        path: 'client.py',
        good: 'from mcp import StdioServerParameters\n\nserver = StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "docs"])\n',
      },
      {
        title: 'a program of the project',
        path: 'client.py',
        good: 'from mcp import StdioServerParameters\n\nserver = StdioServerParameters(command="python", args=["server.py"])\n',
      },
      {
        title: 'not a server of tools',
        path: 'build.py',
        good: 'step = {"command": "npx", "args": ["prettier", "."]}\n',
      },
    ],
  },
  triggers: ['command'],
  *check({ text, path, python }) {
    if (!CLIENTS.test(text)) return;
    for (const { value, node, through, call } of python.argumentsNamed('command')) {
      if (!value.known || typeof value.value !== 'string' || !LAUNCHERS.test(value.value)) continue;
      const own = through === 'call' ? call?.argument('args') : undefined;
      const list = own?.state === 'given' ? own.node : node.parent && entryOf(python, node.parent, 'args');
      if (!list) continue;
      const args = textsIn(python, list).texts.flatMap((each) => {
        const span = content(each.node, text);
        return span ? [{ text: each.text, span }] : [];
      });
      const command = { text: value.value, span: { start: node.from, end: node.to } };
      const problem = launchedPackage({ command, args });
      if (problem) yield { ...problem, severity: inContext(problem.severity ?? 'warning', path) };
    }
  },
});
