import type { Fix } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { items, type JsonNode, valueAt } from '../../languages/json.ts';
import type { McpConfig, Text } from '../../languages/mcp.ts';
import { findSecrets, isLiteralSecret, isSecretName } from '../../languages/secrets.ts';

export const secretInMcpConfig = defineRule({
  meta: {
    id: 'GL502',
    name: 'secret-in-mcp-config',
    title: 'Secret written into an MCP configuration',
    kinds: ['mcp'],
    severity: 'error',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: [
      'ncsc-cisa-2023:ncsc-3.2.4',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'cwe:CWE-798',
      'atlas:AML.T0083',
    ],
    why: 'The file is committed and shared, and every assistant that opens the folder reads it. A secret in it has to be considered known.',
    how: 'Refer to the secret instead of writing it (`${input:api-key}` in VS Code, `${API_KEY}` from the environment elsewhere), and revoke the one that was written down.',
    messages: {
      literal: '`{key}` of server `{server}` holds the secret itself',
      provider: '{name} in plain text: every reader of the file has it',
    },
    peers: ['semgrep mcp-hardcoded-config-secret'],
    examples: [
      {
        path: '.vscode/mcp.json',
        bad: '{\n  "servers": {\n    "tickets": {\n      "command": "node",\n      "args": ["tickets.js"],\n      "env": { "TICKETS_API_KEY": "q7Gk29vLxPwZ4nRt8sYb" }\n    }\n  }\n}\n',
        fixed:
          '{\n  "inputs": [{ "type": "promptString", "id": "tickets-api-key", "description": "TICKETS_API_KEY", "password": true }],\n  "servers": {\n    "tickets": {\n      "command": "node",\n      "args": ["tickets.js"],\n      "env": { "TICKETS_API_KEY": "${input:tickets-api-key}" }\n    }\n  }\n}\n',
        good: '{\n  "servers": { "tickets": { "command": "node", "args": ["tickets.js"], "env": { "TICKETS_API_KEY": "${env:TICKETS_API_KEY}" } } }\n}\n',
      },
      {
        path: '.mcp.json',
        bad: '{ "mcpServers": { "search": { "url": "https://search.example.com/mcp", "headers": { "Authorization": "Bearer q7Gk29vLxPwZ4nRt8sYb" } } } }\n',
        fixed:
          '{ "mcpServers": { "search": { "url": "https://search.example.com/mcp", "headers": { "Authorization": "Bearer ${AUTHORIZATION}" } } } }\n',
        good: '{ "mcpServers": { "search": { "url": "https://search.example.com/mcp", "headers": { "Authorization": "Bearer ${SEARCH_TOKEN}" } } } }\n',
      },
    ],
  },
  *check(file) {
    const { mcp } = file;
    for (const server of mcp.servers) {
      const named = [...server.env, ...server.headers];
      for (const { key, value } of named) {
        if (!isSecretName(key) || !isLiteralSecret(value.text)) continue;
        yield {
          span: value.span,
          message: 'literal',
          data: { key, server: server.name.text },
          fixes: [reference(file, key, value)],
        };
      }
      const rest = [
        ...server.args,
        ...(server.url ? [server.url] : []),
        ...named.filter(({ key }) => !isSecretName(key)).map(({ value }) => value),
      ];
      for (const { text, span } of rest) {
        for (const { name, start, end } of findSecrets(text)) {
          yield { span: { start: span.start + start, end: span.start + end }, message: 'provider', data: { name } };
        }
      }
    }
  },
});

/** Replaces the value by a reference in the client's own syntax; for VS Code the input it asks for is declared too. */
function reference({ mcp, path }: SourceFile, key: string, value: Text): Fix {
  const scheme = /^(?:Bearer|Basic|Token)\s+/i.exec(value.text)?.[0] ?? '';
  const secret = { start: value.span.start + scheme.length, end: value.span.end };
  if (mcp.key === 'mcpServers') {
    const variable = key.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
    const env = /(?:^|\/)\.cursor\//.test(path) ? `\${env:${variable}}` : `\${${variable}}`;
    return { title: `Read it from the environment (${env})`, kind: 'suggestion', edits: [{ ...secret, text: env }] };
  }
  const id = key.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
  return {
    title: `Ask for it when the server starts (\${input:${id}})`,
    kind: 'suggestion',
    edits: [...declareInput(mcp, id, key), { ...secret, text: `\${input:${id}}` }],
  };
}

function declareInput({ inputs, holder }: McpConfig, id: string, key: string) {
  const declared = items(inputs).some((input: JsonNode) => valueAt(input, 'id')?.value === id);
  if (declared || !holder) return [];
  const input = `{ "type": "promptString", "id": "${id}", "description": "${key}", "password": true }`;
  if (inputs?.type === 'array') {
    const at = inputs.offset + 1;
    return [{ start: at, end: at, text: items(inputs).length > 0 ? `${input}, ` : input }];
  }
  const at = holder.offset + 1;
  return [{ start: at, end: at, text: `\n  "inputs": [${input}],` }];
}
