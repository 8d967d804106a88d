// Facts: documentation of MCP clients (VS Code, Claude, Cursor, Gemini CLI, Cline, GitHub) and of Claude Code's settings (2026).
import { type KeyHelp, valuesOf, YES_NO } from './keys.ts';

const SERVER_KEYS: readonly KeyHelp[] = [
  {
    key: 'type',
    help: 'How the server is reached.',
    values: [
      { value: 'stdio', help: 'a program on this machine' },
      { value: 'http', help: 'over the network; https only' },
      { value: 'sse', help: 'the former way over the network' },
    ],
  },
  {
    key: 'command',
    help: 'Program that is started, with your rights. Name the server itself, and no shell around it.',
  },
  {
    key: 'args',
    type: 'list',
    help: 'Its arguments. Pin what is downloaded (`package@1.2.3`, `package==1.2.3`, an image by digest); others on this machine can read them, so no secrets.',
  },
  {
    key: 'env',
    type: 'map',
    help: 'Environment of the server. Secrets by reference, such as `${input:token}` or `${TOKEN}`.',
  },
  { key: 'envFile', help: 'File with its environment; keep it out of version control.' },
  { key: 'cwd', help: 'Folder it starts in.' },
  { key: 'url', help: 'Address of the server: https, unless it is on this machine.' },
  { key: 'httpUrl', help: 'Address of the server: https, unless it is on this machine (Gemini CLI).' },
  {
    key: 'headers',
    type: 'map',
    help: 'Headers of each request. Tokens by reference, such as `Bearer ${input:token}`.',
  },
  { key: 'tools', type: 'list', help: 'Tools the agent may use; `*` also allows those that are added later.' },
  { key: 'includeTools', type: 'list', help: 'The only tools the agent may use (Gemini CLI).' },
  {
    key: 'excludeTools',
    type: 'list',
    help: 'Tools the agent may not use (Gemini CLI); a list of those it needs says more.',
  },
  {
    key: 'trust',
    type: 'boolean',
    help: '`true` runs all its tools without asking (Gemini CLI).',
    values: YES_NO,
    closed: true,
  },
  { key: 'autoApprove', type: ['list', 'boolean'], help: 'Tools that run without asking.' },
  { key: 'alwaysAllow', type: 'list', help: 'Tools that run without asking.' },
  { key: 'disabled', type: 'boolean', help: 'Does not start the server.', values: YES_NO, closed: true },
  { key: 'timeout', type: 'number', help: 'How long to wait for an answer, in the unit of the client.' },
];

const SERVERS: readonly KeyHelp[] = [
  { key: '*', type: 'map', help: 'A server. The name is what people see when they are asked.', keys: SERVER_KEYS },
];

/** Files that configure MCP servers, of clients for which the editor has no schema. */
export const MCP_KEYS: readonly KeyHelp[] = [
  { key: 'mcpServers', type: 'map', help: 'MCP servers by name.', keys: SERVERS },
  { key: 'servers', type: 'map', help: 'MCP servers by name (VS Code).', keys: SERVERS },
  {
    key: 'inputs',
    type: 'list',
    help: 'What is asked once and kept out of the file (VS Code).',
    keys: [
      { key: 'id', required: true, help: 'Name for `${input:…}`.' },
      {
        key: 'type',
        required: true,
        help: 'How it is asked.',
        values: valuesOf('promptString', 'pickString', 'command'),
        closed: true,
      },
      { key: 'description', help: 'The question.' },
      {
        key: 'password',
        type: 'boolean',
        help: '`true` hides what is typed and keeps it in the secret store.',
        values: YES_NO,
        closed: true,
      },
    ],
  },
];

const HOOK_EVENTS = [
  'PreToolUse',
  'PostToolUse',
  'UserPromptSubmit',
  'Notification',
  'Stop',
  'SubagentStop',
  'PreCompact',
  'SessionStart',
  'SessionEnd',
];

/** `.claude/settings.json`. */
export const CLAUDE_SETTINGS_KEYS: readonly KeyHelp[] = [
  {
    key: 'permissions',
    type: 'map',
    help: 'What runs with and without asking. Deny wins over ask, and ask over allow.',
    keys: [
      { key: 'allow', type: 'list', help: 'Runs without asking: `Bash(npm test)`, not `Bash`.' },
      { key: 'ask', type: 'list', help: 'Asks each time.' },
      { key: 'deny', type: 'list', help: 'Never runs: `Read(./.env)`, `WebFetch`.' },
      {
        key: 'defaultMode',
        help: 'What holds for the rest.',
        values: [
          { value: 'default', help: 'asks the first time for each tool' },
          { value: 'plan', help: 'reads, and changes nothing' },
          { value: 'acceptEdits', help: 'changes files without asking' },
          { value: 'dontAsk', help: 'refuses what no rule allows' },
          { value: 'bypassPermissions', help: 'never asks: only in a sandbox' },
        ],
      },
      {
        key: 'disableBypassPermissionsMode',
        help: 'Takes away the mode that never asks.',
        values: valuesOf('disable'),
        closed: true,
      },
      { key: 'additionalDirectories', type: 'list', help: 'Folders outside the project that it may work in.' },
    ],
  },
  {
    key: 'enableAllProjectMcpServers',
    type: 'boolean',
    help: '`true` starts every MCP server the project names, without asking.',
    values: YES_NO,
    closed: true,
  },
  { key: 'enabledMcpjsonServers', type: 'list', help: 'MCP servers of the project that start without asking.' },
  { key: 'disabledMcpjsonServers', type: 'list', help: 'MCP servers of the project that never start.' },
  {
    key: 'hooks',
    type: 'map',
    help: 'Commands that run on events, without asking and with your rights: review them like code.',
    keys: HOOK_EVENTS.map((key) => ({
      key,
      type: 'list' as const,
      help: 'Commands that run on this event, by `matcher`.',
    })),
  },
  { key: 'env', type: 'map', help: 'Environment of every session. A `…_BASE_URL` sends all prompts to another host.' },
  {
    key: 'apiKeyHelper',
    help: 'Command that prints the key; it runs on the machine of everybody who opens the project.',
  },
  { key: 'model', help: 'Model to start with.' },
  { key: 'sandbox', type: 'map', help: 'Barriers around commands: files, network.' },
  { key: 'cleanupPeriodDays', type: 'number', help: 'How long conversations are kept, in days.' },
];
