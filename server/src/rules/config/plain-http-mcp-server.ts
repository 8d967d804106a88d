import { defineRule } from '../../engine/rule.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/i;

export const plainHttpMcpServer = defineRule({
  meta: {
    id: 'GL503',
    name: 'plain-http-mcp-server',
    title: 'MCP server reached without encryption',
    kinds: ['mcp'],
    severity: 'warning',
    confidence: 'high',
    fix: 'suggestion',
    guidelines: ['etsi-en-304-223:5.2.2-1', 'ncsc-cisa-2023:ncsc-3.2.1', 'cwe:CWE-319', 'owasp-llm-2025:LLM03'],
    why: 'Whoever sits on the way can read the tokens and the data, and can answer in place of the server: tool descriptions and results are text that the model follows.',
    how: 'Use `https://` (or `wss://`); keep plain `http://` to servers on the same machine.',
    messages: { plain: 'Traffic to `{host}` is neither encrypted nor authenticated' },
    examples: [
      {
        path: '.mcp.json',
        bad: '{ "mcpServers": { "search": { "type": "http", "url": "http://search.example.com/mcp" } } }\n',
        fixed: '{ "mcpServers": { "search": { "type": "http", "url": "https://search.example.com/mcp" } } }\n',
        good: '{ "mcpServers": { "local": { "type": "http", "url": "http://localhost:3000/mcp" } } }\n',
      },
    ],
  },
  *check({ mcp }) {
    for (const { url } of mcp.servers) {
      const [, scheme, host] = /^(http|ws):\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)/i.exec(url?.text ?? '') ?? [];
      if (!url || !scheme || !host || LOOPBACK.test(host) || /[${]/.test(host)) continue;
      const end = url.span.start + scheme.length;
      yield {
        span: url.span,
        message: 'plain',
        data: { host },
        fixes: [
          {
            title: `Use ${scheme}s://`,
            kind: 'suggestion',
            edits: [{ start: end, end, text: scheme === scheme.toUpperCase() ? 'S' : 's' }],
          },
        ],
      };
    }
  },
});
