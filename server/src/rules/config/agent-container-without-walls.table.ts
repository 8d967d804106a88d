/** Products in which a model acts, as services and images are called after them. JupyterHub starts notebooks and is none itself. */
export const PRODUCTS =
  /(?:^|[/_.-])(?:openhands|opendevin|autogpt|auto-gpt|superagi|devika|agentgpt|agent-zero|open-interpreter|claude-code|codex|opencode|gemini-cli|aider|goose|letta|swe-agent|crewai|langflow|flowise|open-webui|jupyter(?!hub)\w*|docker-mcp|mcp)(?:$|[/:@_.-])/i;

/**
 * Variables that only a program needs that talks to a model or is such a product. Sources: the documentation of the
 * providers' libraries, of OpenHands, Claude Code, Letta, Langflow and Flowise.
 */
export const VARIABLES: readonly RegExp[] = [
  /^(?:OPENAI|ANTHROPIC|GEMINI|GOOGLE|MISTRAL|GROQ|DEEPSEEK|OPENROUTER|TOGETHER|COHERE|AZURE_OPENAI|XAI|CLAUDE_CODE|LLM)_(?:API_KEY|OAUTH_TOKEN)$/,
  /^(?:OPENAI|ANTHROPIC|GEMINI|LLM)_(?:AUTH_TOKEN|BASE_URL|API_BASE|API_KEY_FILE|MODEL|MODEL_NAME)$/,
  /^(?:CLAUDE_CODE|OPENHANDS|LETTA|LANGFLOW|FLOWISE|OPENCODE|AIDER)_[A-Z]\w{1,60}$/,
  /^SANDBOX_RUNTIME_CONTAINER_IMAGE$/,
];

/** Programs of these products, as `namesOf` gives them. */
export const PROGRAMS: ReadonlySet<string> = new Set(
  'claude,codex,gemini,aider,opencode,openhands,interpreter,sweagent,letta server,langflow run,flowise start,open-webui serve,goose run,goose session,goose web,jupyter lab,jupyter notebook,jupyter server,jupyter-lab,jupyter-notebook,python -m interpreter,python -m autogpt,python -m openhands,python -m aider,python -m langflow,python -m jupyterlab,python -m notebook'.split(
    ',',
  ),
);

/** Packages on npm and PyPI that are such products, or servers of the Model Context Protocol, through which one acts. */
export const PACKAGES =
  /^(?:@anthropic-ai\/claude-code|@openai\/codex|@google\/gemini-cli|opencode-ai|aider-chat|openhands(?:-ai)?|open-interpreter|letta|langflow|flowise|@modelcontextprotocol\/server-[\w-]+|mcp-server-[\w-]+|[\w@/-]+-mcp(?:-server)?)$/;

/** The same where they are installed into an image that a compose file describes itself. */
export const INSTALLED =
  /(?<![\w-])(?:@anthropic-ai\/claude-code|@openai\/codex|@google\/gemini-cli|opencode-ai|aider-chat|openhands-ai|open-interpreter)(?![\w-])/;

/** Folders in which coding assistants keep their settings and logins. */
export const STATE =
  /(?:^|[/~}])\.(?:(?:claude|codex|gemini|openhands|letta|opencode)(?:$|[/:]|\.json)|(?:config|local\/share)\/(?:opencode|goose)(?:$|[/:]))/;
