import type { Span } from '../engine/span.ts';
import { entries, items, type JsonDocument, type JsonNode, spanOf, valueAt } from './json.ts';

export interface Text {
  readonly text: string;
  /** Content of the string, without its quotes. */
  readonly span: Span;
}

export interface McpServer {
  readonly name: Text;
  readonly span: Span;
  readonly command: Text | undefined;
  readonly args: readonly Text[];
  readonly env: readonly { readonly key: string; readonly value: Text }[];
  readonly headers: readonly { readonly key: string; readonly value: Text }[];
  readonly url: Text | undefined;
  /** Name in the file: `stdio`, `http`, `sse` … */
  readonly type: string | undefined;
}

/** The servers a Model Context Protocol client is told to start or call. */
export interface McpConfig {
  /** Under which key the servers stand; it tells the client family and with it how a secret is referred to. */
  readonly key: 'servers' | 'mcpServers' | 'mcp.servers' | undefined;
  readonly servers: readonly McpServer[];
  readonly inputs: JsonNode | undefined;
  /** The object that holds the servers key, for an edit beside it. */
  readonly holder: JsonNode | undefined;
}

/**
 * Finds the server map in the layouts of VS Code (`servers`, in settings `mcp.servers`) and of the other clients
 * (`mcpServers`). Layouts: documentation of VS Code 1.9x-1.13x, Claude Code, Cursor, Gemini CLI.
 */
export function readMcp({ root }: JsonDocument): McpConfig {
  const nested = valueAt(root, 'mcp');
  const places = [
    ['mcpServers', root, valueAt(root, 'mcpServers')],
    ['servers', root, valueAt(root, 'servers')],
    ['mcp.servers', nested, valueAt(nested, 'servers')],
    ['mcp.servers', root, valueAt(root, 'mcp.servers')],
  ] as const;
  const [key, holder, map] = places.find(([, , node]) => node?.type === 'object') ?? [];
  return { key, holder, inputs: valueAt(holder, 'inputs'), servers: entries(map).flatMap(readServer) };
}

function readServer({ key, value }: { key: JsonNode; value: JsonNode }): McpServer[] {
  if (value.type !== 'object') return [];
  return [
    {
      name: { text: String(key.value), span: spanOf(key) },
      span: { start: value.offset, end: value.offset + value.length },
      command: string(valueAt(value, 'command')),
      args: items(valueAt(value, 'args')).flatMap((node) => string(node) ?? []),
      env: strings(valueAt(value, 'env')),
      headers: strings(valueAt(value, 'headers')),
      url: string(valueAt(value, 'url') ?? valueAt(value, 'serverUrl') ?? valueAt(value, 'httpUrl')),
      type: string(valueAt(value, 'type'))?.text,
    },
  ];
}

function string(node: JsonNode | undefined): Text | undefined {
  return node?.type === 'string' ? { text: String(node.value), span: spanOf(node) } : undefined;
}

function strings(node: JsonNode | undefined): { key: string; value: Text }[] {
  return entries(node).flatMap(({ key, value }) => {
    const text = string(value);
    return text ? [{ key: String(key.value), value: text }] : [];
  });
}
