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
  { name: 'Hugging Face token', prefixes: ['api_org_'], pattern: /api_org_[A-Za-z0-9]{34}/y, variable: 'HF_TOKEN' },
  {
    name: 'Together API key',
    prefixes: ['tgp_v1_'],
    pattern: /tgp_v1_[A-Za-z0-9_-]{40,}/y,
    variable: 'TOGETHER_API_KEY',
  },
  {
    name: 'Fireworks API key',
    prefixes: ['fw_'],
    pattern: /fw_(?=[A-Za-z]{0,23}\d)(?=[a-z\d]{0,23}[A-Z])[A-Za-z0-9]{22,24}(?![A-Za-z0-9_])/y,
    variable: 'FIREWORKS_API_KEY',
  },
  { name: 'Cerebras API key', prefixes: ['csk-'], pattern: /csk-[a-z0-9]{48}/y, variable: 'CEREBRAS_API_KEY' },
  {
    name: 'Tavily API key',
    prefixes: ['tvly-'],
    pattern: /tvly-(?:(?:dev|prod)-)?[A-Za-z0-9]{32}/y,
    variable: 'TAVILY_API_KEY',
  },
  { name: 'Firecrawl API key', prefixes: ['fc-'], pattern: /fc-[0-9a-f]{32}(?![\w-])/y, variable: 'FIRECRAWL_API_KEY' },
  { name: 'E2B API key', prefixes: ['e2b_'], pattern: /e2b_[0-9a-f]{40}/y, variable: 'E2B_API_KEY' },
  {
    name: 'Amazon Bedrock API key',
    prefixes: ['ABSK'],
    pattern: /ABSK[A-Za-z0-9+/]{100,300}={0,2}/y,
    variable: 'AWS_BEARER_TOKEN_BEDROCK',
  },
  {
    name: 'Databricks token',
    prefixes: ['dapi'],
    pattern: /dapi[0-9a-f]{32}(?:-\d)?(?![\w-])/y,
    variable: 'DATABRICKS_TOKEN',
  },
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

/** One search for how they begin instead of one for each: nearly every text has none of them. */
const ANY_PREFIX = anyOf(PROVIDERS.flatMap(({ prefixes }) => prefixes));

function anyOf(prefixes: readonly string[]): RegExp {
  const words = prefixes.filter((each) => /^\w/.test(each));
  const others = prefixes.filter((each) => !words.includes(each));
  return new RegExp(`\\b(?:${words.join('|')})|${others.join('|')}`);
}

/** Credentials in a text, by their issuers' prefixes; examples and placeholders are left out. Linear time. */
export function findSecrets(text: string): Secret[] {
  if (!ANY_PREFIX.test(text)) return [...wandbKeys(text)];
  const secrets = PROVIDERS.flatMap((provider) =>
    provider.prefixes.flatMap((prefix) => [...issuedBy(provider, prefix, text)]),
  );
  return [...secrets, ...wandbKeys(text)].sort((a, b) => a.start - b.start);
}

/** Weights & Biases keys are 40 hexadecimal digits, like commits: only the words before tell them apart. */
const WANDB = /wandb[^\n@]{0,30}(?:key|login)[^\n@\w]{0,6}(?:key[=: ]{1,3})?["']?([0-9a-f]{40})(?![0-9a-f])/gi;

function* wandbKeys(text: string): Iterable<Secret> {
  if (!/wandb/i.test(text)) return;
  for (const match of text.matchAll(WANDB)) {
    const start = match.index + match[0].length - 40;
    if (looksMadeUp(match[1] as string)) continue;
    yield { name: 'Weights & Biases API key', variable: 'WANDB_API_KEY', start, end: start + 40 };
  }
}

function* issuedBy({ name, variable, pattern }: Provider, prefix: string, text: string): Iterable<Secret> {
  for (let start = text.indexOf(prefix); start !== -1; start = text.indexOf(prefix, start + prefix.length)) {
    // Part of a longer word (`task-`, `desk-`) it is no prefix.
    if (start > 0 && /[A-Za-z0-9_-]/.test(text[start - 1] as string) && prefix[0] !== '-') continue;
    // The address of one file, signed for minutes, names the key that signed it and not its secret.
    if (prefix.startsWith('A') && SIGNED.test(text.slice(Math.max(0, start - 30), start))) continue;
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match && !looksMadeUp(match[0])) yield { name, variable, start, end: start + match[0].length };
  }
}

/** Of AWS signatures, version 4 and 2, and those of Google Cloud Storage. */
const SIGNED = /[?&](?:amp;)?(?:X-Amz-Credential|AWSAccessKeyId|GoogleAccessId)=$/i;

const MADE_UP =
  /example|sample|placeholder|dummy|fake|\bmock|your|redacted|change[-_ ]?me|replace[-_ ]?(?:me|this|with)|[-_]here$|xxxx|\*{3}|\.{3}|1234567|abcdefg|0{6}|test[-_]?(?:key|token)/i;

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

/**
 * Whether a text that is given as a key looks like one that a service issued: long, without spaces, letters and digits
 * mixed as nobody writes them. Stricter than `isLiteralSecret`, for places where placeholders are common.
 */
export function looksIssued(value: string): boolean {
  if (value.length < 16 || !/^[\w+/=.:~-]+$/.test(value) || !isLiteralSecret(value)) return false;
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) return true;
  // Names of models, files, modules and options are made of words; a key has a long part that is none.
  return value.split(/[-_./:]/).some((part) => {
    const digits = part.replace(/\D/g, '').length;
    return part.length >= 12 && digits >= 2 && part.length - digits >= 2 && !/^[a-z]+\d+$/i.test(part);
  });
}
