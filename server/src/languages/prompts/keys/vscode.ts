// Facts: VS Code's documentation on prompt files, custom instructions and custom agents, its release notes from 1.106 to
// 1.110, and the headers that VS Code 1.139 itself reads; GitHub's reference for custom agents.
import { type KeyHelp, YES_NO } from '../../keys.ts';
import { COPILOT_TOOLS } from './tools.ts';

const MODEL =
  'A name from the model picker such as `GPT-5.2 (copilot)`. Where it is left out, whatever the user has chosen answers';

const NAME: KeyHelp = {
  key: 'name',
  help: 'Name people see; the file name where it is left out.',
  since: 'VS Code 1.106',
  native: true,
};

const ARGUMENT_HINT: KeyHelp = {
  key: 'argument-hint',
  help: 'Shown in the chat box: what to type behind the name.',
  since: 'VS Code 1.106',
  native: true,
};

export const PROMPT_KEYS: readonly KeyHelp[] = [
  {
    key: 'description',
    help: 'What the prompt is for, in one sentence. Reviewers and the slash menu go by it.',
    native: true,
  },
  NAME,
  ARGUMENT_HINT,
  {
    key: 'agent',
    help: 'What runs the prompt. `ask` only answers, `edit` changes files, `agent` also runs tools; or a custom agent.',
    values: [
      { value: 'ask', help: 'answers, changes nothing' },
      { value: 'edit', help: 'changes files that are open to it' },
      { value: 'agent', help: 'uses tools' },
    ],
    since: 'VS Code 1.106',
    was: 'mode',
    native: true,
  },
  { key: 'model', type: ['string', 'list'], help: `${MODEL}.`, native: true },
  {
    key: 'tools',
    type: ['list', 'string'],
    help: 'The tools the prompt may use; it wins over the list of the agent. Name the few it needs: without a list the agent has its own.',
    values: COPILOT_TOOLS,
    native: true,
  },
  {
    key: 'mode',
    help: 'The former name of `agent`.',
    old: 'renamed to `agent` in VS Code 1.106; the old name is still read.',
  },
];

export const INSTRUCTIONS_KEYS: readonly KeyHelp[] = [
  {
    key: 'applyTo',
    type: ['string', 'list'],
    help: 'Globs of the files the instructions apply to, with commas between them. `**` puts them into every request, also of agents that run commands.',
    native: true,
  },
  { key: 'description', help: 'What the instructions are about; the model sees it too.', native: true },
  NAME,
  {
    key: 'excludeAgent',
    type: ['string', 'list'],
    help: 'Agents of GitHub that do not read the file.',
    values: [
      { value: 'code-review', help: 'GitHub reviews without it' },
      { value: 'coding-agent', help: 'the cloud agent works without it' },
    ],
  },
];

export const AGENT_KEYS: readonly KeyHelp[] = [
  {
    key: 'description',
    help: 'What the agent is for and when to use it. Required on GitHub; other agents choose by it.',
    native: true,
  },
  NAME,
  {
    key: 'tools',
    type: ['list', 'string'],
    help: 'The tools the agent has. Left out it has **all** of them, terminal included; `[]` gives it none. `server/*` stands for all tools of an MCP server.',
    values: COPILOT_TOOLS,
    native: true,
  },
  { key: 'model', type: ['string', 'list'], help: `${MODEL}; of a list the first that is available.`, native: true },
  {
    key: 'agents',
    type: ['list', 'string'],
    help: 'Agents it may start as subagents: names, `*` for all, `[]` for none. They bring their own tools.',
    since: 'VS Code 1.109',
    native: true,
  },
  {
    key: 'target',
    help: 'Where the file counts; both where it is left out.',
    values: [
      { value: 'vscode', help: 'only in the editor' },
      { value: 'github-copilot', help: 'only on GitHub' },
    ],
    closed: true,
    native: true,
  },
  ARGUMENT_HINT,
  {
    key: 'user-invocable',
    type: 'boolean',
    help: 'Whether people can choose the agent; `false` leaves it to other agents.',
    values: YES_NO,
    since: 'VS Code 1.110',
    was: 'user-invokable',
    native: true,
  },
  {
    key: 'disable-model-invocation',
    type: 'boolean',
    help: '`true` keeps other agents from starting this one by themselves.',
    values: YES_NO,
    since: 'VS Code 1.109',
    native: true,
  },
  {
    key: 'handoffs',
    type: 'list',
    help: 'Buttons that pass the conversation on to another agent.',
    since: 'VS Code 1.106',
    native: true,
    keys: [
      { key: 'label', required: true, help: 'Text of the button.' },
      { key: 'agent', required: true, help: 'The agent that takes over, with its own tools.' },
      { key: 'prompt', help: 'What it is told.' },
      {
        key: 'send',
        type: 'boolean',
        help: '`true` sends the prompt without another look at it: no person stands between the two agents then.',
        values: YES_NO,
      },
      { key: 'model', help: `${MODEL}.` },
    ],
  },
  {
    key: 'mcp-servers',
    type: 'map',
    help: 'MCP servers that GitHub starts for the agent, by name. Pin what is downloaded, and name the tools: `["*"]` allows also those of tomorrow.',
  },
  {
    key: 'hooks',
    type: 'map',
    help: 'Commands that run on events of this agent. They run without asking, so they belong under review like code.',
    native: true,
  },
  {
    key: 'infer',
    type: 'boolean',
    help: 'Whether other agents may start this one.',
    values: YES_NO,
    old: 'replaced by `user-invocable` and `disable-model-invocation` in VS Code 1.109.',
  },
  {
    key: 'user-invokable',
    type: 'boolean',
    help: 'The spelling of VS Code 1.109.',
    values: YES_NO,
    old: 'spelled `user-invocable` since VS Code 1.110; the old spelling is ignored.',
  },
];
