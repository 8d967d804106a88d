import type { KeyHelp } from '../../keys.ts';
import type { PromptFormat } from '../formats.ts';
import { CLAUDE_AGENT_KEYS, CLAUDE_COMMAND_KEYS, CLAUDE_RULE_KEYS } from './claude.ts';
import { COMMAND_TOML_KEYS, OPENCODE_AGENT_KEYS, OPENCODE_COMMAND_KEYS } from './commands.ts';
import { DOTPROMPT_KEYS } from './dotprompt.ts';
import { GITHUB_MODELS_KEYS } from './githubModels.ts';
import { PROMPTY_KEYS } from './prompty.ts';
import { CLINE_KEYS, CURSOR_KEYS, KIRO_KEYS, WINDSURF_KEYS } from './rules.ts';
import { SKILL_KEYS } from './skill.ts';
import { LANGCHAIN_KEYS, PROMPTFOO_KEYS, SEMANTIC_KERNEL_KEYS } from './templates.ts';
import { AGENT_KEYS, INSTRUCTIONS_KEYS, PROMPT_KEYS } from './vscode.ts';

/** Folders whose product reads the file in its own way, whatever its format is called. First match wins. */
const BY_FOLDER: readonly (readonly [RegExp, readonly KeyHelp[]])[] = [
  [/(?:^|\/)\.claude\/agents\//i, CLAUDE_AGENT_KEYS],
  [/(?:^|\/)\.claude\/rules\//i, CLAUDE_RULE_KEYS],
  [/(?:^|\/)\.opencode\/agents?\//i, OPENCODE_AGENT_KEYS],
  [/(?:^|\/)\.opencode\/commands?\//i, OPENCODE_COMMAND_KEYS],
  [/(?:^|\/)\.windsurf\/rules\//i, WINDSURF_KEYS],
  [/(?:^|\/)\.clinerules\//i, CLINE_KEYS],
  [/(?:^|\/)\.kiro\/steering\//i, KIRO_KEYS],
];

const BY_FORMAT: Partial<Record<PromptFormat, readonly KeyHelp[]>> = {
  'vscode-prompt': PROMPT_KEYS,
  instructions: INSTRUCTIONS_KEYS,
  agent: AGENT_KEYS,
  skill: SKILL_KEYS,
  'claude-command': CLAUDE_COMMAND_KEYS,
  'cursor-rule': CURSOR_KEYS,
  prompty: PROMPTY_KEYS,
  dotprompt: DOTPROMPT_KEYS,
  'prompt-yaml': GITHUB_MODELS_KEYS,
  'semantic-kernel': SEMANTIC_KERNEL_KEYS,
  langchain: LANGCHAIN_KEYS,
  promptfoo: PROMPTFOO_KEYS,
  'command-toml': COMMAND_TOML_KEYS,
};

/** Files that are read whole, so that keys in front of them mean nothing. */
const NO_HEAD = /(?:^|\/)(?:copilot-instructions|AGENTS|CLAUDE|GEMINI)[^/]*\.md$|(?:^|\/)\.\w+rules$/;

/** The keys that a prompt file of this path and format may have; empty where none are read. */
export function promptKeys(path: string, format: PromptFormat): readonly KeyHelp[] {
  if (NO_HEAD.test(path)) return [];
  return BY_FOLDER.find(([folder]) => folder.test(path))?.[1] ?? BY_FORMAT[format] ?? [];
}
