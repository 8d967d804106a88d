import { type CallRow, callTable, checkCalls } from '../../engine/callRule.ts';
import { defineRule } from '../../engine/rule.ts';

const ANY_HOST = ['0.0.0.0', '::', '[::]'];
const SERVERS = `mcp.server.fastmcp.FastMCP mcp.server.fastmcp.server.FastMCP mcp.server.mcpserver.MCPServer
  mcp.server.MCPServer fastmcp.FastMCP fastmcp.server.FastMCP`;
const methods = (names: string) =>
  names
    .split(' ')
    .flatMap((name) => SERVERS.split(/\s+/).map((server) => `${server}().${name}`))
    .join(' ');
const hasLogin = ['auth', 'auth_server_provider', 'token_verifier', 'middleware'].map((parameter) => ({
  parameter,
  is: 'given' as const,
}));

const ROWS: readonly CallRow[] = [
  // MCP Python SDK 1.x (settings of the constructor) and 2.x, FastMCP 2 to 4 (arguments of `run`): 127.0.0.1 by default.
  {
    detection: 'AGT-20',
    apis: SERVERS,
    when: [{ parameter: 'host', is: ANY_HOST }],
    unless: hasLogin,
    message: 'host',
    fixes: [{ set: 'host', to: '"127.0.0.1"', kind: 'suggestion' }],
  },
  {
    detection: 'AGT-20',
    apis: methods('run run_async run_http_async run_sse_async run_streamable_http_async'),
    when: [{ parameter: 'host', is: ANY_HOST }],
    unless: hasLogin,
    message: 'host',
    fixes: [{ set: 'host', to: '"127.0.0.1"', kind: 'suggestion' }],
  },
  // MCP Python SDK: on by default for loopback hosts since 1.23 (CVE-2025-66416).
  {
    detection: 'AGT-20',
    apis: 'mcp.server.transport_security.TransportSecuritySettings mcp.server.**.TransportSecuritySettings',
    when: [{ parameter: 'enable_dns_rebinding_protection', is: 'false' }],
    message: 'rebinding',
    fixes: [{ remove: 'enable_dns_rebinding_protection', kind: 'suggestion' }],
  },
];
const TABLE = callTable(ROWS);

/** A login given to the server's constructor counts for its `run` too. */
const LOGIN = /\b(?:auth|token_verifier|auth_server_provider|auth_provider)\s*=(?!\s*None)/;

export const exposedMcpServer = defineRule({
  meta: {
    id: 'GL345',
    name: 'exposed-mcp-server',
    title: 'MCP server that others can reach without a login',
    kinds: ['python', 'notebook'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'etsi-en-304-223:5.2.2-1',
      'ncsc-cisa-2023:ncsc-3.1.1',
      'ncsc-cisa-2023:ncsc-1.3.6.c',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-306',
      'atlas:AML.T0049',
    ],
    why: 'Whoever reaches the server can call its tools with your rights; a web page open on the same machine can do so through the browser.',
    how: 'Listen on 127.0.0.1, or give the server a login (`auth`, `token_verifier`) and keep the check of host names on.',
    messages: {
      host: '`{call}` with `{argument}` offers its tools to the whole network without a login',
      rebinding: '`{argument}` lets a web page reach this server through the browser',
    },
    peers: ['bandit B104', 'ruff S104'],
    detections: ['AGT-20'],
    examples: [
      {
        path: 'server.py',
        bad: 'from fastmcp import FastMCP\n\nmcp = FastMCP("files")\nmcp.run(transport="http", host="0.0.0.0", port=8000)\n',
        fixed:
          'from fastmcp import FastMCP\n\nmcp = FastMCP("files")\nmcp.run(transport="http", host="127.0.0.1", port=8000)\n',
      },
      {
        path: 'server.py',
        bad: 'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("files", host="0.0.0.0")\nmcp.run(transport="sse")\n',
        fixed:
          'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("files", host="127.0.0.1")\nmcp.run(transport="sse")\n',
      },
      {
        path: 'server.py',
        bad: 'from mcp.server.transport_security import TransportSecuritySettings\n\nsecurity = TransportSecuritySettings(enable_dns_rebinding_protection=False)\n',
        fixed:
          'from mcp.server.transport_security import TransportSecuritySettings\n\nsecurity = TransportSecuritySettings()\n',
      },
      {
        title: 'a login',
        path: 'server.py',
        good: 'from fastmcp import FastMCP\n\nmcp = FastMCP("files", auth=verifier)\nmcp.run(transport="http", host="0.0.0.0")\n',
      },
      { path: 'server.py', good: 'from fastmcp import FastMCP\n\nmcp = FastMCP("files")\nmcp.run()\n' },
      {
        title: 'another server',
        path: 'app.py',
        good: 'import uvicorn\n\nuvicorn.run(app, host="0.0.0.0")\n',
      },
    ],
  },
  triggers: [TABLE],
  *check(file) {
    for (const problem of checkCalls(file, TABLE, 'warning')) {
      if (problem.message !== 'host' || !LOGIN.test(file.text)) yield problem;
    }
  },
});
