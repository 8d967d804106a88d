/** A kind of credential that its issuer marks with a prefix, so that it is recognised without knowing the context. */
interface Provider {
  readonly name: string;
  /** Source of a regular expression for the whole credential; it begins with literal letters. */
  readonly pattern: string;
  /** Environment variable the provider's own tools read. */
  readonly variable: string;
}

// Shapes as the providers document them or as their current credentials look (2026).
const PROVIDERS: readonly Provider[] = [
  { name: 'Anthropic API key', pattern: 'sk-ant-[a-z]{3,5}[0-9]{2}-[A-Za-z0-9_-]{40,}', variable: 'ANTHROPIC_API_KEY' },
  { name: 'OpenRouter API key', pattern: 'sk-or-v1-[0-9a-f]{64}', variable: 'OPENROUTER_API_KEY' },
  { name: 'OpenAI API key', pattern: 'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}', variable: 'OPENAI_API_KEY' },
  { name: 'OpenAI API key', pattern: 'sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}', variable: 'OPENAI_API_KEY' },
  { name: 'OpenAI API key', pattern: 'sk-[A-Za-z0-9]{48}', variable: 'OPENAI_API_KEY' },
  { name: 'Hugging Face token', pattern: 'hf_[A-Za-z0-9]{34,40}', variable: 'HF_TOKEN' },
  { name: 'GitHub token', pattern: 'gh[pousr]_[A-Za-z0-9]{36,}', variable: 'GITHUB_TOKEN' },
  { name: 'GitHub token', pattern: 'github_pat_[A-Za-z0-9_]{60,}', variable: 'GITHUB_TOKEN' },
  { name: 'GitLab token', pattern: 'glpat-[A-Za-z0-9_-]{20,}', variable: 'GITLAB_TOKEN' },
  { name: 'Google API key', pattern: 'AIza[A-Za-z0-9_-]{35}', variable: 'GOOGLE_API_KEY' },
  { name: 'AWS access key', pattern: 'A(?:KIA|SIA)[A-Z0-9]{16}', variable: 'AWS_ACCESS_KEY_ID' },
  { name: 'Slack token', pattern: 'xox[abprs]-[0-9]{6,}-[A-Za-z0-9-]{16,}', variable: 'SLACK_BOT_TOKEN' },
  { name: 'Stripe key', pattern: 'sk_live_[A-Za-z0-9]{24,}', variable: 'STRIPE_API_KEY' },
  { name: 'Replicate token', pattern: 'r8_[A-Za-z0-9]{37}', variable: 'REPLICATE_API_TOKEN' },
  { name: 'Groq API key', pattern: 'gsk_[A-Za-z0-9]{52}', variable: 'GROQ_API_KEY' },
  { name: 'xAI API key', pattern: 'xai-[A-Za-z0-9]{80}', variable: 'XAI_API_KEY' },
  { name: 'Perplexity API key', pattern: 'pplx-[A-Za-z0-9]{48}', variable: 'PERPLEXITY_API_KEY' },
  { name: 'Pinecone API key', pattern: 'pcsk_[A-Za-z0-9_]{50,}', variable: 'PINECONE_API_KEY' },
  { name: 'LangSmith API key', pattern: 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}', variable: 'LANGSMITH_API_KEY' },
  { name: 'NVIDIA API key', pattern: 'nvapi-[A-Za-z0-9_-]{60,70}', variable: 'NVIDIA_API_KEY' },
  {
    name: 'Private key',
    pattern: '-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----(?:\\\\n|[\\r\\n])+[A-Za-z0-9+/=]{60,}',
    variable: 'PRIVATE_KEY_FILE',
  },
];

const ANY = new RegExp(`(?<![A-Za-z0-9_-])(?:${PROVIDERS.map(({ pattern }) => `(${pattern})`).join('|')})`, 'g');

export interface Secret {
  readonly name: string;
  readonly variable: string;
  readonly start: number;
  readonly end: number;
}

/** Credentials in a text, by their issuers' prefixes; examples and placeholders are left out. Linear time. */
export function findSecrets(text: string): Secret[] {
  const secrets: Secret[] = [];
  for (const match of text.matchAll(ANY)) {
    const provider = PROVIDERS[match.slice(1).findIndex((group) => group !== undefined)];
    if (!provider || looksMadeUp(match[0])) continue;
    const { name, variable } = provider;
    secrets.push({ name, variable, start: match.index, end: match.index + match[0].length });
  }
  return secrets;
}

const MADE_UP =
  /example|sample|placeholder|dummy|fake|your|redacted|changeme|xxxx|\*{3}|\.{3}|1234567|abcdefg|0{6}|test[-_]?(?:key|token)/i;

/** Whether a value was evidently written to be replaced: words for it, or too few different characters to be random. */
export function looksMadeUp(value: string): boolean {
  if (MADE_UP.test(value)) return true;
  const tail = value.slice(-24);
  return new Set(tail).size < Math.min(8, Math.ceil(tail.length / 2));
}

// A value that only points to where the secret is kept: ${env:X}, ${X:-d}, $X, {{ x }}, ${input:id}, <x>, %X%, file paths.
const REFERENCE =
  /^(?:(?:Bearer|Basic|Token)\s+)?(?:\$\{[^}]*\}|\$[A-Za-z_]\w*|\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|<[^>]*>|%\w+%|COPILOT_MCP_\w+)$/;

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
