import type { Problem } from '../../engine/rule.ts';
import { defineRule } from '../../engine/rule.ts';
import type { Text } from '../../languages/mcp.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/i;
/** A house network or a container's neighbour: fewer can listen. Source: RFC 1918; a name without a dot is resolved locally. */
const NEAR = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^[\w-]+$|\.(?:local|lan|internal)$/i;
/** Programs that speak to a remote server for a client that only starts programs. */
const BRIDGE = /(?:^|[/\\])(?:mcp-remote|supergateway|mcp-proxy|mcp-server-remote)(?:@[\w.^~<>-]+)?$/;

export const plainHttpMcpServer = defineRule({
  meta: {
    id: 'GL503',
    name: 'plain-http-mcp-server',
    title: 'MCP server reached without encryption',
    kinds: ['mcp', 'assistant-settings', 'prompt'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: ['etsi-en-304-223:5.2.2-1', 'ncsc-cisa-2023:ncsc-3.2.1', 'cwe:CWE-319', 'owasp-llm-2025:LLM03'],
    why: 'Whoever sits on the way can read the tokens and the data, and can answer in place of the server: tool descriptions and results are text that the model follows.',
    how: 'Use `https://` (or `wss://`); keep plain `http://` to servers on the same machine.',
    detections: ['INS-19'],
    messages: {
      plain: 'Traffic to `{host}` is neither encrypted nor authenticated',
      sse: 'The transport `sse` is deprecated since version 2025-03-26 of the protocol; `http` takes its place',
    },
    examples: [
      {
        path: '.mcp.json',
        bad: '{ "mcpServers": { "search": { "type": "http", "url": "http://search.example.com/mcp" } } }\n',
        fixed: '{ "mcpServers": { "search": { "type": "http", "url": "https://search.example.com/mcp" } } }\n',
        good: '{ "mcpServers": { "local": { "type": "http", "url": "http://localhost:3000/mcp" } } }\n',
      },
      {
        path: 'mcp.json',
        bad: '{ "mcpServers": { "search": { "command": "npx", "args": ["-y", "mcp-remote@0.1.18", "http://search.example.com/sse"] } } }\n',
        good: '{ "mcpServers": { "search": { "command": "npx", "args": ["-y", "search-mcp@1.2.3", "--about", "http://search.example.com/"] } } }\n',
      },
      {
        path: '.mcp.json',
        bad: '{ "mcpServers": { "search": { "type": "sse", "url": "https://search.example.com/sse" } } }\n',
      },
    ],
  },
  *check({ mcp }) {
    for (const { url, args, type } of mcp.servers) {
      const bridged = args.some(({ text }) => BRIDGE.test(text)) ? args : [];
      const plain = [...(url ? [url] : []), ...bridged].flatMap((text) => unencrypted(text) ?? []);
      yield* plain;
      if (type?.text === 'sse' && plain.length === 0) yield { span: type.span, message: 'sse', severity: 'info' };
    }
  },
});

function unencrypted({ text, span }: Text): Problem | undefined {
  const [, scheme, host] = /^(http|ws):\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)/i.exec(text) ?? [];
  if (!scheme || !host || LOOPBACK.test(host) || /[${<]/.test(host)) return undefined;
  const end = span.start + scheme.length;
  const edits = [{ start: end, end, text: scheme === scheme.toUpperCase() ? 'S' : 's' }];
  return {
    span,
    message: 'plain',
    data: { host },
    severity: NEAR.test(host) ? 'info' : 'warning',
    fixes: [{ title: `Use ${scheme}s://`, kind: 'suggestion', edits }],
  };
}
