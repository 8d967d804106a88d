import type { SyntaxNode } from '@lezer/common';
import { launchedPackages } from '../../engine/launchedPackage.ts';
import { defineRule } from '../../engine/rule.ts';
import type { Text } from '../../languages/mcp.ts';
import { valueUnder, writtenAs } from '../../languages/python/literals.ts';
import { inContext, type PythonProgram } from '../../languages/python/program.ts';
import { elementsOf, spanOf } from '../../languages/python/tree.ts';
import { given, inTexts } from '../../languages/python/triggers.ts';
import { stringOf } from '../../languages/python/values.ts';

const CLIENTS = /\b(?:mcp|fastmcp|langchain_mcp_adapters|MCPServerStdio|StdioServerParameters|mcpServers)\b/;
const LAUNCHERS = /^(?:npx|bunx|pnpm|yarn|npm|bun|uvx|uv|pipx|docker|podman|cmd)(?:\.cmd|\.exe)?$/;

/** One argument with the place of its text; of one that cannot be known the launcher's analysis makes nothing. */
function argumentOf(python: PythonProgram, node: SyntaxNode): Text {
  const text = stringOf(python, node);
  if (text === undefined) return { text: '$unknown', span: spanOf(node) };
  const plain = isPlain(python, node);
  return { text, span: plain ? { start: node.from + 1, end: node.to - 1 } : spanOf(node) };
}

/** A literal without prefix and with one quote on each side, so that its content can be replaced. */
function isPlain({ text }: PythonProgram, { name, from, to }: Pick<SyntaxNode, 'name' | 'from' | 'to'>): boolean {
  return name === 'String' && /^(?:"(?!"")|'(?!''))/.test(text.slice(from, Math.min(to, from + 3)));
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
      image: '`{package}` without a tag or digest is whatever `latest` is when the image is pulled',
      moving: '`{package}` is not a fixed version: `{version}` moves',
      address: 'The server is whatever `{package}` answers when it starts',
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
        title: 'a version under a name',
        path: 'client.py',
        good: 'from mcp import StdioServerParameters\n\nSERVER = "@modelcontextprotocol/server-filesystem@2025.8.21"\nserver = StdioServerParameters(command="npx", args=["-y", SERVER, "docs"])\n',
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
  triggers: [inTexts(CLIENTS, ...given('command'))],
  *check({ text, path, python, packages }) {
    if (!CLIENTS.test(text)) return;
    for (const { value, node, through, call } of python.argumentsNamed('command')) {
      if (!value.known || typeof value.value !== 'string' || !LAUNCHERS.test(value.value)) continue;
      const own = through === 'call' ? call?.argument('args') : undefined;
      const list = own?.state === 'given' ? own.node : node.parent && valueUnder(python, node.parent, 'args');
      if (!list) continue;
      const args = elementsOf(writtenAs(python, list)).map((each) => argumentOf(python, each));
      const command = { text: value.value, span: spanOf(node) };
      for (const problem of launchedPackages({ command, args }, packages)) {
        const { start, end } = problem.span;
        // Only the content of a literal can be replaced, not a name that stands for it.
        const literal =
          isPlain(python, { name: 'String', from: start - 1, to: end + 1 }) && /["']/.test(text[end] ?? '');
        const { fixes = [], ...rest } = problem;
        yield { ...rest, fixes: literal ? fixes : [], severity: inContext(problem.severity ?? 'warning', path) };
      }
    }
  },
});
