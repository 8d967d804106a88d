import type { Span } from '../engine/span.ts';
import type { FrontMatter } from './frontMatter.ts';
import { entries, items, type JsonDocument, type JsonNode, spanOf, valueAt } from './json.ts';
import { settingsRoot } from './settings.ts';
import { yamlTree } from './yaml.ts';

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
  readonly type: Text | undefined;
  /** Tools that the server may offer, where the client has such a list. */
  readonly tools: readonly Text[];
  /** What the file says of the server or its tools to the model. */
  readonly descriptions: readonly Text[];
}

/** Under which key the servers stand; it tells the client family and with it how a secret is referred to. */
export type McpKey =
  | 'servers'
  | 'mcpServers'
  | 'mcp.servers'
  | 'mcp'
  | 'mcp_servers'
  | 'context_servers'
  | 'mcp-servers';

/** The servers a Model Context Protocol client is told to start or call. */
export interface McpConfig {
  readonly key: McpKey | undefined;
  readonly servers: readonly McpServer[];
  readonly inputs: JsonNode | undefined;
  /** The object that holds the servers key, for an edit beside it. */
  readonly holder: JsonNode | undefined;
}

/**
 * Finds the server map in the layouts of VS Code (`servers`, in settings `mcp.servers`), of OpenCode (`mcp`), Codex
 * (`mcp_servers`), Zed (`context_servers`) and of the other clients (`mcpServers`). Layouts: the clients' documentation
 * (2026).
 */
export function readMcp(file: { readonly path: string; readonly json: JsonDocument }): McpConfig {
  const root = settingsRoot(file);
  const nested = valueAt(root, 'mcp');
  const places = [
    ['mcpServers', root, valueAt(root, 'mcpServers')],
    ['servers', root, valueAt(root, 'servers')],
    ['mcp.servers', nested, valueAt(nested, 'servers')],
    ['mcp.servers', root, valueAt(root, 'mcp.servers')],
    ['mcp_servers', root, valueAt(root, 'mcp_servers')],
    ['context_servers', root, valueAt(root, 'context_servers')],
    ['mcp', root, /(?:^|\/)opencode\.jsonc?$/.test(file.path) ? nested : undefined],
  ] as const;
  const [key, holder, map] = places.find(([, , node]) => node?.type === 'object') ?? [];
  return { key, holder, inputs: valueAt(holder, 'inputs'), servers: entries(map).flatMap(readServer) };
}

/** The servers that an agent file brings along (`mcp-servers`, as GitHub's custom agents have it). */
export function readMcpHead(head: FrontMatter): McpConfig {
  const map = head.get('mcp-servers') ? yamlTree(head, 'mcp-servers') : undefined;
  return { key: map && 'mcp-servers', holder: undefined, inputs: undefined, servers: entries(map).flatMap(readServer) };
}

function readServer({ key, value }: { key: JsonNode; value: JsonNode }): McpServer[] {
  if (value.type !== 'object') return [];
  // OpenCode has the program and its arguments in one list, an older Zed in one object.
  const command = valueAt(value, 'command');
  const line = command?.type === 'array' ? items(command) : [];
  const args = items(valueAt(value, 'args') ?? valueAt(command, 'args'));
  return [
    {
      name: { text: String(key.value), span: spanOf(key) },
      span: { start: value.offset, end: value.offset + value.length },
      command: string(line[0] ?? valueAt(command, 'path') ?? command),
      args: [...line.slice(1), ...args].flatMap((node) => string(node) ?? []),
      env: strings(valueAt(value, 'env') ?? valueAt(value, 'environment') ?? valueAt(command, 'env')),
      headers: strings(
        valueAt(value, 'headers') ?? valueAt(value, 'http_headers') ?? valueAt(value, 'requestInit', 'headers'),
      ),
      url: string(valueAt(value, 'url') ?? valueAt(value, 'serverUrl') ?? valueAt(value, 'httpUrl')),
      type: string(valueAt(value, 'type') ?? valueAt(value, 'transport')),
      tools: items(valueAt(value, 'tools')).flatMap((node) => string(node) ?? []),
      descriptions: descriptionsOf(value),
    },
  ];
}

function descriptionsOf(server: JsonNode): Text[] {
  const tools = valueAt(server, 'tools');
  const each = [...items(tools), ...entries(tools).map(({ value }) => value)];
  const nodes = [server, ...each].flatMap((node) => [valueAt(node, 'description'), valueAt(node, 'instructions')]);
  return nodes.flatMap((node) => string(node) ?? []);
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
