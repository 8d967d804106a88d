import type { Fix } from '../../engine/finding.ts';
import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import { items, type JsonNode, valueAt } from '../../languages/json.ts';
import type { McpConfig, McpServer, Text } from '../../languages/mcp.ts';
import { findSecrets, isLiteralSecret, isSecretName } from '../../languages/secrets.ts';

export const secretInMcpConfig = defineRule({
  meta: {
    id: 'GL502',
    name: 'secret-in-mcp-config',
    title: 'Secret written into an MCP configuration',
    kinds: ['mcp', 'assistant-settings', 'prompt'],
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
      argument: '`{key}` is passed as an argument, which every program on the machine can see',
      provider: '{name} in plain text: every reader of the file has it',
    },
    detections: ['INS-18'],
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
      {
        path: '.vscode/mcp.json',
        bad: '{\n  "inputs": [],\n  "servers": {\n    "design": { "command": "npx", "args": ["-y", "design-mcp@1.2.3", "--design-api-key=q7Gk29vLxPwZ4nRt8sYb"] }\n  }\n}\n',
        good: '{ "servers": { "design": { "command": "npx", "args": ["-y", "design-mcp@1.2.3", "--token-limit", "4000"] } } }\n',
      },
      {
        path: 'opencode.json',
        bad: '{ "mcp": { "search": { "type": "remote", "url": "https://search.example.com/mcp?searchApiKey=q7Gk29vLxPwZ4nRt8sYb" } } }\n',
        fixed:
          '{ "mcp": { "search": { "type": "remote", "url": "https://search.example.com/mcp?searchApiKey={env:SEARCHAPIKEY}" } } }\n',
        good: '{ "mcp": { "search": { "type": "remote", "url": "https://search.example.com/mcp", "headers": { "Authorization": "Bearer {env:SEARCH_KEY}" } } } }\n',
      },
      {
        path: '.codex/config.toml',
        bad: '[mcp_servers.db]\ncommand = "docker"\nargs = ["run", "-i", "-e", "DB_PASSWORD=q7Gk29vLxPwZ4nRt8sYb", "db-mcp:1.2.3"]\n',
        good: '[mcp_servers.db]\ncommand = "db-mcp"\nargs = ["postgresql://reader:postgres@localhost:5432/app"]\nenv_vars = ["DB_PASSWORD"]\n',
      },
      {
        title: 'an argument that others can see',
        path: '.mcp.json',
        bad: '{ "mcpServers": { "design": { "command": "design-mcp", "args": ["--api-key", "${DESIGN_KEY}"] } } }\n',
      },
    ],
  },
  *check(file) {
    for (const server of file.mcp.servers) {
      const judged = new Set<number>();
      for (const { key, value } of placesOf(server)) {
        if (!isLiteralSecret(value.text)) continue;
        judged.add(value.span.start);
        const data = { key, server: server.name.text };
        yield { span: value.span, message: 'literal', data, fixes: reference(file, key, value) };
      }
      const others = [
        ...server.args,
        ...(server.url ? [server.url] : []),
        ...[...server.env, ...server.headers].map(({ value }) => value),
      ];
      for (const { text, span } of others) {
        for (const { name, start, end } of findSecrets(text)) {
          const place = { start: span.start + start, end: span.start + end };
          if (![...judged].some((at) => at >= span.start && at <= place.end))
            yield { span: place, message: 'provider', data: { name } };
        }
      }
      for (const { key, value } of optionsOf(server)) {
        if (!isReference(value.text)) continue;
        yield { span: value.span, message: 'argument', data: { key }, severity: 'info', confidence: 'medium' };
      }
    }
  },
});

interface Named {
  readonly key: string;
  readonly value: Text;
}

/** Everything that by its name holds a secret: variables, headers, options, parts of addresses. */
function placesOf(server: McpServer): Named[] {
  const { env, headers, args, url } = server;
  const named = [...env, ...headers].filter(({ key }) => isSecretName(key));
  const addresses = [...(url ? [url] : []), ...args, ...env.map(({ value }) => value)];
  return [...named, ...optionsOf(server), ...args.flatMap(pairOf), ...addresses.flatMap(inAddress)];
}

