import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFrontMatter } from '../../server/src/languages/frontMatter.ts';
import { readJson } from '../../server/src/languages/json.ts';
import { type McpConfig, readMcp, readMcpHead } from '../../server/src/languages/mcp.ts';
import { shellCommands, shellLine } from '../../server/src/languages/shell.ts';
import { readToml } from '../../server/src/languages/toml.ts';

function read(path: string, text: string): McpConfig {
  if (path.endsWith('.md')) return readMcpHead(readFrontMatter(text));
  return readMcp({ path, json: path.endsWith('.toml') ? readToml(text) : readJson(text) });
}

/** One server, `git`, that is started with `run "a b"` and has a variable, in every client's layout. */
const LAYOUTS: readonly (readonly [path: string, key: string, text: string])[] = [
  ['.vscode/mcp.json', 'servers', '{"servers":{"git":{"command":"run","args":["a b"],"env":{"K":"v"}}}}'],
  [
    '.vscode/settings.json',
    'mcp.servers',
    '{"mcp":{"servers":{"git":{"command":"run","args":["a b"],"env":{"K":"v"}}}}}',
  ],
  [
    'x.code-workspace',
    'mcp.servers',
    '{"settings":{"mcp":{"servers":{"git":{"command":"run","args":["a b"],"env":{"K":"v"}}}}}}',
  ],
  ['.mcp.json', 'mcpServers', '{"mcpServers":{"git":{"command":"run","args":["a b"],"env":{"K":"v"}}}}'],
  ['opencode.json', 'mcp', '{"mcp":{"git":{"type":"local","command":["run","a b"],"environment":{"K":"v"}}}}'],
  [
    '.zed/settings.json',
    'context_servers',
    '{"context_servers":{"git":{"command":{"path":"run","args":["a b"],"env":{"K":"v"}}}}}',
  ],
  [
    '.codex/config.toml',
    'mcp_servers',
    '[mcp_servers.git]\ncommand = "run"\nargs = [\n  "a b", # one\n]\nenv = { K = "v" }\n',
  ],
  [
    '.codex/config.toml',
    'mcp_servers',
    '[mcp_servers."git"]\ncommand = \'run\'\nargs = ["a b"]\n[mcp_servers."git".env]\nK = "v"\n',
  ],
  [
    'x.agent.md',
    'mcp-servers',
    '---\nmcp-servers:\n  git:\n    command: run\n    args: ["a b"]\n    env:\n      K: v\n---\nText.\n',
  ],
];

describe('layouts', () => {
  for (const [path, key, text] of LAYOUTS) {
    test(`${path} with ${key}`, () => {
      const config = read(path, text);
      assert.equal(config.key, key);
      const [server] = config.servers;
      assert.ok(server && config.servers.length === 1);
      const { name, command, args, env } = server;
      const written = [name, command, args[0], env[0]?.value].map(
        (each) => each && text.slice(each.span.start, each.span.end),
      );
      assert.deepEqual(written, ['git', 'run', 'a b', 'v']);
      assert.deepEqual([name.text, command?.text, args.length, env[0]?.key], ['git', 'run', 1, 'K']);
    });
  }
});

describe('shell lines', () => {
  const commands = (command: string, ...args: string[]) => {
    const text = (value: string) => ({ text: value, span: { start: 0, end: value.length } });
    const line = { command: text(command), args: args.map(text) };
    return shellLine(line) && shellCommands(line).map((each) => [each.command, ...each.args].map((word) => word?.text));
  };
  const cases: [string[], string[][] | undefined][] = [
    [
      ['bash', '-lc', 'cd x && exec npx -y "a"'],
      [
        ['cd', 'x'],
        ['npx', '-y', 'a'],
      ],
    ],
    [
      ['/bin/sh', '-c', 'A=1 uvx a; b | c'],
      [['uvx', 'a'], ['b'], ['c']],
    ],
    [['cmd.exe', '/c', 'npx', '-y', 'a'], [['npx', '-y', 'a']]],
    [['bash', 'start.sh', '-x'], undefined],
    [['node', '-c', 'x'], undefined],
  ];
  for (const [[command = '', ...args], expected] of cases) {
    test(`${command} ${args.join(' ')}`, () => assert.deepEqual(commands(command, ...args), expected));
  }
});

test('hostile front matter is read in passing', () => {
  for (const value of ['['.repeat(5000), '{a: '.repeat(5000), `{${'a: 1, '.repeat(20_000)}}`, '*a']) {
    assert.deepEqual(read('x.agent.md', `---\nmcp-servers: ${value}\n---\n`).servers, []);
  }
});
