import type { Fix } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';

/** Paths of settings that let servers start, or their tools run, unseen; sources as for GL504. */
const SWITCHES: readonly {
  /** Files in which the key means that; all where it is left out. */
  readonly files?: RegExp;
  readonly path: readonly string[];
  readonly message: 'start' | 'tools';
  readonly unsafe: 'true' | 'wildcard';
}[] = [
  { files: /(?:^|\/)\.claude\//, path: ['enableAllProjectMcpServers'], message: 'start', unsafe: 'true' },
  { path: ['chat.mcp.autoStart'], message: 'start', unsafe: 'true' },
  {
    files: /(?:^|\/)\.(?:gemini|qwen)\/|gemini-extension\.json$/,
    path: ['mcpServers', '*', 'trust'],
    message: 'tools',
    unsafe: 'true',
  },
  { path: ['mcpServers', '*', 'alwaysAllow', '*'], message: 'tools', unsafe: 'wildcard' },
  { path: ['mcpServers', '*', 'autoApprove', '*'], message: 'tools', unsafe: 'wildcard' },
  { path: ['mcpServers', '*', 'autoApprove'], message: 'tools', unsafe: 'true' },
];

export const mcpTrustedUnseen = defineRule({
  meta: {
    id: 'GL506',
    name: 'mcp-trusted-unseen',
    title: 'MCP servers that start, or whose tools run, without anybody agreeing',
    kinds: ['assistant-settings', 'mcp'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.5',
      'etsi-en-304-223:5.1.3-1.2',
      'owasp-llm-2025:LLM06',
      'owasp-llm-2026:LLM03',
      'cwe:CWE-862',
      'atlas:AML.T0053',
    ],
    detections: ['INS-21'],
    why: 'An MCP server is a program with your rights, and what its tools say goes to the model. A file that starts servers or trusts their tools for everybody who opens the project takes the one question away that protects them.',
    how: 'Name the servers and the tools that may run unasked, one by one, and let each person agree to the others.',
    messages: {
      start: '`{key}` starts every MCP server that the project names, without asking',
      tools: '`{key}` lets every tool of the MCP server run without asking',
    },
    peers: ['semgrep claude-settings-auto-enable-mcp'],
    examples: [
      {
        path: '.claude/settings.json',
        bad: '{ "enableAllProjectMcpServers": true }\n',
        fixed: '{ "enableAllProjectMcpServers": false }\n',
        good: '{ "enabledMcpjsonServers": ["memory"], "enableAllProjectMcpServers": false }\n',
      },
      {
        path: '.gemini/settings.json',
        bad: '{ "mcpServers": { "files": { "command": "files-mcp", "trust": true } } }\n',
        good: '{ "enableAllProjectMcpServers": true, "mcpServers": { "files": { "command": "files-mcp" } } }\n',
      },
      {
        path: 'cline_mcp_settings.json',
        bad: '{ "mcpServers": { "files": { "command": "files-mcp", "autoApprove": ["*"] } } }\n',
        good: '{ "mcpServers": { "files": { "command": "files-mcp", "autoApprove": ["list", "read"] } } }\n',
      },
    ],
  },
  *check({ settings, path: file }) {
    for (const { files, path, message, unsafe } of SWITCHES) {
      if (files && !files.test(file)) continue;
      for (const { value, whole, keySpan, path: keys } of settings.find(...path)) {
        if (unsafe === 'true' ? value !== true : value !== '*') continue;
        const fixes: Fix[] =
          unsafe === 'true'
            ? [{ title: 'Change to false', kind: 'suggestion', edits: [{ ...whole, text: 'false' }] }]
            : [];
        const key = keys.filter((each) => !/^\d+$/.test(each)).join('.');
        yield { span: { start: keySpan.start, end: whole.end }, message, data: { key }, fixes };
      }
    }
  },
});
