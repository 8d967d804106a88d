/** A kind of credential that its issuer marks with a prefix, so that it is recognised without knowing the context. */
interface Provider {
  readonly name: string;
  /** What the credential begins with; only where one of them stands is the pattern tried. */
  readonly prefixes: readonly string[];
  /** The whole credential, sticky. */
  readonly pattern: RegExp;
  /** Environment variable the provider's own tools read. */
  readonly variable: string;
}

// Shapes as the providers document them or as their current credentials look (2026).
const PROVIDERS: readonly Provider[] = [
  {
    name: 'Anthropic API key',
    prefixes: ['sk-ant-'],
    pattern: /sk-ant-[a-z]{3,5}[0-9]{2}-[A-Za-z0-9_-]{40,}/y,
    variable: 'ANTHROPIC_API_KEY',
  },
  {
    name: 'OpenRouter API key',
    prefixes: ['sk-or-v1-'],
    pattern: /sk-or-v1-[0-9a-f]{64}/y,
    variable: 'OPENROUTER_API_KEY',
  },
  {
    name: 'OpenAI API key',
    prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    pattern: /sk-[a-z]+-[A-Za-z0-9_-]{40,}/y,
    variable: 'OPENAI_API_KEY',
  },
  { name: 'OpenAI API key', prefixes: ['sk-'], pattern: /sk-[A-Za-z0-9]{48}/y, variable: 'OPENAI_API_KEY' },
  { name: 'Hugging Face token', prefixes: ['hf_'], pattern: /hf_[A-Za-z0-9]{34,40}/y, variable: 'HF_TOKEN' },
  {
    name: 'GitHub token',
    prefixes: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /gh[pousr]_[A-Za-z0-9]{36,}/y,
    variable: 'GITHUB_TOKEN',
  },
  {
    name: 'GitHub token',
    prefixes: ['github_pat_'],
    pattern: /github_pat_[A-Za-z0-9_]{60,}/y,
    variable: 'GITHUB_TOKEN',
  },
  { name: 'GitLab token', prefixes: ['glpat-'], pattern: /glpat-[A-Za-z0-9_-]{20,}/y, variable: 'GITLAB_TOKEN' },
  { name: 'Google API key', prefixes: ['AIza'], pattern: /AIza[A-Za-z0-9_-]{35}/y, variable: 'GOOGLE_API_KEY' },
  {
    name: 'AWS access key',
    prefixes: ['AKIA', 'ASIA'],
    pattern: /A[KS]IA[A-Z0-9]{16}/y,
    variable: 'AWS_ACCESS_KEY_ID',
  },
  {
    name: 'Slack token',
    prefixes: ['xoxa-', 'xoxb-', 'xoxp-', 'xoxr-', 'xoxs-'],
    pattern: /xox[abprs]-[0-9]{6,}-[A-Za-z0-9-]{16,}/y,
    variable: 'SLACK_BOT_TOKEN',
  },
  { name: 'Stripe key', prefixes: ['sk_live_'], pattern: /sk_live_[A-Za-z0-9]{24,}/y, variable: 'STRIPE_API_KEY' },
  { name: 'Replicate token', prefixes: ['r8_'], pattern: /r8_[A-Za-z0-9]{37}/y, variable: 'REPLICATE_API_TOKEN' },
  { name: 'Groq API key', prefixes: ['gsk_'], pattern: /gsk_[A-Za-z0-9]{52}/y, variable: 'GROQ_API_KEY' },
  { name: 'xAI API key', prefixes: ['xai-'], pattern: /xai-[A-Za-z0-9]{80}/y, variable: 'XAI_API_KEY' },
  { name: 'Perplexity API key', prefixes: ['pplx-'], pattern: /pplx-[A-Za-z0-9]{48}/y, variable: 'PERPLEXITY_API_KEY' },
  { name: 'Pinecone API key', prefixes: ['pcsk_'], pattern: /pcsk_[A-Za-z0-9_]{50,}/y, variable: 'PINECONE_API_KEY' },
  {
    name: 'LangSmith API key',
    prefixes: ['lsv2_'],
    pattern: /lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}/y,
    variable: 'LANGSMITH_API_KEY',
  },
  { name: 'NVIDIA API key', prefixes: ['nvapi-'], pattern: /nvapi-[A-Za-z0-9_-]{60,70}/y, variable: 'NVIDIA_API_KEY' },
  {
    name: 'Private key',
    prefixes: ['-----BEGIN '],
    pattern: /-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----(?:\\n|[\r\n])+[A-Za-z0-9+/=]{60,}/y,
    variable: 'PRIVATE_KEY_FILE',
  },
];

export interface Secret {
  readonly name: string;
  readonly variable: string;
  readonly start: number;
  readonly end: number;
}

/** Credentials in a text, by their issuers' prefixes; examples and placeholders are left out. Linear time. */
export function findSecrets(text: string): Secret[] {
  const secrets = PROVIDERS.flatMap((provider) =>
    provider.prefixes.flatMap((prefix) => [...issuedBy(provider, prefix, text)]),
  );
  return secrets.sort((a, b) => a.start - b.start);
}

function* issuedBy({ name, variable, pattern }: Provider, prefix: string, text: string): Iterable<Secret> {
  for (let start = text.indexOf(prefix); start !== -1; start = text.indexOf(prefix, start + prefix.length)) {
    // Part of a longer word (`task-`, `desk-`) it is no prefix.
    if (start > 0 && /[A-Za-z0-9_-]/.test(text[start - 1] as string) && prefix[0] !== '-') continue;
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match && !looksMadeUp(match[0])) yield { name, variable, start, end: start + match[0].length };
  }
}

const MADE_UP =
  /example|sample|placeholder|dummy|fake|your|redacted|change[-_ ]?me|replace[-_ ]?(?:me|this|with)|[-_]here$|xxxx|\*{3}|\.{3}|1234567|abcdefg|0{6}|test[-_]?(?:key|token)/i;

/** Whether a value was evidently written to be replaced: words for it, or too few different characters to be random. */
export function looksMadeUp(value: string): boolean {
  if (MADE_UP.test(value)) return true;
  const tail = value.slice(-24);
  return new Set(tail).size < Math.min(8, Math.ceil(tail.length / 2));
}

// A value that only points to where the secret is kept: ${env:X}, ${X:-d}, $X, {{ x }}, ${input:id}, <x>, %X%, {env:X}, file paths.
const REFERENCE =
  /^(?:(?:Bearer|Basic|Token)\s+)?(?:\$\{[^}]*\}|\$[A-Za-z_]\w*|\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|<[^>]*>|%\w+%|\{(?:env|file):[^}]*\}|COPILOT_MCP_\w+)$/;

// The trailing boundary keeps `max_tokens`, `tokenizer` and `key_path` out.
const SECRET_NAME =
  /(?:^|[_.-])(?:api[_-]?key|apikey|access[_-]?key|secret(?:[_-]?key)?|token|password|passwd|auth|authorization|credentials?|private[_-]?key)$/i;

/** Whether something of this name, by common usage, holds a secret: `OPENAI_API_KEY`, `Authorization`, `db-password`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Whether a value given to a secret's name is the secret itself and not a reference, a placeholder or a switch. */
export function isLiteralSecret(value: string): boolean {
  const bare = value.trim();
  if (bare.length < 8 || REFERENCE.test(bare) || looksMadeUp(bare)) return false;
  // One plain word or a path is a mode, a scheme or a file name, not a credential.
  return !/^[a-z]+$/i.test(bare) && !/^[.~]?\/|^[A-Za-z]:\\|^https?:/.test(bare);
}
