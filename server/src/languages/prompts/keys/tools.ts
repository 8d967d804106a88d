import type { ValueHelp } from '../../keys.ts';

/** Tool sets of Copilot in VS Code and on GitHub, least powerful first. */
export const COPILOT_TOOLS: readonly ValueHelp[] = [
  { value: 'read', help: 'reads files' },
  { value: 'search', help: 'searches the workspace' },
  { value: 'todo', help: 'keeps a list of tasks' },
  { value: 'web', help: 'fetches pages: text of strangers comes in, and data can go out' },
  { value: 'edit', help: 'changes files' },
  { value: 'agent', help: 'starts other agents' },
  { value: 'execute', help: 'runs commands in the terminal' },
];

/** Tools of Claude Code, least powerful first. */
export const CLAUDE_TOOLS: readonly ValueHelp[] = [
  { value: 'Read', help: 'reads files' },
  { value: 'Grep', help: 'searches text' },
  { value: 'Glob', help: 'finds files' },
  { value: 'AskUserQuestion', help: 'asks the person' },
  { value: 'TodoWrite', help: 'keeps a list of tasks' },
  { value: 'WebSearch', help: 'searches the web' },
  { value: 'WebFetch', help: 'fetches pages: text of strangers comes in, and data can go out' },
  { value: 'Skill', help: 'runs skills' },
  { value: 'Edit', help: 'changes files' },
  { value: 'Write', help: 'writes files' },
  { value: 'NotebookEdit', help: 'changes notebooks' },
  { value: 'Task', help: 'starts subagents' },
  { value: 'Bash', help: 'runs any command; `Bash(git diff:*)` only such ones' },
];
