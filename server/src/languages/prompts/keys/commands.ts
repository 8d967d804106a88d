// Facts: documentation of Gemini CLI, Qwen Code and OpenCode (2026).
import { type KeyHelp, YES_NO } from '../../keys.ts';

/** Commands of Gemini CLI and Qwen Code, in TOML. */
export const COMMAND_TOML_KEYS: readonly KeyHelp[] = [
  { key: 'description', help: 'What the command does; shown in the menu.' },
  {
    key: 'prompt',
    required: true,
    help: 'The prompt. `{{args}}` is what the person typed, `!{…}` runs a shell command, `@{…}` inserts a file.',
  },
];

export const OPENCODE_AGENT_KEYS: readonly KeyHelp[] = [
  { key: 'description', required: true, help: 'When to use the agent.' },
  { key: 'mode', help: 'How it is started.', values: [{ value: 'primary' }, { value: 'subagent' }, { value: 'all' }] },
  { key: 'model', help: 'Provider and model.' },
  { key: 'temperature', type: 'number', help: 'How freely it chooses words.' },
  {
    key: 'permission',
    type: ['map', 'string'],
    help: 'Per tool `allow`, `ask` or `deny`: deny what it does not need.',
  },
  { key: 'tools', type: 'map', help: 'Tools by name, on or off.', old: 'replaced by `permission`.' },
  { key: 'disable', type: 'boolean', help: 'Takes the agent out.', values: YES_NO },
];

export const OPENCODE_COMMAND_KEYS: readonly KeyHelp[] = [
  { key: 'description', help: 'What the command does; shown in the menu.' },
  { key: 'agent', help: 'The agent that runs it, with that agent’s permissions.' },
  { key: 'model', help: 'Provider and model.' },
  { key: 'subtask', type: 'boolean', help: 'Runs it in a subagent.', values: YES_NO },
];
