/** Which product reads the file; it decides what a key means and where roles begin. */
export type PromptFormat =
  | 'vscode-prompt'
  | 'instructions'
  | 'agent'
  | 'skill'
  | 'claude-command'
  | 'cursor-rule'
  | 'prompty'
  | 'dotprompt'
  | 'prompt-yaml'
  | 'skprompt'
  | 'semantic-kernel'
  | 'langchain'
  | 'promptfoo'
  | 'baml'
  | 'command-toml'
  | 'memory'
  | 'plain';

// By path, the products' documentation (2026). First match wins.
const BY_PATH: readonly (readonly [RegExp, PromptFormat])[] = [
  [/\.prompt\.md$/i, 'vscode-prompt'],
  [/\.(?:agent|chatmode)\.md$|(?:^|\/)\.(?:github|claude)\/agents\//i, 'agent'],
  [/\.instructions\.md$|(?:^|\/)copilot-instructions\.md$/i, 'instructions'],
  [/(?:^|\/)SKILL\.md$/, 'skill'],
  [/(?:^|\/)\.(?:gemini|qwen)\/commands\/(?:[^/]+\/)*[^/]+\.toml$/i, 'command-toml'],
  [/(?:^|\/)\.claude\/commands\/|(?:^|\/)commands\/[^/]+\.md$/i, 'claude-command'],
  [/(?:^|\/)agents\/[^/]+\.md$/i, 'agent'],
  [/\.mdc$|(?:^|\/)\.(?:cursorrules|windsurfrules|clinerules)(?:$|\/)/i, 'cursor-rule'],
  [/\.prompty$/i, 'prompty'],
  [/\.prompt$/i, 'dotprompt'],
  [/\.prompt\.ya?ml$/i, 'prompt-yaml'],
  [/(?:^|\/)skprompt\.txt$/, 'skprompt'],
  [/(?:^|\/)promptfooconfig\.(?:ya?ml|json)$/, 'promptfoo'],
  [/\.baml$/i, 'baml'],
  [/(?:^|\/)(?:AGENTS|CLAUDE|GEMINI)(?:\.[a-z]+)?\.md$/i, 'memory'],
];

/** Data files that may hold a prompt template: by name; their keys decide. */
const MAYBE_TEMPLATE = /(?:^|\/)(?:prompts?\/(?:[^/]+\/)*[^/]+|[^/]*prompt[^/]*|config)\.(?:json|ya?ml)$/i;
/** Longer texts are data sets of prompts. */
const LONGEST = 400_000;

/** Whether a data file of this name has to be read to know if it is a prompt. */
export function maybePromptTemplate(path: string): boolean {
  return MAYBE_TEMPLATE.test(path);
}

/** The format of a prompt file; `plain` where nothing says more. */
export function promptFormat(path: string, text: string): PromptFormat {
  return BY_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? templateFormat(path, text) ?? 'plain';
}

/**
 * Semantic Kernel and LangChain keep prompts in JSON and YAML under any name. Keys that only they have, measured on the
 * LangChain hub: `_type` is in none of its 20 prompt files, `template` with `input_variables` in all.
 */
export function templateFormat(path: string, text: string): 'semantic-kernel' | 'langchain' | undefined {
  if (!MAYBE_TEMPLATE.test(path) || text.length > LONGEST) return undefined;
  const json = /\.json$/i.test(path);
  const has = (key: string, value = '') =>
    json
      ? new RegExp(`^\\s{0,8}\\{?\\s{0,8}"${key}"\\s{0,8}:\\s{0,8}${value && `"(?:${value})"`}`, 'm').test(text)
      : new RegExp(`^${key}:${value && `[ \\t]{1,8}["']?(?:${value})["']?[ \\t]*\\r?$`}`, 'm').test(text);
  const template = has('template') || has('template_path');
  if (has('template_format', 'semantic-kernel|handlebars|liquid') && template) return 'semantic-kernel';
  if (has('execution_settings') && (template || has('input_variables') || has('schema'))) return 'semantic-kernel';
  if (/(?:^|\/)config\.json$/i.test(path)) return undefined;
  if (has('_type', 'prompt|few_shot|chat')) return 'langchain';
  if (template && has('input_variables')) return 'langchain';
  return undefined;
}