/** `--api-key VALUE` and `--api-key=VALUE`. */
function optionsOf({ args }: McpServer): Named[] {
  return args.flatMap((arg, index) => {
    const [whole, name = '', equals] = /^--?([A-Za-z][\w-]{1,60})(=)?/.exec(arg.text) ?? [];
    if (!whole || !isSecretName(name)) return [];
    if (equals) return [{ key: `--${name}`, value: tail(arg, whole.length) }];
    const next = args[index + 1];
    return whole.length === arg.text.length && next && !next.text.startsWith('-')
      ? [{ key: `--${name}`, value: next }]
      : [];
  });
}

/** `NAME=VALUE` (an option `-e` of containers) and `Name: VALUE` (a header for a bridge). */
function pairOf(arg: Text): Named[] {
  const [whole, name = ''] = /^([A-Za-z][\w-]{1,60})(?:=|:[ ]?)(?!\/\/)/.exec(arg.text) ?? [];
  return whole && isSecretName(name) ? [{ key: name, value: tail(arg, whole.length) }] : [];
}

/** Password before the host, and parameters; those of a server on this machine are for development. */
function inAddress(address: Text): Named[] {
  const { text } = address;
  const [head, user = '', password, host = ''] =
    /^[a-z][a-z0-9+]*:\/\/(?:([^:@/?#]*):([^@/?#]+)@)?([^/?#:]*)/i.exec(text) ?? [];
  if (head === undefined || /^(?:localhost|127\.|host\.docker\.internal|$)/.test(host)) return [];
  const found: Named[] = [];
  if (password !== undefined) {
    const from = head.indexOf(`${user}:${password}@`) + user.length + 1;
    found.push({ key: 'password', value: { text: password, span: part(address, from, password.length) } });
  }
  for (const match of text.slice(0, 4000).matchAll(/[?&]([\w.-]{1,60})=([^&#\s]+)/g)) {
    const [whole, name = '', value = ''] = match;
    const snake = name.replace(/([a-z])([A-Z])/g, '$1_$2');
    if (!isSecretName(snake) && snake !== 'key') continue;
    const from = match.index + whole.length - value.length;
    found.push({ key: name, value: { text: value, span: part(address, from, value.length) } });
  }
  return found;
}

function tail(text: Text, from: number): Text {
  return { text: text.text.slice(from), span: part(text, from, text.text.length - from) };
}

/** Part of a text in the file; the whole where escapes make offsets differ. */
function part({ text, span }: Text, from: number, length: number): Text['span'] {
  if (span.end - span.start !== text.length) return span;
  return { start: span.start + from, end: span.start + from + length };
}

function isReference(value: string): boolean {
  return /^(?:\$\{|\$[A-Za-z_]|\{env:|%\w+%$)/.test(value);
}

/** How a client refers to a variable of the environment; undefined where it cannot. Source: the clients' documentation. */
function variableIn({ mcp, path }: SourceFile, name: string): string | undefined {
  if (mcp.key === 'mcp') return `{env:${name}}`;
  if (mcp.key === 'mcp-servers') return `\${{ secrets.COPILOT_MCP_${name} }}`;
  if (mcp.key !== 'mcpServers' || /(?:claude_desktop_config|cline_mcp_settings)\.json$/.test(path)) return undefined;
  return /(?:^|\/)\.(?:cursor|roo)\/|mcp_config\.json$/.test(path) ? `\${env:${name}}` : `\${${name}}`;
}

/** Replaces the value by a reference in the client's own syntax; for VS Code the input it asks for is declared too. */
function reference(file: SourceFile, key: string, value: Text): Fix[] {
  const { mcp, text } = file;
  const { start, end } = value.span;
  if (end - start !== value.text.length) return [];
  const scheme = /^(?:Bearer|Basic|Token)\s+/i.exec(value.text)?.[0] ?? '';
  const secret = { start: start + scheme.length, end };
  const name = key.replace(/^-+/, '');
  if (mcp.key === 'servers' || mcp.key === 'mcp.servers') {
    const id = name.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
    return [
      {
        title: `Ask for it when the server starts (\${input:${id}})`,
        kind: 'suggestion',
        edits: [...declareInput(mcp, id, name), { ...secret, text: `\${input:${id}}` }],
      },
    ];
  }
  const variable = variableIn(file, name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase());
  // Braces without quotes mean something else in YAML.
  if (!variable || (mcp.key === 'mcp-servers' && !/["']/.test(text[start - 1] ?? ''))) return [];
  return [
    { title: `Read it from the environment (${variable})`, kind: 'suggestion', edits: [{ ...secret, text: variable }] },
  ];
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
