import type { Severity } from '../../engine/finding.ts';

/** Lists of what an assistant may do without asking, and which entries of them leave nothing to ask. */
export interface ApprovalList {
  readonly assistant: string;
  readonly files: RegExp;
  /** Path of the entries. */
  readonly path: readonly string[];
  /** `item`: entries are texts of a list; `key`: keys that are true, or hold an object whose `approve` is. */
  readonly entry: 'item' | 'key';
  /** An entry that allows any command, any file or any address. */
  readonly any: RegExp;
  /** What such an entry allows. */
  readonly what: string;
  /** Where it is less than acting: reading shows the model more than a project, and lets it send what it knows. */
  readonly severity?: Severity;
}

// Interpreters and runners start whatever they are given.
const RUNNERS =
  'bash|sh|zsh|fish|pwsh|powershell|cmd|python3?|node|deno|bun|perl|ruby|npx|bunx|uvx|npm|eval|sudo|xargs|env|docker|podman';
/** Programs that send and fetch whatever they are told. */
const SENDERS = 'curl|wget|ssh|scp|nc|ncat|rsync';

const CLAUDE = /(?:^|\/)\.claude\/settings(?:\.local)?\.json$/;
const VSCODE = /(?:^|\/)\.vscode\/settings\.json$|\.code-workspace$/;

/** Syntax of the entries: the products' settings references (2026). */
export const APPROVALS: readonly ApprovalList[] = [
  {
    assistant: 'Claude Code',
    files: CLAUDE,
    path: ['permissions', 'allow', '*'],
    entry: 'item',
    any: new RegExp(
      `^(?:\\*|Bash|Bash\\(:?[* ]*\\)|Bash\\((?:${RUNNERS})(?: -[ce])?(?: \\*|:\\*)\\)|PowerShell(?:\\(\\*\\))?)$`,
    ),
    what: 'any command',
  },
  {
    assistant: 'Claude Code',
    files: CLAUDE,
    path: ['permissions', 'allow', '*'],
    entry: 'item',
    any: /^(?:Write|Edit|MultiEdit)(?:\((?:\/\/\*\*|\/\*\*|~\/\*\*|\*\*|\*\*\/\*|\*)\))?$/,
    what: 'any file',
  },
  {
    assistant: 'Claude Code',
    files: CLAUDE,
    path: ['permissions', 'allow', '*'],
    entry: 'item',
    any: /^Read\((?:\/\/\*\*|\/\*\*|~\/\*\*|\*\*|\*\*\/\*|\*)\)$/,
    what: 'any file',
    severity: 'info',
  },
  {
    assistant: 'Claude Code',
    files: CLAUDE,
    path: ['permissions', 'allow', '*'],
    entry: 'item',
    any: new RegExp(`^Bash\\((?:${SENDERS})(?: \\*|:\\*)\\)$`),
    what: 'any address',
  },
  {
    assistant: 'Claude Code',
    files: CLAUDE,
    path: ['permissions', 'allow', '*'],
    entry: 'item',
    any: /^WebFetch(?:\((?:domain:)?\*\))?$/,
    what: 'any address',
    severity: 'info',
  },
  {
    assistant: 'Claude Code',
    files: CLAUDE,
    path: ['permissions', 'allow', '*'],
    entry: 'item',
    any: /^mcp__\*?$/,
    what: 'every tool of every MCP server',
  },
  {
    assistant: 'Claude Code',
    files: CLAUDE,
    path: ['permissions', 'additionalDirectories', '*'],
    entry: 'item',
    any: /^(?:\/|~\/?|[A-Za-z]:[\\/]?)$/,
    what: 'any file',
  },
  {
    assistant: 'VS Code',
    files: VSCODE,
    path: ['chat.tools.terminal.autoApprove', '*'],
    entry: 'key',
    any: new RegExp(`^(?:\\/(?:\\^?\\.[*+]?\\$?|\\^)\\/[a-z]*|\\*|${RUNNERS})$`),
    what: 'any command',
  },
  {
    assistant: 'VS Code',
    files: VSCODE,
    path: ['chat.tools.terminal.autoApprove', '*'],
    entry: 'key',
    any: new RegExp(`^(?:${SENDERS})$`),
    what: 'any address',
  },
  {
    assistant: 'VS Code',
    files: VSCODE,
    path: ['chat.tools.edits.autoApprove', '*'],
    entry: 'key',
    any: /^(?:\*\*(?:\/\*)?|\*\*\/\.(?:vscode|github|git)\/\*\*|\.(?:vscode|github|git)\/\*\*|\*\*\/\*?mcp\.json)$/,
    what: 'files that decide what runs',
  },
  {
    assistant: 'VS Code',
    files: VSCODE,
    path: ['chat.tools.urls.autoApprove', '*'],
    entry: 'key',
    any: /^(?:\*|https?:\/\/\*)$/,
    what: 'any address',
  },
  {
    assistant: 'Gemini CLI',
    files: /(?:^|\/)\.(?:gemini|qwen)\/settings\.json$/,
    path: ['tools', 'allowed', '*'],
    entry: 'item',
    any: /^(?:run_shell_command|ShellTool|\*)$/,
    what: 'any command',
  },
  {
    assistant: 'Cursor',
    files: /(?:^|\/)\.cursor\/(?:cli|permissions)\.json$/,
    path: ['permissions', 'allow', '*'],
    entry: 'item',
    any: new RegExp(`^(?:\\*|Shell\\((?:\\*{1,2}|${RUNNERS})\\))$`),
    what: 'any command',
  },
];
