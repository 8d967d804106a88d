import picomatch from 'picomatch';
import { maybeStructuredCard, structuredCardType } from '../languages/card/structure.ts';
import { findHead } from '../languages/frontMatter.ts';
import { entries, readJson, valueAt } from '../languages/json.ts';
import { maybePromptTemplate, templateFormat } from '../languages/prompts/formats.ts';

/**
 * What a file is to a secure-AI review. A file has exactly one kind; rules name the kinds they look at.
 * `other` files are read by no rule.
 */
export const KINDS = [
  'model-card',
  'data-card',
  'prompt',
  'python',
  'notebook',
  'mcp',
  'assistant-settings',
  'script',
  'container',
  'workflow',
  'ai-config',
  'config',
  'evidence',
  'other',
] as const;
export type Kind = (typeof KINDS)[number];

/** Globs of a configuration that say what a file is, whatever its name and content; `other` takes it out. */
export type KindOverrides = Readonly<Partial<Record<Kind, readonly string[]>>>;

/**
 * Kinds that the path alone decides. The first match wins.
 * Prompt and agent files: documentation of VS Code, Claude Code, Cursor, Gemini CLI, Windsurf, Cline, Roo, Prompty,
 * Dotprompt, GitHub Models, Semantic Kernel, promptfoo, BAML, Codex, Kiro, OpenCode. `AGENTS.md` and `SKILL.md` count in exact case only; in lower case they are as
 * often pages about agents.
 */
