import { packageLaunched } from '../../engine/launchedPackage.ts';
import { defineRule } from '../../engine/rule.ts';
import type { SourceFile } from '../../engine/sourceFile.ts';
import type { McpServer } from '../../languages/mcp.ts';

/** Folders in which clients look for their configuration inside of a project. */
const CLIENT_FOLDER =
  /(?:^|\/)\.(?:vscode|cursor|claude|gemini|qwen|codex|roo|zed|continue|windsurf|amazonq|kiro|github|junie)(?:\/[^/]+)*$/;

interface Named {
  readonly file: SourceFile;
  readonly server: McpServer;
  readonly target: Target;
}

/** What a server is, where that can be told from its configuration. */
interface Target {
  /** Only servers of one sort are compared: many are offered both as a package and at an address. */
  readonly sort: string;
  readonly name: string;
}

export const mcpServerNamedTwice = defineRule({
  meta: {
    id: 'GL702',
    name: 'mcp-server-named-twice',
    title: 'One name for two different MCP servers of a project',
    kinds: ['mcp', 'assistant-settings'],
    severity: 'warning',
    confidence: 'medium',
    fix: 'none',
    guidelines: ['etsi-en-304-223:5.2.3-1', 'ncsc-cisa-2023:ncsc-2.1.2', 'owasp-llm-2025:LLM03', 'cwe:CWE-345'],
    why: 'People agree to a server by its name. If another assistant starts something else under the same name, they have agreed to what they never saw.',
    how: 'Let every configuration of the project point to the same server, or give the other one a name of its own.',
    messages: { differs: '`{server}` is `{name}` here, but `{other}` in {file}' },
    examples: [
      {
        path: '.vscode/mcp.json',
        bad: '{ "servers": { "tickets": { "command": "npx", "args": ["-y", "tlckets-mcp@1.2.3"] } } }\n',
        good: '{ "servers": { "tickets": { "command": "npx", "args": ["-y", "tickets-mcp@1.2.3"] } } }\n',
        files: {
          '.mcp.json': '{ "mcpServers": { "tickets": { "command": "npx", "args": ["-y", "tickets-mcp@1.2.0"] } } }\n',
        },
      },
      {
        title: 'the same service as a program and at an address',
        path: '.vscode/mcp.json',
        good: '{ "servers": { "tickets": { "type": "http", "url": "https://mcp.tickets.example.com/mcp" } } }\n',
        files: {
          '.mcp.json': '{ "mcpServers": { "tickets": { "command": "npx", "args": ["-y", "tickets-mcp@1.2.0"] } } }\n',
        },
      },
    ],
  },
  *checkSystem({ files }) {
    const first = new Map<string, Named>();
    const paths = [...files.keys()].sort();
    for (const path of paths) {
      const file = files.get(path);
      if (!file || (file.kind !== 'mcp' && file.kind !== 'assistant-settings')) continue;
      for (const server of file.mcp.servers) {
        const target = targetOf(server);
        if (!target) continue;
        const project = projectOf(path);
        const key = JSON.stringify([project, server.name.text.toLowerCase(), target.sort]);
        const earlier = first.get(key);
        if (!earlier) first.set(key, { file, server, target });
        else if (earlier.file !== file && earlier.target.name !== target.name) {
          const data = {
            server: server.name.text,
            name: target.name,
            other: earlier.target.name,
            file: earlier.file.path.slice(project ? project.length + 1 : 0),
          };
          yield { file, span: server.name.span, message: 'differs', data };
        }
      }
    }
  },
});

/** Folder whose configurations belong together. */
function projectOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))).replace(CLIENT_FOLDER, '');
}

/** A local program has too many spellings of one path to be compared. */
function targetOf(server: McpServer): Target | undefined {
  const host = /^https?:\/\/(?:[^/@]*@)?([^/?#:]+)/i.exec(server.url?.text ?? '')?.[1]?.toLowerCase();
  if (host && !/^(?:localhost|127\.|0\.0\.0\.0|host\.docker)|[${[]/.test(host)) return { sort: 'address', name: host };
  const launched = packageLaunched(server);
  if (!launched || /mcp-remote$|^@smithery\/cli$|[$<]/.test(launched.name)) return undefined;
  return { sort: launched.ecosystem, name: launched.name.toLowerCase() };
}
