// Facts: documentation of Claude Code on subagents, slash commands, skills and memory (2026), and what VS Code 1.139 reads
// of these files.
import { type KeyHelp, YES_NO } from '../../keys.ts';
import { CLAUDE_TOOLS } from './tools.ts';

const MODEL: KeyHelp = {
  key: 'model',
  help: 'An alias, which moves on to each new version, or the full id of one model. `inherit` takes that of the session.',
  values: [
    { value: 'inherit', help: 'that of the session' },
    { value: 'haiku' },
    { value: 'sonnet' },
    { value: 'opus' },
  ],
  native: true,
};

export const CLAUDE_AGENT_KEYS: readonly KeyHelp[] = [
  { key: 'name', required: true, help: 'Name of the subagent: lower case and hyphens.', native: true },
  {
    key: 'description',
    required: true,
    help: 'When to hand work to this subagent; the main agent goes by it.',
    native: true,
  },
  {
    key: 'tools',
    type: ['string', 'list'],
    help: 'The tools it has, with commas between them. Left out it has **all**, those of MCP servers included.',
    values: CLAUDE_TOOLS,
    native: true,
  },
  {
    key: 'disallowedTools',
    type: ['string', 'list'],
    help: 'Tools taken away from what it would have. A list of what it needs (`tools`) says more.',
    values: CLAUDE_TOOLS,
    native: true,
  },
  MODEL,
  {
    key: 'permissionMode',
    help: 'When it asks before it acts.',
    values: [
      { value: 'default', help: 'asks the first time for each tool' },
      { value: 'plan', help: 'reads, and changes nothing' },
      { value: 'acceptEdits', help: 'changes files without asking' },
      { value: 'dontAsk', help: 'refuses what no rule allows' },
      { value: 'auto', help: 'lets a classifier decide what needs asking' },
      { value: 'bypassPermissions', help: 'never asks: only in a sandbox' },
    ],
    native: true,
  },
  { key: 'maxTurns', type: 'number', help: 'How many steps it may take before it has to stop.' },
  { key: 'skills', type: 'list', help: 'Skills whose whole text it starts with.', native: true },
  {
    key: 'mcpServers',
    type: ['list', 'map'],
    help: 'MCP servers it may use, by name or configured here.',
    native: true,
  },
  { key: 'hooks', type: 'map', help: 'Commands that run on its events, without asking.', native: true },
  {
    key: 'memory',
    help: 'What it remembers from one session to the next. Text that a stranger got into it stays in it.',
    values: [
      { value: 'user', help: 'for all projects' },
      { value: 'project', help: 'shared through version control' },
      { value: 'local', help: 'this project, not shared' },
    ],
    closed: true,
    native: true,
  },
  { key: 'background', type: 'boolean', help: 'Runs beside the session.', values: YES_NO },
  {
    key: 'isolation',
    help: 'Gives it a copy of the repository, which keeps unfinished changes out of yours.',
    values: [{ value: 'worktree', help: 'a git worktree of its own' }],
  },
  { key: 'color', help: 'Its colour in the terminal.' },
];

export const CLAUDE_COMMAND_KEYS: readonly KeyHelp[] = [
  { key: 'description', help: 'What the command does; shown in the menu.' },
  { key: 'argument-hint', help: 'What to type behind the command, such as `[issue-number]`.' },
  {
    key: 'allowed-tools',
    type: ['string', 'list'],
    help: 'Tools that run **without asking** while the command runs; it forbids no other. Give `Bash` a pattern, such as `Bash(git status:*)`.',
    values: CLAUDE_TOOLS,
  },
  { key: MODEL.key, help: MODEL.help, values: MODEL.values ?? [] },
  {
    key: 'disable-model-invocation',
    type: 'boolean',
    help: '`true` leaves it to people to run the command: right for all that deploys, sends or deletes.',
    values: YES_NO,
  },
];

export const CLAUDE_RULE_KEYS: readonly KeyHelp[] = [
  {
    key: 'paths',
    type: 'list',
    help: 'Globs of the files the rule is for; all files where it is left out.',
    native: true,
  },
  { key: 'description', help: 'What the rule is about.', native: true },
];