const BY_PATH: readonly (readonly [Kind, RegExp])[] = [
  ['config', /(?:^|\/)\.guidelint\.ya?ml$/],
  ['evidence', /(?:^|\/)\.guidelint\/evidence\.ya?ml$/],
  ['python', /\.pyw?$/i],
  ['notebook', /\.ipynb$/i],
  ['prompt', /\.(?:prompt|instructions|agent|chatmode)\.md$/i],
  ['prompt', /\.(?:prompty|prompt|mdc)$/i],
  ['prompt', /\.prompt\.ya?ml$/i],
  ['prompt', /(?:^|\/)(?:SKILL|AGENTS|AGENTS\.override|CLAUDE|CLAUDE\.local|GEMINI|copilot-instructions)\.md$/],
  ['prompt', /^agents\.md$/],
  ['prompt', /(?:^|\/)\.(?:cursorrules|windsurfrules|clinerules|roorules)$/],
  ['prompt', /(?:^|\/)\.github\/(?:prompts|instructions|agents|chatmodes)\/(?:[^/]+\/)*(?!README)[^/]+\.md$/i],
  ['prompt', /(?:^|\/)\.claude\/(?:agents|commands|rules)\/(?:[^/]+\/)*(?!README)[^/]+\.md$/i],
  ['prompt', /(?:^|\/)\.(?:cursor|windsurf|roo)\/(?:rules|commands)[^/]*\/(?:[^/]+\/)*(?!README)[^/]+\.md$/i],
  ['prompt', /(?:^|\/)\.clinerules\/(?:[^/]+\/)*(?!README)[^/]+\.md$/i],
  ['prompt', /(?:^|\/)skprompt\.txt$|(?:^|\/)promptfooconfig\.(?:ya?ml|json)$|\.baml$/],
  ['prompt', /(?:^|\/)\.(?:gemini|qwen)\/commands\/(?:[^/]+\/)*[^/]+\.toml$/],
  [
    'prompt',
    /(?:^|\/)\.(?:codex\/prompts|windsurf\/workflows|kiro\/steering|opencode\/(?:agents?|commands?))\/[^/]+\.md$/,
  ],
  ['workflow', /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/],
  ['workflow', /(?:^|\/)\.gitlab-ci\.ya?ml$/],
  ['container', /(?:^|\/)(?:[\w.-]+[._-])?(?:Dockerfile|Containerfile)(?:[._-][\w.-]+)?$/i],
  ['container', /(?:^|\/)(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$/i],
  ['container', /(?:^|\/)\.?devcontainer\.json$/],
  ['script', /\.(?:sh|bash|mk|just|service)$/i],
  ['script', /(?:^|\/)package\.json$/],
  ['script', /(?:^|\/)(?:(?:GNU)?makefile|\.?justfile|\.envrc|\.env|\.env\.[\w.-]+)$/i],
  ['ai-config', /(?:^|\/)(?:(?:modular_)?model_index\.json|chat_template\.(?:json|jinja2?))$/],
  ['ai-config', /(?:^|\/)(?:tokenizer|processor|preprocessor|video_preprocessor|generation)_config\.json$/],
];

/** Files whose name is shared by many programs; the content decides whether they configure models or containers. */
const MAYBE_SETTINGS =
  /(?:^|\/)(?:config|modules|[\w-]*openapi|ai-plugin|swagger)\.json$|(?:^|\/)(?:helm|charts?|k8s|kube\w*|kubernetes|manifests?|deploy\w*|kustomize|templates|conf|confs|configs?|configuration|recipes?|experiments?|examples?|train\w*|fine_?tun\w*|eval\w*|sft|dpo|grpo|ppo|lora|qlora|axolotl|llama_?factory|vllm|hydra|models?|serve|serving|inference|llm|openapi|api)\/(?:[^/]+\/)*[^/]+\.ya?ml$|(?:^|\/)[\w.-]*(?:config|conf|values|deployment|service|train\w*|tun(?:e|ing)|eval\w*|sft|dpo|grpo|lora|model|llm|vllm|serve|serving|inference|axolotl|openapi|swagger|litellm|pod|job|agent|params|hparams)[\w.-]*\.ya?ml$/i;
/** Keys of Kubernetes. */
const IS_KUBERNETES = [/^apiVersion:[ \t]*\S/m, /^kind:[ \t]*\S/m];
/** What a rule about configurations of models and agents can speak of. */
const SPEAKS_OF_MODELS =
  /auto_map|\b(?:trust|allow)[-_]remote[-_]code|weights_only|_target_|class_path|!!?python\/|x-openai-isConsequential|"(?:architectures|model_type|chat_template|custom_pipelines)"|sentence_transformers/;

/**
 * Plain text that an application loads as a prompt, by what people call it. A `README.md` in a prompt folder is about the
 * prompts, and pages below a documentation folder are about prompting.
 */
const PROMPT_FOLDER = /(?:^|\/)(?:system[-_]?)?prompts?\/(?:[^/]+\/)*[^/]+\.(?:txt|md)$/i;
const PROMPT_NAME = /(?:^|\/)(?:(?:[^/]*[-_. ])?prompt\.txt|[^/]*system[-_. ]?prompt[^/]*\.(?:txt|md))$/i;
const NOT_A_PROMPT =
  /(?:^|\/)(?:docs?|documentation|website|site|blog|node_modules)\/|(?:^|\/)(?:README|INDEX|CHANGELOG|CONTRIBUTING|LICEN[CS]E|requirements)\b[^/]*$/i;

const MARKDOWN = /\.(?:md|markdown)$/i;
const CARD_ENDING = /\.(?:md|markdown|json|ya?ml|xml)$/i;

/** JSON that may configure MCP servers: by name, or beside others of its client. The content decides. */
const MAYBE_MCP =
  /(?:^|\/)(?:[^/]*mcp[^/]*\.jsonc?|(?:settings|settings\.local|plugin|claude_desktop_config|gemini-extension)\.json|[^/]+\.code-workspace)$/i;
/**
 * Settings of coding assistants that a project can carry; where they also hold MCP servers they count as that. Paths:
 * documentation of Claude Code, VS Code, Gemini CLI, Qwen Code, Codex, Cursor, OpenCode and Zed (2026).
 */
const ASSISTANT_SETTINGS =
  /(?:^|\/)(?:\.claude\/settings(?:\.local)?\.json|\.vscode\/(?:settings|tasks)\.json|[^/]+\.code-workspace|\.(?:gemini|qwen)\/settings\.json|\.codex\/config\.toml|\.cursor\/(?:cli|hooks|permissions)\.json|opencode\.jsonc?|\.zed\/settings\.json)$/;
/** Files that are MCP configurations whatever (little) they hold yet. */
const MCP_NAME =
  /(?:^|\/)\.?mcp\.json$|(?:^|\/)(?:claude_desktop_config|mcp-config|mcp_config|cline_mcp_settings|mcp_settings)\.json$/;

// The Hub's card metadata keys, strong ones found on cards only. Measured on 4,352 Markdown files of 38 repositories and
// 764 dataset cards; `license` alone is also in skills, `tags` and `title` in blogs, `datasets` in Spaces.
const MODEL_KEYS = words(
  'library_name pipeline_tag base_model base_model_relation model-index new_version co2_eq_emissions widget inference quantized_by model_name model_creator',
);
const DATA_KEYS = words(
  'task_categories task_ids size_categories annotations_creators language_creators source_datasets multilinguality dataset_info train-eval-index language_bcp47 license_details',
);
const WEAK_MODEL_KEYS = words(
  'license license_name license_link language tags datasets metrics thumbnail eval_results',
);
const WEAK_DATA_KEYS = words('pretty_name paperswithcode_id configs tags language license');
const SPACE_KEYS = words('sdk_version app_file app_port colorFrom colorTo emoji pinned');

const SEPARATOR = '[._ -]?';
const MODEL_STEM = new RegExp(`^(?:.*[._-])?(?:model|system)${SEPARATOR}card(?:[._-](?:vision|v?\\d[\\d.]*))?$`, 'i');
const DATA_STEM = new RegExp(
  `^(?:.*[._-])?(?:data${SEPARATOR}(?:set)?${SEPARATOR}card|data${SEPARATOR}statement)(?:[._-]v?\\d[\\d.]*)?$`,
  'i',
);
// A page about cards is none: "How to write a model card".
const ABOUT_CARDS =
  /^(?:how|what|why|when|writ|creat|fill|build|mak|read|about|guide|understand|introduc|example|template|the|an?)\b|^(?:writ|creat|fill|build|mak|read)ing\b/i;
const MODEL_TITLE = /^(?:model card(?: for .*|\s*[-:–—(].*)?|.* model card)$/i;
const DATA_TITLE =
  /^(?:(?:data|dataset) card(?: for .*|\s*[-:–—(].*)?|.* (?:data|dataset) card|datasheet(?: for .*)?)$/i;
const DATASHEET_HEADING =
  /^#{2,4}[ \t]+(?:\d[\d.]*[ \t]+)?(?:motivation|composition|collection process|preprocessing|distribution|maintenance|uses|dataset (?:summary|description|structure|curators)|data (?:fields|splits|instances|sources?)|annotations?|personal and sensitive information|licensing information)\b/gim;

/** Marks that a generator would replace. `${{ … }}` belongs to workflow files quoted in agent files. */
const UNRENDERED = /(?<!\$)\{\{[^\n]{0,300}\}\}|\{%[^\n]{0,300}%\}/;
const TEMPLATE_NAME = /[._-]template\.(?:md|markdown)$|(?:^|\/)templates?\/[^/]+$/i;

/** Whether changes to files of a kind are to be recorded in the files themselves. */
export function isRecorded(kind: Kind): boolean {
  return kind === 'prompt' || kind === 'ai-config';
}

/** How far a text is looked at, in UTF-16 code units. */
const HEAD = 200_000;
const HEADING_WINDOW = 8_000;

/**
 * What a file is, by user override, path, top-level keys, front matter, name and first heading, in that order. A file
 * name outside a card's (a project's README, say) is a card only by its front matter.
 *
 * @param path relative to the workspace folder, forward slashes.
 * @param overrides globs by kind from the configuration; they win over everything.
 * @param languageId the editor's language, for untitled documents and associations the path does not show.
 */
export function kindOf(path: string, text: string, overrides?: KindOverrides, languageId?: string): Kind {
  const override = overridden(path, overrides);
  if (override) return override;
  const byPath = kindOfPath(path);
  if (byPath) return byPath;
  if (languageId && !MARKDOWN.test(path) && !isJsonName(path)) {
    const byLanguage = kindOfLanguage(languageId, path, text);
    if (byLanguage) return byLanguage;
  }
  if (MARKDOWN.test(path)) return languageId && isPromptLanguage(languageId) ? 'prompt' : kindOfMarkdown(path, text);
  if (MAYBE_MCP.test(path) && isMcp(path, text)) return 'mcp';
  const card = structuredCardType(path, text);
  if (card) return card === 'data' ? 'data-card' : 'model-card';
  if (templateFormat(path, text)) return 'prompt';
  if (MAYBE_SETTINGS.test(path)) {
    if (/\.ya?ml$/i.test(path) && IS_KUBERNETES.every((key) => key.test(text.slice(0, HEAD)))) return 'container';
    if (SPEAKS_OF_MODELS.test(text.slice(0, HEAD))) return 'ai-config';
  }
  return ASSISTANT_SETTINGS.test(path) ? 'assistant-settings' : 'other';
}

/** Whether a file of this name can have a kind other than `other`; false means it need not be read. */
export function maybeRelevant(path: string, overrides?: KindOverrides): boolean {
  const override = overridden(path, overrides);
  if (override) return override !== 'other';
  if ([MARKDOWN, MAYBE_MCP, ASSISTANT_SETTINGS, MAYBE_SETTINGS].some((names) => names.test(path))) return true;
  return maybePromptTemplate(path) || maybeStructuredCard(path) || kindOfPath(path) !== undefined;
}

/** What a file that could not be read may have been, as far as its name tells. */
export function possibleKinds(path: string): readonly Kind[] {
  const known = kindOfPath(path);
  if (known) return [known];
  if (MARKDOWN.test(path)) return ['model-card', 'data-card', 'prompt'];
  if (maybeStructuredCard(path))
    return ['model-card', 'data-card', ...(MAYBE_SETTINGS.test(path) ? CONFIGURATIONS : [])];
  if (ASSISTANT_SETTINGS.test(path)) return ['assistant-settings', 'mcp'];
  if (MAYBE_SETTINGS.test(path)) return CONFIGURATIONS;
  return MAYBE_MCP.test(path) ? ['mcp'] : KINDS;
}

const CONFIGURATIONS: readonly Kind[] = ['ai-config', 'container'];

function kindOfPath(path: string): Kind | undefined {
  const row = BY_PATH.find(([, pattern]) => pattern.test(path));
  if (row) return row[0];
  return (PROMPT_FOLDER.test(path) || PROMPT_NAME.test(path)) && !NOT_A_PROMPT.test(path) ? 'prompt' : undefined;
}

/** Language ids of VS Code and its chat extension. */
function kindOfLanguage(languageId: string, path: string, text: string): Kind | undefined {
  if (isPromptLanguage(languageId)) return 'prompt';
  if (languageId === 'python') return 'python';
  if (languageId === 'shellscript') return 'script';
  if (languageId === 'dockerfile') return 'container';
  if (languageId === 'markdown') return kindOfMarkdown(path, text);
  if (languageId === 'json' || languageId === 'jsonc') return isMcp(path, text) ? 'mcp' : undefined;
  return undefined;
}

function isPromptLanguage(languageId: string): boolean {
  return ['prompt', 'instructions', 'chatagent', 'chatmode', 'skill'].includes(languageId);
}

function isJsonName(path: string): boolean {
  return /\.(?:jsonc?|code-workspace)$/i.test(path);
}

function kindOfMarkdown(path: string, text: string): Kind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const stem = name.replace(MARKDOWN, '');
  // By its lines, not by its YAML: a kind must not change while a value is being typed.
  const head = findHead(text);
  const source = head ? text.slice(head.content.start, head.content.end) : '';
  const title = firstHeading(text, head?.end ?? 0);
  if (TEMPLATE_NAME.test(path) || UNRENDERED.test(source) || UNRENDERED.test(title)) return 'other';
  if (/^[\w-]+:[ \t]*\{\w+\}[ \t]*$/m.test(source)) return 'other';

  const keys = head?.keys ?? [];
  const count = (known: ReadonlySet<string>) => keys.filter((key) => known.has(key)).length;
  if (keys.includes('sdk') || count(SPACE_KEYS) >= 3) return 'other';
  // `configs` was once a list of names, and `widget` is also a key of a website generator; on cards both hold mappings.
  const data = count(DATA_KEYS) + (/^configs:[^\n]*\n(?:[ \t]*\r?\n)*[ \t]*-[ \t]+config_name:/m.test(source) ? 1 : 0);
  const model = count(MODEL_KEYS) - (/^widget:[ \t]*[^\s#[]/m.test(source) ? 1 : 0);
  if (data > 0 && data >= model) return 'data-card';
  if (model > 0) return 'model-card';
  if (/^readme$/i.test(stem)) {
    const weak = weakKind(keys, text);
    if (weak) return weak;
  }
  if (MODEL_STEM.test(stem)) return 'model-card';
  if (DATA_STEM.test(stem)) return 'data-card';
  if (/^datasheet$/i.test(stem)) return isDatasheet(text) ? 'data-card' : 'other';
  if (ABOUT_CARDS.test(title)) return 'other';
  if (MODEL_TITLE.test(title)) return 'model-card';
  if (DATA_TITLE.test(title)) return 'data-card';
  return 'other';
}

/** True when the file is named as a card, so that what a card lacks can be held against it. */
export function isNamedCard(path: string): boolean {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(CARD_ENDING, '');
  return MODEL_STEM.test(stem) || DATA_STEM.test(stem) || /^datasheet$/i.test(stem);
}

/** A README whose front matter has only keys that cards share with other documents. */
function weakKind(keys: readonly string[], text: string): Kind | undefined {
  const isWeak = (key: string) => WEAK_MODEL_KEYS.has(key) || WEAK_DATA_KEYS.has(key) || key.startsWith('extra_gated_');
  if (keys.filter(isWeak).length < 2) return undefined;
  if (!keys.every((key) => isWeak(key) || key === 'title' || key === 'version')) return undefined;
  const data = keys.includes('pretty_name') || keys.includes('configs') || isDatasheet(text);
  return data ? 'data-card' : 'model-card';
}

/** Electronics have data sheets too: two headings of a dataset's are asked for. */
function isDatasheet(text: string): boolean {
  const headings = text.slice(0, HEAD).matchAll(DATASHEET_HEADING);
  return new Set([...headings].map((match) => match[0].toLowerCase())).size >= 2;
}

/** Text of the first level-1 heading near the top, outside code; empty when there is none. */
function firstHeading(text: string, from: number): string {
  const window = text
    .slice(from, from + HEADING_WINDOW)
    .replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm, '');
  const heading = /^ {0,3}#[ \t]+([^\n]{1,300})|^([^\s#>|-][^\n]{0,300})\r?\n={3,}[ \t]*\r?$/m.exec(window);
  return (heading?.[1] ?? heading?.[2] ?? '').replace(/[*_`]|[ \t#]+$/g, '').trim();
}

/** Whether the top-level keys are those of an MCP client's configuration. API descriptions also have `servers`. */
function isMcp(path: string, text: string): boolean {
  if (MCP_NAME.test(path)) return true;
  if (!/"(?:mcpServers|servers|mcp\.servers)"/.test(text) || text.length > HEAD) return false;
  const { root } = readJson(text);
  if (['openapi', 'asyncapi', 'swagger'].some((key) => valueAt(root, key))) return false;
  if ([valueAt(root, 'mcpServers'), valueAt(root, 'mcp.servers')].some((node) => node?.type === 'object')) return true;
  const servers = valueAt(root, 'mcp', 'servers') ?? valueAt(root, 'servers');
  return entries(servers).some(({ value }) => {
    const type = valueAt(value, 'type')?.value;
    return valueAt(value, 'command') || valueAt(value, 'url') || ['stdio', 'http', 'sse'].includes(type);
  });
}

const compiled = new WeakMap<KindOverrides, readonly (readonly [Kind, (path: string) => boolean])[]>();

function overridden(path: string, overrides: KindOverrides | undefined): Kind | undefined {
  if (!overrides) return undefined;
  let matchers = compiled.get(overrides);
  if (!matchers) {
    matchers = KINDS.flatMap((kind) => {
      const globs = overrides[kind];
      return globs?.length ? [[kind, picomatch([...globs], { dot: true })] as const] : [];
    });
    compiled.set(overrides, matchers);
  }
  return matchers.find(([, matches]) => matches(path))?.[0];
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
